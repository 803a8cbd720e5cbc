// The first few lanes of a register: what is left at the end of an array.
#pragma once

#include <actfn/core/x86.hpp>

#include <cstdint>
#include <cstring>

namespace actfn::inline ACTFN_ABI::detail {

#if defined(__AVX__)
/// All bits of the first count lanes of a 32-byte register.
template <class T>
[[gnu::always_inline]] inline __m256i first_lanes(std::size_t count) noexcept {
    alignas(64) static constexpr std::int32_t window[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
    const std::int32_t* p = window + 8 - count * (sizeof(T) / sizeof *window);
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}
#endif

/// Whether load_first and store_first cost no more than a load and a store. Elsewhere registers that are
/// whole or empty are better told from others: AVX2's masked stores are slow on some CPUs.
template <class B>
inline constexpr bool has_masked_access = x86<typename B::arch_type> && sizeof(B) == 64;

/// p[0] to p[count - 1], then zeros; count <= size. Nothing behind them is read.
template <class B>
[[gnu::always_inline]] inline B load_first(const typename B::value_type* p, std::size_t count) noexcept {
    using T = typename B::value_type;
#if defined(__AVX512F__)
    if constexpr (x86<typename B::arch_type> && sizeof(B) == 64 && sizeof(T) == 4)
        return _mm512_maskz_loadu_ps(static_cast<__mmask16>((1U << count) - 1), p);
    else if constexpr (x86<typename B::arch_type> && sizeof(B) == 64)
        return _mm512_maskz_loadu_pd(static_cast<__mmask8>((1U << count) - 1), p);
    else
#endif
#if defined(__AVX__)
        if constexpr (x86<typename B::arch_type> && sizeof(B) == 32 && sizeof(T) == 4)
        return _mm256_maskload_ps(p, first_lanes<T>(count));
    else if constexpr (x86<typename B::arch_type> && sizeof(B) == 32)
        return _mm256_maskload_pd(p, first_lanes<T>(count));
    else
#endif
    {
        alignas(B) T padded[B::size] = {};
        std::memcpy(padded, p, count * sizeof(T));
        return B::load_aligned(padded);
    }
}

/// Writes p[0] to p[count - 1]; count <= size. Nothing behind them is touched.
template <std::floating_point T, class A>
[[gnu::always_inline]] inline void store_first(T* p, const xsimd::batch<T, A>& v,
                                               std::size_t count) noexcept {
    using B = xsimd::batch<T, A>;
#if defined(__AVX512F__)
    if constexpr (x86<A> && sizeof(B) == 64 && sizeof(T) == 4)
        _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1U << count) - 1), v);
    else if constexpr (x86<A> && sizeof(B) == 64)
        _mm512_mask_storeu_pd(p, static_cast<__mmask8>((1U << count) - 1), v);
    else
#endif
#if defined(__AVX__)
        if constexpr (x86<A> && sizeof(B) == 32 && sizeof(T) == 4)
        _mm256_maskstore_ps(p, first_lanes<T>(count), v);
    else if constexpr (x86<A> && sizeof(B) == 32)
        _mm256_maskstore_pd(p, first_lanes<T>(count), v);
    else
#endif
    {
        alignas(B) T padded[B::size];
        v.store_aligned(padded);
        std::memcpy(p, padded, count * sizeof(T));
    }
}

} // namespace actfn::inline ACTFN_ABI::detail
