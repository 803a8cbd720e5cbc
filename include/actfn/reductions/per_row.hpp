// What there is one of in a row, for some rows at once.
#pragma once

#include <actfn/reductions/matrix_layout.hpp>
#include <actfn/reductions/row_number.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// Room for what there is one of in a row. It takes a long chain of operations, so it is computed for as many
/// rows at once as a register has lanes; the last register may have lanes of no row.
template <class T>
struct per_row {
    static constexpr std::size_t size = std::max(rows_together, xsimd::batch<T>::size);

    alignas(64) T at[size] = {};

    T operator[](std::size_t r) const noexcept { return at[r]; }

    /// Row r, or rows r, r + 1, ... as lanes of V; doubles may be asked for where floats are.
    template <class V>
    [[gnu::always_inline]] V lanes(std::size_t r) const noexcept {
        if constexpr (std::same_as<V, T>)
            return at[r];
        else if constexpr (std::same_as<element_t<V>, T>)
            return V::load_unaligned(at + r);
        else
            return widened<V>(at + r);
    }
    [[gnu::always_inline]] void put(std::size_t r, const xsimd::batch<T>& v) noexcept {
        v.store_unaligned(at + r);
    }
    /// Doubles, each rounded to a T.
    [[gnu::always_inline]] void put_narrowed(std::size_t r, const xsimd::batch<double>& v) noexcept {
        store_narrowed(at + r, v);
    }
};

template <std::size_t First, std::size_t Width, class B>
[[gnu::always_inline]] inline math::twofold<B> segments(const math::twofold<B>& a,
                                                        const math::twofold<B>& b) noexcept {
    return {segments<First, Width>(a.high, b.high), segments<First, Width>(a.low, b.low)};
}

/// In lane k what op makes of all lanes of v[k], B::size registers: the same lanes together as by halving
/// each of them alone, by size - 1 operations instead of size log2(size).
template <class B, std::size_t Stride = 1, class V, class Op>
[[gnu::always_inline]] inline V across(const V* v, const Op& op) noexcept {
    if constexpr (Stride == B::size) {
        return *v;
    } else {
        const V even = across<B, 2 * Stride>(v, op), odd = across<B, 2 * Stride>(v + Stride, op);
        return op(segments<0, 2 * Stride>(even, odd), segments<1, 2 * Stride>(even, odd));
    }
}

/// Fills v up behind those of some rows, to a multiple of B's lanes.
template <class B, class V>
[[gnu::always_inline]] inline void fill_up(V* v, std::size_t rows) noexcept {
    for (; rows % B::size != 0; ++rows) v[rows] = v[0];
}

} // namespace actfn::inline ACTFN_ABI::detail
