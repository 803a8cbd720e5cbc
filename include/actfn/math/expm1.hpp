// exp(z) - 1 of a non-positive number, from the parts of exp(z).
#pragma once

#include <actfn/math/exp.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// exp(z) - 1 = upper + lower, |lower| <= 0.15; near z = 0 upper is exactly what 1 + z kept of z, and lower the rest.
template <lanes V>
struct expm1_parts {
    V upper, lower;
};

template <lanes V>
[[gnu::always_inline]] constexpr expm1_parts<V> expm1_split(const exp_parts<V>& e) noexcept {
    const V power = power_of(e);
    const V upper = madd(e.upper, power, V(-1));
    const V rest = madd(e.upper, power, V(-1) - upper);  // what upper lost in rounding
    return {upper, madd(e.lower, power, rest)};
}

/// exp(z) - 1 to about 2 ULP, z <= 0.
template <lanes V>
[[gnu::always_inline]] constexpr V expm1_fast(const V& z) noexcept {
    const V down(unscale<element_t<V>>);
    const auto [rh, rl, scale] = reduce_range(z, V(0));
    const V r = rh + rl;
    const V p = madd(r * r, exp_tail<terms::enough>(r), r);
    return madd(p * scale, down, madd(scale, down, V(-1)));
}

}  // namespace actfn::math
