// exp of the elements of a row over a common power of two.
#pragma once

#include <actfn/math/exp.hpp>

namespace actfn::inline ACTFN_ABI::detail {

template <class T>
struct row_shift_bounds;

template <>
struct row_shift_bounds<float> {
    static constexpr float lower = -64, upper = 168;
};

template <>
struct row_shift_bounds<double> {
    static constexpr double lower = -512, upper = 1257;
};

/// exp(x) is taken as exp(x - base) 2^-exponent, where the largest x gives [0.7, 1.42]. A shift by a power of
/// two costs nothing in the range reduction and rounds nothing, where x - max would have to be carried with
/// its error. base is 0 unless the row lies so far off, below lower or above upper, that quotients get too
/// long; then it is the largest x,
/// and x - base is exact for every x whose exp counts: for m >= 168 an x within 104 of it is at least 64, so
/// a multiple of 2^-17, as their difference, which is below 2^7 and so has 24 bits at most; for m <= -64 it
/// is a multiple of m's ulp, 2^-17 or more. Double likewise with 745, 512, 2^-44 and 53 bits.
///
/// Of one row, or of as many as V has lanes.
template <lanes V>
struct row_shift {
    V base, least, to_integer, exponent;

    [[gnu::always_inline]] static row_shift of(const V& largest, element_t<V> lower) noexcept {
        using C = math::detail::exp_constants<element_t<V>>;
        constexpr auto upper = row_shift_bounds<element_t<V>>::upper;
        const V base = select(largest > V(lower) && largest < V(upper), V(0), largest);
        const V rest = largest - base;
        const V exponent = madd(rest, V(C::log2_e), V(C::to_integer)) - V(C::to_integer);
        return {base, rest + V(math::lowest<element_t<V>>), V(C::to_integer) - exponent, exponent};
    }
};

/// c[0] + c[1] x + ... by Horner's rule, written out: in loops as long as these GCC 12 leaves that of
/// math::polynomial a loop.
template <std::size_t K = 0, lanes V, std::size_t N>
[[gnu::always_inline]] inline V row_polynomial(const V& x, const std::array<element_t<V>, N>& c) noexcept {
    if constexpr (K + 1 == N)
        return V(c[K]);
    else
        return madd(row_polynomial<K + 1>(x, c), x, V(c[K]));
}

/// exp(x - base) 2^-exponent / unscale, rounded once, and its parts scale (1 + high + low).
template <lanes V>
struct row_exp {
    V value, scale, high, low;

    template <lanes_of<element_t<V>> S>
    [[gnu::always_inline]] row_exp(const V& x, const row_shift<S>& shift) noexcept {
        using C = math::detail::exp_constants<element_t<V>>;
        const V z = at_least(x - V(shift.base), V(shift.least));
        const V t = madd(z, V(C::log2_e), V(shift.to_integer));
        const V n = t - V(shift.to_integer);
        scale = low_bits_to_exponent(t);
        high = madd(n, V(-C::ln2_hi), z);
        const V r = madd(n, V(-C::ln2_lo), high);
        low = madd(r * r, row_polynomial(r, C::tail), n * V(-C::ln2_lo));
        value = madd(high + low, scale, scale);
    }
};

} // namespace actfn::inline ACTFN_ABI::detail
