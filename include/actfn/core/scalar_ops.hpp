// The primitives kernels are written in, for one element; each states how often it rounds.
#pragma once

#include <actfn/core/lanes.hpp>

#include <bit>
#include <cmath>
#include <limits>

namespace actfn::inline ACTFN_ABI {

/// Whether this build has fused multiply-add. It is a property of the build and not of a type, so that a
/// scalar, an SSE register and an AVX-512 register of one program give the same bits.
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA) || defined(__riscv_v)
inline constexpr bool fused = true;
#else
inline constexpr bool fused = false;
#endif

namespace detail {

template <class T>
using bits_of = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

template <class T>
inline constexpr bits_of<T> sign_bit = bits_of<T>(1) << (8 * sizeof(T) - 1);

/// The upper half of the significand: with it cut off a product of two halves is exact.
template <class T>
inline constexpr bits_of<T> upper_half =
    ~bits_of<T>(0) << (std::numeric_limits<T>::digits / 2 + sizeof(T) / 8);

/// f on the bits of x as an integer.
template <std::floating_point T, class F>
[[gnu::always_inline]] constexpr T on_bits(T x, F f) noexcept {
    return std::bit_cast<T>(f(std::bit_cast<bits_of<T>>(x)));
}

} // namespace detail

/// a b + c: rounded once where the build has FMA, twice elsewhere.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T madd(T a, T b, T c) noexcept {
    if constexpr (!fused)
        return a * b + c;
    else if constexpr (sizeof(T) == 4)
        return __builtin_fmaf(a, b, c);
    else
        return __builtin_fma(a, b, c);
}

template <std::floating_point T>
[[gnu::always_inline]] constexpr T select(bool take, T a, T b) noexcept {
    return take ? a : b;
}

/// -x, the sign of a zero changed too. (On a batch xsimd's operator may be 0 - x.)
template <std::floating_point T>
[[gnu::always_inline]] constexpr T negated(T x) noexcept {
    return -x;
}

template <std::floating_point T>
[[gnu::always_inline]] constexpr T abs(T x) noexcept {
    return std::bit_cast<T>(std::bit_cast<detail::bits_of<T>>(x) & ~detail::sign_bit<T>);
}

/// -|x|, NaN kept.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T negative_abs(T x) noexcept {
    return std::bit_cast<T>(std::bit_cast<detail::bits_of<T>>(x) | detail::sign_bit<T>);
}

/// magnitude with the sign of sign; magnitude >= 0 or NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T with_sign(T magnitude, T sign) noexcept {
    return std::bit_cast<T>(std::bit_cast<detail::bits_of<T>>(magnitude) |
                            (std::bit_cast<detail::bits_of<T>>(sign) & detail::sign_bit<T>));
}

/// The larger of x and bound; a NaN x stays.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T at_least(T x, T bound) noexcept {
    return x < bound ? bound : x;
}

/// The smaller of x and bound; a NaN x stays.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T at_most(T x, T bound) noexcept {
    return bound < x ? bound : x;
}

/// The number whose bits are those of x shifted left by the width of the stored significand.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T low_bits_to_exponent(T x) noexcept {
    return std::bit_cast<T>(std::bit_cast<detail::bits_of<T>>(x) << (std::numeric_limits<T>::digits - 1));
}

/// x with the lower half of its significand cleared.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T truncated(T x) noexcept {
    return std::bit_cast<T>(std::bit_cast<detail::bits_of<T>>(x) & detail::upper_half<T>);
}

/// Square root, correctly rounded.
template <std::floating_point T>
[[gnu::always_inline]] inline T sqrt(T x) noexcept {
    return std::sqrt(x);
}

/// a / b, correctly rounded; the operator of a batch may only come close.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T divided(T a, T b) noexcept {
    return a / b;
}

/// x itself, hidden from the compiler: a product passed through here is not fused with the sum it feeds, so
/// the bits are the same with and without FMA.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T rounded(T x) noexcept {
    if (!std::is_constant_evaluated()) {
#if defined(__SSE2__)
        asm("" : "+x"(x));
#else
        asm("" : "+m"(x));
#endif
    }
    return x;
}

} // namespace actfn::inline ACTFN_ABI
