// Numbers of twice the working precision, as far as they are needed here.
#pragma once

#include <actfn/math/exp.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// A number as a rounded one and the rest.
template <lanes V>
struct twofold {
    V high, low;
};

/// a b + c and what its rounding lost, where the result is at least half as large as c, and c a multiple of
/// its last place: then c less the result is exact.
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
    constexpr auto c = detail::exp_constants<T>::long_tail;
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

/// c[0] + rest + c[1] q + ..., its last two sums twofold.
template <lanes V, std::size_t N>
[[gnu::always_inline]] constexpr twofold<V>
twofold_polynomial(const V& q, const std::array<element_t<V>, N>& c, element_t<V> rest) noexcept {
    V sum(c[N - 1]);
    for (std::size_t k = N - 1; k-- > 2;) sum = madd(sum, q, V(c[k]));
    const auto [slope, slope_low] = twofold_madd(sum, q, V(c[1]));
    const auto [high, low] = twofold_madd(slope, q, V(c[0]));
    return {high, madd(slope_low, q, low + V(rest))};
}

} // namespace actfn::inline ACTFN_ABI::math
