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

namespace detail {

template <extra_logit Extra, class T>
T logsumexp_row(const T* src, std::size_t n) noexcept {
    if constexpr (Extra == extra_logit::zero)
        return static_cast<T>(log1p_of_row(src, n));
    else
        return static_cast<T>(log_of_row(src, n).high);
}

template <extra_logit Extra, class T>
void logsumexp_rows(const char* loop, std::span<const T> src, const matrix_layout& layout, std::span<T> dst) {
    const named x{"src", src};
    const named y{"dst", dst};
    require_layout(loop, x, layout);
    require_rows(loop, y, layout);
    require_apart(loop, y, x);
    for (std::size_t r = 0; r < layout.rows; ++r)
        dst[r] = logsumexp_row<Extra>(src.data() + r * layout.columns, layout.columns);
}

template <extra_logit Extra, class T>
void logsumexp_backward_rows(const char* loop, std::span<const T> src, std::span<const T> diff,
                             const matrix_layout& layout, std::span<T> diff_src) {
    const named x{"src", src};
    const named d{"diff", diff};
    const named dx{"diff_src", diff_src};
    require_layout(loop, x, layout);
    require_rows(loop, d, layout);
    require_operands(loop, dx, x);
    require_apart(loop, dx, d);
    for (std::size_t r = 0; r < layout.rows; ++r) {
        const row_pack<T> factor(diff[r]);
        softmax_row<Extra>(src.data() + r * layout.columns, diff_src.data() + r * layout.columns,
                           layout.columns,
                           [&](const auto& v) __attribute__((always_inline)) { return v * factor; });
    }
}

} // namespace detail

/// log of the sum of exp(x) over src; -inf for no elements.
///
/// Errors: logsumexp_error, for up to 4096 elements. +inf if an element is, -inf if all are, NaN if any is;
/// one element x gives x. The same bits as in a matrix, on every instruction set with fused multiply-add.
template <source Src>
[[nodiscard]] element_of<Src> logsumexp(const Src& src) noexcept {
    return detail::logsumexp_row<detail::extra_logit::none>(std::ranges::data(src), std::ranges::size(src));
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
[[nodiscard]] element_of<Src> logsumexp0(const Src& src) noexcept {
    return detail::logsumexp_row<detail::extra_logit::zero>(std::ranges::data(src), std::ranges::size(src));
}

/// The same of every row; as logsumexp.
template <source Src, destination_of<element_of<Src>> Dst>
void logsumexp0(const Src& src, const matrix_layout& layout, Dst&& dst) {
    using T = element_of<Src>;
    detail::logsumexp_rows<detail::extra_logit::zero, T>("logsumexp0", src, layout, dst);
}

/// The gradient of logsumexp by src, from that of its result: diff_src = diff[row] softmax(src), where
/// softmax is rounded first, so half an ULP more than its claim where it is normal.
///
/// diff has one element for each row and lies apart from diff_src, which may be src; sizes and errors as
/// softmax, special values too.
template <source Src, source_of<element_of<Src>> Diff, destination_of<element_of<Src>> DiffSrc>
void logsumexp_backward(const Src& src, const Diff& diff, const matrix_layout& layout, DiffSrc&& diff_src) {
    using T = element_of<Src>;
    detail::logsumexp_backward_rows<detail::extra_logit::none, T>("logsumexp_backward", src, diff, layout,
                                                                  diff_src);
}

/// The same for one row.
template <source Src, destination_of<element_of<Src>> DiffSrc>
void logsumexp_backward(const Src& src, element_of<Src> diff, DiffSrc&& diff_src) {
    logsumexp_backward(src, std::span(&diff, 1), {1, std::ranges::size(src)}, diff_src);
}

/// The gradient of logsumexp0: the same with softmax0.
template <source Src, source_of<element_of<Src>> Diff, destination_of<element_of<Src>> DiffSrc>
void logsumexp0_backward(const Src& src, const Diff& diff, const matrix_layout& layout, DiffSrc&& diff_src) {
    using T = element_of<Src>;
    detail::logsumexp_backward_rows<detail::extra_logit::zero, T>("logsumexp0_backward", src, diff, layout,
                                                                  diff_src);
}

/// The same for one row.
template <source Src, destination_of<element_of<Src>> DiffSrc>
void logsumexp0_backward(const Src& src, element_of<Src> diff, DiffSrc&& diff_src) {
    logsumexp0_backward(src, std::span(&diff, 1), {1, std::ranges::size(src)}, diff_src);
}

} // namespace actfn::inline ACTFN_ABI
