// tanh as one division.
#pragma once

#include <actfn/math/logistic.hpp>

#include <limits>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

template <class T>
struct tanh_constants;

template <>
struct tanh_constants<float> {
    // (tanh(r) / r - 1) / r^2 in powers of r^2 on |r| <= 0.1734 by fpminimax in
    // tests/derivations/tanh.sollya, weight r / tanh(r): error relative to tanh(r) 2^-24.1. With a third
    // coefficient, 2^-32.5, it takes 8 % longer (Zen 5, AVX-512, GCC 12: .092 .100 ns).
    static constexpr std::array<float, 2> tail{-0x1.554fecp-2f, 0x1.0c8076p-3f};
};

template <>
struct tanh_constants<double> {
    // Error 2^-57.7.
    static constexpr std::array<double, 6> tail{-0x1.55555555554bcp-2, 0x1.11111110e08c8p-3,
                                                -0x1.ba1ba1168ae77p-5, 0x1.664ec9ac573dfp-6,
                                                -0x1.223c66f2dc48p-7,  0x1.c3810f48396bp-9};
};

} // namespace detail

/// 2 z = n log(2) + 2 r: z, where it is not too low, n and its scale.
template <lanes V>
struct quotient_of_twice {
    V z, n, scale;
};

/// For z up to 22 (double 177), with plain scaling 43.5 (354). scale is 2^(n + More), of 1 / unscale with
/// extended scaling; float with plain scaling: 0 in place of 2^-127.
template <scaling S, int More = 0, lanes V>
[[gnu::always_inline]] constexpr quotient_of_twice<V> divide_range_of_twice(const V& z) noexcept {
    static_assert(More >= -1);
    using T = element_t<V>;
    using C = detail::exp_constants<T>;
    constexpr T least = (S == scaling::extended ? C::lowest : C::lowest_plain) / 2;
    constexpr T to_integer = (S == scaling::extended ? C::to_integer : C::to_plain) + More;
    const V zc = at_least(z, V(least));
    const V t = madd(zc, V(2 * C::log2_e), V(to_integer));
    return {zc, t - V(to_integer), low_bits_to_exponent(t)};
}

namespace detail {

/// log(2) in two parts: without fused multiply-add the product of n and the high one has to be exact.
template <class T>
inline constexpr T log2_high = fused ? exp_constants<T>::ln2 : exp_constants<T>::ln2_hi;
template <class T>
inline constexpr T log2_low = fused ? exp_constants<T>::ln2_rest : exp_constants<T>::ln2_lo;

} // namespace detail

/// z - n log2_high / 2: r but for what the low part adds, and exact. (One function for both, which returned
/// them as a struct, cost the fast tier a quarter: GCC 12 then copies packs through memory.)
template <lanes V>
[[gnu::always_inline]] constexpr V high_remainder(const quotient_of_twice<V>& q) noexcept {
    return madd(q.n, V(-detail::log2_high<element_t<V>> / 2), q.z);
}

/// x + n low, low what log2_low makes of it; x where r has the high part only.
template <lanes V>
[[gnu::always_inline]] constexpr V with_low_part(const V& n, element_t<V> low, const V& x) noexcept {
    if constexpr (in_one_step<V>)
        return x;
    else
        return madd(n, V(low), x);
}

template <lanes V>
[[gnu::always_inline]] constexpr V whole_remainder(const V& n, const V& high) noexcept {
    return with_low_part(n, -detail::log2_low<element_t<V>> / 2, high);
}

/// r, from parts of log(2) that are both positive, so that it is -0 for z = -0, where n is 0.
template <lanes V>
[[gnu::always_inline]] constexpr V signed_remainder(const quotient_of_twice<V>& q) noexcept {
    using C = detail::exp_constants<element_t<V>>;
    static_assert(C::ln2_hi > 0 && C::ln2_lo > 0);
    if constexpr (in_one_step<V>)
        return high_remainder(q);
    else
        return madd(q.n, V(-C::ln2_lo / 2), madd(q.n, V(-C::ln2_hi / 2), q.z));
}

