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
/// (double). With one more term float would have 1, and sigmoid err by 2.5 ULP for 3.4, sigmoid' by 2.9 for
/// 3.5, for 5 % more time (AVX2 7 %).
template <lanes V>
[[gnu::always_inline]] constexpr exp_ratio<V> exp_split_ratio(const reduced<V>& z) noexcept {
    using T = element_t<V>;
    constexpr T one = 1 / unscale<T>;
    return {z.scale, madd(z.r, polynomial(z.r, rescaled(detail::exp_constants<T>::reversed, one)), V(one))};
}

/// Of exp(z + dz), |dz| at most an ulp of z.
template <lanes V>
[[gnu::always_inline]] constexpr exp_ratio<V> exp_split_ratio(const V& z, const V& dz) noexcept {
    const auto [high, low, scale] = reduce_range(z, dz);
    return exp_split_ratio(reduced<V>{high + low, scale});
}

/// The same with the denominator in two parts: to about 2^-25.2 (float) and 2^-54.2 (double) relative, with a
/// dz 2^-25.6 and 2^-54.8. 0 <= tail < .09 head but for a rounding; numerator <= head.
template <lanes V>
struct exp_ratio_parts {
    V numerator, head, tail;
};

namespace detail {

/// The denominator of exp(Factor z), exp(-Factor r) / Factor in units of 1 / unscale or, with plain scaling,
/// of 1: so that r enters it as it is.
template <int Factor, scaling S, lanes V>
struct denominator {
    using T = element_t<V>;
    static constexpr T unit = S == scaling::extended ? 1 / unscale<T> : T(1), one = unit / Factor;

    /// one - r, and what it lost in rounding.
    [[gnu::always_inline]] static constexpr V head(const V& r) noexcept {
        return S == scaling::plain ? V(one) - r : nmadd(r, V(unit), V(one));
    }
    [[gnu::always_inline]] static constexpr V rest(const V& r, const V& head) noexcept {
        return S == scaling::plain ? (V(one) - head) - r : nmadd(r, V(unit), V(one) - head);
    }
    /// (exp(-Factor r) / Factor - 1 / Factor + r) / r^2, in units.
    template <bool Longer = false>
    [[gnu::always_inline]] static constexpr V tail(const V& r) noexcept {
        using C = exp_constants<T>;
        constexpr T times = Factor * Factor * one, by = -Factor;
        if constexpr (Longer)
            return polynomial(r, rescaled(C::long_tail, times, by));
        else
            return polynomial(r, rescaled(C::tail, times, by));
    }
};

} // namespace detail

/// In units of 1 / unscale or, with plain scaling, of 1, where the numerator is 0 or subnormal for a low z;
/// z itself is reduced with extended scaling.
template <scaling S = scaling::extended, lanes V>
[[gnu::always_inline]] constexpr exp_ratio_parts<V> exp_split_ratio_closely(const reduced<V>& z) noexcept {
    using D = detail::denominator<1, S, V>;
    const V head = D::head(z.r), rest = D::rest(z.r, head);
    const V numerator = S == scaling::plain ? power_of(z.scale) : z.scale;
    return {numerator, head, madd(z.r * z.r, D::tail(z.r), rest)};
}

/// Of exp(z + dz), |dz| at most an ulp of z.
template <lanes V>
[[gnu::always_inline]] constexpr exp_ratio_parts<V> exp_split_ratio_closely(const V& z,
                                                                            const V& dz) noexcept {
    using D = detail::denominator<1, scaling::extended, V>;
    const auto [high, low, scale] = reduce_range(z, dz);
    const V r = high + low;
    const V head = D::head(high), rest = nmadd(low, V(D::unit), D::rest(high, head));
    return {scale, head, madd(r * r, D::tail(r), rest)};
}

/// exp(2 z) with nothing of r lost, for 1 - exp(2 z): numerator and denominator are halves of those above.
template <scaling S, lanes V>
[[gnu::always_inline]] constexpr exp_ratio_parts<V> exp_split_ratio_of_twice(const V& z) noexcept {
    using T = element_t<V>;
    using D = detail::denominator<2, S, V>;
    const auto q = divide_range_of_twice<S, -1>(z);
    const auto [high, r] = remainder_of(q);
    // n low is what high has more than r.
    const V low = V(D::unit * detail::exp_constants<T>::ln2_lo / 2);
    const V head = D::head(high), rest = madd(q.n, low, D::rest(high, head));
    // With the shorter one tanh in double would err by 1.05 ULP.
    constexpr bool longer = sizeof(T) == sizeof(double);
    return {q.scale, head, madd(r * r, D::template tail<longer>(r), rest)};
}

} // namespace actfn::inline ACTFN_ABI::math
