// The mean of max(0, x + s eps), eps standard normal: Noisy ReLU with its noise averaged out.
#pragma once

#include <actfn/math/exp.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

// Phi(-a) = phi(a) M(a) with Mills' ratio M. On 0 <= a <= furthest, q = (a - 3) / (a + 3), relative error by fpminimax in
// tests/derivations/rectified_normal.sollya, q^0 first:
//     gap(q) = (1 - a M(a)) (a + 3)^2 / sqrt(2 pi), approximated directly, for 1 - a M(a) ~ a^-2 loses its digits as a difference;
//     mills(q) = M(a) (a + 3) / sqrt(2 pi).
// furthest is where phi(a), times 2^32 for a deviation that large, has long rounded to 0; lowest is an x where a has nearly come there under
// the logistic variance, and the mean rounded to 0.
template <class T>
struct rectified_normal_constants;

template <>
struct rectified_normal_constants<float> {
    static constexpr float furthest = 16;
    static constexpr float lowest = -3.15f;  // a = 15.5
    // Errors 2^-24.7 and 2^-24.4, nearly all of it from rounding the first coefficient.
    static constexpr std::array<float, 11> gap{0x1.3d08dp0f,    -0x1.7a8c0cp0f, 0x1.a9e6e8p-1f, -0x1.2d7666p-3f,
                                               -0x1.64f3b6p-4f, 0x1.240cbep-5f, 0x1.d65cd8p-7f, -0x1.9a3338p-8f,
                                               -0x1.b13bc6p-9f, 0x1.7f85aap-11f, 0x1.1f11dap-11f};
    static constexpr std::array<float, 10> mills{0x1.754a76p-1f, -0x1.04c73p-1f, 0x1.d71318p-3f,   -0x1.8323p-5f,    -0x1.569be8p-7f,
                                                 0x1.c6aa2ap-8f, 0x1.051264p-10f, -0x1.f488eep-11f, -0x1.7cf3dcp-13f, 0x1.16b222p-14f};
};

template <>
struct rectified_normal_constants<double> {
    static constexpr double furthest = 40;
    static constexpr double lowest = -4.4;  // a = 39.96
    // Errors 2^-55.3 and 2^-53.9.
    static constexpr std::array<double, 27> gap{
        0x1.3d08cf3a4ff3ep0,    -0x1.7a8c0b4bde253p0,   0x1.a9e739b88b15cp-1,   -0x1.2d778673986f7p-3,  -0x1.65142c36bf408p-4,
        0x1.2435c6cd2e181p-5,   0x1.db97ce2770829p-7,   -0x1.9dcbca24dba69p-8,  -0x1.e4ccbd34572dp-9,   0x1.8c44c49bd3d1ep-11,
        0x1.0975a1a249029p-10,  0x1.7684b835474cep-14,  -0x1.d42864d8bee37p-13, -0x1.a3ef33164d4f3p-14, 0x1.5c8d2107d2993p-16,
        0x1.2c1120da4fe68p-15,  0x1.545c4c64ef97fp-17,  -0x1.6c56b17caba7cp-18, -0x1.86c6351d82bb5p-18, -0x1.7d5201ecc0e9ap-20,
        0x1.4679e15a40577p-20,  0x1.2e9943ecf7536p-20,  0x1.520af463035a2p-24,  -0x1.4e09567238d05p-22, -0x1.b8e7d8cfd2758p-24,
        0x1.32769489e1bc7p-25,  0x1.2fdcc461321dbp-26};
    static constexpr std::array<double, 25> mills{
        0x1.754a751a56f4ap-1,   -0x1.04c7295a48f35p-1,  0x1.d71387c654c26p-3,   -0x1.832dbf69917ecp-5,  -0x1.56d8e3d7e79bfp-7,
        0x1.c8f52c314e04ap-8,   0x1.0d608c89be5ebp-10,  -0x1.12285ec3a84f6p-10, -0x1.0d09e9dd57de5p-12, 0x1.43c9d9b6d0d8cp-13,
        0x1.4a9052e90260ap-14,  -0x1.bc7229a8318bep-17, -0x1.5b196b1ab9a18p-16, -0x1.d868e7344c83ap-19, 0x1.e8771f1981951p-19,
        0x1.2f8fb956666adp-19,  0x1.1b328f031b28bp-27,  -0x1.43133a3a0f341p-21, -0x1.242345862d1a3p-22, 0x1.bcc79c2aa7271p-25,
        0x1.8fffd154b01f1p-24,  0x1.4901ce75aad4dp-26,  -0x1.9b7492db29481p-27, -0x1.70688b076cc73p-28, -0x1.5358870dda82dp-32};
};

/// A number as a rounded one and the rest.
template <lanes V>
struct twofold {
    V high, low;
};

