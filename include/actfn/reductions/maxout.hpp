// Maxout: the largest of a few pieces.
#pragma once

#include <actfn/core/parameter.hpp>
#include <actfn/kernel/span.hpp>
#include <actfn/reductions/maxout_lanes.hpp>

#include <algorithm>

namespace actfn::inline ACTFN_ABI {

namespace detail {

/// each has one element for every `pieces` of all.
template <class A, class E>
void require_pieces(const char* loop, const named<A>& all, const named<E>& each, std::size_t pieces) {
    if (pieces == 0) fail(loop, "pieces must be positive, is 0");
    if (all.span.size() / pieces == each.span.size() && all.span.size() % pieces == 0) return;
    fail(loop, std::string(all.name) + " has " + std::to_string(all.span.size()) + " elements, " + each.name +
                   " has " + std::to_string(each.span.size()) + " of " + std::to_string(pieces) +
                   " pieces each");
}

} // namespace detail

/// dst[i] = the largest of src[i pieces] to src[i pieces + pieces - 1], the pieces of an element side by
/// side; NaN if one of them is, the first of two that compare equal. Exact, of halves too. Goodfellow,
/// Warde-Farley, Mirza, Courville, Bengio 2013, Maxout networks, arXiv 1302.4389.
///
/// dst and src lie apart, and src has dst's size times pieces, or std::invalid_argument is thrown and nothing
/// written; pieces >= 1. 2, 4 and 8 pieces are the fast ones.
template <source Src, destination_of<element_of<Src>> Dst>
void maxout(const Src& src, std::size_t pieces, Dst&& dst) {
    const detail::named x{"src", detail::as_span(src)};
    const detail::named y{"dst", detail::as_span(dst)};
    detail::require_pieces("maxout", x, y, pieces);
    detail::require_apart("maxout", y, x);
    std::size_t i = detail::with_pieces(
        pieces, [&](auto n) { return detail::maxout_lanes<n>(x.span.data(), y.span.data(), y.span.size()); });
    for (auto& to : y.span.subspan(i)) {
        const auto* const p = x.span.data() + i++ * pieces;
        to = p[detail::first_winner(p, pieces)];
    }
}

/// The gradient by src: diff_dst[i] to the piece whose value maxout took, the first of equals, and 0 to the
/// others. diff_src may be src and lies apart from diff_dst; sizes and errors as maxout.
template <source Src, source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
void maxout_backward(const Src& src, std::size_t pieces, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    using T = element_of<Src>;
    const detail::named x{"src", detail::as_span(src)};
    const detail::named dy{"diff_dst", detail::as_span(diff_dst)};
    const detail::named dx{"diff_src", detail::as_span(diff_src)};
    detail::require_pieces("maxout_backward", x, dy, pieces);
    detail::require_operands("maxout_backward", dx, x);
    detail::require_apart("maxout_backward", dx, dy);
    std::size_t i = detail::with_pieces(pieces, [&](auto n) {
        return detail::maxout_backward_lanes<n>(x.span.data(), dy.span.data(), dx.span.data(),
                                                dy.span.size());
    });
    for (const T& diff : dy.span.subspan(i)) {
        const std::size_t winner = detail::first_winner(x.span.data() + i * pieces, pieces);
        T* const to = dx.span.data() + i++ * pieces;
        std::fill_n(to, pieces, T(0));
        to[winner] = diff;
    }
}

} // namespace actfn::inline ACTFN_ABI
