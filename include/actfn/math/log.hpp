// log of a number that is not negative.
#pragma once

#include <actfn/core/facts.hpp>
#include <actfn/math/log1p.hpp>

ACTFN_UNDEFINED_VECTORS
namespace actfn::inline ACTFN_ABI::math {

/// What log may err by. Of float all from 1/4 to 4 were tried; beyond, the multiple of log(2) hides the rest.
inline constexpr error_claims log_error{
    {0.93, 0x1.47ceb6p0}, {0.93, 0x1.47ceb6p0}, {0.96, 0x1.69a3c0d662fbdp-1}, {0.98, 0x1.6954f9706459dp-1}};

/// log(x) for x >= 0 in registers: -inf of 0, inf of inf, NaN of NaN.
template <std::floating_point T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> log(const xsimd::batch<T, A>& x) noexcept {
    using B = xsimd::batch<T, A>;
    using L = std::numeric_limits<T>;
    using C = detail::exp_constants<T>;
    using U = actfn::detail::bits_of<T>;
    using I = decltype(xsimd::bitwise_cast<U>(x));
    constexpr int stored = L::digits - 1;
    constexpr T magic = T(U(1) << stored); // the exponent of which an integer in the last place is one
    constexpr U one = std::bit_cast<U>(T(1)), sqrt_half = std::bit_cast<U>(T(0x1.6a09e667f3bcdp-1));
    constexpr U fraction = (U(1) << stored) - 1;
    // x = 2^n m with sqrt(1/2) <= m < sqrt(2).
    const auto tiny = x < B(L::min());
    const auto b = xsimd::bitwise_cast<U>(select(tiny, x * B(magic), x)) + I(one - sqrt_half);
    const B biased = xsimd::bitwise_cast<T>((b >> stored) | I(std::bit_cast<U>(magic))) - B(magic);
    const B n = biased - select(tiny, B(T(L::max_exponent - 1 + stored)), B(T(L::max_exponent - 1)));
    const B m = xsimd::bitwise_cast<T>((b & I(fraction)) + I(sqrt_half));
    // log(m) = 2 atanh(s), s = f / (2 + f) for f = m - 1, which is exact; and 2 s = f - s f, so that what is
    // rounded is small beside f. Tang 1990, ACM TOMS 16, 378, for the reduction.
    const B f = m - B(1);
    const B s = divided(f, m + B(1));
    const B v = s * s;
    const B curve = nmadd(v + v, polynomial(v, detail::atanh_constants<T>::tail), f);
    const B log = madd(n, B(C::ln2_hi), f - nmadd(n, B(C::ln2_lo), s * curve));
    return select(x == B(0), B(-L::infinity()), select(x < B(L::infinity()), log, x));
}

template <class B, std::size_t N>
[[gnu::always_inline]] inline pack<B, N> log(const pack<B, N>& x) noexcept {
    return actfn::detail::each([](const B& r) __attribute__((always_inline)) { return log(r); }, x);
}

} // namespace actfn::inline ACTFN_ABI::math
ACTFN_UNDEFINED_VECTORS_END
