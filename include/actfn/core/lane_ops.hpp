// What kernels are written in: the primitives for every kind of lanes, and what is composed of them.
#pragma once

#include <actfn/core/pack_ops.hpp>

namespace actfn::inline ACTFN_ABI {

/// c - a b, rounded as madd.
template <lanes V>
[[gnu::always_inline]] constexpr V nmadd(const V& a, const V& b, const V& c) noexcept {
    return madd(negated(a), b, c);
}

/// a b - p for p close to a b: exact with FMA; without, the product is split into four exact ones (Dekker
/// 1971).
template <lanes V>
[[gnu::always_inline]] constexpr V product_residual(const V& a, const V& b, const V& p) noexcept {
    if constexpr (fused) {
        return madd(a, b, negated(p));
    } else {
        const V a1 = truncated(a), a0 = a - a1;
        const V b1 = truncated(b), b0 = b - b1;
        return ((a1 * b1 - p) + (a1 * b0 + a0 * b1)) + a0 * b0;
    }
}

/// a b + c with the product not rounded: madd with FMA; without, the product's residual is added to c first.
template <lanes V>
[[gnu::always_inline]] constexpr V exact_madd(const V& a, const V& b, const V& c) noexcept {
    if constexpr (fused) {
        return madd(a, b, c);
    } else {
        const V p = a * b;
        return p + (product_residual(a, b, p) + c);
    }
}

} // namespace actfn::inline ACTFN_ABI
