// The softmax of some rows.
#pragma once

#include <actfn/reductions/row_sums.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// What the sum is of: exp(x) alone, or 1 too.
enum class extra_logit { none, zero };

/// 1 / sum of a row, in two parts, times ahead.
template <class T>
struct row_inverse {
    T high, low;

    // Without fused multiply-add the parts of a product that is hardly normal must not be subnormal.
    static constexpr double ahead = fused ? 1 : 1 / double(math::unscale<T>);

    /// v / sum, rounded once.
    template <lanes V>
    [[gnu::always_inline]] V times(const V& v) const noexcept {
        const V quotient = exact_madd(v, V(high), v * V(low));
        if constexpr (fused)
            return quotient;
        else
            return quotient * V(static_cast<T>(1 / ahead));
    }
};

/// Those of some rows.
template <class T>
class row_inverses {
public:
    template <class E>
    explicit row_inverses(const row_sums<E>& sums) noexcept {
        using D = xsimd::batch<double>;
        const D ahead(row_inverse<T>::ahead);
        for (std::size_t r = 0; r < sums.rows; r += D::size) {
            const auto sum = sums.at(r);
            const D inverse = divided(D(1), sum.high);
            high_.put_narrowed(r, inverse * ahead);
            if constexpr (sizeof(T) < sizeof(double)) {
                low_.put_narrowed(r, inverse * ahead - high_.template lanes<D>(r));
            } else {
                const D residual = product_residual(sum.high, inverse, D(1));
                low_.put(r, negated(inverse * ahead) * madd(sum.low, inverse, residual));
            }
        }
    }

    row_inverse<T> operator[](std::size_t r) const noexcept { return {high_[r], low_[r]}; }

private:
    per_row<T> high_, low_;
};

/// dst = finish(softmax(src), row) of some rows, at most rows_together.
///
/// dst keeps the exponentials until their sum is known. Halves would round them there once too often, so
/// theirs are taken twice: no buffer is long enough for every row.
template <extra_logit Extra, class T, class Finish>
void softmax_of_rows(const T* src, T* dst, std::size_t rows, std::size_t n, const Finish& finish) noexcept {
    using C = compute_type<T>;
    using V = row_pack<T>;
    constexpr C inf = std::numeric_limits<C>::infinity();
    row_sums<T> sums(rows);
    sums.template sum<half<T> ? exponentials::dropped : exponentials::kept>(
        src, dst, n, Extra == extra_logit::zero ? C(0) : -inf, row_shift_bounds<C>::lower);
    if constexpr (Extra == extra_logit::zero) sums.add_exp_of_0();
    const row_inverses<C> inverse(sums);
    // Where the largest share rounds to 1 it is 1; it would be off by up to an ulp on either side, as the
    // sum is of terms that are not rounded. Elsewhere no share comes out above 1.
    const per_row<double> beside = sums.beside_largest();
    constexpr double rounds_to_1 = double(std::numeric_limits<C>::epsilon()) / 4;
    for (std::size_t r = 0; r < rows; ++r) {
        T* const y = dst + r * n;
        const T* const from = half<T> ? src + r * n : y;
        const auto share = [from, shift = sums.template shift<C>(r), by = inverse[r]](const auto& step)
                               __attribute__((always_inline)) {
                                   if constexpr (half<T>)
                                       return by.times(row_exp(step.load(from), shift).value);
                                   else
                                       return by.times(step.load(from));
                               };
        if (beside[r] < rounds_to_1 * sums.high[r])
            steps<T>(n, [&](auto at) __attribute__((always_inline)) {
                const V v = share(at);
                at.store(y, finish(select(v > V(0.5), V(1), v), r));
            });
        else
            steps<T>(n, [&](auto at) __attribute__((always_inline)) { at.store(y, finish(share(at), r)); });
    }
}

} // namespace actfn::inline ACTFN_ABI::detail
