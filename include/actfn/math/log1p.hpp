// log(1 + e) of e = exp(z), z <= 0: the curved part of softplus.
#pragma once

#include <actfn/math/logistic.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

// (atanh(u) / u - 1) / v for v = u^2 on 0 <= v <= 1/9, weight v. tests/derivations/atanh.sollya
template <class T>
struct atanh_constants;

template <>
struct atanh_constants<float> {
    // v^0 to v^3; error relative to u 2^-25.95.
    static constexpr std::array<float, 4> tail{0x1.55554cp-2f, 0x1.99ae06p-3f, 0x1.211636p-3f,
                                               0x1.134bc8p-3f};
};

template <>
struct atanh_constants<double> {
    // v^0 to v^9; error relative to u 2^-57.5.
    static constexpr std::array<double, 10> tail{
        0x1.5555555555555p-2, 0x1.999999999a27cp-3, 0x1.24924923df835p-3, 0x1.c71c726c183f7p-4,
        0x1.745cf1549fb67p-4, 0x1.3b18a6d634cbep-4, 0x1.10acf5746aceap-4, 0x1.eb8a245c02a09p-5,
        0x1.688e976125ec4p-5, 0x1.4afdb071ecbe9p-4};
};

} // namespace detail

/// log1p(e) 2^-(n + 1) for the quotient q over 2 of e, e's own power 2^n taken out, and what its rounding
/// lost.
template <lanes V>
struct log1p_parts {
    V upper, lower;
};

/// The same times 1 + more, |more| at most an ulp; log1p(e) = 2 atanh(u), u = e / (2 + e) <= 1/3: one
/// reciprocal, and a series in u^2 half as long as one in e.
template <lanes V, unit U>
[[gnu::always_inline]] constexpr log1p_parts<V> log1p_split(const exp_quotient<V, 2, U>& q,
                                                            const V& more) noexcept {
    const V guess = q.sum * q.inverse_power, correction = q.correction();
    const V u = madd(guess, correction, guess);
    const V v = u * u;
    const V series = madd(v, polynomial(v, detail::atanh_constants<element_t<V>>::tail), more);
    // u (1 + series), where u = (upper + lower) inverse (1 + correction).
    const V rest = q.inverse * madd(q.sum, madd(series, correction, series) + correction, q.lower);
    if constexpr (fused) {
        const V upper = madd(q.upper, q.inverse, rest);
        return {upper, madd(q.upper, q.inverse, negated(upper)) + rest};
    } else {
        const V product = q.upper * q.inverse;
        const V low = product_residual(q.upper, q.inverse, product) + rest;
        const V upper = product + low;
        return {upper, (product - upper) + low};
    }
}

/// log1p(e) / scale to about 2 ULP.
template <lanes V>
[[gnu::always_inline]] constexpr V log1p_fast(const exp_fraction<V>& parts) noexcept {
    const V mantissa = parts.mantissa();
    const V q = quotient<2>(mantissa, madd(mantissa, parts.scale, V(2)));
    const V u = q * parts.scale;
    const V v = u * u;
    const V twice = q + q;
    return madd(twice * v, polynomial(v, detail::atanh_constants<element_t<V>>::tail), twice);
}

} // namespace actfn::inline ACTFN_ABI::math
