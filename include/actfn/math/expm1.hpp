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

template <lanes V>
[[gnu::always_inline]] constexpr expm1_parts<V> expm1_split(const exp_parts<V>& e) noexcept {
    const V power = power_of(e.scale);
    const V upper = madd(e.upper, power, V(-1));
    const V rest = madd(e.upper, power, V(-1) - upper); // what upper lost in rounding
    return {upper, madd(e.lower, power, rest)};
}

/// exp(z) - 1 to about 1 ULP, z <= 0.
template <lanes V>
[[gnu::always_inline]] constexpr V expm1_rounded(const exp_fraction<V>& e) noexcept {
    const V power = power_of(e.scale);
    return madd(e.fraction, power, power - V(1));
}

/// The same from the accurate parts.
template <lanes V>
[[gnu::always_inline]] constexpr V expm1_rounded(const exp_parts<V>& e) noexcept {
    const auto m = expm1_split(e);
    return m.upper + m.lower;
}

} // namespace actfn::inline ACTFN_ABI::math
