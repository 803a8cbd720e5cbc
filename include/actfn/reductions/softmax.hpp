// Softmax of a row, without and with one more logit that is 0, and its derivative.
#pragma once

#include <actfn/reductions/matrix_layout.hpp>
#include <actfn/reductions/row_dot.hpp>
#include <actfn/reductions/row_softmax.hpp>

namespace actfn::inline ACTFN_ABI {

/// What an element of softmax and of softmax0 may err by. At worst: its own exp 1 for its rounding, 0.27 for
/// that of the fraction and the polynomial; the sum 0.17, as every term has its rounding with it; the
/// reciprocal, in two parts, nothing; the product 0.5.
inline constexpr row_claims softmax_error{{1.95, 0}, {1.95, 0}, {1.95, 0}, {1.95, 0}};

/// What softmax_backward may err by, of its arguments as they are given; the sum is of |dst diff_dst|, the
/// share dst. At worst: the difference 1 for each of its roundings, of double one; the product 0.5.
inline constexpr row_gradient_claims softmax_backward_error{{2.5, 0x1p-48, 0x1p-53}, {1.5, 0, 0x1p-53}};

namespace detail {

template <extra_logit Extra, class T>
void softmax_rows(const char* loop, std::span<const T> src, const matrix_layout& layout, std::span<T> dst) {
    each_row(loop, src, layout, dst, [](const T* x, T* y, std::size_t rows, std::size_t n) {
        softmax_of_rows<Extra>(x, y, rows, n,
                               [](const auto& v, std::size_t) __attribute__((always_inline)) { return v; });
    });
}

/// diff_src = dst (diff_dst - the sum of dst diff_dst).
template <class T>
void softmax_backward_row(const T* dst, const T* diff_dst, T* diff_src, std::size_t n) noexcept {
    using V = row_pack<T>;
    const row_value<compute_type<T>> dot(row_dot(dst, diff_dst, n));
    steps<T>(n, [&](auto at) __attribute__((always_inline)) {
        const V d = (at.load(diff_dst) - V(dot.high)) - V(dot.low);
        at.store(diff_src, at.load(dst) * d);
    });
}

} // namespace detail

/// The softmax of every row: dst = exp(x) / the sum of exp(x) over the row.
///
/// Errors: softmax_error, against the exact softmax, for rows of up to 4096 elements; subnormal results are
/// rounded once, not flushed; none is above 1, and one that rounds to 1 is 1. An element -inf gives 0. A row
/// that has a NaN or +inf, or nothing but -inf, is NaN throughout, as in PyTorch: which limit of inf / inf is
/// meant, only the caller can know. A row alone and within a matrix, on every instruction set with fused
/// multiply-add: the same bits. Of halves: what the row of floats gives, rounded once.
///
/// dst may be src, else they lie apart; dst and src have layout.size() elements, or std::invalid_argument is
/// thrown and nothing written. No elements: nothing to write.
template <source Src, destination_of<element_of<Src>> Dst>
void softmax(const Src& src, const matrix_layout& layout, Dst&& dst) {
    using T = element_of<Src>;
    detail::softmax_rows<detail::extra_logit::none, T>("softmax", src, layout, dst);
}

/// The same for one row.
template <source Src, destination_of<element_of<Src>> Dst>
void softmax(const Src& src, Dst&& dst) {
    softmax(src, {1, std::ranges::size(src)}, dst);
}

/// Softmax beside one more logit, 0, whose share is not written: dst = exp(x) / (1 + the sum of exp(x)), so
/// that a row may attend to nothing. Of one element it is the logistic function. As softmax otherwise, but a
/// row of nothing but -inf is 0.
template <source Src, destination_of<element_of<Src>> Dst>
void softmax0(const Src& src, const matrix_layout& layout, Dst&& dst) {
    using T = element_of<Src>;
    detail::softmax_rows<detail::extra_logit::zero, T>("softmax0", src, layout, dst);
}

/// The same for one row.
template <source Src, destination_of<element_of<Src>> Dst>
void softmax0(const Src& src, Dst&& dst) {
    softmax0(src, {1, std::ranges::size(src)}, dst);
}

/// The gradient by src from the output dst of softmax, and as well of softmax0, whose derivative is the same
/// function of its output: diff_src = dst (diff_dst - the sum of dst diff_dst over the row).
///
/// The sum is taken in double in one fixed order. Errors: softmax_backward_error, for rows of up to 4096
/// elements; of halves that in float, rounded once. diff_src may be dst or diff_dst; sizes and
/// errors as softmax.
template <source Dst, source_of<element_of<Dst>> DiffDst, destination_of<element_of<Dst>> DiffSrc>
void softmax_backward(const Dst& dst, const DiffDst& diff_dst, const matrix_layout& layout,
                      DiffSrc&& diff_src) {
    using T = element_of<Dst>;
    detail::each_backward_row<T>("softmax_backward", dst, diff_dst, layout, diff_src,
                                 detail::softmax_backward_row<T>);
}

/// The same for one row.
template <source Dst, source_of<element_of<Dst>> DiffDst, destination_of<element_of<Dst>> DiffSrc>
void softmax_backward(const Dst& dst, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    softmax_backward(dst, diff_dst, {1, std::ranges::size(dst)}, diff_src);
}

} // namespace actfn::inline ACTFN_ABI
