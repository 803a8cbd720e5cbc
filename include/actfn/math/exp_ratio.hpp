// exp of a non-positive number as 2^n / exp(-r): what every logistic is made from, e / (1 + e) = 2^n / (2^n +
// exp(-r)), whose numerator is exact.
#pragma once

#include <actfn/math/exp.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// exp(z) = numerator / denominator, the numerator a power of two.
template <lanes V>
struct exp_ratio {
    V numerator, denominator;
};

/// From z = n log(2) + r: 2^n / unscale and exp(-r) / unscale, the latter to about 2 ULP (float) and 1
/// (double). With the term more that exp_split_ratio_rounded has sigmoid would err by 2.5 ULP for 3.4,
/// sigmoid' by 2.9 for 3.5, for 5 % more time (AVX2 7 %).
template <lanes V>
[[gnu::always_inline]] constexpr exp_ratio<V> exp_split_ratio(const reduced<V>& z) noexcept {
    using T = element_t<V>;
    constexpr T one = unit<scaling::extended, T>;
    return {z.scale, madd(z.r, polynomial(z.r, rescaled(detail::exp_constants<T>::reversed, one)), V(one))};
}

/// Of exp(z + dz), |dz| at most an ulp of z.
template <lanes V>
[[gnu::always_inline]] constexpr exp_ratio<V> exp_split_ratio(const V& z, const V& dz) noexcept {
    const auto [high, low, scale] = reduce_range(z, dz);
    return exp_split_ratio(reduced<V>{high + low, scale});
}

/// From z = n log(2) + r: the same, exp(-r) to about 1 ULP: float has one more term, double as many.
template <lanes V>
[[gnu::always_inline]] constexpr exp_ratio<V> exp_split_ratio_rounded(const reduced<V>& z) noexcept {
    using T = element_t<V>;
    constexpr T one = unit<scaling::extended, T>;
    const V tail = polynomial(z.r, rescaled(detail::exp_constants<T>::tail, one, T(-1)));
    return {z.scale, madd(z.r, madd(z.r, tail, V(-one)), V(one))};
}

/// exp(z) = numerator / denominator, closer: numerator = 2^n unit <= unit, with plain scaling 0 or subnormal
/// for a low z. exp(-r) unit = unit (1 - r) - low + square tail, to about 2^-25.2 (float) and 2^-54.3
/// (double) relative, with a dz 2^-25.8 and 2^-55, is added up only together with the numerator. square =
/// r^2; low, what r has too little, and tail are in units.
template <scaling S, lanes V>
struct exp_ratio_parts {
    V numerator, r, low, square, tail;
};

/// c - unit r. (GCC 12 would negate r for nmadd, as it is used twice.)
template <scaling S, lanes V>
[[gnu::always_inline]] constexpr V less_remainder(const V& c, const V& r) noexcept {
    return S == scaling::plain ? c - r : madd(r, V(-unit<S, element_t<V>>), c);
}

/// numerator + denominator, and what its roundings lost.
template <lanes V>
struct rounded_sum {
    V sum, lost;
};

/// sum - unit, numerator less that, and that less unit r are exact down to n = -25 (double -54), and off by
/// at most 2^-26 (2^-55) units below. So the sum is made in few, rough steps, and four more, or five with a
/// dz, find what it lost. Sigmoid of Zen 5, ns per float from exp(-r) in two parts and each sum of two
/// numbers with its rest, and so: AVX-512, GCC 12 .203 .180, GCC 16 .192 .171, backward .258 .223, .245 .221;
/// AVX2, GCC 12 .419 .376.
template <scaling S, lanes V>
[[gnu::always_inline]] constexpr rounded_sum<V> sum_of(const exp_ratio_parts<S, V>& e) noexcept {
    const V one(unit<S, element_t<V>>);
    const V sum = madd(e.square, e.tail, less_remainder<S>(one + e.numerator, e.r));
    const V left = less_remainder<S>(e.numerator - (sum - one), e.r);
    return {sum, madd(e.square, e.tail, left - e.low)};
}

/// From z = n log(2) + r, reduced with extended scaling whatever S is.
template <scaling S = scaling::extended, lanes V>
[[gnu::always_inline]] constexpr exp_ratio_parts<S, V> exp_split_ratio_closely(const reduced<V>& z) noexcept {
    using T = element_t<V>;
    constexpr auto tail = rescaled(detail::exp_constants<T>::tail, unit<S, T>, T(-1));
    const V numerator = S == scaling::plain ? power_of(z.scale) : z.scale;
    return {numerator, z.r, V(0), z.r * z.r, polynomial(z.r, tail)};
}

/// Of exp(z + dz), |dz| at most an ulp of z.
template <lanes V>
[[gnu::always_inline]] constexpr exp_ratio_parts<scaling::extended, V>
exp_split_ratio_closely(const V& z, const V& dz) noexcept {
    const auto [high, low, scale] = reduce_range(z, dz);
    const V r = high + low;
    auto e = exp_split_ratio_closely(reduced<V>{r, scale});
    e.low = ((high - r) + low) * V(unit<scaling::extended, element_t<V>>);
    return e;
}

} // namespace actfn::inline ACTFN_ABI::math