/// Puts into x, of exp(2 z) times `of`, what high lacks of r where it stands for that.
template <lanes V>
[[gnu::always_inline]] constexpr V with_rest_of_log2(const V& n, const V& x, element_t<V> of = 1) noexcept {
    if constexpr (in_one_step<V>)
        return madd(n, V(-detail::log2_low<element_t<V>> * of), x);
    else
        return x;
}

/// For e = exp(2 z): e / (1 + e) as share, and (1 - e) / (1 + e) = (difference + rest) share.inverse (1 +
/// error): the inverse is that of a rounded sum, and what the sum lacks is not the same for both.
template <lanes V>
struct tanh_parts {
    V difference, rest, error;
    exp_quotient<V> share;
};

/// (exp(-2 r) - 1 + 2 r) / (2 r^2) in units.
template <scaling S, lanes V>
[[gnu::always_inline]] constexpr V tanh_tail(const V& r) noexcept {
    using T = element_t<V>;
    using C = detail::exp_constants<T>;
    constexpr T times = 2 * unit<S, T>, by = -2;
    // With the shorter one double would err by 1.05 ULP.
    if constexpr (sizeof(T) == sizeof(double))
        return polynomial(r, rescaled(C::long_tail, times, by));
    else
        return polynomial(r, rescaled(C::tail, times, by));
}

/// For z = -|x|: difference and sum = (exp(-2 r) -+ 2^n) unit / 2, so that r enters as it is.
///
/// Down to n = -23 (double -52) 1 / 2 - 2^n / 2 - r is exact: difference errs little, however small it is,
/// and sum = difference + 2^n as difference does. Below, |x| > 8.1 (18.1), both lose 2^n, at last all of it:
/// their quotient is within an ulp all the same (double without fused multiply-add 1.005), but e / (1 + e)
/// needs a sum that has it. Zen 5, AVX-512, ns per float from exp(-2 r) / 2 in two parts and its two sums in
/// two parts each (.92 ULP), and so: GCC 12 .261 .203, GCC 16 .245 .196.
template <scaling S, lanes V>
[[gnu::always_inline]] constexpr tanh_parts<V> tanh_split(const V& z) noexcept {
    using T = element_t<V>;
    constexpr T half = unit<S, T> / 2;
    const auto q = divide_range_of_twice<S, -1>(z);
    const V high = high_remainder(q), r = whole_remainder(q.n, high);
    const V square = r * r, tail = tanh_tail<S>(r);
    // What high has more than r: not negative with fused multiply-add, or from 8.66 on the value would err by
    // a little more than an ulp.
    constexpr T low = half * detail::log2_low<T>;
    const V start = less_remainder<S>(V(half) - q.scale, high);
    const V difference = madd(square, tail, start);
    const V rest = madd(square, tail, with_low_part(q.n, low, start - difference));
    const V near = madd(q.scale, V(2), difference);
    // Float, not fused: n low is up to 2^-11 of the sum, and error_of_inverse leaves out a square.
    const V sum = fused || sizeof(T) == sizeof(double) ? near : with_low_part(q.n, low, near);
    const V lost = (difference - nmadd(q.scale, V(2), sum)) + rest;
    const V inverse = divided(V(1), sum);
    // As in sum_of.
    const V left = less_remainder<S>(q.scale - (sum - V(half)), high);
    const V share_lost = madd(square, tail, with_low_part(q.n, low, left));
    const V share_error = with_rest_of_log2(q.n, error_of_inverse(inverse, sum, share_lost));
    return {difference, rest, error_of_inverse(inverse, sum, lost), {q.scale, inverse, share_error}};
}

