// The mean of max(0, x + s eps), eps standard normal: Noisy ReLU with its noise averaged out.
#pragma once

#include <actfn/core/facts.hpp>
#include <actfn/math/exp.hpp>
#include <actfn/math/rectified_normal_constants.hpp>
#include <actfn/math/twofold.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

/// e (factor + rest) / unscale.
template <lanes V>
[[gnu::always_inline]] constexpr V times(const exp_parts<V>& e, const V& factor, const V& rest) noexcept {
    return madd(e.upper, factor, madd(e.upper, rest, e.lower * factor)) * e.scale;
}

} // namespace detail

/// What mean and slope of max(0, x + s eps) are made of: with a = |x| / s, phi(a) sqrt(2 pi) as parts, 1 / (a
/// + 3) = r (1 + dr) and q = (a - 3) / (a + 3); the deviation s (1 + ds), and its derivative by x.
template <lanes V>
struct rectified_normal {
    V x, s, ds, r, dr, q;
    twofold<V> s_slope;
    exp_parts<V> bell;
};

namespace detail {

/// x the input, size = |x| no larger than furthest s, inverse = 1 / s.
template <lanes V>
[[gnu::always_inline]] constexpr rectified_normal<V>
standardized(const V& x, const V& size, const twofold<V>& inverse, const V& s, const V& ds,
             const twofold<V>& s_slope) noexcept {
    // a + da = size / s; the exponent, up to 800, needs all of it.
    const V a = size * inverse.high;
    const V da = madd(size, inverse.low, product_residual(size, inverse.high, a));
    const V half = V(element_t<V>(-0.5)) * a;
    const V z = half * a;
    const V dz = nmadd(a, da, product_residual(half, a, z));
    const auto [sum, rest] = twofold_madd(size, inverse.high, V(3));
    const V r = divided(V(1), sum);
    const V dr = error_of_inverse(r, sum, madd(size, inverse.low, rest));
    return {x, s, ds, r, dr, nmadd(V(6), r, V(1)), s_slope, exp_split(z, dz)};
}

} // namespace detail

/// The bits that the formula loses to cancellation in its left tail, where 1 - a M(a) is a^-2.
inline constexpr int rectified_normal_cancelled_bits = 12;

/// x Phi(x / s) + s phi(x / s) as it stands, in any number type R that has exp, erfc and sqrt.
template <class R>
constexpr R rectified_normal_formula(const R& x, const R& s) {
    using std::exp, std::erfc, std::sqrt;
    const R t = x / s;
    const R two_pi = R(0x1.921fb54442d18p2) + R(0x1.1a62633145c07p-52);
    return x * erfc(-t / sqrt(R(2))) / R(2) + s * exp(-t * t / R(2)) / sqrt(two_pi);
}

/// The largest errors under the logistic variance: float of all 2^-30 <= |x| <= 20, double the largest of
/// some million random x and of those near the worst of them, against 113 bits. Most of it is the rounding of
/// the polynomials where q is near 1, in the tail.
inline constexpr error_claims rectified_normal_mean_error{{1.820, -0x1.67093ap+1},
                                                          {2.925, -0x1.3379f8p+0},
                                                          {3.535, -0x1.e9775a5bd2023p+1},
                                                          {3.225, -0x1.e94b82174f20fp+1}};
inline constexpr error_claims rectified_normal_mean_slope_error{{1.933, -0x1.0244b8p+1},
                                                                {2.902, -0x1.747ee8p+1},
                                                                {2.510, -0x1.e9775a5bd30ccp+1},
                                                                {3.145, -0x1.e94b93bc507d8p+1}};

/// The same for the constant deviation 1, and a bound for any between 2^-32 and 2^32.
inline constexpr error_claims rectified_normal_mean_constant_error{{1.685, -0x1.8f9ebp+3},
                                                                   {2.736, -0x1.614ccap+1},
                                                                   {3.050, -0x1.161013729a978p+5},
                                                                   {2.890, -0x1.1a03bb1608e4fp+5}};
inline constexpr error_claims rectified_normal_mean_slope_constant_error{{1.484, -0x1.e698cep-24},
                                                                         {2.316, -0x1.606ep-1},
                                                                         {1.495, -0x1.2bddba5d318bcp+5},
                                                                         {1.955, -0x1.2824738cf470fp+5}};
inline constexpr double other_sigma_ulp = 4;

