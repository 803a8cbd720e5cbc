// e / (1 + e) and its derivative e / (1 + e)^2, accurate over the whole line: sigmoid, tanh and softplus'
// come from here.
#pragma once

#include <actfn/math/exp_ratio.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// e / (1 + e) = numerator inverse (1 + error): one division serves value and derivative.
template <lanes V>
struct exp_quotient {
    V numerator, inverse, error;

    /// x times the numerator: rounded once, where the result is subnormal.
    [[gnu::always_inline]] constexpr V powered(const V& x) const noexcept { return x * numerator; }
};

/// For e <= 1.
///
/// It divides: the CPU's estimate of a reciprocal has other bits elsewhere, and a polynomial with a
/// correction takes more operations than what runs beside the divider. Zen 5, AVX-512, GCC 12, ns per float
/// with such a polynomial, and divided, with sums in more steps than now: sigmoid .240 .209, with its
/// derivative .324 .288, backward .289 .258; tanh .285 .258, softplus .355 .302. (Cascade Lake, e / (1 + e)
/// itself divided: .58, the polynomial .47; this form was not measured there.)
template <lanes V, bool InOneStep>
[[gnu::always_inline]] constexpr exp_quotient<V>
quotient_of(const exp_ratio_parts<V, InOneStep>& e) noexcept {
    const auto [sum, lost] = sum_of(e);
    const V inverse = divided(V(1), sum);
    return {e.numerator, inverse, error_of_inverse(inverse, sum, lost)};
}

/// 1 / (1 + exp(-x)) from the quotient for z = -|x|; positive is the mask x > 0.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic(const exp_quotient<V>& q, const mask_t<V>& positive) noexcept {
    const V left = q.powered(madd(q.inverse, q.error, q.inverse));
    return select(positive, V(1) - left, left);
}

/// e / (1 + e)^2 without its power of two: inverse (others + rest), others = 1 - e / (1 + e).
template <lanes V>
struct logistic_slope_parts {
    V others, rest;
};

template <lanes V>
[[gnu::always_inline]] constexpr logistic_slope_parts<V>
logistic_slope_split(const exp_quotient<V>& q) noexcept {
    const V share = q.powered(q.inverse);
    const V others = V(1) - share;
    // (1 + error) (1 - share (1 + error)) less others, error^2 left out.
    return {others, madd(q.error, others - share, (V(1) - others) - share)};
}

/// The same, rounded.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_slope(const exp_quotient<V>& q) noexcept {
    const auto [others, rest] = logistic_slope_split(q);
    return madd(q.inverse, others, q.inverse * rest);
}

/// share = e / (1 + e) and others = 1 / (1 + e): exp_quotient of the fast tier.
template <lanes V>
struct logistic_shares {
    V share, others;

    /// No power of two was taken out: where share is subnormal, its square is nothing beside it.
    [[gnu::always_inline]] constexpr V powered(const V& x) const noexcept { return x; }
};

template <lanes V>
[[gnu::always_inline]] constexpr logistic_shares<V> quotient_of(const exp_ratio<V>& e) noexcept {
    return {e.share(), e.others()};
}

template <lanes V>
[[gnu::always_inline]] constexpr V logistic(const logistic_shares<V>& q, const mask_t<V>& positive) noexcept {
    return select(positive, q.others, q.share);
}

template <lanes V>
[[gnu::always_inline]] constexpr V logistic_slope(const logistic_shares<V>& q) noexcept {
    return nmadd(q.share, q.share, q.share); // q.others would be one more division
}

/// 1 / (1 + exp(-x)) from the parts of e = exp(-|x|). Of the argument only its sign counts, so x stands for
/// beta x as well.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_value(const V& x, const auto& e) noexcept {
    return logistic(quotient_of(e), x > V(0));
}

/// 1 / (1 + exp(-x)) is 1 from there on, which is as far as reduce_range goes.
template <class T>
inline constexpr T logistic_one = 40;

/// 1 / (1 + exp(-x)) by the share for x itself, with the bits of logistic_value: no sign to take off, nothing
/// to select. Zen 5, ns per float of 2^n / (2^n + exp(-r)) for -|x|, exp(-r) to 2 ULP, of that for x itself,
/// and so: AVX-512, GCC 12 .097 .087 .087, GCC 16 .097 .086 .088, AVX2 .222 .183 .191; with the derivative
/// .123 .196 .133, .113 .166 .137, .254 .384 .296, as the second needs two exp(-r) for it. Given
/// away: the first, which erred by 3.4 ULP for 2.4, was monotone.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_by_ratio(const V& x) noexcept {
    return exp_split_ratio(reduce_range(at_most(x, V(logistic_one<element_t<V>>)))).share();
}

} // namespace actfn::inline ACTFN_ABI::math
