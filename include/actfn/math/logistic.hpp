// e / (1 + e) and its derivative e / (1 + e)^2, accurate over the whole line: sigmoid, tanh and softplus'
// come from here.
#pragma once

#include <actfn/core/policy.hpp>
#include <actfn/math/exp.hpp>
#include <actfn/math/reciprocal.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// e = (upper + lower) power, beside 1 / (Base + e) = inverse / (1 - error); sum is upper + lower rounded,
/// power is scale unscale, or scale in units of unscale. One reciprocal serves value and derivative.
template <lanes V, int Base, unit U = unit::one>
struct exp_quotient {
    V upper, lower, sum, scale, power, inverse, inverse_power, error;

    /// x power, x in units: rounded once, where the result is subnormal.
    [[gnu::always_inline]] constexpr V powered(const V& x) const noexcept {
        if constexpr (U == unit::one)
            return scaled(x, scale);
        else
            return x * scale;
    }

    /// 1 / (1 - error) - 1.
    [[gnu::always_inline]] constexpr V correction() const noexcept {
        if constexpr (fused)
            return powers_of<Base>(error);
        else
            return error;
    }

    /// 1 / (1 - error)^2 - 1.
    [[gnu::always_inline]] constexpr V squared_correction() const noexcept {
        if constexpr (!fused) {
            return error + error;
        } else if constexpr (sizeof(element_t<V>) == sizeof(float)) {
            // 2 c + 3 c^2 + 4 c^3, of which the last is 3 C^2 c to C^3 for |c| <= C = 2^-9.
            return error * madd(error, V(3), V(2 + 0x3p-18f));
        } else {
            const V c = correction();
            return madd(c, c, c + c);
        }
    }
};

/// The quotient for Base 1 (logistic) or 2 (log1p), e <= 1, power its power of two. With fused multiply-add
/// no division: a polynomial has the same bits everywhere, too, which the CPU's estimates of a reciprocal
/// have not.
///
/// Rejected: q = e / (Base + e) divided, and what e - q (Base + e) leaves added: two operations fewer for the
/// logistic (.82 ULP for .94) and tanh, four for softplus, but every register waits for the divider. Cascade
/// Lake, the best of 4, 5, 6 and 8 in flight, ns per float so and divided: AVX-512 sigmoid .47 .58, tanh
/// .59 .67, softplus .67 .77; AVX2 .91 .92, 1.16 1.20, 1.40 1.22.
template <int Base, lanes V, unit U>
[[gnu::always_inline]] constexpr exp_quotient<V, Base, U> quotient_over(const exp_parts<V, U>& e,
                                                                        const V& power) noexcept {
    using C = detail::reciprocal_constants<element_t<V>, Base>;
    const V sum = e.upper + e.lower;
    const V d = madd(sum, power, V(Base));
    V inverse, inverse_power, c;
    if constexpr (fused) {
        inverse = polynomial(d, C::guess);
        inverse_power = inverse * power;
        // c = 1 - (Base + e) inverse; 1 - Base inverse is exact.
        const V base = Base == 1 ? V(1) - inverse : madd(V(-Base), inverse, V(1));
        c = nmadd(e.lower, inverse_power, nmadd(e.upper, inverse_power, base));
    } else {
        inverse = divided(V(1), d);
        inverse_power = inverse * power;
        // What the rounding of sum and of d lost.
        const V dl = madd(e.lower, power, madd(e.upper, power, V(Base) - d));
        c = nmadd(dl, inverse, negated(product_residual(d, inverse, V(1))));
    }
    return {e.upper, e.lower, sum, e.scale, power, inverse, inverse_power, c};
}

template <int Base, lanes V, unit U>
[[gnu::always_inline]] constexpr exp_quotient<V, Base, U> quotient_over(const exp_parts<V, U>& e) noexcept {
    if constexpr (U == unit::one)
        return quotient_over<Base>(e, power_of(e.scale));
    else
        return quotient_over<Base>(e, e.scale);
}

/// 1 / (1 + exp(-x)) from the quotient over 1 for z = -|x|; positive is the mask x > 0.
template <lanes V, unit U>
[[gnu::always_inline]] constexpr V logistic(const exp_quotient<V, 1, U>& q,
                                            const mask_t<V>& positive) noexcept {
    const V rest = madd(q.sum, q.correction(), q.lower);
    const V left = q.powered(exact_madd(q.upper, q.inverse, q.inverse * rest));
    return select(positive, V(1) - left, left);
}

/// e / (1 + e)^2 from the quotient over 1, without its power of two: q.upper square + rest.
template <lanes V>
struct logistic_slope_parts {
    V square, rest;
};

