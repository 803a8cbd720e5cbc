// The softmax of one row.
#pragma once

#include <actfn/reductions/matrix_layout.hpp>
#include <actfn/reductions/row_sum.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// What the sum is of: exp(x) alone, or 1 too.
enum class extra_logit { none, zero };

/// 1 / sum in two parts.
template <class T>
struct row_inverse {
    T high, low;

    row_inverse() = default;
    explicit row_inverse(row_number sum) noexcept {
        const double inverse = 1 / sum.high;
        high = static_cast<T>(inverse);
        if constexpr (sizeof(T) < sizeof(double))
            low = static_cast<T>(inverse - double(high));
        else
            low = -inverse * madd(sum.low, inverse, product_residual(sum.high, inverse, 1.0));
        high *= ahead, low *= ahead;
    }

    /// v / sum, rounded once.
    template <lanes V>
    [[gnu::always_inline]] V times(const V& v) const noexcept {
        const V quotient = exact_madd(v, V(high), v * V(low));
        if constexpr (fused)
            return quotient;
        else
            return quotient * V(1 / ahead);
    }

private:
    // Without fused multiply-add the parts of a product that is hardly normal must not be subnormal.
    static constexpr T ahead = fused ? T(1) : 1 / math::unscale<T>;
};

/// dst = finish(softmax(src), row) of some rows, at most rows_together. What there is one of in a row is a
/// long chain of operations; those of several rows are computed beside each other.
///
/// dst keeps the exponentials until their sum is known. Halves would round them there once too often, so
/// theirs are taken twice: no buffer is long enough for every row.
template <extra_logit Extra, class T, class Finish>
void softmax_of_rows(const T* src, T* dst, std::size_t rows, std::size_t n, const Finish& finish) noexcept {
    constexpr std::size_t N = row_registers<T>;
    using C = compute_type<T>;
    using V = row_pack<T>;
    C largest[rows_together];
    row_shift<C> shift[rows_together];
    row_number sum[rows_together];
    row_inverse<C> inverse[rows_together];
    bool all[rows_together];
    for (std::size_t r = 0; r < rows; ++r) {
        largest[r] = row_max(src + r * n, n);
        if constexpr (Extra == extra_logit::zero) largest[r] = at_least(largest[r], C(0));
    }
    for (std::size_t r = 0; r < rows; ++r) shift[r] = row_shift<C>(largest[r]);
    for (std::size_t r = 0; r < rows; ++r) {
        if constexpr (half<T>) {
            sum[r] = sum_of_row(src + r * n, n, shift[r]);
        } else {
            row_sum<T> terms;
            // Rejected: a second loop without the subtraction of base, for where it is 0: twice the code for
            // 2 %.
            steps<T>(src + r * n, dst + r * n, n, -std::numeric_limits<T>::infinity(),
                     [&, by = shift[r]](const T* x, T* y) __attribute__((always_inline)) {
                         const row_exp e(load_row<T, N>(x), by);
                         terms.add(e);
                         store_row<T, N>(y, e.value);
                     });
            sum[r] = terms.total();
        }
    }
    for (std::size_t r = 0; r < rows; ++r) {
        // exp(0), where it counts.
        if (Extra == extra_logit::zero && shift[r].base == 0 && shift[r].exponent < 512) {
            const auto more = two_sum(sum[r].high, 1 / double(math::unscale<C>) *
                                                       power_of_two(-static_cast<int>(shift[r].exponent)));
            sum[r] = two_sum(more.high, more.low + sum[r].low);
        }
        inverse[r] = row_inverse<C>(sum[r]);
        // Where the largest share rounds to 1 it is 1; it would be off by up to an ulp on either side, as the
        // sum is of terms that are not rounded. Elsewhere no share comes out above 1.
        all[r] = is_all(largest[r], shift[r], sum[r], double(std::numeric_limits<C>::epsilon()) / 4);
    }
    for (std::size_t r = 0; r < rows; ++r) {
        T* const y = dst + r * n;
        const T* const from = half<T> ? src + r * n : y;
        const auto at = shift[r];
        const auto by = inverse[r];
        const auto share = [=](const T* p) __attribute__((always_inline)) {
            if constexpr (half<T>)
                return by.times(row_exp(load_row<T, N>(p), at).value);
            else
                return by.times(load_row<T, N>(p));
        };
        if (all[r])
            steps<T>(from, y, n, T(0), [&](const T* e, T* to) __attribute__((always_inline)) {
                const V v = share(e);
                store_row<T, N>(to, finish(select(v > V(0.5), V(1), v), r));
            });
        else
            steps<T>(from, y, n, T(0), [&](const T* e, T* to) __attribute__((always_inline)) {
                store_row<T, N>(to, finish(share(e), r));
            });
    }
}

} // namespace actfn::inline ACTFN_ABI::detail
