// The loops take functors that know nothing of actfn.
#include <actfn/functions/relu.hpp>
#include <actfn/kernel/elementwise.hpp>
#include <actfn/kernel/stochastic.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <vector>

namespace {

/// x |x|; no value_and_derivative, no registers.
struct square_with_sign {
    template <class V>
    V operator()(const V& x) const {
        using std::abs;
        using xsimd::abs;
        return x * abs(x);
    }
    template <class V>
    V derivative(const V& x) const {
        using std::abs;
        using xsimd::abs;
        return V(2) * abs(x);
    }
};

/// max(x, 0) with another name, and max(x, 0)^2: what is derived from a functor of ours.
struct renamed_relu : actfn::relu<float> {};
struct squared_relu : actfn::relu<float> {
    template <class V>
    V operator()(const V& x) const {
        const V y = actfn::relu<float>::operator()(x);
        return y * y;
    }
    template <class V>
    V derivative(const V& x) const {
        return V(2) * actfn::relu<float>::operator()(x);
    }
};

/// x times a uniform number.
struct scaled_at_random {
    static constexpr actfn::noise draws = actfn::noise::uniform;

    template <class V>
    V operator()(const V& x, const V& u) const {
        return x * u;
    }
    template <class V>
    V derivative(const V&, const V& u) const {
        return u;
    }
};

std::vector<float> numbers() {
    std::vector<float> v;
    for (int i = 0; i < 101; ++i) v.push_back(0.125f * static_cast<float>(i - 50));
    return v;
}

} // namespace

TEST_CASE("a functor of one's own goes through every loop", "[forward][derivative][kernel]") {
    const auto src = numbers();
    std::vector<float> dst(101), derivative(101), diff_src(101);
    actfn::forward(square_with_sign{}, src, dst);
    actfn::backward(square_with_sign{}, src, src, diff_src);
    for (std::size_t i = 0; i < 101; ++i) {
        CHECK(dst[i] == src[i] * std::abs(src[i]));
        CHECK(diff_src[i] == src[i] * 2 * std::abs(src[i]));
    }
    auto again = dst;
    actfn::forward_and_derivative(square_with_sign{}, src, again, derivative);
    CHECK(again == dst);
    CHECK(derivative[0] == 12.5f);
}

TEMPLATE_TEST_CASE("a functor derived from one that works on the bits of halves computes its own",
                   "[forward][derivative][kernel][half]", actfn::float16, actfn::bfloat16) {
    static_assert(actfn::detail::works_on_bits<actfn::relu<float>, TestType>);
    std::vector<TestType> src, dst(101), diff_src(101);
    for (const float x : numbers()) src.push_back(TestType(x));
    actfn::forward(squared_relu{}, src, dst);
    actfn::backward(squared_relu{}, src, src, diff_src);
    for (std::size_t i = 0; i < 101; ++i) {
        const float x = src[i], y = x > 0 ? x : 0;
        CHECK(dst[i] == TestType(y * y));
        CHECK(diff_src[i] == TestType(2 * y * x));
    }
    actfn::forward(renamed_relu{}, src, dst);
    for (std::size_t i = 0; i < 101; ++i)
        CHECK(dst[i] == TestType(actfn::relu<float>{}(static_cast<float>(src[i]))));
}

TEST_CASE("so does a generic lambda", "[forward][kernel]") {
    const auto src = numbers();
    std::vector<float> dst(101);
    const float k = 3;
    actfn::forward([k](const auto& x) { return x * x * k; }, src, dst);
    for (std::size_t i = 0; i < 101; ++i) CHECK(dst[i] == src[i] * src[i] * 3);
}

TEST_CASE("so does a stochastic functor", "[forward][derivative][kernel][rng]") {
    const auto src = numbers();
    std::vector<float> dst(101), diff_src(101);
    const actfn::rng::stream s{.seed = 5};
    actfn::forward(scaled_at_random{}, src, dst, s);
    actfn::backward(scaled_at_random{}, src, src, diff_src, s);
    for (std::size_t i = 0; i < 101; ++i) CHECK(dst[i] == src[i] * actfn::rng::uniform<float>(s, i));
    CHECK(diff_src == dst);
}

TEST_CASE("anything contiguous is a span", "[kernel]") {
    const std::array<double, 3> src{1, -2, 3};
    double dst[3] = {};
    actfn::forward(square_with_sign{}, src, dst);
    CHECK(dst[1] == -4);
    const std::span<const double> read(src);
    const std::span<double> write(dst);
    actfn::forward(square_with_sign{}, read.first(1), write.last(1));
    CHECK(dst[2] == 1);
    actfn::forward(square_with_sign{}, std::vector<double>{}, std::span<double>{});
}