/// For the logistic variance, s^2 = 1 / (1 + exp(-x)): Nair, Hinton 2010, Rectified linear units improve
/// restricted Boltzmann machines.
///
/// Whole line; the mean's limits are 0 and inf, the slope's 0 and 1; NaN stays. The exponent of the density
/// is -x^2 (1 + exp(-x)) / 2.
template <lanes V>
[[gnu::always_inline]] inline rectified_normal<V> logistic_rectified_normal(const V& x) noexcept {
    using T = element_t<V>;
    // From 12 on the value is x, and the slope 1, whatever is added.
    const V near = at_most(at_least(x, V(detail::rectified_normal_constants<T>::lowest)), V(12));
    const auto e = exp_twofold(negated(near));
    const V sum = V(1) + e.high;
    const V rest = (e.high - (sum - V(1))) + e.low; // sum - 1 is exact
    const V root = sqrt(sum);
    const V s = divided(V(1), root);
    const V droot = (rest - product_residual(root, root, sum)) * (V(T(0.5)) * s);
    const V ds = error_of_inverse(s, root, droot);
    // s' = s (1 - s^2) / 2, and what its roundings and that of s lost.
    const V half = V(T(0.5)) * s, above = nmadd(s, s, V(1)), slope = half * above;
    const V lost = madd(half, nmadd(s, s, V(1) - above), product_residual(half, above, slope));
    const V slope_rest = madd(ds, nmadd(s * s, s, slope), lost);
    return detail::standardized(x, abs(near), {root, droot}, s, ds, {slope, slope_rest});
}

/// For a constant deviation sigma between 2^-32 and 2^32; limits as above.
template <lanes V>
[[gnu::always_inline]] constexpr rectified_normal<V> constant_rectified_normal(const V& x,
                                                                               element_t<V> sigma) noexcept {
    using T = element_t<V>;
    const V size = at_most(abs(x), V(sigma * detail::rectified_normal_constants<T>::furthest));
    const T inverse = 1 / sigma;
    const T rest = -product_residual(inverse, sigma, T(1)) * inverse;
    return detail::standardized(x, size, {V(inverse), V(rest)}, V(sigma), V(0), {V(0), V(0)});
}

/// E max(0, x + s eps) = x Phi(x / s) + s phi(x / s) = max(x, 0) + s phi(a) (1 - a M(a)).
template <lanes V>
[[gnu::always_inline]] constexpr V rectified_normal_mean(const rectified_normal<V>& p) noexcept {
    using T = element_t<V>;
    using C = detail::rectified_normal_constants<T>;
    // s (1 - a M) / sqrt(2 pi) = (s r) (r gap).
    const V sr = p.s * p.r;
    const auto [high, low] = twofold_polynomial(p.q, C::gap, C::gap_rest);
    const V rg = p.r * high;
    const V gap = sr * rg;
    const V lost = madd(sr, madd(p.r, low, product_residual(p.r, high, rg)),
                        madd(rg, product_residual(p.s, p.r, sr), product_residual(sr, rg, gap)));
    // An error of r counts (a + 3) (M - a (1 - a M)) / (1 - a M) times, which is 2 + 6.3 r to 10 %.
    const V rest = madd(gap, madd(madd(V(T(6.3)), p.r, V(2)), p.dr, p.ds), lost);
    return madd(detail::times(p.bell, gap, rest), V(unscale<T>), select(p.x < V(0), V(0), p.x));
}

/// Its derivative Phi(x / s) + s' phi(x / s), Phi(x / s) = phi(a) M(a) for x < 0 and 1 less that otherwise.
template <lanes V>
[[gnu::always_inline]] constexpr V rectified_normal_mean_slope(const rectified_normal<V>& p) noexcept {
    using T = element_t<V>;
    using C = detail::rectified_normal_constants<T>;
    const mask_t<V> negative = p.x < V(0);
    const auto [high, low] = twofold_polynomial(p.q, C::mills, C::mills_rest);
    const V mills = p.r * high;
    // As above, (a + 3) (1 - a M) / M = 1 + 4.3 r.
    const V rest =
        madd(mills * madd(V(T(4.3)), p.r, V(1)), p.dr, madd(p.r, low, product_residual(p.r, high, mills)));
    const V factor = madd(p.s_slope.high, V(C::density), select(negative, mills, negated(mills)));
    const V factor_rest = madd(p.s_slope.low, V(C::density), select(negative, rest, negated(rest)));
    return madd(detail::times(p.bell, factor, factor_rest), V(unscale<T>), select(negative, V(0), V(1)));
}

} // namespace actfn::inline ACTFN_ABI::math
