// exp of a number up to 40, in parts: what every smooth activation is built from.
#pragma once

#include <actfn/math/exp_constants.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// exp(z) = (upper + lower) scale unscale, to about 2^-25.5 (float) and 2^-54.5 (double) relative; with a dz,
/// float to 2^-25.9.
///
/// upper is exactly representable and within [0.65, 1.35]; lower holds everything below, |lower| < 0.08, so
/// it may be rounded. scale is 2^n / unscale for the quotient n of the range reduction; it is a normal number
/// even where exp(z) is subnormal, and the last product, with unscale, rounds such a result once.
template <lanes V>
struct exp_parts {
    V upper, lower, scale;
};

/// What exp_parts leave to the last multiplication: 2^-64 (float), 2^-512 (double).
template <class T>
inline constexpr T unscale = detail::exp_constants<T>::unscale;

/// Below it exp counts as exp of it: -130 (float), -1062 (double).
template <class T>
inline constexpr T lowest = detail::exp_constants<T>::lowest;

/// Whether scale is 2^n / unscale or, for arguments that are not too low, 2^n itself.
enum class scaling { extended, plain };

/// What scale is of 2^n, and numbers that are to be added to it have as their unit.
template <scaling S, class T>
inline constexpr T unit = S == scaling::plain ? T(1) : 1 / unscale<T>;

/// Whether z - n log(2) is taken in one step, by the upper part of log(2): that is exact, and what it lacks
/// is added where it counts. Of exp(z) float lacks n / 60 ulp, double would lack n.
template <lanes V>
inline constexpr bool in_one_step = fused && sizeof(element_t<V>) == sizeof(float);

/// r and the scale of z = n log(2) + r, |r| <= 0.3468. high is r, reduced in one step but for n 2^-29: enough
/// for a polynomial in r, and where exp(z) is added to something larger, and ready earlier.
template <lanes V, bool InOneStep = in_one_step<V>>
struct reduced {
    V high, scale;

    // No copy, which GCC 12 would make through memory.
    [[gnu::always_inline]] constexpr const V& r() const noexcept { return high; }
};

template <lanes V>
struct reduced<V, true> {
    V high, scale, n;

    [[gnu::always_inline]] constexpr V r() const noexcept {
        return madd(n, V(-detail::exp_constants<element_t<V>>::ln2_rest), high);
    }
};

/// The same, r in two parts.
template <lanes V>
struct reduced_parts {
    V high, low, scale;
};

/// Reduces z from lowest (with plain scaling the least that has a normal 2^n) to 40, r rounded once. NaN
/// stays.
template <scaling S = scaling::extended, lanes V>
[[gnu::always_inline]] constexpr reduced<V> reduce_in_range(const V& z) noexcept {
    using C = detail::exp_constants<element_t<V>>;
    constexpr element_t<V> to_integer = S == scaling::extended ? C::to_integer : C::to_plain;
    const V t = madd(z, V(C::log2_e), V(to_integer));
    const V n = t - V(to_integer);
    // Constants of the other sign: for c - a b GCC 12 negates n first.
    if constexpr (in_one_step<V>)
        return {madd(n, V(-C::ln2), z), low_bits_to_exponent(t), n};
    else
        return {madd(n, V(-C::ln2_lo), madd(n, V(-C::ln2_hi), z)), low_bits_to_exponent(t)};
}

/// The same for any z up to 40: z below -130 (float) and -1062 (double), where every result has long
/// rounded to 0, counts as that; with plain scaling z below -87 and -708, where exp(z) - 1 has long rounded
/// to -1.
template <scaling S = scaling::extended, lanes V>
[[gnu::always_inline]] constexpr reduced<V> reduce_range(const V& z) noexcept {
    using C = detail::exp_constants<element_t<V>>;
    return reduce_in_range<S>(at_least(z, V(S == scaling::extended ? C::lowest : C::lowest_plain)));
}

/// Reduces factor z up to 40, factor > 0. Needs fused multiply-add, which rounds the product with its sum. In
/// two steps, as n ln2_hi is a product of its own and has to be exact.
template <lanes V>
[[gnu::always_inline]] constexpr reduced<V, false> reduce_range_of_product(const V& z,
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

/// (exp(r) - 1 - r) / r^2, enough for exp(z).
template <lanes V>
[[gnu::always_inline]] constexpr V exp_tail(const V& r) noexcept {
    return polynomial(r, detail::exp_constants<element_t<V>>::tail);
}

/// The parts of exp(z) from z = n log(2) + r, with one more term: good enough for exp(z) - 1, whose error
/// counts relative to r.
template <lanes V>
[[gnu::always_inline]] constexpr exp_parts<V> exp_split(const reduced<V>& z) noexcept {
    const auto& r = z.r();
    const V upper = V(1) + r;
    const V tail = polynomial(z.high, r, detail::exp_constants<element_t<V>>::long_tail);
    return {upper, madd(r * r, tail, r - (upper - V(1))), z.scale};
}

/// The parts of exp(z + dz), |dz| at most an ulp of z; r in two parts, so that exp(z + dz) - 1 is as good.
template <lanes V>
[[gnu::always_inline]] constexpr exp_parts<V> exp_split(const V& z, const V& dz) noexcept {
    const auto [rh, rl, scale] = reduce_range(z, dz);
    const V r = rh + rl;
    // exp(rh + rl) = (1 + rh) + rl + r^2 q(r); 1 + rh as a rounded sum and its exact error.
    const V upper = V(1) + rh;
    return {upper, madd(r * r, exp_tail(r), (rh - (upper - V(1))) + rl), scale};
}

/// 2^n, as a factor of what is then added to something larger: 0 where it is below the subnormals.
template <lanes V>
[[gnu::always_inline]] constexpr V power_of(const V& scale) noexcept {
    return scale * V(unscale<element_t<V>>);
}

/// x 2^n, rounded once, where the result is subnormal.
template <lanes V>
[[gnu::always_inline]] constexpr V scaled(const V& x, const V& scale) noexcept {
    return (x * scale) * V(unscale<element_t<V>>);
}

/// exp(z) from z = n log(2) + r, to .94 ULP, without fused multiply-add 1.02; exactly 1 for z = 0.
template <lanes V>
[[gnu::always_inline]] constexpr V exp_rounded(const reduced<V>& z) noexcept {
    const auto& r = z.r();
    // That of exp_fraction(z.high). With r in its last step .91 ULP, but elu with its slope takes 7 % longer.
    const V tail = exp_tail(z.high);
    // In the way of the other, either would err by an eighth of an ulp more.
    const V mantissa = fused ? madd(r, madd(r, tail, V(1)), V(1)) : V(1) + madd(r * r, tail, r);
    return scaled(mantissa, z.scale);
}

/// exp(r) - 1 to about 1 ULP.
template <lanes V>
[[gnu::always_inline]] constexpr V exp_fraction(const V& r) noexcept {
    return madd(r * r, exp_tail(r), r);
}

} // namespace actfn::inline ACTFN_ABI::math
