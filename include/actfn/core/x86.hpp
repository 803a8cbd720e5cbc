// Operations of x86 registers that xsimd has not, or not with the same bits for all of its versions.
#pragma once

#include <actfn/core/scalar_ops.hpp>

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

} // namespace actfn::inline ACTFN_ABI::detail
