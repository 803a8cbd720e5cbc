// x / (1 + exp(-x)) and its derivative, accurate through the zero of the derivative.
#pragma once

#include <actfn/core/policy.hpp>
#include <actfn/math/expm1.hpp>
#include <actfn/math/logistic.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

/// x0, where silu' vanishes, 1 + e^x0 + x0 = 0, and e^x0, which is -silu(x0), each in two parts; -1.2784645
/// and 0.2784645. tests/derivations/silu.sollya
template <class T>
struct silu_constants;

/// |x - x0| where the fast derivative has its polynomial. x - x0 is exact there: x <= -1/2 and x0 are
/// multiples of 2^-24 (double 2^-53). And silu' has passed 1/4, from where on an ulp is twice as large.
inline constexpr double silu_near = 0.76;

template <>
struct silu_constants<float> {
    static constexpr float zero = -0x1.474974p0f, zero_lower = 0x1.bdf6fap-27f;
    static constexpr float exp_zero = 0x1.1d25dp-2f, exp_zero_lower = -0x1.bdf6fap-27f;
    // (1 + e^(x0 + z) + x0 + z) / z - 1 = e^x0 (e^z - 1) / z on |z| <= silu_near by fpminimax, weight 1;
    // error relative to 1 + that 2^-25.6.
    static constexpr std::array<float, 7> quotient{0x1.1d25dp-2f,  0x1.1d25e2p-3f, 0x1.7c321ep-5f,
                                                   0x1.7c21ap-7f,  0x1.303162p-9f, 0x1.9ce048p-12f,
                                                   0x1.d22dc6p-15f};
};

template <>
struct silu_constants<double> {
    static constexpr double zero = -0x1.474973c84120bp0, zero_lower = -0x1.f8d74bc9ac154p-54;
    static constexpr double exp_zero = 0x1.1d25cf210482ep-2, exp_zero_lower = -0x1.ca2d0d94faaecp-60;
    // Error 2^-55.6.
    static constexpr std::array<double, 13> quotient{
        0x1.1d25cf210482ep-2,  0x1.1d25cf210482p-3,   0x1.7c3269815b578p-5,  0x1.7c3269815df73p-7,
        0x1.302854677eb55p-9,  0x1.958b1b3023626p-12, 0x1.cf7a68369fd93p-15, 0x1.cf7a6ee7ecc88p-18,
        0x1.9bfb0d78765cep-21, 0x1.4990d2895a7c4p-24, 0x1.df5e2b2096dbp-28,  0x1.42e98e0123cabp-31,
        0x1.8d7460fb18d7bp-35};
};

} // namespace detail

/// x / (1 + exp(-x)). For x > 0 it is x + f(-x).
template <lanes V>
[[gnu::always_inline]] constexpr V silu_value(const V& x) noexcept {
    const V t = at_least(negative_abs(x), V(lowest<element_t<V>>));
    // With extended scaling the inverse is about unscale, and t times it could be subnormal.
    const auto z = reduce_range(t);
    const auto q = quotient_of(exp_split_ratio_closely<scaling::plain>(z));
    // t e / (1 + e) = upper + lower, without its power of two.
    const V product = t * q.inverse;
    const V rest = madd(product, q.error, product_residual(t, q.inverse, product));
    const V upper = product + rest;
    const V lower = (product - upper) + rest;
    const V left = negative_abs(scaled(upper, z.scale)); // never +0
    // -x / 2 <= f(-x) <= 0, so x - sum is exact.
    const V sum = x + left;
    const V right = sum + madd(lower, q.numerator, (x - sum) + left);
    return select(x < V(0), left, select(x > V(0) && x < V(-lowest<element_t<V>>), right, x));
}