/// e = exp(2 z) from 2 z = n log(2) + 2 r, in two ways: 2^n (1 + t) / (1 - t), t = tanh(r), and 2^n (q + r) /
/// (q - r), q = r coth(r). The first makes the better value: where n = 0 that is t itself. The second takes
/// fewer operations. Either polynomial is one in square = r^2, with half the terms of one in r.
///
/// Zen 5, AVX-512, GCC 12, when the sign was still taken off, the value in ns per float by a polynomial of
/// exp(2 r) in r, by q, and by t: .118 .092 .092. Given away: the first never fell, while by t numerator and
/// sum may rise together and their quotient, 1 but for little, fall by an ulp. With the sum less 2 scale (1 +
/// t) as numerator that is a hundred times as rare, but took .097 ns and erred by 3.9 ULP for 2.5.
template <scaling S, lanes V>
struct tanh_ratio {
    V n, r, square, scale;

    /// tanh(z).
    [[gnu::always_inline]] constexpr V value() const noexcept {
        const V t = tangent(), more = V(one) + scale, less = V(one) - scale;
        return divided(madd(t, more, negated(less)), nmadd(t, less, more));
    }

    /// -tanh(z), with the bits of value(); for z <= 0 no -0.
    [[gnu::always_inline]] constexpr V magnitude() const noexcept {
        const V t = tangent(), more = V(one) + scale, less = V(one) - scale;
        return divided(nmadd(t, more, less), nmadd(t, less, more));
    }

    /// 4 e / (1 + e)^2: 4 and the scaling go with the last product, which so rounds what is subnormal once.
    ///
    /// Zen 5, ns per float with the best number of registers. By t, where the 4 was one of the numerator, and
    /// so: backward, GCC 12 .126 .114, GCC 16 .127 .112, AVX2 (GCC 16) .264 .255; with the value .190 .209,
    /// .160 .184, .351 .379. By t in the form here: .119, .117, .256; .200, .166, .357.
    [[gnu::always_inline]] constexpr V slope() const noexcept
        requires(S == scaling::extended)
    {
        // That is 2 r coth(r) in (2 r)^2.
        constexpr auto coth = rescaled(detail::exp_constants<T>::coth, T(0.5), T(4));
        constexpr T u = unscale<T>;
        static_assert(4 * u * u >= std::numeric_limits<T>::min());
        const V q = polynomial(square, coth);
        const V numerator = (q + r) * scale;
        const V share = divided(numerator, madd(numerator, V(u), q - r));
        // What r leaves out of e: right where e is small; where it is not, n is.
        return share * nmadd(share, V(4 * u * u), with_rest_of_log2(n, V(4 * u), 4 * u));
    }

private:
    using T = element_t<V>;
    static constexpr T one = unit<S, T>;

    // Not r + r^3 ...: for r = -0 that is 0.
    [[gnu::always_inline]] constexpr V tangent() const noexcept {
        return r * madd(square, polynomial(square, detail::tanh_constants<T>::tail), V(1));
    }
};

template <scaling S, lanes V>
[[gnu::always_inline]] constexpr tanh_ratio<S, V> tanh_split_ratio(const V& z) noexcept {
    const auto q = divide_range_of_twice<S>(z);
    const V r = signed_remainder(q);
    return {q.n, r, r * r, q.scale};
}

/// tanh(x) by the quotient for x itself: with -x come -n and -r, 2^n divides what it multiplied, and all is
/// rounded as before, so that no sign has to be taken off and put back. Zen 5, ns per float of that, and so:
/// AVX-512, GCC 12 .099 .092, GCC 16 .103 .089; AVX2 .229 .182, .229 .184.
template <lanes V>
[[gnu::always_inline]] constexpr V tanh_by_ratio(const V& x) noexcept {
    constexpr auto largest = -detail::exp_constants<element_t<V>>::lowest_plain / 2;
    return tanh_split_ratio<scaling::plain>(at_most(x, V(largest))).value();
}

} // namespace actfn::inline ACTFN_ABI::math
