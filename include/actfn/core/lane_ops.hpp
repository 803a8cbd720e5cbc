// What kernels are written in: the primitives for every kind of lanes, and what is composed of them.
#pragma once

#include <actfn/core/pack_ops.hpp>

namespace actfn::inline ACTFN_ABI {

/// What by_sign can choose.
enum class piece { x, other, one };

namespace detail {

/// The table of by_sign for fixup.
template <piece AtZero, piece Above>
constexpr std::int32_t fixup_table() noexcept {
    constexpr auto code = [](piece p) { return p == piece::x ? 0x1u : p == piece::one ? 0xau : 0x0u; };
    constexpr std::uint32_t nan = 0x2, zero = code(AtZero), above = code(Above), below = code(piece::other);
    // Quiet NaN, signalling NaN, zero, one, -inf, inf, negative, positive.
    return static_cast<std::int32_t>(nan | nan << 4 | zero << 8 | above << 12 | below << 16 | above << 20 |
                                     below << 24 | above << 28);
}

} // namespace detail

/// other for x < 0, AtZero for a zero, Above for x > 0; NaN stays.
template <piece AtZero, piece Above, lanes V>
[[gnu::always_inline]] constexpr V by_sign(const V& x, const V& other) noexcept {
    static_assert(Above != piece::other && (AtZero == piece::other || AtZero == Above));
    constexpr bool zero_too = AtZero != piece::other;
    if constexpr (detail::is_pack<V>)
        return detail::each([](const auto& r, const auto& o)
                                __attribute__((always_inline)) { return by_sign<AtZero, Above>(r, o); },
                            x, other);
    else if constexpr (detail::has_fixup<V>)
        return detail::fixup(other, x, detail::fixup_table<AtZero, Above>());
    else if constexpr (Above == piece::x)
        return select(x <= V(0), other, x);
    else if constexpr (detail::masks_are_bits<V>)
        return detail::one_or_nan<zero_too>(x, other);
    else if constexpr (zero_too)
        return select(x >= V(0), V(1), select(x < V(0), other, x));
    else
        return select(x > V(0), V(1), select(x <= V(0), other, x));
}

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

/// 1 - (sum + lost) inverse for the rounded inverse of sum: 1 / (sum + lost) is inverse (1 + that), the
/// square of that left out.
template <lanes V>
[[gnu::always_inline]] constexpr V error_of_inverse(const V& inverse, const V& sum, const V& lost) noexcept {
    // product_residual negated would cost GCC 12 an operation.
    const V error = fused ? nmadd(sum, inverse, V(1)) : negated(product_residual(sum, inverse, V(1)));
    return nmadd(lost, inverse, error);
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
