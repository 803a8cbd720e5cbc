// The primitives kernels are written in, for one element, one register or several; each states how often it
// rounds.
#pragma once

#include <actfn/core/lanes.hpp>

#include <bit>
#include <cmath>
#include <limits>

namespace actfn::inline ACTFN_ABI {

/// Whether this build has fused multiply-add. It is a property of the build and not of a type, so that a
/// scalar, an SSE register and an AVX-512 register of one program give the same bits.
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA) || (defined(_MSC_VER) && defined(__AVX2__)) ||            \
    defined(__riscv_v)
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

template <class T, class A, class F>
[[gnu::always_inline]] inline xsimd::batch<T, A> on_bits(const xsimd::batch<T, A>& x, F f) noexcept {
    return xsimd::bitwise_cast<T>(f(xsimd::bitwise_cast<bits_of<T>>(x)));
}

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

} // namespace detail

// ---- one element
// ----------------------------------------------------------------------------------------------------

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

// ---- one register
// ---------------------------------------------------------------------------------------------------

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A>
madd(const xsimd::batch<T, A>& a, const xsimd::batch<T, A>& b, const xsimd::batch<T, A>& c) noexcept {
    if constexpr (fused)
        return detail::fused_madd(a, b, c);
    else
        return a * b + c;
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> select(const xsimd::batch_bool<T, A>& take,
                                                        const xsimd::batch<T, A>& a,
                                                        const xsimd::batch<T, A>& b) noexcept {
    return xsimd::select(take, a, b);
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> negated(const xsimd::batch<T, A>& x) noexcept {
    // The register's own minus, which GCC can fuse into a product; on bits where the register is no number.
    if constexpr (requires { xsimd::batch<T, A>(-x.data); })
        return xsimd::batch<T, A>(-x.data);
    else
        return detail::on_bits(x, [](auto b) { return b ^ decltype(b)(detail::sign_bit<T>); });
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> abs(const xsimd::batch<T, A>& x) noexcept {
    return detail::on_bits(x, [](auto b) { return b & decltype(b)(~detail::sign_bit<T>); });
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> negative_abs(const xsimd::batch<T, A>& x) noexcept {
    return detail::on_bits(x, [](auto b) { return b | decltype(b)(detail::sign_bit<T>); });
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> with_sign(const xsimd::batch<T, A>& magnitude,
                                                           const xsimd::batch<T, A>& sign) noexcept {
    const auto s = detail::on_bits(sign, [](auto b) { return b & decltype(b)(detail::sign_bit<T>); });
    return magnitude | s;
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> at_least(const xsimd::batch<T, A>& x,
                                                          const xsimd::batch<T, A>& bound) noexcept {
#if XSIMD_WITH_SSE2
    if constexpr (detail::x86<A>)
        return detail::x86_max(bound, x);
    else
#endif
        return xsimd::select(x < bound, bound, x);
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> at_most(const xsimd::batch<T, A>& x,
                                                         const xsimd::batch<T, A>& bound) noexcept {
#if XSIMD_WITH_SSE2
    if constexpr (detail::x86<A>)
        return detail::x86_min(bound, x);
    else
#endif
        return xsimd::select(bound < x, bound, x);
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> low_bits_to_exponent(const xsimd::batch<T, A>& x) noexcept {
    return detail::on_bits(x, [](auto b) { return b << (std::numeric_limits<T>::digits - 1); });
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> truncated(const xsimd::batch<T, A>& x) noexcept {
    return detail::on_bits(x, [](auto b) { return b & decltype(b)(detail::upper_half<T>); });
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> sqrt(const xsimd::batch<T, A>& x) noexcept {
    return xsimd::sqrt(x);
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> rounded(xsimd::batch<T, A> x) noexcept {
#if XSIMD_WITH_SSE2
    if constexpr (detail::x86<A>)
        asm("" : "+v"(x.data));
    else
#endif
        asm("" : "+m"(x));
    return x;
}

// ---- several registers
// ----------------------------------------------------------------------------------------------

namespace detail {

/// f on register i of every pack, for all i in turn.
template <std::size_t N, class F, class... B>
[[gnu::always_inline]] inline auto each(F f, const pack<B, N>&... p) noexcept {
    using R = decltype(f(p.reg[0]...));
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        const auto at = [&]<std::size_t J>(std::integral_constant<std::size_t, J>)
                            __attribute__((always_inline)) { return f(p.reg[J]...); };
        return pack<R, N>(at(std::integral_constant<std::size_t, I>{})...);
    }(std::make_index_sequence<N>{});
}

} // namespace detail

#define ACTFN_EACH(signature, expression, ...)                                                               \
    template <class B, std::size_t N>                                                                        \
    [[gnu::always_inline]] inline auto signature noexcept {                                                  \
        return detail::each([](auto... r) __attribute__((always_inline)) { return expression; },             \
                            __VA_ARGS__);                                                                    \
    }
#define ACTFN_BINARY(op)                                                                                     \
    template <class B, std::size_t N>                                                                        \
    [[gnu::always_inline]] inline auto operator op(const pack<B, N>& a, const pack<B, N>& b) noexcept {      \
        return detail::each([](const B& x, const B& y) __attribute__((always_inline)) { return x op y; }, a, \
                            b);                                                                              \
    }
ACTFN_BINARY(+)
ACTFN_BINARY(-)
ACTFN_BINARY(*)
ACTFN_BINARY(/)
ACTFN_BINARY(<)
ACTFN_BINARY(<=)
ACTFN_BINARY(>)
ACTFN_BINARY(>=)
ACTFN_BINARY(==)
ACTFN_BINARY(!=)
ACTFN_BINARY(&&)
ACTFN_BINARY(||)
#undef ACTFN_BINARY

ACTFN_EACH(negated(const pack<B, N>& a), negated(r...), a)
ACTFN_EACH(madd(const pack<B, N>& a, const pack<B, N>& b, const pack<B, N>& c), madd(r...), a, b, c)
ACTFN_EACH(abs(const pack<B, N>& x), abs(r...), x)
ACTFN_EACH(negative_abs(const pack<B, N>& x), negative_abs(r...), x)
ACTFN_EACH(with_sign(const pack<B, N>& m, const pack<B, N>& s), with_sign(r...), m, s)
ACTFN_EACH(at_least(const pack<B, N>& x, const pack<B, N>& bound), at_least(r...), x, bound)
ACTFN_EACH(at_most(const pack<B, N>& x, const pack<B, N>& bound), at_most(r...), x, bound)
ACTFN_EACH(low_bits_to_exponent(const pack<B, N>& x), low_bits_to_exponent(r...), x)
ACTFN_EACH(truncated(const pack<B, N>& x), truncated(r...), x)
ACTFN_EACH(rounded(const pack<B, N>& x), rounded(r...), x)
ACTFN_EACH(sqrt(const pack<B, N>& x), sqrt(r...), x)
#undef ACTFN_EACH

template <class B, std::size_t N>
[[gnu::always_inline]] inline pack<B, N> select(const pack<mask_t<B>, N>& take, const pack<B, N>& a,
                                                const pack<B, N>& b) noexcept {
    return detail::each([](const auto& m, const B& x, const B& y)
                            __attribute__((always_inline)) { return select(m, x, y); },
                        take, a, b);
}

// ---- composed of the above
// ------------------------------------------------------------------------------------------

/// c - a b, rounded as madd.
template <lanes V>
[[gnu::always_inline]] constexpr V nmadd(const V& a, const V& b, const V& c) noexcept {
    return madd(negated(a), b, c);
}

/// a b - p for p close to a b: exact with FMA; without, the product is split into four exact ones (Dekker
/// 1971).
template <lanes V>
[[gnu::always_inline]] constexpr V product_residual(const V& a, const V& b, const V& p) noexcept {
    if constexpr (fused) {
        return madd(a, b, negated(p));
    } else {
        const V a1 = truncated(a), a0 = a - a1;
        const V b1 = truncated(b), b0 = b - b1;
        return ((a1 * b1 - p) + (a1 * b0 + a0 * b1)) + a0 * b0;
    }
}

/// a b + c with the product not rounded: madd with FMA; without, the product's residual is added to c first.
template <lanes V>
[[gnu::always_inline]] constexpr V exact_madd(const V& a, const V& b, const V& c) noexcept {
    if constexpr (fused) {
        return madd(a, b, c);
    } else {
        const V p = a * b;
        return p + (product_residual(a, b, p) + c);
    }
}

} // namespace actfn::inline ACTFN_ABI
