// Noisy ReLU: the noise has variance sigmoid(x), both gradients are what they say, and the evaluations are
// three.
#include "support/bits.hpp"
#include "support/called.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"
#include "support/ulp.hpp"

#include <actfn/functions/noisy_relu.hpp>
#include <actfn/functions/noisy_relu_sigma.hpp>
#include <actfn/kernel/elementwise.hpp>
#include <actfn/kernel/stochastic.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <stdexcept>

using namespace support;

namespace {

constexpr std::size_t n = 400000;

template <class T>
T draw(std::size_t i) {
    return actfn::rng::normal<T>({.seed = seed}, i);
}

/// Mean and standard deviation of n values.
struct moments {
    double mean, deviation;
};

template <class F, class T = typename F::value_type>
moments sample(const F& f, T x) {
    const std::vector<T> src(n / slowdown, x);
    std::vector<T> dst(src.size());
    actfn::forward(f, src, dst, {.seed = seed});
    double sum = 0, squares = 0;
    for (const T y : dst) sum += static_cast<double>(y);
    const double mean = sum / static_cast<double>(dst.size());
    for (const T y : dst) squares += (static_cast<double>(y) - mean) * (static_cast<double>(y) - mean);
    return {mean, std::sqrt(squares / static_cast<double>(dst.size()))};
}

/// Holds sum_ulp and slope_ulp of f with the deviation s and its derivative s_slope, both of x.
template <class F>
void check_claims(const F& f, auto s, auto s_slope) {
    using T = typename F::value_type;
    using W = wider<T>;
    const auto of = [](W error, W size) {
        return static_cast<double>(std::fabs(error) / static_cast<W>(ulp(static_cast<T>(size))));
    };
    worst<T> sum, slope;
    tally wrong;
    std::size_t i = 0;
    std::vector<T> points = line<T>(400000);
    append_stretches(points, T(-18), T(-0x1p-8), 400000 / slowdown);
    append_stretches(points, T(0x1p-8), T(18), 400000 / slowdown);
    append_stretches(points, T(16), T(18), 400000 / slowdown); // where the share errs most
    for (const T x : points) {
        if (!std::isfinite(x)) continue;
        // Draws of all sizes: the claims are for any. Most are such that their product with s or its
        // derivative is just below a power of two, where an ulp is smallest beside it.
        const int size_of_draw = static_cast<int>(i % 24) - 3;
        T e = std::ldexp(draw<T>(i), size_of_draw);
        const W factor = i % 3 == 0 ? s(static_cast<W>(x)) : i % 3 == 1 ? s_slope(static_cast<W>(x)) : W(0);
        if (factor > static_cast<W>(0x1p-60)) // below sigmoid(x) may be subnormal
            e = std::copysign(static_cast<T>(std::ldexp(static_cast<W>(1 - 0x1p-8), size_of_draw) / factor),
                              e);
        ++i;
        const W noise = s(static_cast<W>(x)) * static_cast<W>(e);
        const W z = static_cast<W>(x) + noise,
                size = std::max(std::fabs(static_cast<W>(x)), std::fabs(noise));
        const auto [value, derivative] = f.value_and_derivative(x, e);
        if (!same(value, f(x, e)) || !same(derivative, f.derivative(x, e))) wrong.add("both at", x, e);
        sum.note(of(static_cast<W>(value) - std::max(z, W(0)), size), x);
        if (of(z, size) <= F::sum_ulp) continue; // the sign of the sum is open
        const W part = s_slope(static_cast<W>(x)) * static_cast<W>(e);
        const W exact = z > 0 ? 1 + part : W(0);
        slope.note(of(static_cast<W>(derivative) - exact, std::max(W(1), std::fabs(part))), x);
    }
    CAPTURE(seed, text(sum.at), text(slope.at));
    CHECK(wrong.report() == "");
    CHECK(sum.error <= F::sum_ulp);
    CHECK(slope.error <= F::slope_ulp);
    if (slowdown == 1) {
        CHECK(sum.error >= least_share * F::sum_ulp);
        CHECK(slope.error >= least_share * F::slope_ulp);
    }
}

} // namespace

TEMPLATE_TEST_CASE("noisy_relu: the noise has variance sigmoid(x), not standard deviation sigmoid(x)",
                   "[forward][rng]", float, double) {
    // Far above 0 nothing is rectified away, and mean and variance are seen as they are.
    for (const double x : {7.0, 10.0}) {
        const auto m = sample(actfn::noisy_relu<TestType>{}, static_cast<TestType>(x));
        const double s = 1 / std::sqrt(1 + std::exp(-x)), size = static_cast<double>(n / slowdown);
        CAPTURE(seed, x, m.mean, m.deviation);
        CHECK(std::fabs(m.mean - x) < 5 * s / std::sqrt(size));
        CHECK(std::fabs(m.deviation - s) < 5 * s / std::sqrt(2 * size));
    }
    // At 0 the mean of max(0, s e) is s / sqrt(2 pi), with s = 0.7071 and not 0.5.
    const auto m = sample(actfn::noisy_relu<TestType>{}, TestType(0));
    const double s = std::sqrt(0.5), expected = s / std::sqrt(2 * std::acos(-1.0));
    CAPTURE(seed, m.mean);
    CHECK(std::fabs(m.mean - expected) < 5 * m.deviation / std::sqrt(static_cast<double>(n / slowdown)));
}

