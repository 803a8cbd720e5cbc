// log(1 + exp(beta x)) / beta and its derivative, one body for softplus and for what evaluates as it.
#pragma once

#include <actfn/core/policy.hpp>
#include <actfn/math/log1p.hpp>
#include <actfn/math/logistic.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// exp(-|beta x|): its parts in the accurate tier, its value in the fast one. The accurate tier carries what
/// the product lost in rounding, as long as z is not so large that the residual itself overflows.
template <accuracy A, lanes V>
[[gnu::always_inline]] constexpr auto exp_scaled(const V& x, element_t<V> beta) noexcept {
    using T = element_t<V>;
    const V z = negative_abs(V(beta) * x);
    if constexpr (A == accuracy::fast) {
        return exp_fast(z);
    } else {
        const V dz = product_residual(V(beta), negative_abs(x), z);
        return exp_split(z, select(z > V(-1 / std::numeric_limits<T>::epsilon()), dz, V(0)));
    }
}

/// log(1 + exp(beta x)) / beta from e = exp_scaled(x, beta).
template <accuracy A, lanes V>
[[gnu::always_inline]] constexpr V softplus_value(const V& x, element_t<V> beta, const auto& e) noexcept {
    using T = element_t<V>;
    const V positive = select(x < V(0), V(0), x);
    if constexpr (A == accuracy::fast) {
        return madd(log1p_fast(e), V(1 / beta), positive);
    } else {
        // The logarithm's lower part goes into x, where at most half an ulp of the logarithm is lost of it,
        // at most a quarter of the sum's.
        const auto log = log1p_split(quotient_over<2>(e));
        const V factor = e.scale * V(2 * unscale<T> / beta);
        return madd(log.upper, factor, madd(log.lower, factor, positive));
    }
}

/// 1 / (1 + exp(-beta x)) from e = exp_scaled(x, beta).
template <accuracy A, lanes V>
[[gnu::always_inline]] constexpr V softplus_slope(const V& x, const auto& e) noexcept {
    if constexpr (A == accuracy::fast)
        return logistic_fast(e, x < V(0));
    else
        return logistic(quotient_over<1>(e), x < V(0));
}

} // namespace actfn::inline ACTFN_ABI::math
