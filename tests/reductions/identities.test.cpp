// What the functions of a row are to each other, to activations of one element, and their derivatives.
#include "reductions/rows.hpp"
#include "support/tally.hpp"

#include <actfn/functions/leaky_relu.hpp>
#include <actfn/functions/sigmoid.hpp>
#include <actfn/functions/softplus.hpp>
#include <actfn/kernel/elementwise.hpp>
#include <actfn/reductions/maxout.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace support;

namespace {

template <class T>
constexpr double epsilon = static_cast<double>(std::numeric_limits<T>::epsilon());

/// The difference in ulp of b.
template <class T>
double apart(T a, T b) {
    return a == b ? 0 : static_cast<double>(std::fabs(a - b) / ulp(b));
}

template <class T>
std::vector<T> numbers(std::size_t n, double spread, std::uint64_t salt = 0) {
    std::mt19937_64 random(seed + salt);
    std::uniform_real_distribution<double> u(-spread, spread);
    std::vector<T> v(n);
    for (T& x : v) x = static_cast<T>(u(random));
    return v;
}

/// sum w f(x): its derivative by x[i], from differences over h of the exact function.
template <class R, class T, class F>
R slope_of(const std::vector<T>& x, std::size_t i, const F& f) {
    auto up = x, down = x;
    const T h = T(0x1p-9);
    up[i] += h, down[i] -= h;
    return (f(exact_row<T>(up)) - f(exact_row<T>(down))) / (static_cast<R>(up[i]) - static_cast<R>(down[i]));
}

} // namespace

