// The softmax of one row.
#pragma once

#include <actfn/reductions/row_sum.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// What the sum is of: exp(x) alone, or 1 too.
enum class extra_logit { none, zero };

/// 1 / sum in two parts.
template <class T>
struct row_inverse {
    T high, low;

    explicit row_inverse(row_number sum) noexcept {
        const double inverse = 1 / sum.high;
        high = static_cast<T>(inverse);
        if constexpr (sizeof(T) < sizeof(double))
            low = static_cast<T>(inverse - double(high));
        else
            low = -inverse * madd(sum.low, inverse, product_residual(sum.high, inverse, 1.0));
    }
};

/// dst = finish(softmax(src)).
template <extra_logit Extra, class T, class Finish>
void softmax_row(const T* src, T* dst, std::size_t n, const Finish& finish) noexcept {
    constexpr std::size_t N = row_registers<T>;
    T largest = row_max(src, n);
    if constexpr (Extra == extra_logit::zero) largest = at_least(largest, T(0));
    const row_shift<T> shift(largest);
    row_sum<T> terms;
    // Rejected: a second loop without the subtraction of base, for where it is 0: twice the code for 2 %.
    steps<T>(src, dst, n, -std::numeric_limits<T>::infinity(),
             [&](const T* x, T* y) __attribute__((always_inline)) {
                 const row_exp e(load_row<T, N>(x), shift);
                 terms.add(e);
                 store_row<T, N>(y, e.value);
             });
    row_number sum = terms.total();
    // exp(0), where it counts.
    if (Extra == extra_logit::zero && shift.base == 0 && shift.exponent < 512) {
        const auto more =
            two_sum(sum.high, 1 / double(math::unscale<T>) * power_of_two(-static_cast<int>(shift.exponent)));
        sum = two_sum(more.high, more.low + sum.low);
    }
    const row_inverse<T> inverse(sum);
    const auto share = [&](const T* e) __attribute__((always_inline)) {
        using V = row_pack<T>;
        const V v = load_row<T, N>(e);
        return madd(v, V(inverse.high), v * V(inverse.low));
    };
    // Where the largest share rounds to 1 it is 1; it would be off by up to an ulp on either side, as the sum
    // is of terms that are not rounded. Elsewhere no share comes out above 1.
    if (is_all(largest, shift, sum, double(std::numeric_limits<T>::epsilon()) / 4))
        steps<T>(dst, dst, n, T(0), [&](const T* e, T* y) __attribute__((always_inline)) {
            using V = row_pack<T>;
            const V v = share(e);
            store_row<T, N>(y, finish(select(v > V(0.5), V(1), v)));
        });
    else
        steps<T>(dst, dst, n, T(0), [&](const T* e, T* y) __attribute__((always_inline)) {
            store_row<T, N>(y, finish(share(e)));
        });
}

} // namespace actfn::inline ACTFN_ABI::detail
