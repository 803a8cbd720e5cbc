// RReLU: its slopes, and the two conventions.
#include "support/bits.hpp"
#include "support/tally.hpp"
#include "support/ulp.hpp"

#include <actfn/functions/rrelu.hpp>
#include <actfn/functions/rrelu_divisor.hpp>
#include <actfn/kernel/elementwise.hpp>
#include <actfn/kernel/stochastic.hpp>
#include <actfn/rng/draws.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

using namespace support;

namespace {

constexpr std::size_t n = 200000;

/// n slopes, or divisors, as draws give them.
template <class F>
std::vector<double> sample(const F& f) {
    using T = typename F::value_type;
    std::vector<double> v;
    for (std::size_t i = 0; i < n; ++i) {
        const T u = actfn::rng::uniform<T>({.seed = seed}, i);
        if constexpr (requires { f.slope(u); })
            v.push_back(static_cast<double>(f.slope(u)));
        else
            v.push_back(static_cast<double>(f.divisor(u)));
    }
    return v;
}

/// The largest distance between the empirical distribution of v and the uniform one on [lower, upper), times
/// sqrt(n).
double kolmogorov(std::vector<double> v, double lower, double upper) {
    std::sort(v.begin(), v.end());
    double d = 0;
    for (std::size_t i = 0; i < v.size(); ++i) {
        const double expected = (v[i] - lower) / (upper - lower);
        d = std::max({d, std::fabs(expected - static_cast<double>(i) / static_cast<double>(v.size())),
                      std::fabs(expected - static_cast<double>(i + 1) / static_cast<double>(v.size()))});
    }
    return d * std::sqrt(static_cast<double>(v.size()));
}

/// Exceeded by chance once in a million: P(D sqrt(n) > t) -> 2 exp(-2 t^2).
const double unlikely = std::sqrt(-std::log(1e-6 / 2) / 2);

double mean(const std::vector<double>& v) {
    return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
}

} // namespace

TEMPLATE_TEST_CASE("rrelu: slopes are uniform from lower to upper", "[forward][rng]", float, double) {
    for (const actfn::rrelu<TestType> f :
         {actfn::rrelu<TestType>{}, actfn::rrelu<TestType>{.lower = 0, .upper = TestType(0.9)}}) {
        const auto v = sample(f);
        const double lower = static_cast<double>(f.lower), upper = static_cast<double>(f.upper);
        CAPTURE(seed, lower, upper);
        CHECK(*std::min_element(v.begin(), v.end()) >= lower);
        CHECK(*std::max_element(v.begin(), v.end()) < upper);
        CHECK(kolmogorov(v, lower, upper) < unlikely);
        const double sigma = (upper - lower) / std::sqrt(12.0 * n);
        CHECK(std::fabs(mean(v) - (lower + upper) / 2) < 5 * sigma);
        CHECK(std::fabs(mean(v) - static_cast<double>(f.expected().slope)) < 5 * sigma);
    }
}

TEMPLATE_TEST_CASE("rrelu_divisor: divisors are uniform from lower to upper and x is divided by them",
                   "[forward][rng]", float, double) {
    const actfn::rrelu_divisor<TestType> f;
    const auto v = sample(f);
    CAPTURE(seed);
    CHECK(*std::min_element(v.begin(), v.end()) >= 3);
    CHECK(*std::max_element(v.begin(), v.end()) < 8);
    CHECK(kolmogorov(v, 3, 8) < unlikely);
    tally wrong;
    for (std::size_t i = 0; i < 1000; ++i) {
        const TestType u = actfn::rng::uniform<TestType>({.seed = seed}, i), a = f.divisor(u);
        if (f(TestType(-3), u) != -3 / a || f.derivative(TestType(-3), u) != 1 / a) wrong.add("draw", u);
    }
    CHECK(wrong.report() == "");
    // x over the mean divisor, not times the mean slope.
    CHECK(ulp_error(f.expected().slope, wider<TestType>(2) / 11) <= actfn::half_ulp);
}

TEMPLATE_TEST_CASE(
    "rrelu: the slope that follows from a draw stays below upper for the largest draw there is", "[forward]",
    float, double) {
    const TestType last = std::nextafter(TestType(1), TestType(0));
    for (TestType lower : {TestType(0), TestType(0.125), TestType(0.3)}) {
        for (TestType upper = std::nextafter(lower, TestType(1)); upper < 1;
             upper = upper * 2 + TestType(0x1p-20)) {
            CAPTURE(text(lower), text(upper));
            const actfn::rrelu<TestType> f{.lower = lower, .upper = upper};
            CHECK(f.slope(last) < upper);
            CHECK(f.slope(TestType(0)) == lower);
            CHECK(f.slope(last) >= lower);
        }
    }
}

TEMPLATE_TEST_CASE("rrelu: lower == upper is leaky ReLU", "[forward][derivative][kernel]", float, double) {
    const std::vector<TestType> src(100, TestType(-3));
    std::vector<TestType> dst(100), expected(100, TestType(-0.75));
    actfn::forward(actfn::rrelu<TestType>{.lower = TestType(0.25), .upper = TestType(0.25)}, src, dst,
                   {.seed = seed});
    CHECK(dst == expected);
    actfn::forward(actfn::rrelu_divisor<TestType>{.lower = 4, .upper = 4}, src, dst, {.seed = seed});
    CHECK(dst == expected);
    actfn::forward(actfn::rrelu<TestType>{.lower = 0, .upper = 0}, src, dst, {.seed = seed});
    CHECK(dst == std::vector<TestType>(100, TestType(0)));
    actfn::backward(actfn::rrelu<TestType>{.lower = 0, .upper = 0}, src, expected, dst, {.seed = seed});
    CHECK(dst == std::vector<TestType>(100, TestType(0)));
}

TEMPLATE_TEST_CASE("rrelu: bounds outside the domain are refused, with their value", "[kernel]", float,
                   double) {
    using T = TestType;
    const T nan = std::numeric_limits<T>::quiet_NaN(), inf = std::numeric_limits<T>::infinity();
    const std::vector<T> src(3, T(-1));
    std::vector<T> dst(3, T(7));
    const auto refused = [&](const auto& f) {
        CHECK_THROWS_AS(actfn::forward(f, src, dst, {.seed = seed}), std::invalid_argument);
        CHECK_THROWS_AS(actfn::backward(f, src, src, dst, {.seed = seed}), std::invalid_argument);
        CHECK_THROWS_AS(f.expected(), std::invalid_argument);
        CHECK(dst == std::vector<T>(3, T(7)));
    };
    for (const auto& [lower, upper] :
         {std::pair(T(0.5), T(0.25)), {T(-0.1), T(0.5)}, {T(0.1), T(1)}, {nan, T(0.5)}, {T(0.1), nan}})
        refused(actfn::rrelu<T>{.lower = lower, .upper = upper});
    for (const auto& [lower, upper] :
         {std::pair(T(8), T(3)), {T(0.5), T(3)}, {T(3), inf}, {nan, T(8)}, {T(3), nan}})
        refused(actfn::rrelu_divisor<T>{.lower = lower, .upper = upper});
}
