// 1 / d on a short interval, without a division.
#pragma once

#include <actfn/math/polynomial.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

/// guess p(d): 1 - d p(d) = T(u) / T(u0) with the Chebyshev polynomial T, u linear in d and u0 = u(0), the
/// least relative error on an interval that p of its degree can have; T4 for float, T5 for double. Base 1
/// maps [1, 2] to [-1, z] with z the last zero of T, base 2 maps [2, 3] to [-1, 1]. For base 1 the first
/// coefficient is moved, by two ulp for float and one for double, so that p(2) is exactly 1/2 and tanh(x)
/// exactly x for tiny x; for float the last one, too, so that p(d) is nowhere below 1/2, and 1 - p(d) exact.
/// tests/derivations/reciprocal.sollya. powers: how many of c + c^2 + ... are kept.
template <class T, int Base>
struct reciprocal_constants;

template <>
struct reciprocal_constants<float, 1> {
    // |c| <= 2^-9.0; left out 2^-27.
    static constexpr std::array<float, 4> guess{0x1.668254p1f, -0x1.707ef8p1f, 0x1.49b756p0f,
                                                -0x1.b1e61ep-3f};
    static constexpr int powers = 2;
};

template <>
struct reciprocal_constants<float, 2> {
    // |c| <= 2^-12.2; left out 2^-36.7.
    static constexpr std::array<float, 4> guess{0x1.a20bd6p0f, -0x1.fc7b12p-1f, 0x1.110282p-2f,
                                                -0x1.b4d0dp-6f};
    static constexpr int powers = 2;
};

template <>
struct reciprocal_constants<double, 1> {
    // |c| <= 2^-11.6; left out 2^-57.9.
    static constexpr std::array<double, 5> guess{0x1.c1bc935c83104p1, -0x1.37114e2d9b9b4p2,
                                                 0x1.a7a8060054e55p1, -0x1.1c2c9f5acc6e2p0,
                                                 0x1.2c9b0ac3c9801p-3};
    static constexpr int powers = 4;
};

template <>
struct reciprocal_constants<double, 2> {
    // |c| <= 2^-15.5; left out 2^-62.
    static constexpr std::array<double, 5> guess{0x1.0547665f814e6p1, -0x1.a877955834cap0,
                                                 0x1.570569dfd77e1p-1, -0x1.13cbbfe624e6p-3,
                                                 0x1.6104ccabb459ap-7};
    static constexpr int powers = 3;
};

} // namespace detail

/// c + c^2 + ..., 1 / (1 - c) less 1.
template <int Base, lanes V>
[[gnu::always_inline]] constexpr V powers_of(const V& c) noexcept {
    V sum = madd(c, c, c);
    for (int k = 2; k < detail::reciprocal_constants<element_t<V>, Base>::powers; ++k) sum = madd(sum, c, c);
    return sum;
}

/// 1 / d = inverse (1 + correction).
template <lanes V>
struct reciprocal {
    V inverse, correction;
};

/// The reciprocal of d + dl for Base <= d <= Base + 1, |dl| at most an ulp of d, to about twice the working
/// precision less the rounding of correction: inverse is a first guess, and with c = 1 - (d + dl) inverse the
/// correction is c + c^2 + ... Needs fused multiply-add.
template <int Base, lanes V>
[[gnu::always_inline]] constexpr reciprocal<V> reciprocal_of(const V& d, const V& dl) noexcept {
    const V inverse = polynomial(d, detail::reciprocal_constants<element_t<V>, Base>::guess);
    const V c = nmadd(dl, inverse, nmadd(d, inverse, V(1)));
    return {inverse, powers_of<Base>(c)};
}

/// a / d for Base <= d <= Base + 1, to about 1.5 ULP. For the fast softplus, .48 ns per float where it takes
/// .57 with a division (Cascade Lake, AVX-512; with AVX2 .94 and .86).
template <int Base, lanes V>
[[gnu::always_inline]] constexpr V quotient(const V& a, const V& d) noexcept {
    if constexpr (!fused) {
        return divided(a, d);
    } else {
        const V inverse = polynomial(d, detail::reciprocal_constants<element_t<V>, Base>::guess);
        const V q = a * inverse;
        return madd(q, powers_of<Base>(nmadd(d, inverse, V(1))), q);
    }
}

} // namespace actfn::inline ACTFN_ABI::math