/// Its derivative, s (1 + e + x) for x < 0, s = e / (1 + e)^2; for x > 0 it is 1 - f'(-x). Near x0 the sum
/// would cancel; but it is (x - x0) + e^x0 (e^(x - x0) - 1), two terms of one sign.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_slope(const V& x) noexcept {
    using C = detail::silu_constants<element_t<V>>;
    const V t = at_least(negative_abs(x), V(lowest<element_t<V>>));
    const V z = t - V(C::zero);
    // e = e^x0 e^z.
    const V shift = z - t;
    const V dz = ((t - (z - shift)) - (V(C::zero) + shift)) - V(C::zero_lower);
    const auto shifted = exp_split(z, dz);
    const auto growth = expm1_split(shifted);
    const V part = V(C::exp_zero) * growth.upper;
    const V factor = z + part; // between |z| and 2 |z|, so z - factor is exact
    const V factor_rest = ((z - factor) + part) +
                          madd(V(C::exp_zero_lower), growth.upper, madd(V(C::exp_zero), growth.lower, dz)) +
                          product_residual(V(C::exp_zero), growth.upper, part);

    const V upper = V(C::exp_zero) * shifted.upper;
    const V upper_rest = product_residual(V(C::exp_zero), shifted.upper, upper);
    const V lower =
        madd(V(C::exp_zero), shifted.lower, madd(V(C::exp_zero_lower), shifted.upper, upper_rest));
    // 1 + e = d + dl; s without its power of two is upper square + rest.
    const V sum = upper + lower, power = power_of(shifted.scale);
    const V d = madd(sum, power, V(1));
    const V dl = madd(lower, power, madd(upper, power, V(1) - d));
    const V inverse = divided(V(1), d);
    const V error = error_of_inverse(inverse, d, dl);
    const V square = inverse * inverse;
    const V square_rest = product_residual(inverse, inverse, square);
    const V rest = madd(upper, square_rest, square * madd(sum, error + error, lower));
    const V s = madd(upper, square, rest);
    const V s_rest = product_residual(upper, square, s) + rest;
    const V left = scaled(exact_madd(s, factor, madd(s, factor_rest, s_rest * factor)), shifted.scale);
    return select(x < V(0), left, V(1) - left);
}

namespace detail {

/// From there on x / (1 + exp(-x)) rounds to x.
template <class T>
inline constexpr T silu_linear = sizeof(T) == sizeof(float) ? 18 : 38;

/// x / (1 + exp(-x)) as x numerator / sum, numerator and sum of any positive number where x is large.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_of_ratio(const V& x, const V& numerator, const V& sum) noexcept {
    using T = element_t<V>;
    // x clamped, as not even what is thrown away may overflow. Subnormal results are rounded by the division.
    const V product = at_least(at_most(x, V(silu_linear<T>)), V(lowest<T>)) * numerator;
    const V y = at_least(divided(product, sum), V(-silu_constants<T>::exp_zero));
    return select(x < V(silu_linear<T>), y, x);
}

} // namespace detail

/// silu of the fast tier: x times the share for x.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_by_ratio(const V& x) noexcept {
    const auto e = exp_split_ratio(reduce_range(at_most(x, V(detail::silu_linear<element_t<V>>))));
    return detail::silu_of_ratio(x, e.numerator, e.sum());
}

/// The same from e = exp(-|x|), to the last bit.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_by_ratio(const V& x, const exp_ratio<V>& e) noexcept {
    return detail::silu_of_ratio(x, select(x > V(0), e.mirrored(), e.numerator), e.sum());
}

/// The derivative of the fast tier, from e = exp(-|x|): the second term near x0 only, as x - x0 times a
/// polynomial; elsewhere the sum as 1 + (1 - share) x. Zen 5, ns per float, GCC 12, GCC 16, with one
/// exponential of x - x0 for all: .365 .364; so, from 2^n / exp(-r): .240 .248, from e: .219 .226.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_slope_by_ratio(const V& x, const exp_ratio<V>& e) noexcept {
    using T = element_t<V>;
    using C = detail::silu_constants<T>;
    const V t = at_least(negative_abs(x), V(lowest<T>));
    const V z = t - V(C::zero);
    const V share = e.share();
    // z is exact there, so that what x0 lost counts; beside 1 the other term rounds little.
    constexpr T lost = -C::zero_lower * (1 + C::exp_zero);
    const V near = nmadd(share, share, share) * (z + madd(z, polynomial(z, C::quotient), V(lost)));
    // Divided at last: share may be subnormal, and t times that is not.
    const V far = divided(madd(t, V(1) - share, V(1)) * e.numerator, e.sum());
    const V left = select(negative_abs(z) >= V(T(-detail::silu_near)), near, far);
    return select(x < V(0), left, V(1) - left);
}

} // namespace actfn::inline ACTFN_ABI::math
