// x / (1 + exp(-x)) and its derivative, accurate through the zero of the derivative.
#pragma once

#include <actfn/core/policy.hpp>
#include <actfn/math/expm1.hpp>
#include <actfn/math/logistic.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

/// x0, where silu' vanishes, 1 + e^x0 + x0 = 0, and e^x0, which is -silu(x0), each in two parts; -1.2784645
/// and 0.2784645. tests/derivations/silu.sollya
template <class T>
struct silu_constants;

template <>
struct silu_constants<float> {
    static constexpr float zero = -0x1.474974p0f, zero_lower = 0x1.bdf6fap-27f;
    static constexpr float exp_zero = 0x1.1d25dp-2f, exp_zero_lower = -0x1.bdf6fap-27f;
};

template <>
struct silu_constants<double> {
    static constexpr double zero = -0x1.474973c84120bp0, zero_lower = -0x1.f8d74bc9ac154p-54;
    static constexpr double exp_zero = 0x1.1d25cf210482ep-2, exp_zero_lower = -0x1.ca2d0d94faaecp-60;
};

} // namespace detail

/// x / (1 + exp(-x)). For x > 0 it is x + f(-x).
template <accuracy A, lanes V>
[[gnu::always_inline]] constexpr V silu_value(const V& x) noexcept {
    using T = element_t<V>;
    using C = detail::silu_constants<T>;
    const V t = at_least(negative_abs(x), V(lowest<T>));
    V left, right;
    if constexpr (A == accuracy::fast) {
        const auto e = exp_split_ratio(reduce_range(t));
        left = at_least(divided(t * e.numerator, e.numerator + e.denominator), V(-C::exp_zero));
        right = x + left;
    } else {
        // With extended scaling the inverse is about unscale, and t times it could be subnormal.
        const auto z = reduce_range(t);
        const auto q = quotient_of(exp_split_ratio_closely<scaling::plain>(z));
        // t e / (1 + e) = upper + lower, without its power of two.
        const V product = t * q.inverse;
        const V rest = madd(product, q.error, product_residual(t, q.inverse, product));
        const V upper = product + rest;
        const V lower = (product - upper) + rest;
        left = negative_abs(scaled(upper, z.scale)); // never +0
        // -x / 2 <= f(-x) <= 0, so x - sum is exact.
        const V sum = x + left;
        right = sum + madd(lower, q.numerator, (x - sum) + left);
    }
    return select(x < V(0), left, select(x > V(0) && x < V(-lowest<T>), right, x));
}

/// Its derivative. For x > 0 it is 1 - f'(-x).
template <accuracy A, lanes V>
[[gnu::always_inline]] constexpr V silu_slope(const V& x) noexcept {
    using T = element_t<V>;
    // For x < 0 it is s (1 + e + x), s = e / (1 + e)^2. Near x0 the sum would cancel; but it is
    // (x - x0) + e^x0 (e^(x - x0) - 1), two terms of one sign, and e = e^x0 e^(x - x0).
    using C = detail::silu_constants<T>;
    const V t = at_least(negative_abs(x), V(lowest<T>));
    const V z = t - V(C::zero), shift = z - t;
    const V dz = ((t - (z - shift)) - (V(C::zero) + shift)) - V(C::zero_lower);
    V left;
    // The roundings of the fast way add up to 5 ULP without FMA, to 4.03 for double.
    if constexpr (A == accuracy::fast && fused && sizeof(T) == sizeof(float)) {
        const auto e = exp_split_fast(z, dz);
        const V growth_and_dz = madd(V(1 / C::exp_zero), dz, expm1_rounded(e));
        const V factor = madd(V(C::exp_zero), growth_and_dz, z);
        const V power = power_of(e.scale) * V(C::exp_zero);
        const V exp_t = madd(e.fraction, power, power);
        const V d = V(1) + exp_t;
        const V dl = (exp_t - (d - V(1))) + madd(e.fraction, power, power - exp_t);
        // (1 + fraction) (1 + error)^2 (1 + rest) = 1 + growth; rest is half of what exp_zero lost: near 0,
        // where d lost the other half, less would be right, and far from it more.
        constexpr T rest = C::exp_zero_lower / C::exp_zero / 2;
        const V inverse = divided(V(1), d);
        const V error = error_of_inverse(inverse, d, dl);
        const V twice = (error + error) + V(rest);
        const V growth = e.fraction + madd(e.fraction, twice, twice);
        const V s = factor * (inverse * inverse);
        left = scaled(madd(s, growth, s), e.scale, C::exp_zero);
    } else {
        const auto shifted = exp_split(z, dz);
        const auto growth = expm1_split(shifted);
        const V part = V(C::exp_zero) * growth.upper;
        const V factor = z + part; // between |z| and 2 |z|, so z - factor is exact
        const V factor_rest =
            ((z - factor) + part) +
            madd(V(C::exp_zero_lower), growth.upper, madd(V(C::exp_zero), growth.lower, dz)) +
            product_residual(V(C::exp_zero), growth.upper, part);

        const V upper = V(C::exp_zero) * shifted.upper;
        const V upper_rest = product_residual(V(C::exp_zero), shifted.upper, upper);
        const V lower =
            madd(V(C::exp_zero), shifted.lower, madd(V(C::exp_zero_lower), shifted.upper, upper_rest));
        // 1 + e = d + dl; s without its power of two is upper square + rest.
        const V sum = upper + lower, power = power_of(shifted.scale);
        const V d = madd(sum, power, V(1));
        const V dl = madd(lower, power, madd(upper, power, V(1) - d));
        const V inverse = divided(V(1), d);
        const V error = error_of_inverse(inverse, d, dl);
        const V square = inverse * inverse;
        const V square_rest = product_residual(inverse, inverse, square);
        const V rest = madd(upper, square_rest, square * madd(sum, error + error, lower));
        const V s = madd(upper, square, rest);
        const V s_rest = product_residual(upper, square, s) + rest;
        left = scaled(exact_madd(s, factor, madd(s, factor_rest, s_rest * factor)), shifted.scale);
    }
    return select(x < V(0), left, V(1) - left);
}

} // namespace actfn::inline ACTFN_ABI::math