template <lanes V, unit U>
[[gnu::always_inline]] constexpr logistic_slope_parts<V>
logistic_slope_split(const exp_quotient<V, 1, U>& q) noexcept {
    const V square = q.inverse * q.inverse;
    const V square_rest = product_residual(q.inverse, q.inverse, square);
    const V rest = madd(q.sum, q.squared_correction(), q.lower);
    return {square, madd(q.upper, square_rest, square * rest)};
}

/// The same, rounded.
template <lanes V, unit U>
[[gnu::always_inline]] constexpr V logistic_slope(const exp_quotient<V, 1, U>& q) noexcept {
    const auto [square, rest] = logistic_slope_split(q);
    return madd(q.upper, square, rest);
}

/// e / (1 + e) of e = mantissa scale, without its power of two.
///
/// Rejected: the CPU's estimate of 1 / d (AVX-512), Newton's steps and the residual of the quotient, which
/// could give the same bits, in six operations for the divider's three (double: ten). Cascade Lake, the best
/// of 4, 5, 6 and 8 in flight, ns per element so and divided: sigmoid, when it was made so, .408 .367, tanh
/// .397 .357; double gains too little for a second way, 1.09 1.17 and 1.13 1.15.
template <lanes V>
[[gnu::always_inline]] constexpr V divided_by_whole(const V& mantissa, const V& scale) noexcept {
    return divided(mantissa, madd(mantissa, scale, V(1)));
}

/// exp_quotient of the fast tier, of e itself or of beta x: e / (1 + e) = share = quotient scale, others = 1
/// - share, which may be fused or not: share is exact, or too small to count.
template <lanes V>
struct exp_quotient_fast {
    V quotient, share, others, scale;

    [[gnu::always_inline]] constexpr V powered(const V& x) const noexcept { return x * scale; }
};

/// For e = mantissa scale.
template <lanes V>
[[gnu::always_inline]] constexpr exp_quotient_fast<V> quotient_fast(const V& mantissa,
                                                                    const V& scale) noexcept {
    const V quotient = divided_by_whole(mantissa, scale);
    return {quotient, quotient * scale, nmadd(quotient, scale, V(1)), scale};
}

template <int Base, lanes V>
    requires(Base == 1)
[[gnu::always_inline]] constexpr exp_quotient_fast<V> quotient_over(const exp_fraction<V>& e) noexcept {
    return quotient_fast(e.mantissa(), e.scale);
}

template <lanes V>
[[gnu::always_inline]] constexpr V logistic(const exp_quotient_fast<V>& q,
                                            const mask_t<V>& positive) noexcept {
    return select(positive, q.others, q.share);
}

template <lanes V>
[[gnu::always_inline]] constexpr V logistic_slope(const exp_quotient_fast<V>& q) noexcept {
    return q.quotient * q.others;
}

/// share = e / (1 + e) and others = 1 - share, for where nothing but the logistic is made of e.
///
/// Against exp_quotient_fast three operations fewer (double: two). Cascade Lake, ns per element with that and
/// so, value, with the derivative, backward: AVX-512 .369 .325, .490 .410, .439 .381; AVX2 .652 .538, .745
/// .591, .639 .538; double 1.16 1.04, 1.33 1.18, 1.24 1.15. Rejected: 1 / (numerator + denominator) times the
/// numerator, which beta x could use, too: with one term more in exp_ratio .374 for .342.
template <lanes V>
struct logistic_shares {
    V share, others;

    /// No power of two was taken out: where share is subnormal, others is 1.
    [[gnu::always_inline]] constexpr V powered(const V& x) const noexcept { return x; }
};

template <int Base, lanes V>
    requires(Base == 1)
[[gnu::always_inline]] constexpr logistic_shares<V> quotient_over(const exp_ratio<V>& e) noexcept {
    const V share = divided(e.numerator, e.numerator + e.denominator);
    return {share, V(1) - share};
}

template <lanes V>
[[gnu::always_inline]] constexpr V logistic(const logistic_shares<V>& q, const mask_t<V>& positive) noexcept {
    return select(positive, q.others, q.share);
}

template <lanes V>
[[gnu::always_inline]] constexpr V logistic_slope(const logistic_shares<V>& q) noexcept {
    return q.share * q.others;
}

/// 1 / (1 + exp(-x)) from the parts of e = exp(-|x|) of either tier. Of the argument only its sign counts, so
/// x stands for beta x as well.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_value(const V& x, const auto& e) noexcept {
    return logistic(quotient_over<1>(e), x > V(0));
}

/// The same without exp_quotient_fast: 1 - share is one operation under AVX-512's mask and saves the
/// selection; a fused one has no share among its operands that it could be merged into.
template <lanes V>
[[gnu::always_inline]] constexpr V logistic_value(const V& x, const exp_fraction<V>& e) noexcept {
    const V share = divided_by_whole(e.mantissa(), e.scale) * e.scale;
    return select(x > V(0), V(1) - share, share);
}

} // namespace actfn::inline ACTFN_ABI::math
