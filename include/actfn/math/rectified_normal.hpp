// The mean of max(0, x + s eps), eps standard normal: Noisy ReLU with its noise averaged out.
#pragma once

#include <actfn/core/facts.hpp>
#include <actfn/math/exp.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

// Phi(-a) = phi(a) M(a) with Mills' ratio M. On 0 <= a <= furthest, q = (a - 3) / (a + 3), relative error by
// fpminimax in tests/derivations/rectified_normal.sollya, q^0 first:
//     gap(q) = (1 - a M(a)) (a + 3)^2 / sqrt(2 pi), approximated directly, for 1 - a M(a) ~ a^-2 loses its
//     digits as a difference; mills(q) = M(a) (a + 3) / sqrt(2 pi).
// furthest is where phi(a), times 2^32 for a deviation that large, has long rounded to 0; lowest is an x
// where a has nearly come there under the logistic variance, and the mean rounded to 0.
template <class T>
struct rectified_normal_constants;

template <>
struct rectified_normal_constants<float> {
    static constexpr float furthest = 16;
    static constexpr float lowest = -3.15f; // a = 15.5
    // Errors 2^-25.9 and 2^-25.3.
    static constexpr float gap_rest = -0x1.d3fb98p-26f;
    static constexpr std::array<float, 11> gap{
        0x1.3d08dp0f,   -0x1.7a8c0cp0f, 0x1.a9e7p-1f,    -0x1.2d768p-3f,  -0x1.64f8f6p-4f, 0x1.240f2cp-5f,
        0x1.d6d146p-7f, -0x1.9a4dbp-8f, -0x1.b35568p-9f, 0x1.7f8a5ep-11f, 0x1.2228d8p-11f};
    static constexpr float mills_rest = -0x1.731864p-26f;
    static constexpr std::array<float, 10> mills{
        0x1.754a76p-1f, -0x1.04c73p-1f,  0x1.d7136p-3f,    -0x1.8322d6p-5f,  -0x1.56ba2ap-7f,
        0x1.c6955p-8f,  0x1.0777f2p-10f, -0x1.f1f2b8p-11f, -0x1.8d7ed4p-13f, 0x1.fe54d4p-15f};
};

template <>
struct rectified_normal_constants<double> {
    static constexpr double furthest = 40;
    static constexpr double lowest = -4.4; // a = 39.96
    // Errors 2^-56.1 and 2^-55.7.
    static constexpr double gap_rest = 0x1.1bfca9fa99d7cp-55;
    static constexpr std::array<double, 27> gap{
        0x1.3d08cf3a4ff3ep0,    -0x1.7a8c0b4bde253p0,   0x1.a9e739b88b137p-1,   -0x1.2d778673986a7p-3,
        -0x1.65142c36bc65fp-4,  0x1.2435c6cd2a096p-5,   0x1.db97ce25ce1aap-7,   -0x1.9dcbca2260c4dp-8,
        -0x1.e4ccbcf0f0378p-9,  0x1.8c44c3d185e91p-11,  0x1.09759e3f2f6b3p-10,  0x1.7684deb666791p-14,
        -0x1.d427f15200e43p-13, -0x1.a3efc9526cb9fp-14, 0x1.5c829073561f2p-16,  0x1.2c142b1f60117p-15,
        0x1.548771d94456dp-17,  -0x1.6c80ffb43a66ap-18, -0x1.87412a38690a9p-18, -0x1.7c8e8d6d0f991p-20,
        0x1.4859c30ebc88p-20,   0x1.2e098130cb4c9p-20,  0x1.3eed06edaf4adp-24,  -0x1.4d1598ad9f3a6p-22,
        -0x1.b1baf56707c7cp-24, 0x1.310c2978027dep-25,  0x1.2b0cd5f343cbdp-26};
    static constexpr double mills_rest = -0x1.9c3d6f5223058p-55;
    static constexpr std::array<double, 25> mills{
        0x1.754a751a56f4ap-1,   -0x1.04c7295a48f35p-1,  0x1.d71387c654cdfp-3,   -0x1.832dbf6991909p-5,
        -0x1.56d8e3d80000cp-7,  0x1.c8f52c316611ep-8,   0x1.0d608c959fb16p-10,  -0x1.12285ec9b7e71p-10,
        -0x1.0d09eb7aff5bbp-12, 0x1.43c9db49519a4p-13,  0x1.4a9075a4ea01fp-14,  -0x1.bc72a4372e6edp-17,
        -0x1.5b1b528f44db2p-16, -0x1.d86311ca1bf71p-19, 0x1.e89b064ddad51p-19,  0x1.2f8452085869fp-19,
        0x1.c3e06215c3c3bp-28,  -0x1.42da3c25c43p-21,   -0x1.223c1e637787p-22,  0x1.ba0b2c4db20c3p-25,
        0x1.8ad6a63837fe4p-24,  0x1.4b57e5ca5d8ccp-26,  -0x1.8b5c4d7928e05p-27, -0x1.72162164a9b88p-28,
        -0x1.aace3b8b0d9b7p-32};
};

