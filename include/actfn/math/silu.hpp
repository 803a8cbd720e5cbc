// x / (1 + exp(-x)) and its derivative, accurate through the zero of the derivative.
#pragma once

#include <actfn/core/policy.hpp>
#include <actfn/math/logistic.hpp>
#include <actfn/math/twofold.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

/// zero: x0 rounded, where silu' and F = 1 + x / (1 + e^x) vanish. start: F(zero). bend: p of F = z + start +
/// z p(z), z = x - zero, by fpminimax, weight 1. depth: -silu(x0), of the minimum. Derived in
/// tests/derivations/silu.sollya.
template <class T>
struct silu_constants;

/// Where F is taken by p: z from -0.27 to 0.44. z is exact there, as x <= -1/2 and zero are multiples of
/// 2^-24 (double 2^-53). Farther down F is at least half of 1 + x, as twofold_madd wants it; farther up silu'
/// has passed 1/8, from where on an ulp is twice as large.
inline constexpr double silu_middle = 0.085, silu_near = 0.355;

template <>
struct silu_constants<float> {
    static constexpr float zero = -0x1.474974p0f, start = -0x1.bdf6fap-27f;
    static constexpr float depth = 0x1.1d25dp-2f;
    // Error relative to F 2^-27.3.
    static constexpr std::array<float, 6> bend{0x1.3ac258p-28f, -0x1.be1428p-4f, -0x1.907372p-5f,
                                               -0x1.34f236p-8f, 0x1.8f654p-9f,   0x1.12ca78p-10f};
};

template <>
struct silu_constants<double> {
    static constexpr double zero = -0x1.474973c84120bp0, start = 0x1.f8d74bc9ac154p-54;
    static constexpr double depth = 0x1.1d25cf210482ep-2;
    // Error 2^-60.3.
    static constexpr std::array<double, 14> bend{
        -0x1.c29673a80aa6p-56,  -0x1.be14104605281p-4, -0x1.9072f076655f6p-5,  -0x1.353eb573c95e1p-8,
        0x1.8f0d828942745p-9,   0x1.20a572dae913fp-10, -0x1.2f7e5a9dda009p-16, -0x1.a2a7ca4e0919ep-14,
        -0x1.5a2f52f748f2bp-16, 0x1.1283d570e3ae4p-18, 0x1.6aee576207699p-19,  0x1.0592c3d1879cfp-22,
        -0x1.8c6b0bc546521p-23, -0x1.b432e93213c98p-25};
};

} // namespace detail

/// From here down x / (1 + exp(-x)) and its derivative round to 0.
template <class T>
inline constexpr T silu_lowest = sizeof(T) == sizeof(float) ? -110 : -760;

/// From here on x / (1 + exp(-x)) rounds to x.
template <class T>
inline constexpr T silu_linear = sizeof(T) == sizeof(float) ? 18 : 38;

/// -|x|, no less than silu_lowest.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_argument(const V& x) noexcept {
    return at_least(negative_abs(x), V(silu_lowest<element_t<V>>));
}

/// x / (1 + exp(-x)) as max(x, 0) + t e / (1 + e), from t = silu_argument(x) and the quotient for it. Zen 5,
/// ns per float, GCC 12, GCC 16, AVX2 (GCC 16), by f(t) in two parts, which for x > 0 were then added to x:
/// .308 .297 .637, so: .215 .203 .487.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_value(const V& x, const V& t, const exp_quotient<V>& q) noexcept {
    using T = element_t<V>;
    // For x < 0, where the result may be subnormal; 2^n unit, n <= 0, times it is finite.
    constexpr T scale = unit<scaling::extended, T> / 2;
    const auto positive = x > V(0);
    const V share = (q.numerator * select(positive, V(1), V(scale))) * q.inverse;
    const V base = at_least(at_most(x, V(silu_linear<T>)), V(T(-0.0)));
    // base is 0 or at least 2 |t share|. As twofold_madd, but with what the sum has too much, not with what
    // it lost: -0 less +0 is -0.
    const V product = t * share, sum = madd(t, share, base);
    const V over =
        fused ? nmadd(t, share, sum - base) : ((sum - base) - product) - product_residual(t, share, product);
    const V y = (sum - nmadd(product, q.error, over)) * select(positive, V(1), V(1 / scale));
    return select(x < V(silu_linear<T>), y, x);
}

