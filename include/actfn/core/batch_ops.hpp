// The same primitives for one register.
#pragma once

#include <actfn/core/neon.hpp>
#include <actfn/core/scalar_ops.hpp>
#include <actfn/core/x86.hpp>

ACTFN_UNDEFINED_VECTORS
namespace actfn::inline ACTFN_ABI {

namespace detail {

template <class T, class A, class F>
[[gnu::always_inline]] inline xsimd::batch<T, A> on_bits(const xsimd::batch<T, A>& x, F f) noexcept {
    return xsimd::bitwise_cast<T>(f(xsimd::bitwise_cast<bits_of<T>>(x)));
}

} // namespace detail

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
    // All on integers, so that it becomes one operation of AVX-512.
    const auto m = xsimd::bitwise_cast<detail::bits_of<T>>(magnitude);
    return detail::on_bits(sign, [m](auto b) { return m | (b & decltype(b)(detail::sign_bit<T>)); });
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

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> at_least(const xsimd::batch<T, A>& x,
                                                          const xsimd::batch<T, A>& bound) noexcept {
#if XSIMD_WITH_SSE2
    if constexpr (detail::x86<A>)
        // Rounded: GCC 16 would merge the maximum with what made x, into twice as many operations.
        return detail::x86_max(bound, rounded(x));
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
#if XSIMD_WITH_NEON64
    if constexpr (detail::neon_float<T, A>)
        return detail::neon_sqrt(x);
    else
#endif
        return xsimd::sqrt(x);
}

template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> divided(const xsimd::batch<T, A>& a,
                                                         const xsimd::batch<T, A>& b) noexcept {
#if XSIMD_WITH_NEON64
    if constexpr (detail::neon_float<T, A>)
        return detail::neon_divided(a, b);
    else
#endif
        return a / b;
}

} // namespace actfn::inline ACTFN_ABI
ACTFN_UNDEFINED_VECTORS_END
