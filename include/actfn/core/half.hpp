// Half-precision numbers: 16 bits to store, computed with as float.
#pragma once

#include <actfn/core/abi.hpp>

#include <bit>
#include <concepts>
#include <cstdint>

#if __cplusplus > 202002L && __has_include(<stdfloat>)
#include <stdfloat>
#endif

// GCC 12 announces _Float16 on AArch64 and has it in C only.
#if defined(__FLT16_MANT_DIG__) && (defined(__clang__) || defined(__x86_64__) || __GNUC__ >= 13)
#define ACTFN_HAS_FLOAT16 1
#endif

// The types have no inline namespace: they are the same in translation units of any instruction set. What
// they can do is always inlined, so that no code of one becomes that of another.
namespace actfn {

/// What the 16 bits are.
enum class half_format {
    binary16, ///< IEEE 754: 5 bits of exponent, 11 of significand; up to 65504, subnormal below 2^-14
    bfloat16  ///< the upper half of a float: 8 bits of exponent, 8 of significand
};

} // namespace actfn

namespace actfn::inline ACTFN_ABI::detail {

/// Conversion between a float and the bits of a half.
template <half_format>
struct half_bits;

template <>
struct half_bits<half_format::bfloat16> {
    static constexpr std::uint32_t infinity = 0x7f80, quiet = 0x40;

    [[gnu::always_inline]] static constexpr float widened(std::uint16_t h) noexcept {
        return std::bit_cast<float>(std::uint32_t{h} << 16);
    }
    [[gnu::always_inline]] static constexpr std::uint16_t rounded(float x) noexcept {
        const auto b = std::bit_cast<std::uint32_t>(x);
        if (x != x) return static_cast<std::uint16_t>(b >> 16 | quiet);
        // Less than half of the last place is cut off, more carries; a tie carries where the last bit is 1.
        return static_cast<std::uint16_t>((b + 0x7fff + (b >> 16 & 1)) >> 16);
    }
};

template <>
struct half_bits<half_format::binary16> {
    static constexpr std::uint32_t infinity = 0x7c00, quiet = 0x200;

    /// 2^(127 - 15): between the exponents of the two types, subnormal ones too.
    static constexpr float power = 0x1p112f;
    /// The first magnitude whose exponent is too large, and the first that is a normal half.
    static constexpr std::uint32_t overflow = 0x47800000, normal = 0x38800000;
    /// The number whose last place, 2^-24, is that of the subnormal halves.
    static constexpr float aligner = 0.5f;

    [[gnu::always_inline]] static constexpr float widened(std::uint16_t h) noexcept {
        const std::uint32_t sign = (h & 0x8000u) << 16, m = h & 0x7fffu;
        const std::uint32_t special = m > infinity ? 0x7fc00000 : 0x7f800000;
        const std::uint32_t b = m < infinity
                                    ? std::bit_cast<std::uint32_t>(std::bit_cast<float>(m << 13) * power)
                                    : m << 13 | special;
        return std::bit_cast<float>(b | sign);
    }
    [[gnu::always_inline]] static constexpr std::uint16_t rounded(float x) noexcept {
        const auto b = std::bit_cast<std::uint32_t>(x);
        const std::uint32_t sign = b >> 16 & 0x8000, m = b & 0x7fffffff;
        std::uint32_t h = infinity;
        if (x != x)
            h = infinity | quiet | (m >> 13 & 0x3ff);
        else if (m < normal) // the sum rounds for us
            h = std::bit_cast<std::uint32_t>(std::bit_cast<float>(m) + aligner) -
                std::bit_cast<std::uint32_t>(aligner);
        else if (m < overflow) // the exponent is that of a half, 112 less; a carry may make it infinity
            h = (m - (112u << 23) + 0xfff + (m >> 13 & 1)) >> 13;
        return static_cast<std::uint16_t>(h | sign);
    }
};

} // namespace actfn::inline ACTFN_ABI::detail

namespace actfn {

/// A half-precision number to be stored. It converts to float exactly, and from float, where that is asked
/// for, to the nearest, ties to even; NaN stays NaN with its sign and the upper bits of its payload, and
/// becomes quiet; subnormal numbers are produced. Arithmetic is that of float.
template <half_format F>
struct stored_half {
    std::uint16_t bits;

    stored_half() = default;
    [[gnu::always_inline]] constexpr explicit stored_half(float x) noexcept
        : bits(detail::half_bits<F>::rounded(x)) {}
    [[gnu::always_inline]] constexpr operator float() const noexcept {
        return detail::half_bits<F>::widened(bits);
    }
};

/// IEEE 754 binary16 and bfloat16: the standard's where the compiler has them.
#if defined(__STDCPP_FLOAT16_T__)
using float16 = std::float16_t;
#else
using float16 = stored_half<half_format::binary16>;
#endif
#if defined(__STDCPP_BFLOAT16_T__)
using bfloat16 = std::bfloat16_t;
#else
using bfloat16 = stored_half<half_format::bfloat16>;
#endif

} // namespace actfn

namespace actfn::inline ACTFN_ABI {

namespace detail {

template <class T>
struct half_traits {};

template <half_format F>
struct half_traits<stored_half<F>> {
    static constexpr half_format format = F;
};

#if defined(ACTFN_HAS_FLOAT16)
template <>
struct half_traits<_Float16> {
    static constexpr half_format format = half_format::binary16;
};
#endif
#if defined(__STDCPP_BFLOAT16_T__)
template <>
struct half_traits<std::bfloat16_t> {
    static constexpr half_format format = half_format::bfloat16;
};
#endif

} // namespace detail

/// T is a half-precision number: float16, bfloat16, stored_half, or _Float16 where the compiler has it.
template <class T>
concept half = requires { detail::half_traits<T>::format; };

/// What spans may hold: numbers to compute with, and halves.
template <class T>
concept storable = std::floating_point<T> || half<T>;

namespace detail {

template <storable T>
struct computed {
    using type = T;
};

template <half T>
struct computed<T> {
    using type = float;
};

} // namespace detail

/// What elements T are computed with: float for halves, else T.
template <storable T>
using compute_type = typename detail::computed<T>::type;

} // namespace actfn::inline ACTFN_ABI
