// exp of a non-positive number, in parts: what every smooth activation is built from.
#pragma once

#include <actfn/math/exp_constants.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// What the parts of exp are given in. In units of unscale they save the products with it, but a lower part
/// near 0 is lost: not for exp(z) - 1.
enum class unit { one, unscale };

/// exp(z) = (upper + lower) scale unscale, to about 2^-25.5 (float) and 2^-54.5 (double) relative; closely
/// and with a dz, 2^-27 and 2^-57. In units of unscale, exp(z) = (upper + lower) scale.
///
/// upper is exactly representable and within [0.7, 1.42] units; lower holds everything below, |lower| < 0.08,
/// so it may be rounded. scale is 2^n / unscale for the quotient n of the range reduction; it is a normal
/// number even where exp(z) is subnormal, and the last product, with unscale or scale, rounds such a result
/// once.
template <lanes V, unit U = unit::one>
struct exp_parts {
    V upper, lower, scale;
};

/// What exp_parts leave to the last multiplication: 2^-64 (float), 2^-512 (double).
template <class T>
inline constexpr T unscale = detail::exp_constants<T>::unscale;

/// Below it exp counts as exp of it: -130 (float), -1062 (double).
template <class T>
inline constexpr T lowest = detail::exp_constants<T>::lowest;

/// How many terms the polynomial of exp gets: enough, where exp(z) itself is wanted; ample, where
/// exp(z) - 1 is, whose error counts relative to r.
enum class terms { enough, ample };

/// Whether scale is 2^n / unscale or, for arguments that are not too low, 2^n itself.
enum class scaling { extended, plain };

/// r and the scale of z = n log(2) + r, |r| <= 0.3468.
template <lanes V>
struct reduced {
    V r, scale;
};

/// The same, r in two parts.
template <lanes V>
struct reduced_parts {
    V high, low, scale;
};

/// Reduces z up to 40, r rounded once. z below -130 (float) and -1062 (double), where every result has long
/// rounded to 0, counts as that; with plain scaling z below -87 and -708, where exp(z) - 1 has long rounded
/// to -1. NaN stays.
template <scaling S = scaling::extended, lanes V>
[[gnu::always_inline]] constexpr reduced<V> reduce_range(const V& z) noexcept {
    using C = detail::exp_constants<element_t<V>>;
    constexpr element_t<V> to_integer = S == scaling::extended ? C::to_integer : C::to_plain;
    const V zc = at_least(z, V(S == scaling::extended ? C::lowest : C::lowest_plain));
    const V t = madd(zc, V(C::log2_e), V(to_integer));
    const V n = t - V(to_integer);
    // Constants of the other sign: for c - a b GCC 12 negates n first.
    return {madd(n, V(-C::ln2_lo), madd(n, V(-C::ln2_hi), zc)), low_bits_to_exponent(t)};
}

/// Reduces factor z, factor > 0 and z <= 0. Needs fused multiply-add, which rounds the product with its sum.
template <lanes V>
[[gnu::always_inline]] constexpr reduced<V> reduce_range_of_product(const V& z,
                                                                    element_t<V> factor) noexcept {
    using C = detail::exp_constants<element_t<V>>;
    const V zc = at_least(z, V(C::lowest / factor));
    const V t = madd(zc, V(C::log2_e * factor), V(C::to_integer));
    const V n = t - V(C::to_integer);
    return {madd(n, V(-C::ln2_lo), madd(zc, V(factor), n * V(-C::ln2_hi))), low_bits_to_exponent(t)};
}

/// Reduces z + dz, z up to 40, |dz| at most an ulp of z.
template <lanes V>
[[gnu::always_inline]] constexpr reduced_parts<V> reduce_range(const V& z, const V& dz) noexcept {
    using C = detail::exp_constants<element_t<V>>;
    const V zc = at_least(z, V(C::lowest));
    const V t = madd(zc, V(C::log2_e), V(C::to_integer));
    const V n = t - V(C::to_integer);
    return {madd(n, V(-C::ln2_hi), zc), madd(n, V(-C::ln2_lo), dz), low_bits_to_exponent(t)};
}

