// Registers of float from and to halves in memory.
#pragma once

#include <actfn/core/batch_ops.hpp>
#include <actfn/core/half.hpp>
#include <actfn/core/half_x86.hpp>
#include <actfn/core/lanes.hpp>

ACTFN_UNDEFINED_VECTORS
namespace actfn::inline ACTFN_ABI::detail {

/// As many 16-bit numbers as B has lanes, on any processor; compilers make registers of these loops.
template <class B>
struct portable_halves {
    struct type {
        std::uint16_t lane[B::size];
    };
    using wide = xsimd::batch<std::uint32_t, typename B::arch_type>;

    [[gnu::always_inline]] static type load(const void* p) noexcept {
        type h;
        __builtin_memcpy(&h, p, sizeof h);
        return h;
    }
    [[gnu::always_inline]] static void store(void* p, const type& h) noexcept {
        __builtin_memcpy(p, &h, sizeof h);
    }
    [[gnu::always_inline]] static wide widened(const type& h) noexcept {
        alignas(B) std::uint32_t b[B::size];
        for (std::size_t k = 0; k < B::size; ++k) b[k] = h.lane[k];
        return wide::load_aligned(b);
    }
    [[gnu::always_inline]] static type narrowed(const wide& v) noexcept {
        alignas(B) std::uint32_t b[B::size];
        v.store_aligned(b);
        type h;
        for (std::size_t k = 0; k < B::size; ++k) h.lane[k] = static_cast<std::uint16_t>(b[k]);
        return h;
    }
};

template <class B>
struct halves_of {
    using type = portable_halves<B>;
};

#if XSIMD_WITH_SSE2
template <x86 A>
    requires requires { typename x86_halves<sizeof(xsimd::batch<float, A>)>::type; }
struct halves_of<xsimd::batch<float, A>> {
    using type = x86_halves<sizeof(xsimd::batch<float, A>)>;
};
#endif

/// The register that holds the halves of B, and what the processor can do with it.
template <class B>
using halves = typename halves_of<B>::type;

template <class B>
using bits_batch = xsimd::batch<std::uint32_t, typename B::arch_type>;

template <half_format F, class B>
[[gnu::always_inline]] inline B from_half(const typename halves<B>::type& h) noexcept {
    using bits = half_bits<F>;
    using U = bits_batch<B>;
    if constexpr (F == half_format::bfloat16) {
        return xsimd::bitwise_cast<float>(U(halves<B>::widened(h)) << 16);
    } else if constexpr (requires { halves<B>::from_binary16(h); }) {
        return halves<B>::from_binary16(h);
    } else {
        const U b(halves<B>::widened(h)), m = b & U(0x7fff), sign = (b & U(0x8000)) << 16;
        const U finite =
            xsimd::bitwise_cast<std::uint32_t>(xsimd::bitwise_cast<float>(m << 13) * B(bits::power));
        const U special = (m << 13) | xsimd::select(m > U(bits::infinity), U(0x7fc00000), U(0x7f800000));
        return xsimd::bitwise_cast<float>(xsimd::select(m < U(bits::infinity), finite, special) | sign);
    }
}

/// The bits of x with the nearest bfloat16 in the upper half; the lower is left as it comes.
template <class B>
[[gnu::always_inline]] inline bits_batch<B> rounded_to_upper(const B& x) noexcept {
    using U = bits_batch<B>;
#if defined(__AVX512F__)
    if constexpr (sizeof(B) == 64) {
        return x86_rounded_to_upper(x);
    } else
#endif
    {
        const U b = xsimd::bitwise_cast<std::uint32_t>(x);
        const U nearest = b + U(0x7fff) + ((b >> 16) & U(1));
        const auto nan = xsimd::batch_bool_cast<std::uint32_t>(x != x);
        return xsimd::select(nan, b | U(half_bits<half_format::bfloat16>::quiet << 16), nearest);
    }
}

template <half_format F, class B>
[[gnu::always_inline]] inline auto to_half(const B& x) noexcept {
    using bits = half_bits<F>;
    using U = bits_batch<B>;
    const U b = xsimd::bitwise_cast<std::uint32_t>(x);
    if constexpr (F == half_format::bfloat16) {
        return halves<B>::narrowed(rounded_to_upper(x) >> 16);
    } else if constexpr (requires { halves<B>::to_binary16(x); }) {
        return halves<B>::to_binary16(x);
    } else {
        const U sign = (b >> 16) & U(0x8000), m = b & U(0x7fffffff);
        const U subnormal =
            xsimd::bitwise_cast<std::uint32_t>(xsimd::bitwise_cast<float>(m) + B(bits::aligner)) -
            U(std::bit_cast<std::uint32_t>(bits::aligner));
        const U normal = (m - U(112u << 23) + U(0xfff) + ((m >> 13) & U(1))) >> 13;
        const U nan = U(bits::infinity | bits::quiet) | ((m >> 13) & U(0x3ff));
        const U finite = xsimd::select(m < U(bits::normal), subnormal, normal);
        const U special = xsimd::select(m > U(0x7f800000), nan, U(bits::infinity));
        return halves<B>::narrowed(xsimd::select(m < U(bits::overflow), finite, special) | sign);
    }
}

/// Whether two registers are cheaper to load and to store together, the elements with even numbers in the
/// first and the odd ones in the second: each is one half of a 32-bit number.
template <class T>
inline constexpr bool in_pairs = false;

template <half T>
    requires(std::endian::native == std::endian::little)
inline constexpr bool in_pairs<T> = half_traits<T>::format == half_format::bfloat16;

/// A register's bytes, whatever is stored there.
template <class B>
[[gnu::always_inline]] inline bits_batch<B> load_bytes(const void* p) noexcept {
    if constexpr (x86<typename B::arch_type>) { // whose loads and stores may alias anything
        return bits_batch<B>::load_unaligned(static_cast<const std::uint32_t*>(p));
    } else {
        alignas(B) std::uint32_t b[B::size];
        __builtin_memcpy(b, p, sizeof b);
        return bits_batch<B>::load_aligned(b);
    }
}

template <class B>
[[gnu::always_inline]] inline void store_bytes(void* p, const B& v) noexcept {
    if constexpr (x86<typename B::arch_type>) {
        v.store_unaligned(static_cast<float*>(p));
    } else {
        alignas(B) float b[B::size];
        v.store_aligned(b);
        __builtin_memcpy(p, b, sizeof b);
    }
}

/// The elements of two registers behind p.
template <class B>
[[gnu::always_inline]] inline pack<B, 2> load_pair(const void* p) noexcept {
    const auto b = load_bytes<B>(p);
    return pack<B, 2>(xsimd::bitwise_cast<float>(b << 16),
                      xsimd::bitwise_cast<float>(b & bits_batch<B>(0xffff0000)));
}

/// Those of two registers as load_pair has them, rounded.
template <class B>
[[gnu::always_inline]] inline B paired(const B& even, const B& odd) noexcept {
    const auto e = rounded_to_upper(even) >> 16, o = rounded_to_upper(odd);
#if defined(__AVX512BW__)
    if constexpr (sizeof(B) == 64)
        return _mm512_castsi512_ps(_mm512_mask_mov_epi16(e, 0xaaaaaaaa, o));
    else
#endif
        return xsimd::bitwise_cast<float>(e | (o & bits_batch<B>(0xffff0000)));
}

/// B holds the bits of halves, to be worked on as they are.
template <class B>
concept half_bits_lanes = std::same_as<typename B::value_type, std::int16_t>;

/// The register of float of the same size.
template <half_bits_lanes B>
using as_floats = xsimd::batch<float, typename B::arch_type>;

/// The elements behind p in a register: as they are, or halves made floats.
template <class B, storable T>
[[gnu::always_inline]] inline B load_lanes(const T* p) noexcept {
    if constexpr (half_bits_lanes<B>)
        return xsimd::bitwise_cast<std::int16_t>(load_bytes<as_floats<B>>(p));
    else if constexpr (half<T>)
        return from_half<half_traits<T>::format, B>(halves<B>::load(p));
    else
        return B::load_unaligned(p);
}

/// A register to the elements behind p: as it is, or rounded to halves.
template <class B, storable T>
[[gnu::always_inline]] inline void store_lanes(T* p, const B& v) noexcept {
    if constexpr (half_bits_lanes<B>)
        store_bytes(p, xsimd::bitwise_cast<float>(v));
    else if constexpr (half<T>)
        halves<B>::store(p, to_half<half_traits<T>::format>(v));
    else
        v.store_unaligned(p);
}

/// Whether registers B can be stored past the caches to elements T.
template <class B, class T = typename B::value_type>
inline constexpr bool can_stream = requires(T* p, const B& b) { stream(p, b); };

template <class B, half T>
inline constexpr bool can_stream<B, T> =
    requires(T* p, const typename halves<B>::type& h) { halves<B>::stream(p, h); };

template <half_bits_lanes B, half T>
inline constexpr bool can_stream<B, T> = can_stream<as_floats<B>>;

template <class B>
    requires can_stream<B>
[[gnu::always_inline]] inline void stream_bytes(void* p, const B& v) noexcept {
    stream(static_cast<float*>(p), v);
}

/// store_lanes past the caches, to p aligned to what is stored.
template <class B, storable T>
[[gnu::always_inline]] inline void stream_lanes(T* p, const B& v) noexcept {
    if constexpr (half_bits_lanes<B>)
        stream_bytes(p, xsimd::bitwise_cast<float>(v));
    else if constexpr (half<T>)
        halves<B>::stream(p, to_half<half_traits<T>::format>(v));
    else
        stream(p, v);
}

} // namespace actfn::inline ACTFN_ABI::detail
ACTFN_UNDEFINED_VECTORS_END
