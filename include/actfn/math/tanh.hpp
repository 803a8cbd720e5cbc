// tanh as one division.
#pragma once

#include <actfn/math/logistic.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

template <class T>
struct tanh_constants;

template <>
struct tanh_constants<float> {
    // log(2) rounded up, to 21 bits, and what it has too much: n log(2) / 2 with it is a multiple of the last
    // bit of every z >= 1 / 2, and what is left of z is exact.
    static constexpr float ln2 = 0x1.62e43p-1f;
    static constexpr float ln2_rest = -0x1.05c61p-29f;
    // (tanh(r) / r - 1) / r^2 in powers of r^2 on |r| <= 0.1734 by fpminimax in
    // tests/derivations/tanh.sollya, weight r / tanh(r): error relative to tanh(r) 2^-24.1. With a third
    // coefficient, 2^-32.5, it takes 8 % longer (Zen 5, AVX-512, GCC 12: .092 .100 ns).
    static constexpr std::array<float, 2> tail{-0x1.554fecp-2f, 0x1.0c8076p-3f};
};

template <>
struct tanh_constants<double> {
    // The same, 49 bits.
    static constexpr double ln2 = 0x1.62e42fefa39fp-1;
    static constexpr double ln2_rest = -0x1.950d871319ffp-54;
    // Error 2^-57.7.
    static constexpr std::array<double, 6> tail{-0x1.55555555554bcp-2, 0x1.11111110e08c8p-3,
                                                -0x1.ba1ba1168ae77p-5, 0x1.664ec9ac573dfp-6,
                                                -0x1.223c66f2dc48p-7,  0x1.c3810f48396bp-9};
};

} // namespace detail

/// Whether r is z - n log(2) / 2 with log(2) in one part, which costs float .05 ULP and double .3.
template <lanes V>
inline constexpr bool tanh_in_one_step = fused && sizeof(element_t<V>) == sizeof(float);

template <lanes V>
[[gnu::always_inline]] constexpr remainder_of_twice<V>
tanh_remainder(const quotient_of_twice<V>& q) noexcept {
    using C = detail::tanh_constants<element_t<V>>;
    if constexpr (fused) {
        const V high = madd(q.n, V(-C::ln2 / 2), q.z);
        return {high, tanh_in_one_step<V> ? high : madd(q.n, V(-C::ln2_rest / 2), high)};
    } else {
        return remainder_of(q);
    }
}

/// x, and twice what that r lacks: n times the rest of log(2).
template <lanes V>
[[gnu::always_inline]] constexpr V with_rest_of_log2(const V& n, const V& x) noexcept {
    if constexpr (tanh_in_one_step<V>)
        return madd(n, V(-detail::tanh_constants<float>::ln2_rest), x);
    else
        return x;
}

/// For e = exp(2 z): (1 - e) / (1 + e) = (difference + rest) inverse (1 + error), and e / (1 + e).
template <lanes V>
struct tanh_parts {
    V difference, rest, inverse, error;
    exp_quotient<V> share;
};

/// (exp(-2 r) - 1 + 2 r) / (2 r^2) in units.
template <scaling S, lanes V>
[[gnu::always_inline]] constexpr V tanh_tail(const V& r) noexcept {
    using T = element_t<V>;
    using C = detail::exp_constants<T>;
    constexpr T times = 2 * exp_ratio_parts<S, V>::unit, by = -2;
    // With the shorter one double would err by 1.05 ULP.
    if constexpr (sizeof(T) == sizeof(double))
        return polynomial(r, rescaled(C::long_tail, times, by));
    else
        return polynomial(r, rescaled(C::tail, times, by));
}