/// (exp(r) - 1 - r) / r^2, in units.
template <terms K, unit U = unit::one, lanes V>
[[gnu::always_inline]] constexpr V exp_tail(const V& r) noexcept {
    using C = detail::exp_constants<element_t<V>>;
    constexpr element_t<V> one = U == unit::unscale ? C::unscale : 1;
    if constexpr (K == terms::enough)
        return polynomial(r, rescaled(C::tail, one));
    else
        return polynomial(r, rescaled(C::long_tail, one));
}

/// The parts of exp(z) from z = n log(2) + r.
template <terms K, unit U = unit::one, lanes V>
[[gnu::always_inline]] constexpr exp_parts<V, U> exp_split(const reduced<V>& z) noexcept {
    const V tail = exp_tail<K, U>(z.r);
    if constexpr (U == unit::one) {
        const V upper = V(1) + z.r;
        return {upper, madd(z.r * z.r, tail, z.r - (upper - V(1))), z.scale};
    } else {
        const V one(unscale<element_t<V>>), upper = madd(z.r, one, one);
        return {upper, madd(z.r * z.r, tail, madd(z.r, one, one - upper)), z.scale};
    }
}

/// The parts of exp(Factor z), Factor 1 or 2 and z <= 0, with nothing of r lost: for exp(Factor z) - 1.
template <int Factor, scaling S = scaling::extended, lanes V>
[[gnu::always_inline]] constexpr exp_parts<V> exp_split_closely(const V& z) noexcept {
    using T = element_t<V>;
    using C = detail::exp_constants<T>;
    constexpr T least = S == scaling::extended ? C::lowest : C::lowest_plain;
    constexpr T to_integer = S == scaling::extended ? C::to_integer : C::to_plain;
    const V zc = at_least(z, V(least / Factor));
    const V t = madd(zc, V(Factor * C::log2_e), V(to_integer));
    const V n = t - V(to_integer);
    const V high = madd(n, V(-C::ln2_hi / Factor), zc);
    const V r = madd(n, V(-C::ln2_lo / Factor), high);
    const V tail = polynomial(r, rescaled(C::tail, T(Factor * Factor), T(Factor)));
    const V upper = Factor == 1 ? V(1) + high : madd(V(Factor), high, V(1));
    const V rest = Factor == 1 ? high - (upper - V(1)) : madd(V(Factor), high, V(1) - upper);
    const V lower = madd(n, V(-C::ln2_lo), madd(r * r, tail, rest));
    return {upper, lower, low_bits_to_exponent(t)};
}

/// The parts of exp(z + dz), |dz| at most an ulp of z; r in two parts, so that exp(z + dz) - 1 is as good.
template <unit U = unit::one, lanes V>
[[gnu::always_inline]] constexpr exp_parts<V, U> exp_split(const V& z, const V& dz) noexcept {
    const auto [rh, rl, scale] = reduce_range(z, dz);
    const V r = rh + rl;
    // exp(rh + rl) = (1 + rh) + rl + r^2 q(r); 1 + rh as a rounded sum and its exact error.
    const V tail = exp_tail<terms::enough, U>(r);
    if constexpr (U == unit::one) {
        const V upper = V(1) + rh;
        return {upper, madd(r * r, tail, (rh - (upper - V(1))) + rl), scale};
    } else {
        const V one(unscale<element_t<V>>), upper = madd(rh, one, one);
        return {upper, madd(r * r, tail, madd(rl, one, madd(rh, one, one - upper))), scale};
    }
}

/// 2^n, as a factor of what is then added to something larger: 0 where it is below the subnormals.
template <lanes V>
[[gnu::always_inline]] constexpr V power_of(const V& scale) noexcept {
    return scale * V(unscale<element_t<V>>);
}

/// x 2^n factor, factor another power of two: rounded once, where the result is subnormal.
template <lanes V>
[[gnu::always_inline]] constexpr V scaled(const V& x, const V& scale, element_t<V> factor = 1) noexcept {
    return (x * scale) * V(factor * unscale<element_t<V>>);
}

