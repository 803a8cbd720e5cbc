// Maxout in registers, for 2, 4 or 8 pieces, and one by one for other numbers of them.
#pragma once

#include <actfn/reductions/interleave.hpp>
#include <actfn/reductions/row_loop.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// Whether later takes the place of first: not where they are equal, nor where first is NaN.
template <class V>
[[gnu::always_inline]] inline mask_t<V> wins(const V& later, const V& first) noexcept {
    return first == first && !(later <= first);
}

/// The first of the largest; the first NaN if there is one.
template <class T>
constexpr std::size_t first_winner(const T* x, std::size_t n) noexcept {
    std::size_t winner = 0;
    for (std::size_t k = 1; k < n; ++k)
        if (wins<compute_type<T>>(x[k], x[winner])) winner = k;
    return winner;
}

/// The largest of each N neighbours in v; NaN if one of them is.
template <class B, std::size_t N>
[[gnu::always_inline]] inline B largest_of_each(const pack<B, N>& v) noexcept {
    if constexpr (N == 1) {
        return v.reg[0];
    } else {
        const auto first = half_of<0>(v), later = half_of<1>(v);
        return largest_of_each(select(later == later, at_least(first, later), later));
    }
}

/// v, each in place of the first of the largest of its N neighbours in x, and 0 beside it.
template <class B, std::size_t N>
[[gnu::always_inline]] inline pack<B, N> to_winner(const pack<B, N>& x, const B& v) noexcept {
    const auto piece = deinterleaved(x);
    B most = piece.reg[0];
    mask_t<B> won[N];
    for (std::size_t k = 1; k < N; ++k) {
        won[k] = wins(piece.reg[k], most);
        most = select(won[k], piece.reg[k], most);
    }
    // Only the last of those that took the lead keeps it.
    pack<B, N> to;
    B left = v;
    for (std::size_t k = N - 1; k > 0; --k) {
        to.reg[k] = select(won[k], left, B(0));
        left = select(won[k], B(0), left);
    }
    to.reg[0] = left;
    return interleaved(to);
}

/// dst[i] for i < n in steps of registers as far as they go, and how far that is.
template <std::size_t Pieces, class T>
std::size_t maxout_lanes(const T* src, T* dst, std::size_t n) noexcept {
    using B = row_batch<T>;
    std::size_t i = 0;
    for (; n - i >= B::size; i += B::size)
        store_lanes(dst + i, largest_of_each(load_row<T, Pieces>(src + i * Pieces)));
    return i;
}

template <std::size_t Pieces, class T>
std::size_t maxout_backward_lanes(const T* src, const T* diff_dst, T* diff_src, std::size_t n) noexcept {
    using B = row_batch<T>;
    std::size_t i = 0;
    for (; n - i >= B::size; i += B::size)
        store_row<T, Pieces>(diff_src + i * Pieces,
                             to_winner(load_row<T, Pieces>(src + i * Pieces), load_lanes<B>(diff_dst + i)));
    return i;
}

/// lanes(pieces as a constant), if there are registers for that many; else 0.
template <class Lanes>
std::size_t with_pieces(std::size_t pieces, const Lanes& lanes) noexcept {
    switch (pieces) {
    case 2:
        return lanes(std::integral_constant<std::size_t, 2>{});
    case 4:
        return lanes(std::integral_constant<std::size_t, 4>{});
    case 8:
        return lanes(std::integral_constant<std::size_t, 8>{});
    default:
        return 0;
    }
}

} // namespace actfn::inline ACTFN_ABI::detail
