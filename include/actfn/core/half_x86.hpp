// x86 registers of 16-bit numbers, half as wide as those of the floats they become.
#pragma once

#include <actfn/core/x86.hpp>

ACTFN_UNDEFINED_VECTORS
namespace actfn::inline ACTFN_ABI::detail {

#if XSIMD_WITH_SSE2

/// The halves of a register of floats, by its size in bytes.
template <std::size_t Bytes>
struct x86_halves;

template <>
struct x86_halves<16> {
    using type = __m128i; // the lower half of it

    [[gnu::always_inline]] static type load(const void* p) noexcept {
        return _mm_loadl_epi64(static_cast<const __m128i*>(p));
    }
    [[gnu::always_inline]] static void store(void* p, type h) noexcept {
        _mm_storel_epi64(static_cast<__m128i*>(p), h);
    }
#if defined(__x86_64__)
    [[gnu::always_inline]] static void stream(void* p, type h) noexcept {
        _mm_stream_si64(static_cast<long long*>(p), _mm_cvtsi128_si64(h));
    }
#endif
    [[gnu::always_inline]] static __m128i widened(type h) noexcept {
        return _mm_unpacklo_epi16(h, _mm_setzero_si128());
    }
    // SSE2 packs signed numbers only.
    [[gnu::always_inline]] static type narrowed(__m128i b) noexcept {
        const __m128i extended = _mm_srai_epi32(_mm_slli_epi32(b, 16), 16);
        return _mm_packs_epi32(extended, extended);
    }
};

#if defined(__AVX2__)
template <>
struct x86_halves<32> {
    using type = __m128i;

    [[gnu::always_inline]] static type load(const void* p) noexcept {
        return _mm_loadu_si128(static_cast<const __m128i*>(p));
    }
    [[gnu::always_inline]] static void store(void* p, type h) noexcept {
        _mm_storeu_si128(static_cast<__m128i*>(p), h);
    }
    [[gnu::always_inline]] static void stream(void* p, type h) noexcept {
        _mm_stream_si128(static_cast<__m128i*>(p), h);
    }
    [[gnu::always_inline]] static __m256i widened(type h) noexcept { return _mm256_cvtepu16_epi32(h); }
    [[gnu::always_inline]] static type narrowed(__m256i b) noexcept {
        return _mm_packus_epi32(_mm256_castsi256_si128(b), _mm256_extracti128_si256(b, 1));
    }
#if defined(__FMA__) && defined(__F16C__) // as ACTFN_ABI tells
    [[gnu::always_inline]] static __m256 from_binary16(type h) noexcept { return _mm256_cvtph_ps(h); }
    [[gnu::always_inline]] static type to_binary16(__m256 x) noexcept {
        return _mm256_cvtps_ph(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    }
#endif
};
#endif

#if defined(__AVX512F__)
template <>
struct x86_halves<64> {
    using type = __m256i;

    [[gnu::always_inline]] static type load(const void* p) noexcept {
        return _mm256_loadu_si256(static_cast<const __m256i*>(p));
    }
    [[gnu::always_inline]] static void store(void* p, type h) noexcept {
        _mm256_storeu_si256(static_cast<__m256i*>(p), h);
    }
    [[gnu::always_inline]] static void stream(void* p, type h) noexcept {
        _mm256_stream_si256(static_cast<__m256i*>(p), h);
    }
    [[gnu::always_inline]] static __m512i widened(type h) noexcept { return _mm512_cvtepu16_epi32(h); }
    [[gnu::always_inline]] static type narrowed(__m512i b) noexcept { return _mm512_cvtepi32_epi16(b); }
    [[gnu::always_inline]] static __m512 from_binary16(type h) noexcept { return _mm512_cvtph_ps(h); }
    [[gnu::always_inline]] static type to_binary16(__m512 x) noexcept {
        return _mm512_cvtps_ph(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    }
};

/// The bits of x with the nearest bfloat16 in the upper half. AVX512-BF16 would flush subnormal numbers.
[[gnu::always_inline]] inline __m512i x86_rounded_to_upper(__m512 x) noexcept {
    const __m512i b = _mm512_castps_si512(x), less = _mm512_add_epi32(b, _mm512_set1_epi32(0x7fff));
    const __mmask16 odd = _mm512_test_epi32_mask(b, _mm512_set1_epi32(0x10000));
    const __m512i nearest = _mm512_mask_add_epi32(less, odd, less, _mm512_set1_epi32(1));
    constexpr int table = 0x22; // a quiet NaN of x, where x is one
    return _mm512_castps_si512(
        _mm512_fixupimm_ps(_mm512_castsi512_ps(nearest), x, _mm512_set1_epi32(table), 0));
}
#endif

#endif

} // namespace actfn::inline ACTFN_ABI::detail
ACTFN_UNDEFINED_VECTORS_END