/// A number as a rounded one and the rest.
template <lanes V>
struct twofold {
    V high, low;
};

/// a b + c and what its rounding lost, for c a multiple of the last place of the result: |c| >= |a b|, or c
/// an integer.
template <lanes V>
[[gnu::always_inline]] constexpr twofold<V> twofold_madd(const V& a, const V& b, const V& c) noexcept {
    const V high = madd(a, b, c);
    if constexpr (fused) {
        return {high, madd(a, b, c - high)};
    } else {
        const V p = a * b;
        return {high, ((c - high) + p) + product_residual(a, b, p)};
    }
}

/// exp(z), |z| <= 16, to about 2^-32 (float) and 2^-63 (double): Horner's rule with its last four sums
/// twofold. reduce_range serves z > 0 as well while 2^n / unscale stays finite.
template <lanes V>
[[gnu::always_inline]] constexpr twofold<V> exp_twofold(const V& z) noexcept {
    using T = element_t<V>;
    constexpr auto c = exp_constants<T>::long_tail;
    const auto [rh, rl, scale] = reduce_range(z, V(0));
    const V r = rh + rl;
    const V dr = (rh - r) + rl;
    V tail(c[c.size() - 1]);
    for (std::size_t k = c.size() - 1; k-- > 2;) tail = madd(tail, r, V(c[k]));
    twofold<V> sum{tail, V(0)};
    for (const T next : {c[1], c[0], T(1), T(1)}) {
        const auto [high, low] = twofold_madd(sum.high, r, V(next));
        sum = {high, madd(sum.low, r, madd(sum.high, dr, low))};
    }
    const V power = scale * V(unscale<T>);
    return {sum.high * power, sum.low * power};
}

/// c[0] + rest + c[1] q + ..., its last sum twofold.
template <lanes V, std::size_t N>
[[gnu::always_inline]] constexpr twofold<V>
twofold_polynomial(const V& q, const std::array<element_t<V>, N>& c, element_t<V> rest) noexcept {
    V sum(c[N - 1]);
    for (std::size_t k = N - 1; k-- > 1;) sum = madd(sum, q, V(c[k]));
    const auto [high, low] = twofold_madd(sum, q, V(c[0]));
    return {high, low + V(rest)};
}

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
    V x, s, ds, s_slope, r, dr, q;
    exp_parts<V> bell;
};

namespace detail {

/// x the input, size = |x| no larger than furthest s, inverse = 1 / s.
template <lanes V>
[[gnu::always_inline]] constexpr rectified_normal<V> standardized(const V& x, const V& size,
                                                                  const twofold<V>& inverse, const V& s,
                                                                  const V& ds, const V& s_slope) noexcept {
    // a + da = size / s; the exponent, up to 800, needs all of it.
    const V a = size * inverse.high;
    const V da = madd(size, inverse.low, product_residual(size, inverse.high, a));
    const V half = V(element_t<V>(-0.5)) * a;
    const V z = half * a;
    const V dz = nmadd(a, da, product_residual(half, a, z));
    const auto [sum, rest] = twofold_madd(size, inverse.high, V(3));
    const V r = V(1) / sum;
    const V dr = nmadd(madd(size, inverse.low, rest), r, negated(product_residual(sum, r, V(1))));
    return {x, s, ds, s_slope, r, dr, nmadd(V(6), r, V(1)), exp_split(z, dz)};
}

} // namespace detail

/// The largest errors under the logistic variance: float of all |x| >= 2^-30, double the largest of 200000
/// random x < 0 and 25000 x > 0, against MPFR. Most of it is the polynomials' own rounding where q is near 1,
/// in the tail.
inline constexpr error_claims rectified_normal_mean_error{.fused_float = {2.545, -0x1.6ad99ep+1},
                                                          .plain_float = {3.104, -0x1.281ce6p-4},
                                                          .fused_double = {3.005, -0x1.08395887a8d92p+2},
                                                          .plain_double = {2.905, -0x1.10caee19a647cp+2}};
