// A number drawn between two bounds.
#pragma once

#include <actfn/core/lane_ops.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// lower + u (upper - lower) for u in (0, 1), kept below upper where the sum would round to it; the same bits
/// with and without FMA. upper > 0.
template <lanes V, class T = element_t<V>>
[[gnu::always_inline]] constexpr V uniform_between(T lower, T upper, const V& u) noexcept {
    using actfn::detail::bits_of;
    const T last = lower < upper ? std::bit_cast<T>(std::bit_cast<bits_of<T>>(upper) - 1) : lower;
    return at_most(rounded(u * V(upper - lower)) + V(lower), V(last));
}

} // namespace actfn::inline ACTFN_ABI::math
