// exp(z) - 1 of a non-positive number, from the parts of exp(z).
#pragma once

#include <actfn/math/exp.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// exp(z) - 1 = upper + lower, |lower| <= 0.15; near z = 0 upper is exactly what 1 + z kept of z, and lower
/// the rest.
template <lanes V>
struct expm1_parts {
    V upper, lower;
};

/// From the parts of exp(z) and power = 2^n.
template <lanes V>
[[gnu::always_inline]] constexpr expm1_parts<V> expm1_split(const exp_parts<V>& e, const V& power) noexcept {
    const V upper = madd(e.upper, power, V(-1));
    const V rest = madd(e.upper, power, V(-1) - upper); // what upper lost in rounding
    return {upper, madd(e.lower, power, rest)};
}

/// exp(z) - 1 to about 1 ULP, z <= 0, from the fraction of exp(z) and power = 2^n.
template <lanes V>
[[gnu::always_inline]] constexpr V expm1_rounded(const V& fraction, const V& power) noexcept {
    return madd(fraction, power, power - V(1));
}

} // namespace actfn::inline ACTFN_ABI::math
