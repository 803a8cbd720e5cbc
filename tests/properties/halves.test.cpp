// Every function on all 65536 halves: how exact, the same bits everywhere, and the same for any cut.
#include "support/halves.hpp"
#include "support/registry.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/actfn.hpp>

#include <catch2/catch_template_test_macros.hpp>

#include <cstdio>
#include <map>

using namespace support;

namespace {

/// What a functor makes of all halves in a loop: values and derivatives.
template <class F, class H>
struct results {
    std::vector<H> x = all_halves<H>(), value{x.size()}, derivative{x.size()};
    explicit results(const F& f) { actfn::forward_and_derivative(f, x, value, derivative); }
};

/// The largest error in ulp of the half, where it is, and how many are not the nearest half.
struct accuracy {
    double ulp = 0;
    float at = 0;
    unsigned wrong = 0;

    template <class H>
    void add(float x, H result, double exact) {
        const double e = half_ulp_error(result, exact), nearest = nearest_half<H>(exact);
        if (e > ulp) ulp = e, at = x;
        if (static_cast<double>(static_cast<float>(result)) != nearest && !std::isnan(exact)) ++wrong;
    }
};

/// f(x) and f'(x); in the infinities what about() states.
template <class F>
dual<double> exact_at(const F& f, float x) {
    if (std::isnan(x)) return {static_cast<double>(x), static_cast<double>(x)};
    if (std::isinf(x)) return truth(f, x);
#ifdef ACTFN_TEST_HAS_QUAD
    if constexpr (F::about().cancelled_bits > 0) {
        const auto e = quad_truth(f, static_cast<double>(x));
        return {static_cast<double>(e.value), static_cast<double>(e.derivative)};
    }
#endif
    const auto e = f.definition(variable(static_cast<long double>(x)));
    return {static_cast<double>(e.value), static_cast<double>(e.derivative)};
}

template <class F, class H>
std::pair<accuracy, accuracy> accuracies() {
    const F f;
    const results<F, H> all(f);
    std::pair<accuracy, accuracy> a;
    for (std::size_t i = 0; i < all.x.size(); ++i) {
        const auto x = static_cast<float>(all.x[i]);
        const auto exact = exact_at(f, x);
        a.first.add(x, all.value[i], exact.value);
        if (!is_kink<F>(x)) a.second.add(x, all.derivative[i], exact.derivative);
    }
    return a;
}

/// Loops take one tier for all, so the functors of one are enough.
template <class F>
inline constexpr bool tried = is_accurate<F>;

/// One loop over up to 300 halves from every place of 40, against expected.
template <class H>
void for_each_cut(const char* loop, const std::vector<H>& expected, auto run, tally& wrong) {
    for (std::size_t first = 0; first < 40; ++first) {
        for (std::size_t n = first % 3; n <= 300; n += n < 150 ? 3 : 21) {
            std::vector<H> dst(expected.size(), H(-123.25f));
            run(std::span(dst), first, n);
            for (std::size_t i = 0; i < dst.size(); ++i) {
                const bool inside = i >= first && i < first + n;
                if (!same(dst[i], inside ? expected[i] : H(-123.25f)))
                    wrong.add(loop, "element", i, "of", first, "+", n, "is", static_cast<float>(dst[i]));
            }
        }
    }
}

/// F without what it can do on bits.
template <class F>
struct on_floats {
    F f;
    template <class V>
    V operator()(const V& x) const {
        return f(x);
    }
    template <class V>
    V derivative(const V& x) const {
        return f.derivative(x);
    }
};

/// A fixed choice of halves of all kinds, unlike ones side by side.
template <class H>
std::vector<H> mixed_halves() {
    std::vector<H> v;
    for (std::uint32_t i = 0; i < 340; ++i) v.push_back(half_of<H>(static_cast<std::uint16_t>(i * 40503)));
    for (std::uint32_t i = 0; i < 340; i += 2) v[i] = H(0.05f * static_cast<float>(i % 190) - 4.0f);
    return v;
}

template <class H, class F>
std::string compare_loops(const F& f) {
    const auto x = mixed_halves<H>();
    std::vector<H> dy, value, derivative, product, from_output, other(x.size());
    const auto g = actfn::detail::as_tier_for<H>(f);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const float at = x[i], d = g.derivative(at);
        dy.push_back(H(0.75f + 0.01f * static_cast<float>(i)));
        value.push_back(H(g(at)));
        derivative.push_back(H(d));
        product.push_back(H(static_cast<float>(dy[i]) * d));
        if constexpr (actfn::differentiable_from_output<F, float>)
            from_output.push_back(H(static_cast<float>(dy[i]) * g.derivative_from_output(at)));
    }
    const std::span<const H> src(x), diff(dy);
    tally wrong;
    using out = std::span<H>;
    using size = std::size_t;
    for_each_cut(
        "forward", value,
        [&](out y, size i, size n) { actfn::forward(f, src.subspan(i, n), y.subspan(i, n)); }, wrong);
    for_each_cut(
        "backward", product,
        [&](out y, size i, size n) {
            actfn::backward(f, src.subspan(i, n), diff.subspan(i, n), y.subspan(i, n));
        },
        wrong);
    for_each_cut(
        "value", value,
        [&](out y, size i, size n) {
            actfn::forward_and_derivative(f, src.subspan(i, n), y.subspan(i, n), std::span(other).first(n));
        },
        wrong);
    for_each_cut(
        "derivative", derivative,
        [&](out y, size i, size n) {
            actfn::forward_and_derivative(f, src.subspan(i, n), std::span(other).first(n), y.subspan(i, n));
        },
        wrong);
    if constexpr (actfn::differentiable_from_output<F, float>)
        for_each_cut(
            "backward_from_output", from_output,
            [&](out y, size i, size n) {
                actfn::backward_from_output(f, src.subspan(i, n), diff.subspan(i, n), y.subspan(i, n));
            },
            wrong);
    return wrong.report();
}

} // namespace

