// The rectified normal against two references that share nothing with it: the textbook formula with erfc for
// float, and a series and a continued fraction in 128 bits for double.
#include "support/bits.hpp"
#include "support/tally.hpp"
#include "support/ulp.hpp"

#include <actfn/math/rectified_normal.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cfenv>

namespace {

namespace math = actfn::math;

#if defined(__SIZEOF_FLOAT128__)
__extension__ typedef __float128 wide;
#else
using wide = long double;
#endif
constexpr bool wide_is_wide = sizeof(wide) == 16;

/// Mean and slope, or what is computed in place of them.
template <class R>
struct pair {
    R mean, slope;
};

/// In place of a sigma: the logistic variance.
constexpr double logistic = -1;

// ---- double: x Phi(x / s) + s phi(x / s), the formula ----

pair<double> reference(float x, double sigma) {
    const double e = std::exp(-std::fabs(double(x)));
    const double below = x < 0 ? e / (1 + e) : 1 / (1 + e);
    const double above = x < 0 ? 1 / (1 + e) : e / (1 + e);
    const double s = sigma == logistic ? std::sqrt(below) : sigma;
    const double s_slope = sigma == logistic ? s * above / 2 : 0;
    const double t = double(x) / s;
    const double distribution = std::erfc(-t * 0.70710678118654752) / 2;
    const double density = std::exp(-t * t / 2) * 0.39894228040143268;
    return {double(x) * distribution + s * density, distribution + s_slope * density};
}

// ---- 128 bits: Mills' ratio, for the formula would cancel 11 bits and erfcl has 64 ----

/// (e^(z / 1024))^1024 with a Taylor series inside, |z| < 2000.
wide exp_wide(wide z) {
    const wide r = z / 1024;
    wide term = 1, sum = 1;
    for (int k = 1; k < 40; ++k) term *= r / k, sum += term;
    for (int k = 0; k < 10; ++k) sum *= sum;
    return sum;
}

wide sqrt_wide(wide v) {
    wide r = wide(std::sqrt(static_cast<long double>(v)));
    for (int k = 0; k < 2; ++k) r -= (r * r - v) / (2 * r);
    return r;
}

/// sum of a^(2 k + 1) / (2 k + 1)!!, Phi(a) - 1/2 over phi(a).
wide odd_series(wide a) {
    wide term = a, sum = a;
    for (int k = 1; k < 120; ++k) term *= a * a / (2 * k + 1), sum += term;
    return sum;
}

/// 2 / (a + 3 / (a + 4 / ...)), Laplace's fraction 1 / (a + 1 / (a + 2 / ...)) for Mills' ratio from its
/// third term on.
wide fraction(wide a) {
    wide f = 0;
    for (int k = 30 + static_cast<int>(600 / (a * a)); k > 1; --k) f = k / (a + f);
    return f;
}

/// Mills' ratio M(a), and 1 - a M(a).
struct mills_pair {
    wide ratio, gap;
};

mills_pair mills(wide a) {
    if (a >= 2) {
        const wide tail = 1 / (a + fraction(a));
        return {1 / (a + tail), tail / (a + tail)};
    }
    // sqrt(pi / 2), the ratio at 0, from the fraction at 4.
    static const wide at_zero = (mills(4).ratio + odd_series(4)) * exp_wide(-8);
    const wide ratio = at_zero * exp_wide(a * a / 2) - odd_series(a);
    return {ratio, 1 - a * ratio};
}

pair<long double> reference(double x, double sigma) {
    static const wide two_at_zero = 2 * mills(0).ratio; // sqrt(2 pi)
    const wide size = wide(std::fabs(x));
    const wide beyond = x > 0 ? wide(x) : wide(0);
    const bool negative = x < 0;
    if (sigma == logistic ? x < -5 || x > 40 : size > 60 * wide(sigma))
        return {static_cast<long double>(beyond), negative ? 0.0L : 1.0L};
    const wide e = exp_wide(-wide(x));
    const wide s = sigma == logistic ? 1 / sqrt_wide(1 + e) : wide(sigma);
    const wide s_slope = sigma == logistic ? s * e / (1 + e) / 2 : wide(0);
    const wide a = size / s;
    const auto [ratio, gap] = mills(a);
    const wide density = exp_wide(-a * a / 2) / two_at_zero;
    const wide left = density * ratio;
    return {static_cast<long double>(beyond + s * density * gap),
            static_cast<long double>((negative ? left : 1 - left) + s_slope * density)};
}

// ---- what is tested ----

template <actfn::lanes V>
[[gnu::noinline]] pair<V> computed(const V& x, double sigma) {
    const auto both = [](const auto& p) {
        return pair<V>{math::rectified_normal_mean(p), math::rectified_normal_mean_slope(p)};
    };
    if (sigma == logistic) return both(math::logistic_rectified_normal(x));
    const auto s = static_cast<actfn::element_t<V>>(sigma);
    return both(math::constant_rectified_normal(x, s));
}

/// Numbers at even distances in bit space, from where the results have become constant to beyond where they
/// have vanished, and the special ones.
template <std::floating_point T>
std::vector<T> numbers(std::size_t n, double sigma) {
    const T s = sigma == logistic ? T(1) : static_cast<T>(sigma);
    const T near = std::ldexp(s, -std::numeric_limits<T>::digits - 6);
    const T left = sigma == logistic ? T(5) : T(42) * s, right = T(42) * s;
    std::vector<T> v;
    support::append_stretches(v, -left, -near, n / 4);
    support::append_stretches(v, -left, -left / 128, n / 2); // most of it where the exponent is large
    support::append_stretches(v, near, right, n / 4);
    for (const T x : support::special<T>())
        if (std::isfinite(x)) v.push_back(x);
    return v;
}

template <std::floating_point T>
constexpr std::size_t samples = sizeof(T) == 4 ? (1u << 20) / support::slowdown : 1u << 13;

template <std::floating_point T>
void check_claims(double sigma, double mean_ulp, double slope_ulp, std::size_t n = samples<T>) {
    INFO("sigma " << sigma << ", seed " << support::seed);
    support::tally wrong;
    std::size_t subnormal = 0;
    for (const T x : numbers<T>(n, sigma)) {
        const auto got = computed(x, sigma);
        const auto exact = reference(x, sigma);
        if (!(support::ulp_error(got.mean, exact.mean) <= mean_ulp))
            wrong.add("x", x, "mean", got.mean, "exact", exact.mean);
        if (!(support::ulp_error(got.slope, exact.slope) <= slope_ulp))
            wrong.add("x", x, "slope", got.slope, "exact", exact.slope);
        subnormal += got.slope > 0 && got.slope < std::numeric_limits<T>::min();
    }
    CHECK(wrong.report() == "");
    CHECK(subnormal > 0);
}

template <std::floating_point T>
double mean_error(T x, double sigma) {
    return support::ulp_error(computed(x, sigma).mean, reference(x, sigma).mean);
}

template <std::floating_point T>
double slope_error(T x, double sigma) {
    return support::ulp_error(computed(x, sigma).slope, reference(x, sigma).slope);
}

/// The witness comes within resolution of the claim.
template <std::floating_point T>
void check_witness(double error, double ulp) {
    CHECK(error <= ulp);
    CHECK(error >= ulp - actfn::error_claim::resolution<T>);
}

} // namespace

