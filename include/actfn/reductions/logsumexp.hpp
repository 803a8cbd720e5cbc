// The logarithm of a sum of exponentials, without and with one more term 1, and its derivative.
#pragma once

#include <actfn/reductions/row_log.hpp>
#include <actfn/reductions/softmax.hpp>

namespace actfn::inline ACTFN_ABI {

/// What logsumexp may err by: it may pass through 0 while its terms are large, so an ulp counts as that of
/// 1/4 at least.
inline constexpr row_claims logsumexp_error{{0.95, 0x1p-25}, {1, 0x1p-25}, {0.88, 0x1p-54}, {0.9, 0x1p-54}};

/// What logsumexp0 may err by; it is positive and has no such place.
inline constexpr row_claims logsumexp0_error{{0.7, 0}, {0.7, 0}, {0.68, 0}, {0.68, 0}};

/// What an element of logsumexp_backward and logsumexp0_backward may err by: as softmax, whose last rounding
/// may count twice, and half an ulp for the product.
inline constexpr row_claims logsumexp_backward_error{{2.95, 0}, {2.95, 0}, {2.95, 0}, {2.95, 0}};

namespace detail {

template <extra_logit Extra, class T, class Y>
void logsumexp_of_rows(const T* src, Y* dst, std::size_t rows, std::size_t n) noexcept {
    const auto put = [dst](std::size_t r, double log) { dst[r] = Y(static_cast<compute_type<T>>(log)); };
    if constexpr (Extra == extra_logit::zero)
        log1ps_of_rows(src, rows, n, put);
    else
        logs_of_rows(src, rows, n, [put](std::size_t r, row_number log) { put(r, log.high); });
}

template <extra_logit Extra, source Src>
computed_of<Src> logsumexp_of(const Src& src) noexcept {
    computed_of<Src> result;
    logsumexp_of_rows<Extra>(std::ranges::data(src), &result, 1, std::ranges::size(src));
    return result;
}

template <extra_logit Extra, class T>
void logsumexp_rows(const char* loop, std::span<const T> src, const matrix_layout& layout, std::span<T> dst) {
    const named x{"src", src};
    const named y{"dst", dst};
    require_layout(loop, x, layout);
    require_rows(loop, y, layout);
    require_apart(loop, y, x);
    row_groups<T>(layout, [&](std::size_t r, std::size_t rows) {
        logsumexp_of_rows<Extra>(src.data() + r * layout.columns, dst.data() + r, rows, layout.columns);
    });
}

template <extra_logit Extra, class T, class D>
void logsumexp_backward_rows(const char* loop, std::span<const T> src, std::span<const D> diff,
                             const matrix_layout& layout, std::span<T> diff_src) {
    const named x{"src", src};
    const named d{"diff", diff};
    const named dx{"diff_src", diff_src};
    require_layout(loop, x, layout);
    require_rows(loop, d, layout);
    require_operands(loop, dx, x);
    require_apart(loop, dx, d);
    row_groups<T>(layout, [&](std::size_t first, std::size_t rows) {
        const std::size_t at = first * layout.columns;
        softmax_of_rows<Extra>(src.data() + at, diff_src.data() + at, rows, layout.columns,
                               [&, factor = diff.data() + first](const auto& v, std::size_t r) __attribute__((
                                   always_inline)) { return v * row_pack<T>(compute_type<T>(factor[r])); });
    });
}

} // namespace detail

/// log of the sum of exp(x) over src; -inf for no elements.
///
/// Errors: logsumexp_error, for up to 4096 elements. +inf if an element is, -inf if all are, NaN if any is;
/// one element x gives x. The same bits as in a matrix, on every instruction set with fused multiply-add. Of
/// halves the result is a float, which a matrix has rounded to a half, infinite where none can hold it.
template <source Src>
[[nodiscard]] computed_of<Src> logsumexp(const Src& src) noexcept {
    return detail::logsumexp_of<detail::extra_logit::none>(src);
}

/// The same of every row, into as many elements of dst as there are rows. dst and src lie apart; src has
/// layout.size() elements, or std::invalid_argument is thrown and nothing written.
template <source Src, destination_of<element_of<Src>> Dst>
void logsumexp(const Src& src, const matrix_layout& layout, Dst&& dst) {
    using T = element_of<Src>;
    detail::logsumexp_rows<detail::extra_logit::none, T>("logsumexp", src, layout, dst);
}

/// log(1 + the sum of exp(x)) over src, LSE0+ of Nielsen and Hadjeres 2019, arXiv 1806.11004: convex, never
/// negative, and softplus if src has one element; 0 for no elements.
///
/// Errors: logsumexp0_error, for up to 4096 elements, subnormal results too. 0 if all elements are -inf; else
/// as logsumexp.
template <source Src>
[[nodiscard]] computed_of<Src> logsumexp0(const Src& src) noexcept {
    return detail::logsumexp_of<detail::extra_logit::zero>(src);
}

/// The same of every row; as logsumexp.
template <source Src, destination_of<element_of<Src>> Dst>
void logsumexp0(const Src& src, const matrix_layout& layout, Dst&& dst) {
    using T = element_of<Src>;
    detail::logsumexp_rows<detail::extra_logit::zero, T>("logsumexp0", src, layout, dst);
}

/// The gradient of logsumexp by src, from that of its result: diff_src = diff[row] softmax(src), where
/// softmax is rounded first; of halves as a float, and so is the one diff of a single row.
///
/// Errors: logsumexp_backward_error, where softmax is normal, for rows of up to 4096 elements.
///
/// diff has one element for each row and lies apart from diff_src, which may be src; sizes and errors as
/// softmax, special values too.
template <source Src, source_of<element_of<Src>> Diff, destination_of<element_of<Src>> DiffSrc>
void logsumexp_backward(const Src& src, const Diff& diff, const matrix_layout& layout, DiffSrc&& diff_src) {
    using T = element_of<Src>;
    detail::logsumexp_backward_rows<detail::extra_logit::none, T, T>("logsumexp_backward", src, diff, layout,
                                                                     diff_src);
}

/// The same for one row.
template <source Src, destination_of<element_of<Src>> DiffSrc>
void logsumexp_backward(const Src& src, computed_of<Src> diff, DiffSrc&& diff_src) {
    detail::logsumexp_backward_rows<detail::extra_logit::none, element_of<Src>, computed_of<Src>>(
        "logsumexp_backward", src, std::span(&diff, 1), {1, std::ranges::size(src)}, diff_src);
}

/// The gradient of logsumexp0: the same with softmax0.
template <source Src, source_of<element_of<Src>> Diff, destination_of<element_of<Src>> DiffSrc>
void logsumexp0_backward(const Src& src, const Diff& diff, const matrix_layout& layout, DiffSrc&& diff_src) {
    using T = element_of<Src>;
    detail::logsumexp_backward_rows<detail::extra_logit::zero, T, T>("logsumexp0_backward", src, diff, layout,
                                                                     diff_src);
}

/// The same for one row.
template <source Src, destination_of<element_of<Src>> DiffSrc>
void logsumexp0_backward(const Src& src, computed_of<Src> diff, DiffSrc&& diff_src) {
    detail::logsumexp_backward_rows<detail::extra_logit::zero, element_of<Src>, computed_of<Src>>(
        "logsumexp0_backward", src, std::span(&diff, 1), {1, std::ranges::size(src)}, diff_src);
}

} // namespace actfn::inline ACTFN_ABI