TEMPLATE_TEST_CASE("noisy_relu: expected() is the mean over draws", "[forward][rng]", float, double) {
    for (const double x : {-1.0, -0.5, 0.0, 0.7, 3.0}) {
        const auto at = static_cast<TestType>(x);
        const auto m = sample(actfn::noisy_relu<TestType>{}, at);
        const auto fixed = sample(actfn::noisy_relu_sigma<TestType>{.sigma = TestType(1.5)}, at);
        const double sqrt_n = std::sqrt(static_cast<double>(n / slowdown));
        CAPTURE(seed, x, m.mean, fixed.mean);
        CHECK(std::fabs(m.mean - static_cast<double>(actfn::noisy_relu<TestType>::expected()(at))) <
              5 * m.deviation / sqrt_n);
        CHECK(std::fabs(fixed.mean - static_cast<double>(
                                         actfn::noisy_relu_sigma<TestType>{.sigma = TestType(1.5)}.expected()(
                                             at))) < 5 * fixed.deviation / sqrt_n);
    }
}

TEMPLATE_TEST_CASE("noisy_relu: value and both gradients err by no more than claimed",
                   "[forward][derivative]", float, double) {
    using T = TestType;
    using W = wider<T>;
    if constexpr (has_wider<T>) {
        const auto s = [](W x) { return 1 / std::sqrt(1 + std::exp(-x)); };
        const auto s_slope = [&](W x) { return s(x) / (1 + std::exp(x)) / 2; };
        check_claims(called<actfn::noisy_relu<T>>{}, s, s_slope);
        check_claims(called<actfn::noisy_relu<T, actfn::noise_gradient::constant>>{}, s,
                     [](W) { return W(0); });
        check_claims(
            called(actfn::noisy_relu_sigma<T>{.sigma = T(0.7)}), [](W) { return W(T(0.7)); },
            [](W) { return W(0); });
    } else {
        SKIP("there is no type that is wide enough");
    }
}

TEMPLATE_TEST_CASE("noisy_relu: it is evaluated as a rectifier, as softplus or as its mean", "[forward]",
                   float, double) {
    using F = actfn::noisy_relu<TestType>;
    using actfn::noiseless;
    STATIC_REQUIRE(
        std::same_as<decltype(F::template evaluated<noiseless::rectifier>()), actfn::relu<TestType>>);
    STATIC_REQUIRE(
        std::same_as<decltype(F::template evaluated<noiseless::stepped_sum>()), actfn::softplus<TestType>>);
    STATIC_REQUIRE(std::same_as<decltype(F::template evaluated<noiseless::expected>()),
                                actfn::noisy_relu_expected<TestType>>);
    STATIC_REQUIRE(std::same_as<decltype(F::expected()), actfn::noisy_relu_expected<TestType>>);
}

TEMPLATE_TEST_CASE("noisy_relu: the derivative of the mean is its slope", "[derivative]", float, double) {
    using T = TestType;
    // Central differences of the mean over h = eps^(1/4) of the wider values of T: an error of h^2 and of eps
    // / h.
    const T h = std::sqrt(std::sqrt(std::numeric_limits<T>::epsilon()));
    const double slack =
        4 * (static_cast<double>(h * h) + static_cast<double>(std::numeric_limits<T>::epsilon() / h));
    const auto f = actfn::noisy_relu<T>::expected();
    const auto fixed = actfn::noisy_relu_sigma<T>{.sigma = 2}.expected();
    for (T x = -5; x <= 5; x += T(0.25)) {
        CAPTURE(x);
        CHECK(std::fabs(static_cast<double>((f(x + h) - f(x - h)) / (2 * h) - f.derivative(x))) < slack);
        CHECK(std::fabs(static_cast<double>((fixed(x + h) - fixed(x - h)) / (2 * h) - fixed.derivative(x))) <
              slack);
    }
}

TEMPLATE_TEST_CASE("noisy_relu_sigma: x + sigma e, rectified; sigma outside its domain is refused",
                   "[forward][derivative][kernel]", float, double) {
    using T = TestType;
    const actfn::noisy_relu_sigma<T> f{.sigma = 2};
    CHECK(f(T(1), T(0.5)) == 2);
    CHECK(f(T(1), T(-0.5)) == 0);
    CHECK(f.derivative(T(1), T(0.5)) == 1);
    CHECK(f.derivative(T(1), T(-0.5)) == 0);
    CHECK(f.derivative(T(1), T(-0.75)) == 0);
    CHECK(actfn::noisy_relu_sigma<T>{.sigma = 0}(T(-1), T(5)) == 0);
    CHECK(actfn::noisy_relu_sigma<T>{.sigma = 0}(T(3), T(5)) == 3);
    const std::vector<T> src(3, T(1));
    std::vector<T> dst(3, T(7));
    for (const T sigma : {T(-1), std::numeric_limits<T>::infinity(), std::numeric_limits<T>::quiet_NaN()}) {
        CHECK_THROWS_AS(actfn::forward(actfn::noisy_relu_sigma<T>{.sigma = sigma}, src, dst, {.seed = seed}),
                        std::invalid_argument);
        CHECK_THROWS_AS(actfn::forward(actfn::noisy_relu_sigma<T>{.sigma = sigma}.expected(), src, dst),
                        std::invalid_argument);
    }
    CHECK_THROWS_AS(actfn::forward(actfn::noisy_relu_sigma<T>{.sigma = 0}.expected(), src, dst),
                    std::invalid_argument);
    CHECK(dst == std::vector<T>(3, T(7)));
}