/// For z = -|x|; in halves of a unit, so that r enters as it is.
///
/// difference begins with 1 / 2 - 2^n / 2 - r, which is exact, and sum is difference + 2^n: so the one errs
/// little, however small it is, and the other as it does. From |x| = 8.1 on (double 18) 2^n is lost in both,
/// in part and at last as a whole: their quotient is within an ulp all the same, but the share of e needs a
/// sum that has it. Zen 5, AVX-512, ns per float from exp(-2 r) / 2 in two parts and its two sums in two
/// parts each (.92 ULP), and so: GCC 12 .261 .203, GCC 16 .245 .196.
template <scaling S, lanes V>
[[gnu::always_inline]] constexpr tanh_parts<V> tanh_split(const V& z) noexcept {
    using T = element_t<V>;
    constexpr T unit = exp_ratio_parts<S, V>::unit;
    const auto q = divide_range_of_twice<S, -1>(z);
    const auto [high, r] = tanh_remainder(q);
    const V square = r * r, tail = tanh_tail<S>(r);
    // n low / 2 is what high has more than r: not negative with fused multiply-add, or from 8.66 on the value
    // would err by a little more than an ulp.
    constexpr T low = fused ? detail::tanh_constants<T>::ln2_rest : detail::exp_constants<T>::ln2_lo;
    const auto less_low = [&](const V& c) __attribute__((always_inline)) {
        if constexpr (tanh_in_one_step<V>)
            return c;
        else
            return madd(q.n, V(unit / 2 * low), c);
    };
    const V start = less_remainder<S>(V(unit / 2) - q.scale, high);
    const V difference = madd(square, tail, start);
    const V rest = madd(square, tail, less_low(start - difference));
    const V near = madd(q.scale, V(2), difference);
    // Else float without fused multiply-add would lose too much for a low z.
    const V sum = fused || sizeof(T) == sizeof(double) ? near : less_low(near);
    const V lost = (difference - nmadd(q.scale, V(2), sum)) + rest;
    const V inverse = divided(V(1), sum);
    // As in sum_of.
    const V left = less_remainder<S>(q.scale - (sum - V(unit / 2)), high);
    const V share_lost = madd(square, tail, less_low(left));
    const V share_error = with_rest_of_log2(q.n, error_of_inverse(inverse, sum, share_lost));
    return {difference, rest, inverse, error_of_inverse(inverse, sum, lost), {q.scale, inverse, share_error}};
}

/// For z = -|x| and e = exp(2 z) = 2^n (1 + t) / (1 - t), t = tanh(r): sum = (1 - t) (1 + e) and difference =
/// (1 - t) (1 - e), whose quotient is tanh(|x|). scale = 2^n; with extended scaling all three are of 1 /
/// unscale.
template <lanes V>
struct tanh_ratio {
    V n, t, scale, sum, difference;

    /// e / (1 + e) / scale, also for a low z.
    [[gnu::always_inline]] constexpr V share() const noexcept {
        return divided(V(1) + with_rest_of_log2(n, t), sum);
    }
};

/// A polynomial in r^2 has half the terms of one in r, and where n = 0 the quotient is t itself. Zen 5,
/// AVX-512, GCC 12, ns per float by a polynomial of exp(2 r) in r, by one of r coth(r) in r^2, and so: .118
/// .092 .092, backward .152 .133 .125. Given away: the first never fell, while here sum and difference may
/// rise together and their quotient, 1 but for little, fall by an ulp. With difference = sum - 2 scale (1 +
/// t) that is a hundred times as rare, but takes .097 ns and errs by 3.9 ULP for 2.5.
template <scaling S, lanes V>
[[gnu::always_inline]] constexpr tanh_ratio<V> tanh_split_ratio(const V& z) noexcept {
    using T = element_t<V>;
    const auto q = divide_range_of_twice<S>(z);
    const V r = tanh_remainder(q).r;
    const V square = r * r;
    const V t = madd(square * r, polynomial(square, detail::tanh_constants<T>::tail), r);
    const V one = V(S == scaling::plain ? T(1) : 1 / unscale<T>);
    const V more = one + q.scale, less = one - q.scale;
    return {q.n, t, q.scale, nmadd(t, less, more), nmadd(t, more, less)};
}

} // namespace actfn::inline ACTFN_ABI::math
