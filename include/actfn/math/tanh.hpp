// tanh of the fast tier as one division.
#pragma once

#include <actfn/math/exp.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

template <class T>
struct tanh_constants;

template <>
struct tanh_constants<float> {
    // log(2) rounded, and what is missing.
    static constexpr float ln2 = 0x1.62e43p-1f;
    static constexpr float ln2_rest = -0x1.05c61p-29f;
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

/// Whether r is z - n log(2) / 2 with log(2) in one part, which costs float .05 ULP and double .3.
template <lanes V>
inline constexpr bool tanh_in_one_step = fused && sizeof(element_t<V>) == sizeof(float);

/// For z = -|x| and e = exp(2 z) = 2^n (1 + t) / (1 - t), t = tanh(r): sum = (1 - t) (1 + e) and difference =
/// (1 - t) (1 - e), whose quotient is tanh(|x|). scale = 2^n; with extended scaling all three are of 1 /
/// unscale.
template <lanes V>
struct tanh_ratio {
    V n, t, scale, sum, difference;

    /// e / (1 + e) / scale, also for a low z.
    [[gnu::always_inline]] constexpr V share() const noexcept {
        V corrected = t;
        if constexpr (tanh_in_one_step<V>) // by twice what r lacks: n times the rest of log(2)
            corrected = madd(n, V(-detail::tanh_constants<float>::ln2_rest), t);
        return divided(V(1) + corrected, sum);
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
    using C = detail::tanh_constants<T>;
    const auto q = divide_range_of_twice<S>(z);
    V r;
    if constexpr (tanh_in_one_step<V>)
        r = madd(q.n, V(-C::ln2 / 2), q.z);
    else
        r = remainder_of(q).r;
    const V square = r * r;
    const V t = madd(square * r, polynomial(square, C::tail), r);
    const V one = V(S == scaling::plain ? T(1) : 1 / unscale<T>);
    const V more = one + q.scale, less = one - q.scale;
    return {q.n, t, q.scale, nmadd(t, less, more), nmadd(t, more, less)};
}

} // namespace actfn::inline ACTFN_ABI::math
