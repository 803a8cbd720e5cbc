// Operations of x86 registers that xsimd has not, or not with the same bits for all of its versions.
#pragma once

#include <actfn/core/scalar_ops.hpp>

ACTFN_UNDEFINED_VECTORS
namespace actfn::inline ACTFN_ABI::detail {

#if XSIMD_WITH_SSE2
/// A lives in an x86 register; every other architecture, xsimd's emulated ones among them, is not known here.
template <class A>
concept x86 = std::derived_from<A, xsimd::sse2> || std::derived_from<A, xsimd::avx> ||
              std::derived_from<A, xsimd::avx512f>;
#else
template <class A>
concept x86 = false;
#endif

#if XSIMD_WITH_SSE2
/// The x86 minimum and maximum: the second operand where the two are equal or either is NaN. xsimd 13 and 14
/// pass their operands in different order.
#define ACTFN_X86(name, operation)                                                                           \
    template <std::floating_point T, class A>                                                                \
    [[gnu::always_inline]] inline xsimd::batch<T, A> name(const xsimd::batch<T, A>& a,                       \
                                                          const xsimd::batch<T, A>& b) noexcept {            \
        constexpr std::size_t bytes = sizeof(T) * xsimd::batch<T, A>::size;                                  \
        if constexpr (sizeof(T) == 4 && bytes == 16)                                                         \
            return _mm_##operation##_ps(a, b);                                                               \
        else if constexpr (bytes == 16)                                                                      \
            return _mm_##operation##_pd(a, b);                                                               \
        ACTFN_X86_WIDE(operation)                                                                            \
    }
#if defined(__AVX512F__)
#define ACTFN_X86_WIDE(operation)                                                                            \
    else if constexpr (sizeof(T) == 4 && bytes == 32) return _mm256_##operation##_ps(a, b);                  \
    else if constexpr (bytes == 32) return _mm256_##operation##_pd(a, b);                                    \
    else if constexpr (sizeof(T) == 4) return _mm512_##operation##_ps(a, b);                                 \
    else return _mm512_##operation##_pd(a, b);
#elif defined(__AVX__)
#define ACTFN_X86_WIDE(operation)                                                                            \
    else if constexpr (sizeof(T) == 4) return _mm256_##operation##_ps(a, b);                                 \
    else return _mm256_##operation##_pd(a, b);
#else
#define ACTFN_X86_WIDE(operation)
#endif
ACTFN_X86(x86_min, min)
ACTFN_X86(x86_max, max)
#undef ACTFN_X86
#undef ACTFN_X86_WIDE
#endif

/// a b + c, rounded once. xsimd::fma does so only for the architectures that were defined with FMA: on an
/// SSE2 batch in an FMA build it rounds twice, or once where the compiler contracts it.
template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A>
fused_madd(const xsimd::batch<T, A>& a, const xsimd::batch<T, A>& b, const xsimd::batch<T, A>& c) noexcept {
    using B = xsimd::batch<T, A>;
#if defined(__FMA__)
    if constexpr (x86<A>) {
        constexpr std::size_t bytes = sizeof(T) * B::size;
        if constexpr (sizeof(T) == 4 && bytes == 16)
            return B(_mm_fmadd_ps(a, b, c));
        else if constexpr (sizeof(T) == 8 && bytes == 16)
            return B(_mm_fmadd_pd(a, b, c));
        else if constexpr (sizeof(T) == 4 && bytes == 32)
            return B(_mm256_fmadd_ps(a, b, c));
        else if constexpr (sizeof(T) == 8 && bytes == 32)
            return B(_mm256_fmadd_pd(a, b, c));
        else
            return xsimd::fma(a, b, c);
    } else {
        T x[B::size], y[B::size], z[B::size];
        a.store_unaligned(x), b.store_unaligned(y), c.store_unaligned(z);
        for (std::size_t i = 0; i < B::size; ++i) z[i] = std::fma(x[i], y[i], z[i]);
        return B::load_unaligned(z);
    }
#else
    static_assert(sizeof(B) > 0);
    return xsimd::fma(a, b, c);
#endif
}

#if XSIMD_WITH_SSE2
/// Stores past the caches. p is aligned to the register; stream_fence() comes before anybody else reads.
template <std::floating_point T, x86 A>
[[gnu::always_inline]] inline void stream(T* p, const xsimd::batch<T, A>& v) noexcept {
    constexpr std::size_t bytes = sizeof(T) * xsimd::batch<T, A>::size;
    const auto bits = xsimd::bitwise_cast<std::uint32_t>(v);
    if constexpr (bytes == 16) _mm_stream_si128(reinterpret_cast<__m128i*>(p), bits);
#if defined(__AVX__)
    else if constexpr (bytes == 32)
        _mm256_stream_si256(reinterpret_cast<__m256i*>(p), bits);
#endif
#if defined(__AVX512F__)
    else
        _mm512_stream_si512(reinterpret_cast<__m512i*>(p), bits);
#endif
}
#endif

inline void stream_fence() noexcept {
#if XSIMD_WITH_SSE2
    _mm_sfence();
#endif
}

/// V is a register for which there is fixup.
template <class V>
inline constexpr bool has_fixup = false;

#if defined(__AVX512VL__)
template <std::floating_point T, x86 A>
inline constexpr bool has_fixup<xsimd::batch<T, A>> = true;

/// One of several constants, other or x, as table says for each kind of x. Intel SDM volume 2, VFIXUPIMMPS.
template <std::floating_point T, x86 A>
[[gnu::always_inline]] inline xsimd::batch<T, A> fixup(const xsimd::batch<T, A>& other,
                                                       const xsimd::batch<T, A>& x, int table) noexcept {
    constexpr std::size_t bytes = sizeof(T) * xsimd::batch<T, A>::size;
    if constexpr (sizeof(T) == 4 && bytes == 16)
        return _mm_fixupimm_ps(other, x, _mm_set1_epi32(table), 0);
    else if constexpr (sizeof(T) == 4 && bytes == 32)
        return _mm256_fixupimm_ps(other, x, _mm256_set1_epi32(table), 0);
    else if constexpr (sizeof(T) == 4)
        return _mm512_fixupimm_ps(other, x, _mm512_set1_epi32(table), 0);
    else if constexpr (bytes == 16)
        return _mm_fixupimm_pd(other, x, _mm_set1_epi64x(table), 0);
    else if constexpr (bytes == 32)
        return _mm256_fixupimm_pd(other, x, _mm256_set1_epi64x(table), 0);
    else
        return _mm512_fixupimm_pd(other, x, _mm512_set1_epi64(table), 0);
}
#else
template <class V>
V fixup(const V& other, const V& x, std::int32_t table) = delete;
#endif

/// V is a register whose masks are registers of the same kind, all bits of a lane set or none.
template <class V>
inline constexpr bool masks_are_bits = false;

template <std::floating_point T, x86 A>
inline constexpr bool masks_are_bits<xsimd::batch<T, A>> =
    std::is_same_v<typename xsimd::batch<T, A>::register_type,
                   typename xsimd::batch_bool<T, A>::register_type>;

/// 1 for x > 0, or x >= 0 with ZeroToo, other elsewhere, NaN for NaN. In place of two selections, each three
/// operations on Intel's CPUs: Cascade Lake, backward in L1, relu .29 ns per float and leaky_relu .30 in
/// place of .49 and .57 (SSE2). 32 bytes are selected once: AVX2, Zen 5, leaky_relu .043 for .054 in the
/// other way; relu the same, as the compiler's own selection sees that other is 0 (not measured on Intel's,
/// where the other way took .15 and .17).
template <bool ZeroToo, class V>
[[gnu::always_inline]] inline V one_or_nan(const V& x, const V& other) noexcept {
    const V one(1), nan((x != x).data);
    if constexpr (sizeof(V) > 16) {
        if constexpr (ZeroToo)
            return V(x.data >= 0 ? one.data : other.data) | nan;
        else
            return V(x.data > 0 ? one.data : other.data) | nan;
    } else {
        const V changed = V((ZeroToo ? x >= V(0) : x > V(0)).data) & (one ^ other);
        return (other ^ changed) | nan;
    }
}

} // namespace actfn::inline ACTFN_ABI::detail
ACTFN_UNDEFINED_VECTORS_END
