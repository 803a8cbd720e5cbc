// The sums of the logistic functions with all that they lost, float, against the same sums in double.
#include "support/tally.hpp"

#include <actfn/math/tanh.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <numbers>

namespace {

namespace math = actfn::math;

/// square tail as the kernels add it: unrounded with fused multiply-add.
double product(float square, float tail) {
    return actfn::fused ? static_cast<double>(square) * static_cast<double>(tail)
                        : static_cast<double>(square * tail);
}

/// Calls f(z) for a few thousand z to each power of two from -2^-30 down to least.
void each(float least, const auto& f) {
    for (float z = -0x1p-30f; z >= least; z *= 1.0003f) f(z);
}

/// Rounding to float can change x by so much; double's own roundings are far smaller where x is not 0.
double half_ulp(double x) { return std::fabs(x) * 0x1p-24 + 0x1p-51; }

} // namespace

TEST_CASE("reduce_range: in one step high is exact, and r is rounded once", "[math]") {
    using C = math::detail::exp_constants<float>;
    support::tally wrong;
    const auto check = [&](float z) {
        const auto e = math::reduce_range(z);
        const double n = std::ilogb(e.scale) + std::ilogb(math::unscale<float>);
        const double high = static_cast<double>(z) - n * static_cast<double>(C::ln2);
        const double exact = static_cast<double>(z) - n * std::numbers::ln2;
        // Without fused multiply-add the product with the low part of log(2) is rounded, too.
        const double most =
            half_ulp(exact) + (actfn::fused ? 0 : half_ulp(n * static_cast<double>(C::ln2_lo)));
        if (math::in_one_step<float> && static_cast<double>(e.high) != high)
            wrong.add("z =", z, "high", e.high);
        if (!(std::fabs(static_cast<double>(e.r()) - exact) <= most)) wrong.add("z =", z, "r", e.r());
    };
    each(-130, check);
    each(-40, [&](float z) { check(-z); });
    CHECK(wrong.report() == "");
}

TEST_CASE("sum_of: sum and lost are 2^n + exp(-r) but for the last rounding", "[math]") {
    support::tally wrong;
    constexpr double u = static_cast<double>(math::unscale<float>);
    // n = -25.
    each(-17.6f, [&](float z) {
        const auto e = math::exp_split_ratio_closely(math::reduce_range(z));
        const auto [sum, lost] = math::sum_of(e);
        const float r = math::in_one_step<float> ? e.rest : e.high;
        const double exact = 1.0 + u * static_cast<double>(e.numerator) - static_cast<double>(r) +
                             u * product(e.square, e.tail);
        const double missing = exact - u * static_cast<double>(sum);
        if (!(std::fabs(missing - u * static_cast<double>(lost)) <= half_ulp(missing)))
            wrong.add("z =", z, "sum", sum, "lost", lost);
    });
    CHECK(wrong.report() == "");
}

TEST_CASE("tanh_split: difference and rest are (exp(-2 r) - 2^n) / 2 but for the last rounding", "[math]") {
    support::tally wrong;
    // n = -23.
    each(-8.1f, [&](float z) {
        const auto q = math::divide_range_of_twice<math::scaling::plain, -1>(z);
        const float high = math::high_remainder(q), r = math::whole_remainder(q.n, high);
        const auto e = math::tanh_split<math::scaling::plain>(z);
        const double low =
            math::in_one_step<float> ? 0 : static_cast<double>(q.n * (math::detail::log2_low<float> / 2));
        const double added = product(r * r, math::tanh_tail<math::scaling::plain>(r));
        const double exact = 0.5 - static_cast<double>(q.scale) - static_cast<double>(high) + low + added;
        const double missing = exact - static_cast<double>(e.difference);
        // The low part is added to what is about -added.
        const double most =
            half_ulp(missing) + (math::in_one_step<float> ? 0 : half_ulp(added) + half_ulp(low));
        if (!(std::fabs(missing - static_cast<double>(e.rest)) <= most))
            wrong.add("z =", z, "difference", e.difference, "rest", e.rest);
    });
    CHECK(wrong.report() == "");
}