TEMPLATE_TEST_CASE("results on all halves are as near to the exact ones as claimed, and no nearer",
                   "[half][forward][derivative]", actfn::float16, actfn::bfloat16) {
    using H = TestType;
    constexpr auto claim = actfn::half_error<actfn::detail::half_traits<H>::format>;
    static_assert(claim.ulp < 1 && claim.not_nearest <= 65536 / 1000);
    double ulp = 0;
    unsigned not_nearest = 0;
    deterministic<float>::for_each([&]<class F>() {
        if constexpr (tried<F>) {
            const auto [value, derivative] = accuracies<F, H>();
            CAPTURE(title<F>(), value.ulp, value.at, value.wrong, derivative.ulp, derivative.at,
                    derivative.wrong);
            CHECK(std::max(value.ulp, derivative.ulp) <= claim.ulp);
            CHECK(std::max(value.wrong, derivative.wrong) <= claim.not_nearest);
            ulp = std::max({ulp, value.ulp, derivative.ulp});
            not_nearest = std::max({not_nearest, value.wrong, derivative.wrong});
        }
    });
    CHECK(ulp >= claim.ulp - claim.resolution);
    CHECK(not_nearest == claim.not_nearest);
}

TEMPLATE_TEST_CASE(
    "a loop over halves gives what a scalar of its tier gives, rounded, at every place and length",
    "[half][forward][derivative]", actfn::float16, actfn::bfloat16) {
    deterministic<float>::for_each([&]<class F>() {
        if constexpr (tried<F>) {
            INFO(title<F>());
            CHECK(compare_loops<TestType>(F{}) == "");
        }
    });
}

TEMPLATE_TEST_CASE("what works on the bits of halves gives what it gives on floats",
                   "[half][forward][derivative]", actfn::float16, actfn::bfloat16) {
    using H = TestType;
    const auto x = all_halves<H>();
    std::vector<H> dy(x.size()), got(x.size()), expected(x.size());
    const auto wrong = [&](const char* loop) {
        tally different;
        for (std::size_t i = 0; i < x.size(); ++i)
            if (!same(got[i], expected[i]))
                different.add(loop, static_cast<float>(x[i]), static_cast<float>(dy[i]));
        return different.report();
    };
    unsigned found = 0;
    deterministic<float>::for_each([&]<class F>() {
        if constexpr (actfn::detail::works_on_bits<F, H>) {
            INFO(title<F>());
            ++found;
            actfn::forward(F{}, x, got);
            actfn::forward(on_floats<F>{}, x, expected);
            CHECK(wrong("forward") == "");
            // Every x with zeros, infinities, NaNs and others beside it.
            for (const std::uint32_t first :
                 {0u, 1u, 0x8000u, 0x7c00u, 0xfc00u, 0x7f80u, 0xff80u, 0x7fffu, 0xffffu, 0x3c00u})
                for (const std::uint32_t step : {0u, 40503u}) {
                    for (std::uint32_t i = 0; i < dy.size(); ++i)
                        dy[i] = half_of<H>(static_cast<std::uint16_t>(first + i * step));
                    actfn::backward(F{}, x, dy, got);
                    actfn::backward(on_floats<F>{}, x, dy, expected);
                    CHECK(wrong("backward") == "");
                }
        }
    });
    CHECK(found >= 5); // relu, linear and heaviside with its three values at 0
}
