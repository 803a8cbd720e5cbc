// 1 / d on a short interval, without a division.
#pragma once

#include <actfn/math/polynomial.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

/// p(d), with 1 - d p(d) = T(u) / T(u0) for the Chebyshev polynomial T, u linear in d and u0 = u(0): the least relative error on an interval
/// that p of its degree can have. T3 for float, T5 for double. Base 1 maps [1, 2] to [-1, z] with z the last zero of T, so that 1 / 2 comes out exactly
/// and tanh(x) with it as x for tiny x; base 2 maps [2, 3] to [-1, 1].
template <class T, int Base>
struct reciprocal_constants;

template <>
struct reciprocal_constants<float, 1> {
    // Relative error 2^-6.4, after the step 2^-19.2.
    static constexpr std::array<float, 3> guess{0x1.0ac3b4p+1f, -0x1.6646e2p+0f, 0x1.37065ap-2f};
};

template <>
struct reciprocal_constants<float, 2> {
    // 1/485 = 2^-8.9, after the step below the rounding.
    static constexpr std::array<float, 3> guess{594.0f / 485, -240.0f / 485, 32.0f / 485};
};

template <>
struct reciprocal_constants<double, 1> {
    // 2^-11.6, after the step 2^-34.8.
    static constexpr std::array<double, 5> guess{0x1.c1bc935c83105p+1, -0x1.37114e2d9b9b4p+2, 0x1.a7a8060054e55p+1, -0x1.1c2c9f5acc6e2p+0,
                                                 0x1.2c9b0ac3c9801p-3};
};

template <>
struct reciprocal_constants<double, 2> {
    // 1/47525 = 2^-15.5, after the step 2^-46.6.
    static constexpr std::array<double, 5> guess{97010.0 / 47525, -78800.0 / 47525, 31840.0 / 47525, -6400.0 / 47525, 512.0 / 47525};
};

}  // namespace detail

/// 1 / d for Base <= d <= Base + 1, to half the working precision or better; the residual 1 - d r, which every caller needs anyway, gives the
/// other half. Without fused multiply-add the step does not pay and the division is taken.
///
/// With r = guess and c = 1 - d r, 1 / d = r (1 + c + c^2 + ...); the step keeps two terms. A division of 512-bit registers takes as long
/// as 10 (Zen 4) to 32 (Sapphire Rapids) fused multiply-adds, this five; and unlike the CPU's own estimates it gives
/// the same bits everywhere.
template <int Base, lanes V>
[[gnu::always_inline]] constexpr V reciprocal(const V& d) noexcept {
    if constexpr (!fused) {
        return V(1) / d;
    } else {
        const V guess = polynomial(d, detail::reciprocal_constants<element_t<V>, Base>::guess);
        const V c = nmadd(d, guess, V(1));
        return madd(guess, madd(c, c, c), guess);
    }
}

/// a / d^Power for Base <= d <= Base + 1, to about 1.5 ULP for each power.
template <int Base, int Power = 1, lanes V>
[[gnu::always_inline]] constexpr V quotient(const V& a, const V& d) noexcept {
    static_assert(Power == 1 || Power == 2);
    if constexpr (!fused) {
        return Power == 1 ? a / d : a / (d * d);
    } else {
        const V inverse = reciprocal<Base>(d);
        const V residual = nmadd(d, inverse, V(1));
        if constexpr (Power == 1) {
            const V q = a * inverse;
            return madd(q, residual, q);
        } else {
            const V q = a * (inverse * inverse);
            return madd(q, residual + residual, q);
        }
    }
}

}  // namespace actfn::math