inline constexpr error_claims rectified_normal_mean_slope_error{
    .fused_float = {2.793, -0x1.7282cp+1},
    .plain_float = {3.429, -0x1.728f1ap+1},
    .fused_double = {2.823, -0x1.04787cec44686p+2},
    .plain_double = {3.259, -0x1.de7a94e83631ep+1}};

/// The same for the constant deviation 1, and a bound for any between 2^-32 and 2^32.
inline constexpr error_claims rectified_normal_mean_constant_error{
    .fused_float = {2.468, -0x1.6e8158p+3},
    .plain_float = {3.237, 0x1.130a42p-8},
    .fused_double = {3.386, -0x1.23befe01f0e3cp+5},
    .plain_double = {2.925, -0x1.fb7d6a077b223p+4}};
inline constexpr error_claims rectified_normal_mean_slope_constant_error{
    .fused_float = {1.582, -0x1.3e7162p+3},
    .plain_float = {2.635, -0x1.128982p-8},
    .fused_double = {1.415, -0x1.128ca1bd43261p+5},
    .plain_double = {2.339, -0x1.cefa7ee241bd7p-16}};
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
    const auto e = detail::exp_twofold(negated(near));
    const V sum = V(1) + e.high;
    const V rest = (e.high - (sum - V(1))) + e.low; // sum - 1 is exact
    const V root = sqrt(sum);
    const V s = V(1) / root;
    const V droot = (rest - product_residual(root, root, sum)) * (V(T(0.5)) * s);
    const V ds = nmadd(droot, s, negated(product_residual(root, s, V(1))));
    // s' = s (1 - s^2) / 2
    return detail::standardized(x, abs(near), {root, droot}, s, ds, V(T(0.5)) * s * nmadd(s, s, V(1)));
}

/// For a constant deviation sigma between 2^-32 and 2^32; limits as above.
template <lanes V>
[[gnu::always_inline]] constexpr rectified_normal<V> constant_rectified_normal(const V& x,
                                                                               element_t<V> sigma) noexcept {
    using T = element_t<V>;
    const V size = at_most(abs(x), V(sigma * detail::rectified_normal_constants<T>::furthest));
    const T inverse = 1 / sigma;
    const T rest = -product_residual(inverse, sigma, T(1)) * inverse;
    return detail::standardized(x, size, {V(inverse), V(rest)}, V(sigma), V(0), V(0));
}

/// E max(0, x + s eps) = x Phi(x / s) + s phi(x / s) = max(x, 0) + s phi(a) (1 - a M(a)).
template <lanes V>
[[gnu::always_inline]] constexpr V rectified_normal_mean(const rectified_normal<V>& p) noexcept {
    using T = element_t<V>;
    using C = detail::rectified_normal_constants<T>;
    // s (1 - a M) / sqrt(2 pi) = (s r) (r gap).
    const V sr = p.s * p.r;
    const auto [high, low] = detail::twofold_polynomial(p.q, C::gap, C::gap_rest);
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
    const auto [high, low] = detail::twofold_polynomial(p.q, C::mills, C::mills_rest);
    const V mills = p.r * high;
    // As above, (a + 3) (1 - a M) / M = 1 + 4.3 r.
    const V rest =
        madd(mills * madd(V(T(4.3)), p.r, V(1)), p.dr, madd(p.r, low, product_residual(p.r, high, mills)));
    const V factor = madd(p.s_slope, V(T(0x1.9884533d43651p-2)),
                          select(negative, mills, negated(mills))); // 1 / sqrt(2 pi) = 0.3989
    return madd(detail::times(p.bell, factor, select(negative, rest, negated(rest))), V(unscale<T>),
                select(negative, V(0), V(1)));
}

template <lanes V>
[[gnu::always_inline]] inline V rectified_normal_mean(const V& x) noexcept {
    return rectified_normal_mean(logistic_rectified_normal(x));
}

template <lanes V>
[[gnu::always_inline]] inline V rectified_normal_mean_slope(const V& x) noexcept {
    return rectified_normal_mean_slope(logistic_rectified_normal(x));
}

template <lanes V>
[[gnu::always_inline]] constexpr V rectified_normal_mean(const V& x, element_t<V> sigma) noexcept {
    return rectified_normal_mean(constant_rectified_normal(x, sigma));
}

template <lanes V>
[[gnu::always_inline]] constexpr V rectified_normal_mean_slope(const V& x, element_t<V> sigma) noexcept {
    return rectified_normal_mean_slope(constant_rectified_normal(x, sigma));
}

} // namespace actfn::inline ACTFN_ABI::math
