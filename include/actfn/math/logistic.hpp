// e / (1 + e) and its derivative e / (1 + e)^2, accurate over the whole line: sigmoid, tanh and softplus' come from here.
#pragma once

#include <actfn/math/exp.hpp>
#include <actfn/math/reciprocal.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// e = exp(z) beside the reciprocal of base + e with its residual.
///
/// e = (upper + lower) unscale and 1 / (base + e) = inverse (1 + correction), to about twice the working precision; sum is upper + lower
/// rounded. One division serves value and derivative.
template <lanes V>
struct exp_quotient {
    V upper, lower, sum, inverse, correction;
};

/// The quotient for base 1 (logistic) or 2 (log1p), e <= 1.
template <int Base, lanes V>
[[gnu::always_inline]] constexpr exp_quotient<V> quotient_over(const exp_parts<V>& e) noexcept {
    const V down(unscale<element_t<V>>);
    const V upper = e.upper * e.scale;
    const V lower = e.lower * e.scale;
    const V sum = upper + lower;
    const V d = madd(sum, down, V(Base));
    // base + e - d: what the rounding of sum and of d lost.
    const V dl = madd(lower, down, madd(upper, down, V(Base) - d));
    const V inverse = reciprocal<Base>(d);
    return {upper, lower, sum, inverse, nmadd(dl, inverse, -product_residual(d, inverse, V(1)))};
}

/// 1 / (1 + exp(-x)) from the quotient over 1 for z = -|x|; negative is the mask x < 0.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic(const exp_quotient<V>& q, const mask_t<V>& negative) noexcept {
    using T = element_t<V>;
    // The numerator is e to the left of 0 and 1 to the right of it.
    const V upper = select(negative, q.upper, V(1 / unscale<T>));
    const V lower = select(negative, q.lower, V(0));
    const V rest = madd(upper + lower, q.correction, lower);
    return madd(upper, q.inverse, q.inverse * rest) * V(unscale<T>);
}

/// factor e / (1 + e)^2 from the quotient over 1; factor is a power of two.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_slope(const exp_quotient<V>& q, element_t<V> factor) noexcept {
    const V square = q.inverse * q.inverse;
    const V square_rest = product_residual(q.inverse, q.inverse, square);
    const V rest = madd(q.sum, q.correction + q.correction, q.lower);
    return madd(q.upper, square, madd(q.upper, square_rest, square * rest)) * V(factor * unscale<element_t<V>>);
}

/// As logistic, from e itself and in a few ULP.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_fast(const V& e, const mask_t<V>& negative) noexcept {
    return quotient<1>(select(negative, e, V(1)), V(1) + e);
}

/// As logistic_slope with factor 1, from e itself and in a few ULP.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_slope_fast(const V& e) noexcept {
    return quotient<1, 2>(e, V(1) + e);
}

}  // namespace actfn::math
