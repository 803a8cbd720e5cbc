// Functions of rows on threads.
#pragma once

#include <actfn/parallel/in_rows.hpp>
#include <actfn/reductions/log_softmax.hpp>
#include <actfn/reductions/maxout.hpp>

namespace actfn::inline ACTFN_ABI {

// Each as without a policy, of whole rows: conditions, errors and bits are the same for any number of
// threads.

/// The softmax of every row, by threads that take some rows each.
template <execution_policy P, source Src, destination_of<element_of<Src>> Dst>
void softmax(P&&, const Src& src, const matrix_layout& layout, Dst&& dst) {
    detail::each_to_row<P>("softmax", detail::as_span(src), layout, detail::as_span(dst),
                           [](const auto&... part) { softmax(part...); });
}

/// softmax0 of every row, by threads that take some rows each.
template <execution_policy P, source Src, destination_of<element_of<Src>> Dst>
void softmax0(P&&, const Src& src, const matrix_layout& layout, Dst&& dst) {
    detail::each_to_row<P>("softmax0", detail::as_span(src), layout, detail::as_span(dst),
                           [](const auto&... part) { softmax0(part...); });
}

/// The logarithm of softmax of every row, by threads that take some rows each.
template <execution_policy P, source Src, destination_of<element_of<Src>> Dst>
void log_softmax(P&&, const Src& src, const matrix_layout& layout, Dst&& dst) {
    detail::each_to_row<P>("log_softmax", detail::as_span(src), layout, detail::as_span(dst),
                           [](const auto&... part) { log_softmax(part...); });
}

/// The gradient by src from the output of softmax, likewise.
template <execution_policy P, source Dst, source_of<element_of<Dst>> DiffDst,
          destination_of<element_of<Dst>> DiffSrc>
void softmax_backward(P&&, const Dst& dst, const DiffDst& diff_dst, const matrix_layout& layout,
                      DiffSrc&& diff_src) {
    detail::each_from_output<P>("softmax_backward", detail::as_span(dst), detail::as_span(diff_dst), layout,
                                detail::as_span(diff_src),
                                [](const auto&... part) { softmax_backward(part...); });
}

/// The gradient by src from the output of log_softmax, likewise.
template <execution_policy P, source Dst, source_of<element_of<Dst>> DiffDst,
          destination_of<element_of<Dst>> DiffSrc>
void log_softmax_backward(P&&, const Dst& dst, const DiffDst& diff_dst, const matrix_layout& layout,
                          DiffSrc&& diff_src) {
    detail::each_from_output<P>("log_softmax_backward", detail::as_span(dst), detail::as_span(diff_dst),
                                layout, detail::as_span(diff_src),
                                [](const auto&... part) { log_softmax_backward(part...); });
}

/// logsumexp of every row, likewise.
template <execution_policy P, source Src, destination_of<element_of<Src>> Dst>
void logsumexp(P&&, const Src& src, const matrix_layout& layout, Dst&& dst) {
    detail::each_to_element<P>("logsumexp", detail::as_span(src), layout, detail::as_span(dst),
                               [](const auto&... part) { logsumexp(part...); });
}

/// The gradient of logsumexp by src, likewise.
template <execution_policy P, source Src, source_of<element_of<Src>> Diff,
          destination_of<element_of<Src>> DiffSrc>
void logsumexp_backward(P&&, const Src& src, const Diff& diff, const matrix_layout& layout,
                        DiffSrc&& diff_src) {
    detail::each_from_element<P>("logsumexp_backward", detail::as_span(src), detail::as_span(diff), layout,
                                 detail::as_span(diff_src),
                                 [](const auto&... part) { logsumexp_backward(part...); });
}

/// logsumexp0 of every row, likewise.
template <execution_policy P, source Src, destination_of<element_of<Src>> Dst>
void logsumexp0(P&&, const Src& src, const matrix_layout& layout, Dst&& dst) {
    detail::each_to_element<P>("logsumexp0", detail::as_span(src), layout, detail::as_span(dst),
                               [](const auto&... part) { logsumexp0(part...); });
}

/// The gradient of logsumexp0 by src, likewise.
template <execution_policy P, source Src, source_of<element_of<Src>> Diff,
          destination_of<element_of<Src>> DiffSrc>
void logsumexp0_backward(P&&, const Src& src, const Diff& diff, const matrix_layout& layout,
                         DiffSrc&& diff_src) {
    detail::each_from_element<P>("logsumexp0_backward", detail::as_span(src), detail::as_span(diff), layout,
                                 detail::as_span(diff_src),
                                 [](const auto&... part) { logsumexp0_backward(part...); });
}

/// maxout, by threads that take some elements of dst each.
template <execution_policy P, source Src, destination_of<element_of<Src>> Dst>
void maxout(P&&, const Src& src, std::size_t pieces, Dst&& dst) {
    const detail::named x{"src", detail::as_span(src)};
    const detail::named y{"dst", detail::as_span(dst)};
    detail::require_pieces("maxout", x, y, pieces);
    detail::require_apart("maxout", y, x);
    detail::in_rows<P>(x.span, {y.span.size(), pieces}, [&](std::size_t i, std::size_t n) {
        maxout(detail::rows_of(x.span, pieces, i, n), pieces, y.span.subspan(i, n));
    });
}

/// The gradient of maxout, likewise.
template <execution_policy P, source Src, source_of<element_of<Src>> DiffDst,
          destination_of<element_of<Src>> DiffSrc>
void maxout_backward(P&&, const Src& src, std::size_t pieces, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const detail::named x{"src", detail::as_span(src)};
    const detail::named dy{"diff_dst", detail::as_span(diff_dst)};
    const detail::named dx{"diff_src", detail::as_span(diff_src)};
    detail::require_pieces("maxout_backward", x, dy, pieces);
    detail::require_operands("maxout_backward", dx, x);
    detail::require_apart("maxout_backward", dx, dy);
    detail::in_rows<P>(x.span, {dy.span.size(), pieces}, [&](std::size_t i, std::size_t n) {
        maxout_backward(detail::rows_of(x.span, pieces, i, n), pieces, dy.span.subspan(i, n),
                        detail::rows_of(dx.span, pieces, i, n));
    });
}

} // namespace actfn::inline ACTFN_ABI
