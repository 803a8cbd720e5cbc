// Dual numbers: a value and its derivative, so that the definition of a function yields both.
#pragma once

#include <cmath>
#include <concepts>
#include <type_traits>

namespace support {

#if defined(__GLIBC__) && defined(__SIZEOF_FLOAT128__) && !defined(__STRICT_ANSI__) &&                       \
    !defined(_LIBCPP_VERSION)
/// A number with 113 bits, where compiler and C library have one; for libc++ it is no std::floating_point.
__extension__ typedef __float128 quad;
#define ACTFN_TEST_HAS_QUAD 1
#if defined(__clang__)
// glibc has them in its library for everybody, and in its header for GCC.
extern "C" {
quad expf128(quad);
quad expm1f128(quad);
quad log1pf128(quad);
quad tanhf128(quad);
quad sqrtf128(quad);
quad fabsf128(quad);
quad erfcf128(quad);
}
#else
using ::expf128, ::expm1f128, ::log1pf128, ::tanhf128, ::sqrtf128, ::fabsf128, ::erfcf128;
#endif
#endif

namespace elementary {

using std::exp, std::expm1, std::log1p, std::tanh, std::sqrt, std::fabs, std::erfc;
#ifdef ACTFN_TEST_HAS_QUAD
inline quad exp(quad x) { return support::expf128(x); }
inline quad expm1(quad x) { return support::expm1f128(x); }
inline quad log1p(quad x) { return support::log1pf128(x); }
inline quad tanh(quad x) { return support::tanhf128(x); }
inline quad sqrt(quad x) { return support::sqrtf128(x); }
inline quad fabs(quad x) { return support::fabsf128(x); }
inline quad erfc(quad x) { return support::erfcf128(x); }
#endif

} // namespace elementary

/// value + derivative h, h^2 = 0, over the real type R. Derivatives keep their full relative accuracy where
/// they are small: none is computed as a difference that cancels (tanh' is 4 e / (1 + e)^2, not 1 - tanh^2).
template <std::floating_point R>
struct dual {
    R value, derivative;

    constexpr dual(R v, R d) noexcept : value(v), derivative(d) {}

    /// A constant.
    template <class X>
        requires std::is_arithmetic_v<X>
    explicit constexpr dual(X x) noexcept : value(static_cast<R>(x)), derivative(0) {}

    friend constexpr dual operator-(const dual& a) noexcept { return {-a.value, -a.derivative}; }
    friend constexpr dual operator+(const dual& a, const dual& b) noexcept {
        return {a.value + b.value, a.derivative + b.derivative};
    }
    friend constexpr dual operator-(const dual& a, const dual& b) noexcept {
        return {a.value - b.value, a.derivative - b.derivative};
    }
    friend constexpr dual operator*(const dual& a, const dual& b) noexcept {
        return {a.value * b.value, times(a.derivative, b.value) + times(a.value, b.derivative)};
    }
    friend constexpr dual operator/(const dual& a, const dual& b) noexcept {
        const R q = a.value / b.value;
        return {q, over(a.derivative - times(q, b.derivative), b.value)};
    }

    friend constexpr bool operator<(const dual& a, const dual& b) noexcept { return a.value < b.value; }
    friend constexpr bool operator>(const dual& a, const dual& b) noexcept { return a.value > b.value; }
    friend constexpr bool operator<=(const dual& a, const dual& b) noexcept { return a.value <= b.value; }
    friend constexpr bool operator>=(const dual& a, const dual& b) noexcept { return a.value >= b.value; }
    friend constexpr bool operator==(const dual& a, const dual& b) noexcept { return a.value == b.value; }

    friend dual exp(const dual& a) noexcept {
        const R e = elementary::exp(a.value);
        return {e, times(e, a.derivative)};
    }
    friend dual expm1(const dual& a) noexcept {
        return {elementary::expm1(a.value), times(elementary::exp(a.value), a.derivative)};
    }
    friend dual log1p(const dual& a) noexcept {
        return {elementary::log1p(a.value), over(a.derivative, 1 + a.value)};
    }
    friend dual tanh(const dual& a) noexcept {
        const R e = elementary::exp(-2 * elementary::fabs(a.value));
        return {elementary::tanh(a.value), times(4 * e / ((1 + e) * (1 + e)), a.derivative)};
    }
    friend dual sqrt(const dual& a) noexcept {
        const R s = elementary::sqrt(a.value);
        return {s, over(a.derivative, 2 * s)};
    }
    friend dual erfc(const dual& a) noexcept {
        const R sqrt_pi = elementary::sqrt(R(0x1.921fb54442d18p1) + R(0x1.1a62633145c07p-53));
        return {elementary::erfc(a.value),
                times(R(-2) / sqrt_pi * elementary::exp(-a.value * a.value), a.derivative)};
    }
    friend constexpr dual abs(const dual& a) noexcept { return a.value < 0 ? -a : a; }

private:
    // In a chain of derivatives a factor that has vanished keeps the others, which may have overflowed, from
    // mattering.
    static constexpr R times(R a, R b) noexcept { return a == 0 || b == 0 ? R(0) : a * b; }
    static constexpr R over(R a, R b) noexcept { return a == 0 ? R(0) : a / b; }
};

/// x, as the variable that derivatives are taken with respect to.
template <std::floating_point R>
constexpr dual<R> variable(R x) noexcept {
    return {x, 1};
}

} // namespace support