TEST_CASE("the two references of the rectified normal agree", "[math]") {
    if (!wide_is_wide) SKIP("no type with 128 bits");
    support::tally wrong;
    for (const double sigma : {logistic, 0.75})
        for (const float x : {-2.5f, -2.0f, -1.5f, -0.5f, -0x1p-20f, 0.0f, 0.25f, 1.5f, 5.0f}) {
            const auto a = reference(x, sigma);
            const auto b = reference(double(x), sigma);
            if (!(std::fabs(a.mean - double(b.mean)) <= 0x1p-36 * a.mean))
                wrong.add("x", x, "mean", a.mean, b.mean);
            if (!(std::fabs(a.slope - double(b.slope)) <= 0x1p-36 * a.slope))
                wrong.add("x", x, "slope", a.slope, b.slope);
        }
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("the mean of a rectified normal and its slope keep their claims", "[math]", float,
                   double) {
    using T = TestType;
    if (sizeof(T) == 8 && !wide_is_wide) SKIP("no type with 128 bits");
    constexpr auto mean = math::rectified_normal_mean_error.of<T>();
    constexpr auto slope = math::rectified_normal_mean_slope_error.of<T>();
    check_claims<T>(logistic, mean.ulp, slope.ulp);
    check_witness<T>(mean_error(T(mean.worst_at), logistic), mean.ulp);
    check_witness<T>(slope_error(T(slope.worst_at), logistic), slope.ulp);
}

TEMPLATE_TEST_CASE("so they do for a constant deviation", "[math]", float, double) {
    using T = TestType;
    if (sizeof(T) == 8 && !wide_is_wide) SKIP("no type with 128 bits");
    constexpr auto mean = math::rectified_normal_mean_constant_error.of<T>();
    constexpr auto slope = math::rectified_normal_mean_slope_constant_error.of<T>();
    check_claims<T>(1, mean.ulp, slope.ulp);
    check_witness<T>(mean_error(T(mean.worst_at), 1), mean.ulp);
    check_witness<T>(slope_error(T(slope.worst_at), 1), slope.ulp);
    for (const double sigma : {0x1p-32, double(0.01f), double(0.7f), 3.0, 1000.0, 0x1p32})
        check_claims<T>(sigma, math::other_sigma_ulp, math::other_sigma_ulp, samples<T> / 16);
}

TEMPLATE_TEST_CASE("the mean of a rectified normal is its limits at infinity and finite between", "[math]",
                   float, double) {
    using T = TestType;
    constexpr T inf = std::numeric_limits<T>::infinity();
    for (const double sigma : {logistic, 1.0, 0x1p-32, 0x1p32}) {
        INFO("sigma " << sigma);
        CHECK(support::same(computed(-inf, sigma).mean, T(0)));
        CHECK(support::same(computed(-inf, sigma).slope, T(0)));
        CHECK(computed(inf, sigma).mean == inf);
        CHECK(computed(inf, sigma).slope == 1);
        CHECK(support::same(computed(T(-0.0), sigma).mean, computed(T(0), sigma).mean));
        CHECK(support::same(computed(T(-0.0), sigma).slope, computed(T(0), sigma).slope));
        for (const T nan : support::nans<T>()) {
            CHECK(std::isnan(computed(nan, sigma).mean));
            CHECK(std::isnan(computed(nan, sigma).slope));
        }
        support::tally wrong;
        const auto line = support::line<T>(100000);
        std::feclearexcept(FE_ALL_EXCEPT);
        for (const T x : line) {
            const auto got = computed(x, sigma);
            const bool mean_in_range = got.mean >= (x > 0 ? x : T(0)) && (got.mean < inf || x == inf);
            const bool slope_in_range = got.slope >= 0 && got.slope < T(1.125);
            if (!mean_in_range || !slope_in_range) wrong.add("x", x, "mean", got.mean, "slope", got.slope);
        }
        CHECK(wrong.report() == "");
        // Not in a lane that is thrown away either. The other flags mean little: clang fills up a vector of
        // quotients with 1 / 0.
        CHECK(std::fetestexcept(FE_OVERFLOW) == 0);
    }
}

TEMPLATE_TEST_CASE("batches and packs of a rectified normal give the bits of a scalar", "[math]", float,
                   double) {
    using T = TestType;
    using B = xsimd::batch<T>;
    using P = actfn::pack<B, 2>;
    for (const double sigma : {logistic, double(0.7f)}) {
        auto x = numbers<T>(1u << 14, sigma);
        for (const T s : {std::numeric_limits<T>::infinity(), std::numeric_limits<T>::quiet_NaN()})
            for (const T end : {s, -s}) x.push_back(end);
        while (x.size() % (2 * B::size) != 0) x.push_back(T(-1));
        support::tally wrong;
        for (std::size_t i = 0; i < x.size(); i += 2 * B::size) {
            const P in(B::load_unaligned(&x[i]), B::load_unaligned(&x[i + B::size]));
            const auto packed = computed(in, sigma);
            const auto single = computed(in.reg[0], sigma);
            T mean[2 * B::size], slope[2 * B::size], first_mean[B::size], first_slope[B::size];
            for (std::size_t k = 0; k < 2; ++k) {
                packed.mean.reg[k].store_unaligned(mean + k * B::size);
                packed.slope.reg[k].store_unaligned(slope + k * B::size);
            }
            single.mean.store_unaligned(first_mean);
            single.slope.store_unaligned(first_slope);
            for (std::size_t k = 0; k < 2 * B::size; ++k) {
                const auto one = computed(x[i + k], sigma);
                if (!support::same(one.mean, mean[k]) || !support::same(one.slope, slope[k]))
                    wrong.add("pack: x", x[i + k], "mean", one.mean, mean[k], "slope", one.slope, slope[k]);
                if (k < B::size &&
                    (!support::same(one.mean, first_mean[k]) || !support::same(one.slope, first_slope[k])))
                    wrong.add("batch: x", x[i + k], "mean", one.mean, first_mean[k], "slope", one.slope,
                              first_slope[k]);
            }
        }
        CHECK(wrong.report() == "");
    }
}
