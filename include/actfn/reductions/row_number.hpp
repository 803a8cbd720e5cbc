// What there is one of in a row: a number in double and what its rounding lost, and sums in double.
#pragma once

#include <actfn/reductions/interleave.hpp>
#include <actfn/reductions/row_loop.hpp>

#include <array>
#include <bit>

namespace actfn::inline ACTFN_ABI::detail {

/// 2^k for a normal one.
constexpr double power_of_two(int k) noexcept {
    return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + k) << 52);
}

/// A number in double and what its rounding lost.
struct row_number {
    double high, low;
};

/// a + b and what its rounding lost. Knuth 1969, The Art of Computer Programming 2, 4.2.2, theorem B.
constexpr row_number two_sum(double a, double b) noexcept {
    const double s = a + b, t = s - a;
    return {s, (a - (s - t)) + (b - t)};
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

/// a + b and what its rounding lost, in lanes.
template <class B>
[[gnu::always_inline]] inline B two_sum(const B& a, const B& b, B& lost) noexcept {
    const B s = a + b, t = s - a;
    lost = (a - (s - t)) + (b - t);
    return s;
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
    if constexpr (N > 1) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
            return sum_of(pack<B, N / 2>(v.reg[I] + v.reg[I + N / 2]...));
        }(std::make_index_sequence<N / 2>{});
    } else {
        return sum_of_lanes<B::size / 2>(v.reg[0]);
    }
}

/// The same of numbers in two parts, with what is lost on the way.
template <std::size_t Half, class B>
[[gnu::always_inline]] inline row_number sum_of_lanes(const B& high, const B& low) noexcept {
    if constexpr (Half == 0) {
        constexpr std::integral_constant<std::size_t, 0> first;
        return two_sum(high.get(first), low.get(first));
    } else {
        B lost;
        const B more = two_sum(high, turned<Half>(high), lost);
        return sum_of_lanes<Half / 2>(more, (low + turned<Half>(low)) + lost);
    }
}

template <class B, std::size_t N>
[[gnu::always_inline]] inline row_number sum_of(const pack<B, N>& high, const pack<B, N>& low) noexcept {
    if constexpr (N > 1) {
        pack<B, N / 2> more, rest;
        for (std::size_t k = 0; k < N / 2; ++k) {
            B lost;
            more.reg[k] = two_sum(high.reg[k], high.reg[k + N / 2], lost);
            rest.reg[k] = (low.reg[k] + low.reg[k + N / 2]) + lost;
        }
        return sum_of(more, rest);
    } else {
        return sum_of_lanes<B::size / 2>(high.reg[0], low.reg[0]);
    }
}

} // namespace actfn::inline ACTFN_ABI::detail