/// exp(z) from z = n log(2) + r, to .93 ULP, without fused multiply-add 1.02; exactly 1 for z = 0.
template <lanes V>
[[gnu::always_inline]] constexpr V exp_rounded(const reduced<V>& z) noexcept {
    const V tail = exp_tail<terms::enough>(z.r);
    // In the way of the other, either would err by an eighth of an ulp more.
    const V mantissa = fused ? madd(z.r, madd(z.r, tail, V(1)), V(1)) : V(1) + madd(z.r * z.r, tail, z.r);
    return scaled(mantissa, z.scale);
}

/// exp(z) = (1 + fraction) scale unscale to about 1 ULP: exp_parts for the fast tier.
template <lanes V>
struct exp_fraction {
    V fraction, scale;

    /// (1 + fraction) unscale: times scale, exp(z).
    [[gnu::always_inline]] constexpr V mantissa() const noexcept {
        const V one(unscale<element_t<V>>);
        return madd(fraction, one, one);
    }
};

template <lanes V>
[[gnu::always_inline]] constexpr exp_fraction<V> exp_split_fast(const reduced<V>& z) noexcept {
    return {madd(z.r * z.r, exp_tail<terms::enough>(z.r), z.r), z.scale};
}

/// As exp_split(z, dz).
template <lanes V>
[[gnu::always_inline]] constexpr exp_fraction<V> exp_split_fast(const V& z, const V& dz) noexcept {
    const auto [rh, rl, scale] = reduce_range(z, dz);
    return exp_split_fast(reduced<V>{rh + rl, scale});
}

/// exp(z) = numerator / denominator, the numerator a power of two: for e / (1 + e) = numerator / (numerator +
/// denominator).
template <lanes V>
struct exp_ratio {
    V numerator, denominator;
};

/// From z = n log(2) + r: 2^n / unscale and exp(-r) / unscale, the latter to about 2 ULP (float) and 1
/// (double). With one more term float would have 1, and sigmoid err by 2.5 ULP for 3.4, sigmoid' by 2.9 for
/// 3.5, for 5 % more time (AVX2 7 %).
template <lanes V>
[[gnu::always_inline]] constexpr exp_ratio<V> exp_split_ratio(const reduced<V>& z) noexcept {
    using T = element_t<V>;
    constexpr T one = 1 / unscale<T>;
    return {z.scale, madd(z.r, polynomial(z.r, rescaled(detail::exp_constants<T>::reversed, one)), V(one))};
}

/// exp(2 z) = (1/2 + half) scale one, one being 1 with plain scaling and else unscale.
template <lanes V>
struct exp_of_twice {
    V half, scale;

    /// With extended scaling: times scale, exp(2 z).
    [[gnu::always_inline]] constexpr V mantissa() const noexcept {
        constexpr element_t<V> one = unscale<element_t<V>>;
        return madd(half, V(one), V(one / 2));
    }
};

/// The parts of exp(2 z) for the fast tier, z <= 0: those of exp_split_fast(reduce_range(z + z)), as powers
/// of two change nothing, but without that sum. (Without fused multiply-add 2 z log2(e) may round to the
/// middle between two n: there it is the other one.) Rejected: exp(r) as 1 + r growth, without r^2: tanh .39
/// ns either way, but .06 ULP further off, and 25216 steps down for none.
template <scaling S = scaling::extended, lanes V>
[[gnu::always_inline]] constexpr exp_of_twice<V> exp_split_twice(const V& z) noexcept {
    using T = element_t<V>;
    using C = detail::exp_constants<T>;
    constexpr T least = S == scaling::extended ? C::lowest : C::lowest_plain;
    constexpr T to_integer = 1 + (S == scaling::extended ? C::to_integer : C::to_plain); // scale: 2^(n + 1)
    const V zc = at_least(z, V(least / 2));
    const V t = madd(zc, V(2 * C::log2_e), V(to_integer));
    const V n = t - V(to_integer);
    const V r = madd(n, V(-C::ln2_lo / 2), madd(n, V(-C::ln2_hi / 2), zc));
    return {madd(r * r, polynomial(r, rescaled(C::tail, T(2), T(2))), r), low_bits_to_exponent(t)};
}

} // namespace actfn::inline ACTFN_ABI::math
