// e / (1 + e) and its derivative e / (1 + e)^2, accurate over the whole line: sigmoid, tanh and softplus'
// come from here.
#pragma once

#include <actfn/math/exp.hpp>
#include <actfn/math/reciprocal.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// e = (upper + lower) power, power = scale unscale, beside 1 / (base + e) = inverse (1 + correction); sum is
/// upper + lower rounded. One reciprocal serves value and derivative.
template <lanes V>
struct exp_quotient {
    V upper, lower, sum, scale, power, inverse, correction;
};

/// The quotient for base 1 (logistic) or 2 (log1p), e <= 1.
template <int Base, lanes V>
[[gnu::always_inline]] constexpr exp_quotient<V> quotient_over(const exp_parts<V>& e) noexcept {
    const V power = power_of(e.scale);
    const V sum = e.upper + e.lower;
    const V d = madd(sum, power, V(Base));
    // What the rounding of sum and of d lost. Without that of sum, one operation less, tanh err by 1.007 and
    // sigmoid' by 1.16 ULP.
    const V dl = madd(e.lower, power, madd(e.upper, power, V(Base) - d));
    const auto r = reciprocal_of<Base>(d, dl);
    return {e.upper, e.lower, sum, e.scale, power, r.inverse, r.correction};
}

/// 1 / (1 + exp(-x)) from the quotient over 1 for z = -|x|; negative is the mask x < 0.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic(const exp_quotient<V>& q, const mask_t<V>& negative) noexcept {
    const V rest = madd(q.sum, q.correction, q.lower);
    const V left = scaled(exact_madd(q.upper, q.inverse, q.inverse * rest), q.scale);
    return select(negative, left, V(1) - left);
}

/// e / (1 + e)^2 from the quotient over 1, without its power of two: q.upper square + rest.
template <lanes V>
struct logistic_slope_parts {
    V square, rest;
};

template <lanes V>
[[gnu::always_inline]] constexpr logistic_slope_parts<V>
logistic_slope_split(const exp_quotient<V>& q) noexcept {
    const V square = q.inverse * q.inverse;
    const V square_rest = product_residual(q.inverse, q.inverse, square);
    // (1 + c)^2 = 1 + (2 c + c^2).
    const V rest = madd(q.sum, madd(q.correction, q.correction, q.correction + q.correction), q.lower);
    return {square, madd(q.upper, square_rest, square * rest)};
}

/// The same, rounded.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_slope(const exp_quotient<V>& q) noexcept {
    const auto [square, rest] = logistic_slope_split(q);
    return madd(q.upper, square, rest);
}

/// As logistic, from e itself and in a few ULP.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_fast(const V& e, const mask_t<V>& negative) noexcept {
    return quotient<1>(select(negative, e, V(1)), V(1) + e);
}

/// e / (1 + e)^2 without its power of two, in a few ULP.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_slope_fast(const exp_fraction<V>& parts) noexcept {
    const V mantissa = V(1) + parts.fraction;
    const V e = scaled(mantissa, parts.scale);
    const V d = V(1) + e;
    const V dl = e - (d - V(1));
    if constexpr (fused) {
        const auto [inverse, c] = reciprocal_of<1>(d, dl);
        const V q = mantissa * (inverse * inverse);
        return madd(q, madd(c, c, c + c), q);
    } else {
        const V inverse = V(1) / d;
        const V q = mantissa * (inverse * inverse);
        return nmadd(q, (dl + dl) * inverse, q);
    }
}

} // namespace actfn::inline ACTFN_ABI::math
