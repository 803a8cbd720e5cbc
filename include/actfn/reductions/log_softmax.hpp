// The logarithm of softmax, and its derivative.
#pragma once

#include <actfn/reductions/logsumexp.hpp>

namespace actfn::inline ACTFN_ABI {

/// What an element of log_softmax may err by. Near 0, for an element that holds almost all, the sum's error
/// shows: an ulp counts as that of 1/4 at least.
inline constexpr row_claims log_softmax_error{{1.3, 0x1p-25}, {1.3, 0x1p-25}, {1.3, 0x1p-54}, {1.3, 0x1p-54}};

/// What log_softmax_backward may err by, of its arguments as they are given; the sum is of |diff_dst|, the
/// share exp(dst). It errs by 1.02 ulp for exp(dst) and half of one for the product, and by that of the sum.
inline constexpr row_gradient_claims log_softmax_backward_error{{0.65, 1.52 * 0x1p-23, 0x1p-53},
                                                                {0.65, 1.52 * 0x1p-52, 0x1p-53}};

namespace detail {

template <class T>
void log_softmax_of_rows(const T* src, T* dst, std::size_t rows, std::size_t n) noexcept {
    using V = row_pack<T>;
    row_number log[rows_together];
    logs_of_rows(src, rows, n, [&](std::size_t r, row_number l) { log[r] = l; });
    for (std::size_t r = 0; r < rows; ++r)
        steps<T>(n,
                 [x = src + r * n, y = dst + r * n, by = row_value<compute_type<T>>(log[r])](auto at)
                     __attribute__((always_inline)) { at.store(y, (at.load(x) - V(by.high)) - V(by.low)); });
}

template <class T>
void log_softmax_backward_row(const T* dst, const T* diff_dst, T* diff_src, std::size_t n) noexcept {
    using V = row_pack<T>;
    const row_value<compute_type<T>> sum(row_total(diff_dst, n));
    steps<T>(n, [&](auto at) __attribute__((always_inline)) {
        const V e = math::exp_rounded(math::reduce_range(at.load(dst)));
        const V d = nmadd(e, V(sum.high), at.load(diff_dst));
        at.store(diff_src, nmadd(e, V(sum.low), d));
    });
}

} // namespace detail

/// log(softmax) of every row: dst = x - logsumexp.
///
/// Errors: log_softmax_error, for rows of up to 4096 elements. An element -inf gives -inf. A row that has a
/// NaN or +inf, or nothing but -inf, is NaN throughout, as in PyTorch. A difference that no half can hold is
/// -inf. Bits, halves, sizes, aliasing and errors as softmax.
template <source Src, destination_of<element_of<Src>> Dst>
void log_softmax(const Src& src, const matrix_layout& layout, Dst&& dst) {
    using T = element_of<Src>;
    detail::each_row<T>("log_softmax", src, layout, dst, detail::log_softmax_of_rows<T>);
}

/// The same for one row.
template <source Src, destination_of<element_of<Src>> Dst>
void log_softmax(const Src& src, Dst&& dst) {
    log_softmax(src, {1, std::ranges::size(src)}, dst);
}

/// The gradient by src from the output: diff_src = diff_dst - exp(dst) the sum of diff_dst over the row.
///
/// The sum is taken in double in one fixed order; exp(dst) and the difference are rounded once each, of
/// halves as floats first. Errors: log_softmax_backward_error, for rows of up to 4096 elements. diff_src may
/// be dst or diff_dst; sizes and errors as softmax.
template <source Dst, source_of<element_of<Dst>> DiffDst, destination_of<element_of<Dst>> DiffSrc>
void log_softmax_backward(const Dst& dst, const DiffDst& diff_dst, const matrix_layout& layout,
                          DiffSrc&& diff_src) {
    using T = element_of<Dst>;
    detail::each_backward_row<T>("log_softmax_backward", dst, diff_dst, layout, diff_src,
                                 detail::log_softmax_backward_row<T>);
}

/// The same for one row.
template <source Dst, source_of<element_of<Dst>> DiffDst, destination_of<element_of<Dst>> DiffSrc>
void log_softmax_backward(const Dst& dst, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    log_softmax_backward(dst, diff_dst, {1, std::ranges::size(dst)}, diff_src);
}

} // namespace actfn::inline ACTFN_ABI
