// exp of a non-positive number, in parts: what every smooth activation is built from.
#pragma once

#include <actfn/math/polynomial.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

template <class T>
struct exp_constants;

template <>
struct exp_constants<float> {
    static constexpr float log2_e = 0x1.715476p0f;
    // log(2) in two parts; the upper has 16 bits, so that its product with any quotient is exact.
    static constexpr float ln2_hi = 0x1.62e4p-1f;
    static constexpr float ln2_lo = 0x1.7f7d1cp-20f;
    static constexpr float unscale = 0x1p-64f;
    // Adding it rounds to an integer n and leaves n + 64, biased as an exponent, in the lowest bits.
    static constexpr float to_integer = 0x1.8p23f + (127 + 64);
    // The largest -z for which 2^(n + 64) is still normal; exp is 2^-187 there, and times 4 (tanh') still far
    // from a subnormal.
    static constexpr float lowest = -130.0f;
    // (exp(r) - 1 - r) / r on |r| <= 0.3468 by fpminimax in tests/derivations/exp.sollya, weight 1, r^1 to
    // r^5 and r^6: error relative to r 2^-26.1 and 2^-31.0; to exp(r) 2^-27.6 and 2^-32.7. With r^4 as last
    // (2^-22.6 of exp(r)) sigmoid err by 4.2 ULP in the fast tier, sigmoid' by 5.0.
    static constexpr std::array<float, 5> tail{0x1p-1f, 0x1.5554aep-3f, 0x1.5554ep-5f, 0x1.1228ep-7f,
                                               0x1.6d5694p-10f};
    static constexpr std::array<float, 6> long_tail{0x1p-1f,       0x1.555556p-3f, 0x1.5554fp-5f,
                                                    0x1.110fep-7f, 0x1.6d438p-10f, 0x1.a293d6p-13f};
};

template <>
struct exp_constants<double> {
    static constexpr double log2_e = 0x1.71547652b82fep0;
    // 42 bits, as above.
    static constexpr double ln2_hi = 0x1.62e42fefa38p-1;
    static constexpr double ln2_lo = 0x1.ef35793c7673p-45;
    static constexpr double unscale = 0x1p-512;
    static constexpr double to_integer = 0x1.8p52 + (1023 + 512);
    static constexpr double lowest = -1062.0;
    // As above, r^1 to r^10 and r^11: error relative to r 2^-55.6 and 2^-61.6; to exp(r) 2^-57.2 and 2^-63.
    static constexpr std::array<double, 10> tail{
        0x1.0000000000005p-1,  0x1.555555555555cp-3,  0x1.55555555520dbp-5,  0x1.111111110e814p-7,
        0x1.6c16c17f40ff2p-10, 0x1.a01a01b56b244p-13, 0x1.a019a662c2515p-16, 0x1.71ddeaf978af7p-19,
        0x1.28a2d3291b1dap-22, 0x1.af752a371a884p-26};
    static constexpr std::array<double, 11> long_tail{0x1p-1,
                                                      0x1.5555555555559p-3,
                                                      0x1.5555555555558p-5,
                                                      0x1.111111110f648p-7,
                                                      0x1.6c16c16c14f51p-10,
                                                      0x1.a01a01b00bb42p-13,
                                                      0x1.a01a01ade0ef1p-16,
                                                      0x1.71ddf7f54ebb6p-19,
                                                      0x1.27e4caf514046p-22,
                                                      0x1.af5f60e30d745p-26,
                                                      0x1.1f8dec537ea3dp-29};
};

} // namespace detail

/// exp(z) = (upper + lower) scale unscale, to about 2^-27 (float) and 2^-57 (double) relative.
///
/// upper is exactly representable and within [0.7, 1.42]; lower holds everything below, |lower| < 0.08, so it
/// may be rounded. scale is 2^n / unscale for the quotient n of the range reduction; it is a normal number
/// even where exp(z) is subnormal, and the final product with unscale rounds such a result once.
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

/// How many terms the polynomial of exp gets: enough, where exp(z) itself is wanted; ample, where
/// exp(z) - 1 is, whose error counts relative to r.
enum class terms { enough, ample };

/// r and 2^n / unscale of z = n log(2) + r, |r| <= 0.3468.
template <lanes V>
struct reduced {
    V high, low, scale;
};

/// Reduces z + dz, z up to 40, |dz| at most an ulp of z. z below -130 (float) and -1062 (double), where every
/// result has long rounded to 0, counts as that; NaN stays.
template <lanes V>
[[gnu::always_inline]] constexpr reduced<V> reduce_range(const V& z, const V& dz) noexcept {
    using C = detail::exp_constants<element_t<V>>;
    const V zc = at_least(z, V(C::lowest));
    const V t = madd(zc, V(C::log2_e), V(C::to_integer));
    const V n = t - V(C::to_integer);
    // Constants of the other sign: for c - a b GCC 12 negates n first.
    return {madd(n, V(-C::ln2_hi), zc), madd(n, V(-C::ln2_lo), dz), low_bits_to_exponent(t)};
}

/// (exp(r) - 1 - r) / r^2.
template <terms K, lanes V>
[[gnu::always_inline]] constexpr V exp_tail(const V& r) noexcept {
    using C = detail::exp_constants<element_t<V>>;
    if constexpr (K == terms::enough)
        return polynomial(r, C::tail);
    else
        return polynomial(r, C::long_tail);
}

/// The parts of exp(z + dz); domain as reduce_range.
template <terms K = terms::enough, lanes V>
[[gnu::always_inline]] constexpr exp_parts<V> exp_split(const V& z, const V& dz) noexcept {
    const auto [rh, rl, scale] = reduce_range(z, dz);
    const V r = rh + rl;
    // exp(rh + rl) = (1 + rh) + rl + r^2 q(r); 1 + rh as a rounded sum and its exact error.
    const V upper = V(1) + rh;
    const V rest = (rh - (upper - V(1))) + rl;
    return {upper, madd(r * r, exp_tail<K>(r), rest), scale};
}

template <terms K = terms::enough, lanes V>
[[gnu::always_inline]] constexpr exp_parts<V> exp_split(const V& z) noexcept {
    return exp_split<K>(z, V(0));
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

/// exp(z), rounded once from its parts.
template <lanes V>
[[gnu::always_inline]] constexpr V exp_rounded(const exp_parts<V>& e) noexcept {
    return scaled(e.upper + e.lower, e.scale);
}

/// exp(z) = (1 + fraction) scale unscale to about 1 ULP: exp_parts for the fast tier.
template <lanes V>
struct exp_fraction {
    V fraction, scale;
};

template <lanes V>
[[gnu::always_inline]] constexpr exp_fraction<V> exp_split_fast(const V& z, const V& dz) noexcept {
    const auto [rh, rl, scale] = reduce_range(z, dz);
    const V r = rh + rl;
    return {madd(r * r, exp_tail<terms::enough>(r), r), scale};
}

template <lanes V>
[[gnu::always_inline]] constexpr exp_fraction<V> exp_split_fast(const V& z) noexcept {
    return exp_split_fast(z, V(0));
}

template <lanes V>
[[gnu::always_inline]] constexpr V exp_rounded(const exp_fraction<V>& e) noexcept {
    return scaled(V(1) + e.fraction, e.scale);
}

/// exp(z) for z <= 0 to about 1 ULP.
template <lanes V>
[[gnu::always_inline]] constexpr V exp_fast(const V& z) noexcept {
    return exp_rounded(exp_split_fast(z));
}

} // namespace actfn::inline ACTFN_ABI::math
