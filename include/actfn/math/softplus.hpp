// log(1 + exp(beta x)) / beta and its derivative, one body for softplus and for what evaluates as it.
#pragma once

#include <actfn/core/policy.hpp>
#include <actfn/math/expm1.hpp>
#include <actfn/math/log1p.hpp>
#include <actfn/math/logistic.hpp>

namespace actfn::inline ACTFN_ABI::math {

/// exp(beta x) in parts, beta x up to 40. Float with fused multiply-add reduces the product as it is;
/// elsewhere what it lost in rounding is carried along, as long as z is not so large that the residual itself
/// overflows. (Double does that, too: with r rounded once it would err by .98 ULP at least.)
template <accuracy A, lanes V>
[[gnu::always_inline]] constexpr auto exp_scaled(const V& x, element_t<V> beta) noexcept {
    using T = element_t<V>;
    if constexpr (fused && sizeof(T) == sizeof(float)) {
        const auto z = reduce_range_of_product(x, beta);
        if constexpr (A == accuracy::fast)
            return exp_split_ratio(z);
        else
            return exp_split_ratio_closely(z);
    } else {
        const V z = V(beta) * x;
        const V residual = product_residual(V(beta), x, z);
        const V dz = select(z > V(-1 / std::numeric_limits<T>::epsilon()), residual, V(0));
        if constexpr (A == accuracy::fast)
            return exp_split_ratio(z, dz);
        else
            return exp_split_ratio_closely(z, dz);
    }
}

/// 1 / (1 + exp(-beta x)). The fast tier takes the share for x itself: nothing is left to select.
template <accuracy A, lanes V>
[[gnu::always_inline]] constexpr V logistic_scaled(const V& x, element_t<V> beta) noexcept {
    if constexpr (A == accuracy::fast)
        return exp_scaled<A>(at_most(x, V(logistic_one<element_t<V>> / beta)), beta).share();
    else
        return logistic_value(x, exp_scaled<A>(negative_abs(x), beta));
}

/// log(1 + exp(beta x)) / beta from e = exp(-|beta x|).
template <accuracy A, lanes V>
[[gnu::always_inline]] constexpr V softplus_value(const V& x, element_t<V> beta, const auto& e) noexcept {
    using T = element_t<V>;
    const V positive = at_least(x, V(0));
    const T inverse = 1 / beta;
    if constexpr (A == accuracy::fast) {
        return madd(log1p_fast(e), e.numerator * V(inverse), positive);
    } else {
        // 1 / beta = inverse (1 + rest). The logarithm's lower part goes into x, where at most half an ulp of
        // the logarithm is lost of it, at most a quarter of the sum's.
        const T rest = negated(product_residual(beta, inverse, T(1)));
        auto half = e;
        half.numerator = e.numerator * V(T(0.5));
        const auto log = log1p_split(quotient_of(half), V(rest));
        if constexpr (fused) {
            const V factor = e.numerator * V(inverse);
            return madd(log.upper, factor, madd(log.lower, factor, positive));
        } else {
            // 1 / beta first: where the result is subnormal, the parts of a residual would be rounded.
            const V upper = log.upper * V(inverse);
            const V lower = madd(log.lower, V(inverse), product_residual(log.upper, V(inverse), upper));
            return madd(upper, e.numerator, madd(lower, e.numerator, positive));
        }
    }
}

/// The derivative, 1 / (1 + exp(-beta x)), from y = softplus(x) >= 0: 1 - exp(-beta y).
template <accuracy A, lanes V>
[[gnu::always_inline]] constexpr V softplus_slope_from_output(const V& y, element_t<V> beta) noexcept {
    const V z = at_most(V(-beta) * y, V(0));
    const auto e = reduce_range<scaling::plain>(z);
    // V(0) less: never -0.
    if constexpr (A == accuracy::fast) {
        return V(0) - expm1_rounded(exp_fraction(e.high), e.scale);
    } else {
        const auto m = expm1_split(exp_split(e), e.scale);
        return V(0) - (m.upper + m.lower);
    }
}

} // namespace actfn::inline ACTFN_ABI::math
