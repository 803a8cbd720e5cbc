// The two-piece linear functions that the ReLU family shares.
#pragma once

#include <actfn/core/lane_ops.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/core/policy.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// max(x, 0): never -0; NaN stays.
template <lanes V>
[[gnu::always_inline]] constexpr V positive_part(const V& x) noexcept {
    return at_least(x, V(0)) + V(0);
}

/// x for x > 0, slope x elsewhere; NaN stays, -0 stays for slope >= 0.
template <lanes V>
[[gnu::always_inline]] constexpr V rectify(const V& x, const V& slope) noexcept {
    return by_sign<piece::other, piece::x>(x, slope * x);
}

/// left for x < 0, 1 for x > 0, at 0 as K says; NaN stays.
template <at_kink K, lanes V>
[[gnu::always_inline]] constexpr V step(const V& x, const V& left) noexcept {
    using T = element_t<V>;
    if constexpr (K == at_kink::left)
        return by_sign<piece::other, piece::one>(x, left);
    else if constexpr (K == at_kink::right)
        return by_sign<piece::one, piece::one>(x, left);
    else
        return select(x == V(0), (left + V(1)) * V(T(0.5)), by_sign<piece::one, piece::one>(x, left));
}

/// The sign of y = rectify(x, slope) tells that of x for slope > 0; for slope = 0 only that x <= 0, enough
/// under the left convention.
template <at_kink K, std::floating_point T>
constexpr void require_output_tells(const char* function, T slope) {
    constexpr bool zero_too = K == at_kink::left;
    require(is_finite(slope) && (slope > 0 || (zero_too && slope == 0)), function, "slope",
            zero_too ? "finite and at least 0 for derivative_from_output"
                     : "finite and greater than 0 for derivative_from_output at this kink",
            slope);
}

} // namespace actfn::inline ACTFN_ABI::math
