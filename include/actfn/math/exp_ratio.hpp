// exp as a quotient: what every logistic is made from, e / (1 + e) = numerator / (numerator + denominator).
#pragma once

#include <actfn/math/exp.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// exp(z) = unscale numerator / denominator. For -z the two change places but for a power of two, and so do
/// the two shares, to the last bit.
template <lanes V>
struct exp_ratio {
    V numerator, denominator;

    /// numerator + denominator / unscale.
    [[gnu::always_inline]] constexpr V sum() const noexcept { return madd(denominator, V(one), numerator); }

    /// e / (1 + e), rounded once where it is subnormal.
    [[gnu::always_inline]] constexpr V share() const noexcept { return divided(numerator, sum()); }

    /// The numerator of -z, which has the same sum.
    [[gnu::always_inline]] constexpr V mirrored() const noexcept { return denominator * V(one); }

    /// 1 / (1 + e).
    [[gnu::always_inline]] constexpr V others() const noexcept { return divided(mirrored(), sum()); }

private:
    static constexpr element_t<V> one = unit<scaling::extended, element_t<V>>;
};

/// From z = n log(2) + r: 2^n (q + r) and q - r, q = r coth(r / 2), to about 1.5 ULP each; what q errs by
/// nearly cancels. A polynomial in r^2 has half the terms of one in r.
template <lanes V, bool InOneStep>
[[gnu::always_inline]] constexpr exp_ratio<V> exp_split_ratio(const reduced<V, InOneStep>& z) noexcept {
    const auto& r = z.r();
    const V q = polynomial(z.high * z.high, detail::exp_constants<element_t<V>>::coth);
    return {(q + r) * z.scale, q - r};
}

/// Of exp(z + dz), |dz| at most an ulp of z.
template <lanes V>
[[gnu::always_inline]] constexpr exp_ratio<V> exp_split_ratio(const V& z, const V& dz) noexcept {
    const auto [high, low, scale] = reduce_range(z, dz);
    return exp_split_ratio(reduced<V, false>{high + low, scale});
}

/// exp(z) = numerator / denominator, closer: numerator = 2^n unit <= unit, unit = 1 / unscale. exp(-r) unit =
/// unit (1 - r) + square tail, to about 2^-25.2 (float) and 2^-54.3 (double) relative, with a dz 2^-25.8 and
/// 2^-55, is added up only together with the numerator. square = r^2; high is r but for little, rest r with
/// InOneStep, elsewhere what high has too little, in units, as tail is.
template <lanes V, bool InOneStep>
struct exp_ratio_parts {
    V numerator, high, rest, square, tail;
};

/// c - unit r. (GCC 12 would negate r for nmadd, where it is used twice.)
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
template <lanes V, bool InOneStep>
[[gnu::always_inline]] constexpr rounded_sum<V> sum_of(const exp_ratio_parts<V, InOneStep>& e) noexcept {
    constexpr auto S = scaling::extended;
    const V one(unit<S, element_t<V>>);
    const V sum = madd(e.square, e.tail, less_remainder<S>(one + e.numerator, e.high));
    const V left = e.numerator - (sum - one);
    if constexpr (InOneStep)
        return {sum, madd(e.square, e.tail, less_remainder<S>(left, e.rest))};
    else
        return {sum, madd(e.square, e.tail, less_remainder<S>(left, e.high) - e.rest)};
}

/// From z = n log(2) + r.
template <lanes V, bool InOneStep>
[[gnu::always_inline]] constexpr exp_ratio_parts<V, InOneStep>
exp_split_ratio_closely(const reduced<V, InOneStep>& z) noexcept {
    using T = element_t<V>;
    constexpr auto tail = rescaled(detail::exp_constants<T>::tail, unit<scaling::extended, T>, T(-1));
    const auto& r = z.r();
    if constexpr (InOneStep)
        return {z.scale, z.high, r, r * r, polynomial(z.high, r, tail)};
    else
        return {z.scale, z.high, V(0), r * r, polynomial(z.high, r, tail)};
}

/// Of exp(z + dz), |dz| at most an ulp of z.
template <lanes V>
[[gnu::always_inline]] constexpr exp_ratio_parts<V, false> exp_split_ratio_closely(const V& z,
                                                                                   const V& dz) noexcept {
    const auto [high, low, scale] = reduce_range(z, dz);
    const V r = high + low;
    auto e = exp_split_ratio_closely(reduced<V, false>{r, scale});
    e.rest = ((high - r) + low) * V(unit<scaling::extended, element_t<V>>);
    return e;
}

} // namespace actfn::inline ACTFN_ABI::math
