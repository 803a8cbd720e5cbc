// What there is one of in a row: a number in double and what its rounding lost, and sums in double.
#pragma once

#include <actfn/math/twofold.hpp>
#include <actfn/reductions/interleave.hpp>
#include <actfn/reductions/row_loop.hpp>

#include <bit>

ACTFN_UNDEFINED_VECTORS
namespace actfn::inline ACTFN_ABI::detail {

/// 2^k for a normal one.
constexpr double power_of_two(int k) noexcept {
    return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + k) << 52);
}

/// A number in double and what its rounding lost.
using row_number = math::twofold<double>;

/// a + b and what its rounding lost. Knuth 1969, The Art of Computer Programming 2, 4.2.2, theorem B.
template <lanes V>
[[gnu::always_inline]] constexpr math::twofold<V> two_sum(const V& a, const V& b) noexcept {
    const V s = a + b, t = s - a;
    return {s, (a - (s - t)) + (b - t)};
}

/// The sum of two numbers in two parts, up to the rounding of the lower ones.
template <lanes V>
[[gnu::always_inline]] constexpr math::twofold<V> sum_of_parts(const math::twofold<V>& a,
                                                               const math::twofold<V>& b) noexcept {
    const auto more = two_sum(a.high, b.high);
    return {more.high, (a.low + b.low) + more.low};
}

/// A row's number in two parts of T.
template <class T>
struct row_value {
    T high, low;

    explicit row_value(row_number v) noexcept
        : high(static_cast<T>(v.high)), low(static_cast<T>((v.high - double(high)) + v.low)) {}
};

/// Floats behind p as a register of doubles. GCC 12 converts a vector of them by halves.
template <class B>
[[gnu::always_inline]] inline B widened(const float* p) noexcept {
#if XSIMD_WITH_SSE2
    if constexpr (x86<typename B::arch_type>) {
        if constexpr (B::size == 2)
            return _mm_cvtps_pd(_mm_castsi128_ps(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p))));
#if defined(__AVX__)
        else if constexpr (B::size == 4)
            return _mm256_cvtps_pd(_mm_loadu_ps(p));
#endif
#if defined(__AVX512F__)
        else
            return _mm512_cvtps_pd(_mm256_loadu_ps(p));
#endif
    } else
#endif
    {
        alignas(B) double v[B::size];
        std::copy(p, p + B::size, v);
        return B::load_aligned(v);
    }
}

template <class B>
[[gnu::always_inline]] inline B widened(const double* p) noexcept {
    return B::load_unaligned(p);
}

/// A register of doubles to floats behind p, each rounded.
template <class B>
[[gnu::always_inline]] inline void store_narrowed(float* p, const B& v) noexcept {
#if XSIMD_WITH_SSE2
    if constexpr (x86<typename B::arch_type>) {
        if constexpr (B::size == 2)
            _mm_storel_epi64(reinterpret_cast<__m128i*>(p), _mm_castps_si128(_mm_cvtpd_ps(v)));
#if defined(__AVX__)
        else if constexpr (B::size == 4)
            _mm_storeu_ps(p, _mm256_cvtpd_ps(v));
#endif
#if defined(__AVX512F__)
        else
            _mm256_storeu_ps(p, _mm512_cvtpd_ps(v));
#endif
    } else
#endif
    {
        alignas(B) double from[B::size];
        v.store_aligned(from);
        for (std::size_t k = 0; k < B::size; ++k) p[k] = static_cast<float>(from[k]);
    }
}

template <class B>
[[gnu::always_inline]] inline void store_narrowed(double* p, const B& v) noexcept {
    v.store_unaligned(p);
}

/// The sum of the registers of v, pairwise by halves: slots that lie as far apart are added first on every
/// instruction set.
template <class B, std::size_t N>
[[gnu::always_inline]] inline B sum_of_registers(const pack<B, N>& v) noexcept {
    if constexpr (N == 1)
        return v.reg[0];
    else
        return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
            return sum_of_registers(pack<B, N / 2>(v.reg[I] + v.reg[I + N / 2]...));
        }(std::make_index_sequence<N / 2>{});
}

/// The same of numbers in two parts.
template <class B, std::size_t N>
[[gnu::always_inline]] inline math::twofold<B> sum_of_registers(const pack<B, N>& high,
                                                                const pack<B, N>& low) noexcept {
    if constexpr (N == 1) {
        return {high.reg[0], low.reg[0]};
    } else {
        pack<B, N / 2> more, rest;
        for (std::size_t k = 0; k < N / 2; ++k) {
            const auto [h, l] =
                sum_of_parts<B>({high.reg[k], low.reg[k]}, {high.reg[k + N / 2], low.reg[k + N / 2]});
            more.reg[k] = h, rest.reg[k] = l;
        }
        return sum_of_registers(more, rest);
    }
}

/// The sum of all lanes of v, pairwise by halves: one order for every width of a register. Lanes other than
/// the first are not looked at any more.
template <std::size_t Half, class B>
[[gnu::always_inline]] inline double sum_of_lanes(const B& v) noexcept {
    if constexpr (Half == 0)
        return v.get(std::integral_constant<std::size_t, 0>{});
    else
        return sum_of_lanes<Half / 2>(v + turned<Half>(v));
}

template <class B, std::size_t N>
[[gnu::always_inline]] inline double sum_of(const pack<B, N>& v) noexcept {
    return sum_of_lanes<B::size / 2>(sum_of_registers(v));
}

} // namespace actfn::inline ACTFN_ABI::detail
ACTFN_UNDEFINED_VECTORS_END
