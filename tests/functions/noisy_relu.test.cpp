// Noisy ReLU: the noise has variance sigmoid(x), both gradients are what they say, and the evaluations are
// three.
#include "support/bits.hpp"
#include "support/dual.hpp"
#include "support/tally.hpp"
#include "support/ulp.hpp"

#include <actfn/functions/noisy_relu.hpp>
#include <actfn/functions/relu.hpp>
#include <actfn/functions/sigmoid.hpp>
#include <actfn/functions/softplus.hpp>
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

/// What a deviation, square root of a fast sigmoid, may err by, relative to itself: the root halves the error
/// and is rounded once.
template <class T>
constexpr double deviation_error =
    (actfn::sigmoid<T, actfn::accuracy::fast>::forward_error().ulp / 2 + actfn::half_ulp) *
    static_cast<double>(std::numeric_limits<T>::epsilon());

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
    CHECK(std::fabs(static_cast<double>(actfn::noisy_relu<TestType>::deviation(TestType(0))) - s) <=
          s * deviation_error<TestType>);
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

TEMPLATE_TEST_CASE(
    "noisy_relu: the derivative is that of the definition with the draw held, or takes the noise as constant",
    "[derivative]", float, double) {
    using T = TestType;
    using W = wider<T>;
    const actfn::noisy_relu<T> f;
    const actfn::noisy_relu<T, actfn::noise_gradient::constant> constant;
    tally wrong;
    std::size_t i = 0, on = 0;
    for (const T x : line<T>(200000)) {
        const T e = draw<T>(i++);
        const auto exact = f.definition(variable(static_cast<W>(x)), e);
        // The sum, before it is rectified, and what rounding may make of it: s within its error, the sum
        // rounded once.
        const W s = 1 / std::sqrt(1 + std::exp(-static_cast<W>(x)));
        const W noise = s * static_cast<W>(e);
        const double size = static_cast<double>(std::fabs(noise));
        const double slack =
            size * deviation_error<T> +
            static_cast<double>(ulp(std::max(std::fabs(x), static_cast<T>(std::fabs(noise)))));
        const auto z = static_cast<double>(static_cast<W>(x) + noise);
        if (std::isfinite(x) &&
            !(std::fabs(static_cast<double>(static_cast<W>(f(x, e)) - exact.value)) <= slack))
            wrong.add("f(", x, e, ") =", f(x, e));
        if (f(x, e) != constant(x, e)) wrong.add("value depends on the gradient at", x, e);
        if (std::fabs(z) <= slack) continue; // the sign of the sum is open
        if (constant.derivative(x, e) != (z > 0 ? T(1) : T(0)))
            wrong.add("constant'(", x, e, ") =", constant.derivative(x, e));
        // 1 + e s', s' = s sigmoid(-x) / 2: three factors with their errors, three products, one sum.
        const double part = std::fabs(static_cast<double>(exact.derivative) - (z > 0 ? 1 : 0));
        const double eps = static_cast<double>(std::numeric_limits<T>::epsilon());
        const double slope_slack =
            part * (deviation_error<T> + actfn::sigmoid<T, actfn::accuracy::fast>::forward_error().ulp * eps +
                    3 * eps) +
            (1 + part) * eps;
        const auto error = static_cast<double>(static_cast<W>(f.derivative(x, e)) - exact.derivative);
        if (!(std::fabs(error) <= slope_slack))
            wrong.add("f'(", x, e, ") =", f.derivative(x, e), "exactly", exact.derivative);
        on += part > 0.01;
    }
    CAPTURE(seed);
    CHECK(on > 100); // where the two gradients differ
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("noisy_relu: it is evaluated as a rectifier, as softplus or as its mean",
                   "[forward][derivative]", float, double) {
    using T = TestType;
    using actfn::noiseless;
    const auto rectifier = actfn::noisy_relu<T>::template evaluated<noiseless::rectifier>();
    const auto stepped = actfn::noisy_relu<T>::template evaluated<noiseless::stepped_sum>();
    const actfn::relu<T> relu;
    const actfn::softplus<T> softplus;
    tally wrong;
    for (const T x : line<T>(20000)) {
        if (!same(rectifier(x), relu(x)) || !same(rectifier.derivative(x), relu.derivative(x)))
            wrong.add("rectifier", x);
        if (!same(stepped(x), softplus(x)) || !same(stepped.derivative(x), softplus.derivative(x)))
            wrong.add("stepped sum", x);
    }
    CHECK(wrong.report() == "");
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
