// Halves as bits: signed numbers that grow from -0 to -inf, the negative NaN, +0, +inf, the positive NaN.
// What functions use that compute nothing, whose results are their inputs or constants.
#pragma once

#include <actfn/core/abi.hpp>

#include <xsimd/xsimd.hpp>

#include <cstdint>
#include <limits>

namespace actfn::inline ACTFN_ABI::math {

/// The sign of a half, and all bits but it, which are a NaN too.
inline constexpr std::int16_t half_sign = std::numeric_limits<std::int16_t>::min();
inline constexpr std::int16_t half_magnitude = std::numeric_limits<std::int16_t>::max();

/// The bits of 1 in the format whose infinity is inf: the exponent without its highest bit.
constexpr std::int16_t half_one(std::int16_t inf) noexcept {
    return static_cast<std::int16_t>(inf >> 1 & inf);
}

/// |x| > bound: a NaN, for bound = inf.
template <class I>
[[gnu::always_inline]] inline auto half_beyond(const I& x, const I& bound) noexcept {
    return (x & I(half_magnitude)) > bound;
}

/// dy times a slope: NaN where nan, dy where the slope is 1, else dy 0, which keeps the sign of dy.
template <class I, class Mask>
[[gnu::always_inline]] inline I half_product(const I& dy, const Mask& nan, const Mask& one) noexcept {
    return xsimd::select(nan, I(half_magnitude), xsimd::select(one, dy, dy & I(half_sign)));
}

} // namespace actfn::inline ACTFN_ABI::math