namespace detail {

/// Whether F is taken by p.
template <lanes V>
[[gnu::always_inline]] constexpr mask_t<V> near_silu_zero(const V& t) noexcept {
    using T = element_t<V>;
    constexpr T middle = silu_constants<T>::zero + T(silu_middle);
    return negative_abs(t - V(middle)) >= V(T(-silu_near));
}

/// F - z.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_bend(const V& z) noexcept {
    using C = silu_constants<element_t<V>>;
    return madd(z, polynomial(z, C::bend), V(C::start));
}

} // namespace detail

/// Its derivative, share F for x < 0, F = 1 + t - t share, share = e / (1 + e); 1 - f'(-x) for x > 0. Zen 5,
/// ns per float, GCC 12, GCC 16, AVX2 (GCC 16): with F (1 + e) = (x - x0) + e^x0 (e^(x - x0) - 1), which
/// serves for all x, .471 .467 1.00; with p for that quantity .383 .381 .881; so: .326 .317 .716.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_slope(const V& x, const V& t, const exp_quotient<V>& q) noexcept {
    const V z = t - V(detail::silu_constants<element_t<V>>::zero);
    const V bend = detail::silu_bend(z);
    const V near = z + bend;
    const V near_rest = (z - near) + bend;

    const V share = q.powered(q.inverse);
    // For t <= -1/2 a multiple of 2^-24, and far, which is below 1, of no more.
    const V start = V(1) + t;
    const auto [far, lost] = twofold_madd(negated(t), share, start);
    const V far_rest = nmadd(t * share, q.error, lost + ((V(1) - start) + t));

    const auto is_near = detail::near_silu_zero(t);
    const V factor = select(is_near, near, far), rest = select(is_near, near_rest, far_rest);
    const V left = q.powered(exact_madd(q.inverse, factor, q.inverse * madd(factor, q.error, rest)));
    return select(x < V(0), left, V(1) - left);
}

namespace detail {

/// x / (1 + exp(-x)) as c numerator / sum, numerator and sum of any positive number where x is large; c is x
/// within silu_lowest and silu_linear, as not even what is thrown away may overflow.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_of_ratio(const V& x, const V& c, const V& numerator,
                                                 const V& sum) noexcept {
    using T = element_t<V>;
    // Subnormal results are rounded by the division.
    const V y = at_least(divided(c * numerator, sum), V(-silu_constants<T>::depth));
    return select(x < V(silu_linear<T>), y, x);
}

template <lanes V>
[[gnu::always_inline]] constexpr V silu_clamped(const V& x) noexcept {
    using T = element_t<V>;
    return at_least(at_most(x, V(silu_linear<T>)), V(silu_lowest<T>));
}

} // namespace detail

/// silu of the fast tier: x times the share for x.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_by_ratio(const V& x) noexcept {
    const V c = detail::silu_clamped(x);
    const auto e = exp_split_ratio(reduce_in_range(c));
    return detail::silu_of_ratio(x, c, e.numerator, e.sum());
}

/// The same from e = exp(-|x|), to the last bit.
template <lanes V>
[[gnu::always_inline]] constexpr V silu_by_ratio(const V& x, const exp_ratio<V>& e) noexcept {
    const V numerator = select(x > V(0), e.mirrored(), e.numerator);
    return detail::silu_of_ratio(x, detail::silu_clamped(x), numerator, e.sum());
}

/// The derivative of the fast tier, from t = silu_argument(x) and e = exp(t).
template <lanes V>
[[gnu::always_inline]] constexpr V silu_slope(const V& x, const V& t, const exp_ratio<V>& e) noexcept {
    constexpr auto u = unscale<element_t<V>>;
    // share / u and that times F are normal; the last product rounds what is subnormal.
    const V scaled_share = divided(e.numerator, madd(e.numerator, V(u), e.denominator));
    const V far = nmadd(scaled_share, t * V(u), V(1) + t);
    const V z = t - V(detail::silu_constants<element_t<V>>::zero);
    const V near = z + detail::silu_bend(z);
    const V left = (scaled_share * select(detail::near_silu_zero(t), near, far)) * V(u);
    return select(x < V(0), left, V(1) - left);
}

} // namespace actfn::inline ACTFN_ABI::math