TEMPLATE_TEST_CASE("a row of one element: logsumexp0 is softplus, softmax0 sigmoid", "[forward]", float,
                   double) {
    using T = TestType;
    tally wrong;
    const double claim = actfn::logsumexp0_error.of<T>().ulp + actfn::softplus<T>::forward_error().ulp;
    const double shares = actfn::softmax_error.of<T>().ulp + actfn::sigmoid<T>::forward_error().ulp;
    for (const T x : line<T>(20000)) {
        const std::vector<T> row{x};
        const T softplus = actfn::softplus<T>{}(x), sigmoid = actfn::sigmoid<T>{}(x);
        if (apart(actfn::logsumexp0(row), softplus) > claim) wrong.add("logsumexp0 of", x);
        std::vector<T> y(1);
        actfn::softmax0(row, y);
        if (!std::isinf(x) && apart(y[0], sigmoid) > shares) wrong.add("softmax0 of", x);
    }
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("shares add up to 1, beside another logit to less", "[forward]", float, double) {
    using T = TestType;
    tally wrong;
    for (const auto& x : rows<T>(4096, 20000)) {
        std::vector<T> y(x.size());
        wider<T> sum = 0, sum0 = 0;
        actfn::softmax(x, y);
        for (const T v : y) sum += static_cast<wider<T>>(v);
        for (const T v : y)
            if (!(v >= 0 && v <= 1)) wrong.add("softmax gives", v, "in a row of", x.size());
        const wider<T> slack = static_cast<wider<T>>(actfn::softmax_error.of<T>().ulp * epsilon<T>);
        if (std::fabs(sum - 1) > slack) wrong.add("softmax of", x.size(), "sums to", sum);
        actfn::softmax0(x, y);
        for (const T v : y) sum0 += static_cast<wider<T>>(v);
        const wider<T> rest = std::exp(-static_cast<wider<T>>(actfn::logsumexp0(x)));
        if (std::fabs(sum0 + rest - 1) > 2 * slack + rest * slack * 200)
            wrong.add("softmax0 of", x.size(), "sums to", sum0, "beside", rest);
        if (rest > 4 * slack && !(sum0 < 1)) wrong.add("softmax0 of", x.size(), "sums to", sum0);
    }
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("what is added to all logits changes no share", "[forward]", float, double) {
    using T = TestType;
    tally wrong;
    for (std::size_t n : std::vector<std::size_t>{3, 40, 200}) {
        // Multiples of 2^-8, so that all sums are exact.
        auto x = numbers<T>(n, 10, n);
        for (T& v : x) v = std::round(v * 256) / 256;
        std::vector<T> y(n), z(n);
        actfn::softmax(x, y);
        for (const T c : {T(1), T(-7), T(100), T(-300), T(4096)}) {
            auto moved = x;
            for (T& v : moved) v += c;
            actfn::softmax(moved, z);
            for (std::size_t i = 0; i < n; ++i)
                if (apart(y[i], z[i]) > 2 * actfn::softmax_error.of<T>().ulp)
                    wrong.add("softmax moved by", c);
            const double off =
                std::fabs(static_cast<double>(actfn::logsumexp(moved) - actfn::logsumexp(x) - c));
            if (off > 2 * epsilon<T> * std::fabs(static_cast<double>(c)))
                wrong.add("logsumexp moved by", c, "off by", off);
        }
    }
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("maxout of x and a x, a <= 1, is leaky ReLU", "[forward][derivative]", float, double) {
    using T = TestType;
    const auto x = numbers<T>(1000, 5);
    for (const T a : {T(-0.5), T(0), T(0.01), T(0.125), T(0.3), T(1)}) {
        CAPTURE(a);
        std::vector<T> pairs, y(x.size()), leaky(x.size()), dx(2 * x.size()), slope(x.size());
        for (const T v : x) pairs.insert(pairs.end(), {v, a * v});
        actfn::maxout(pairs, 2, y);
        actfn::forward_and_derivative(actfn::leaky_relu<T>{.slope = a}, x, leaky, slope);
        CHECK(y == leaky);
        actfn::maxout_backward(pairs, 2, std::vector<T>(x.size(), T(1)), dx);
        for (std::size_t i = 0; i < x.size(); ++i) CHECK(dx[2 * i] + a * dx[2 * i + 1] == slope[i]);
    }
}

TEST_CASE("the gradient of maxout goes to the first of equals", "[derivative]") {
    const std::vector<float> src{1, 3, 3, /**/ -2, -5, -2, /**/ 7, 7, 7}, diff_dst{10, 20, 30};
    std::vector<float> diff_src(9, 99), dst(3);
    actfn::maxout(src, 3, dst);
    CHECK(dst == std::vector<float>{3, -2, 7});
    actfn::maxout_backward(src, 3, diff_dst, diff_src);
    CHECK(diff_src == std::vector<float>{0, 10, 0, 20, 0, 0, 30, 0, 0});
}

TEMPLATE_TEST_CASE("gradients are the slopes of the exact functions", "[derivative]", float, double) {
    using T = TestType;
    using R = finest<T>;
    tally wrong;
    for (const std::size_t n : std::vector<std::size_t>{1, 2, 7, 40}) {
        const auto x = numbers<T>(n, 3, n), w = numbers<T>(n, 2, n + 1);
        std::vector<T> y(n), y0(n), l(n), dy(n), dy0(n), dl(n), ds(n), ds0(n);
        actfn::softmax(x, y);
        actfn::softmax0(x, y0);
        actfn::log_softmax(x, l);
        actfn::softmax_backward(y, w, dy);
        actfn::softmax_backward(y0, w, dy0);
        actfn::log_softmax_backward(l, w, dl);
        actfn::logsumexp_backward(x, T(3), ds);
        actfn::logsumexp0_backward(x, T(3), ds0);
        const auto weighted = [&](auto of) {
            return [=, &w](const exact_row<T>& e) {
                R sum = 0;
                for (std::size_t i = 0; i < n; ++i) sum += static_cast<R>(w[i]) * of(e, i);
                return sum;
            };
        };
        for (std::size_t i = 0; i < n; ++i) {
            const auto compare = [&](const char* name, T got, R exact) {
                // h^2 / 6 of a third derivative that is at most the number of weights.
                if (std::fabs(static_cast<double>(static_cast<R>(got) - exact)) >
                    0x1p-19 * static_cast<double>(n) + 8 * epsilon<T>)
                    wrong.add(name, "by", i, "of", n, "is", got, "not", static_cast<double>(exact));
            };
            compare("softmax", dy[i],
                    slope_of<R>(x, i, weighted([](const auto& e, auto k) { return e.softmax(k); })));
            compare("softmax0", dy0[i],
                    slope_of<R>(x, i, weighted([](const auto& e, auto k) { return e.softmax0(k); })));
            compare("log_softmax", dl[i],
                    slope_of<R>(x, i, weighted([](const auto& e, auto k) { return e.log_softmax(k); })));
            compare("logsumexp", ds[i], slope_of<R>(x, i, [](const auto& e) { return 3 * e.logsumexp(); }));
            compare("logsumexp0", ds0[i],
                    slope_of<R>(x, i, [](const auto& e) { return 3 * e.logsumexp0(); }));
        }
    }
    CHECK(wrong.report() == "");
}