/// a b + c and what its rounding lost, for c a multiple of the last place of the result: |c| >= |a b|, or c an integer.
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

/// exp(z), |z| <= 16, to about 2^-32 (float) and 2^-63 (double): Horner's rule with its last four sums twofold. reduce_range serves
/// z > 0 as well while 2^n / unscale stays finite.
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

}  // namespace detail

/// What mean and slope of max(0, x + s eps) are made of: with a = |x| / s, phi(a) sqrt(2 pi) as parts, 1 / (a + 3) = r (1 + dr) and
/// q = (a - 3) / (a + 3); the deviation s (1 + ds), and its derivative by x.
template <lanes V>
struct rectified_normal {
    V x, s, ds, s_slope, r, dr, q;
    exp_parts<V> bell;
};

namespace detail {

/// x the input, size = |x| no larger than furthest s, inverse = 1 / s.
template <lanes V>
[[gnu::always_inline]] constexpr rectified_normal<V> standardized(const V& x, const V& size, const twofold<V>& inverse, const V& s, const V& ds,
                                                                  const V& s_slope) noexcept {
    // a + da = size / s; the exponent, up to 800, needs all of it.
    const V a = size * inverse.high;
    const V da = madd(size, inverse.low, product_residual(size, inverse.high, a));
    const V half = V(element_t<V>(-0.5)) * a;
    const V z = half * a;
    const V dz = nmadd(a, da, product_residual(half, a, z));
    const auto [sum, rest] = twofold_madd(size, inverse.high, V(3));
    const V r = V(1) / sum;
    const V dr = nmadd(madd(size, inverse.low, rest), r, -product_residual(sum, r, V(1)));
    return {x, s, ds, s_slope, r, dr, nmadd(V(6), r, V(1)), exp_split(z, dz)};
}

}  // namespace detail

/// For the logistic variance, s^2 = 1 / (1 + exp(-x)): Nair and Hinton 2010.
///
/// 1/s is sqrt(1 + exp(-x)), a = |x| / s.
template <lanes V>
[[gnu::always_inline]] inline rectified_normal<V> logistic_rectified_normal(const V& x) noexcept {
    using T = element_t<V>;
    // From 12 on the value is x, and the slope 1, whatever is added.
    const V near = at_most(at_least(x, V(detail::rectified_normal_constants<T>::lowest)), V(12));
    const auto e = detail::exp_twofold(-near);
    const V sum = V(1) + e.high;
    const V rest = (e.high - (sum - V(1))) + e.low;  // sum - 1 is exact
    const V root = sqrt(sum);
    const V s = V(1) / root;
    const V droot = (rest - product_residual(root, root, sum)) * (V(T(0.5)) * s);
    const V ds = nmadd(droot, s, -product_residual(root, s, V(1)));
    // s' = s (1 - s^2) / 2
    return detail::standardized(x, abs(near), {root, droot}, s, ds, V(T(0.5)) * s * nmadd(s, s, V(1)));
}

/// For a constant deviation sigma between 2^-32 and 2^32.
template <lanes V>
[[gnu::always_inline]] constexpr rectified_normal<V> constant_rectified_normal(const V& x, element_t<V> sigma) noexcept {
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
    const V gap = p.s * p.r * (p.r * polynomial(p.q, detail::rectified_normal_constants<T>::gap));
    // An error of r counts (a + 3) (M - a (1 - a M)) / (1 - a M) times, which is 2 + 6.3 r to 10 %.
    const V correction = madd(madd(V(T(6.3)), p.r, V(2)), p.dr, p.ds);
    const V part = madd(p.bell.upper, gap, gap * madd(p.bell.upper, correction, p.bell.lower)) * p.bell.scale;
    return madd(part, V(unscale<T>), select(p.x < V(0), V(0), p.x));
}

/// Its derivative Phi(x / s) + s' phi(x / s), Phi(x / s) = phi(a) M(a) for x < 0 and 1 less that otherwise.
template <lanes V>
[[gnu::always_inline]] constexpr V rectified_normal_mean_slope(const rectified_normal<V>& p) noexcept {
    using T = element_t<V>;
    const mask_t<V> negative = p.x < V(0);
    const V mills = p.r * polynomial(p.q, detail::rectified_normal_constants<T>::mills);
    const V side = select(negative, mills, -mills);
    const V factor = madd(p.s_slope, V(T(0x1.988453365ded2p-2)), side);  // 1 / sqrt(2 pi) = 0.3989
    // As above, (a + 3) (1 - a M) / M = 1 + 4.3 r.
    const V correction = side * (madd(V(T(4.3)), p.r, V(1)) * p.dr);
    const V part = madd(p.bell.upper, factor, madd(p.bell.upper, correction, p.bell.lower * factor)) * p.bell.scale;
    return madd(part, V(unscale<T>), select(negative, V(0), V(1)));
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

}  // namespace actfn::math
