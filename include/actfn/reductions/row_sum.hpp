// The sum of a row's exponentials, twice as exact as they are: what softmax and logsumexp share.
#pragma once

#include <actfn/reductions/row_exp.hpp>
#include <actfn/reductions/row_number.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// The sum of a row of row_exp: one compensated sum in each slot, added pairwise at the end.
///
/// Every sum starts at a number above any term, so that three operations find what its rounding lost (Dekker
/// 1971); and since value - scale is exact, the term's own rounding comes along at the price of one more.
/// With it left out, rows of two values err by another ulp: all terms may be off to the same side.
template <class T>
struct row_sum {
    static constexpr T start = 2 / math::unscale<T>;
    row_pack<T> sum{start}, rest{T(0)};

    [[gnu::always_inline]] void add(const row_exp<row_pack<T>>& e) noexcept {
        const auto more = sum + e.value;
        const auto lost = (sum - more) + e.scale;
        rest = rest + madd(e.low, e.scale, madd(e.high, e.scale, lost));
        sum = more;
    }

    /// The sum over unscale.
    [[gnu::always_inline]] row_number total() const noexcept {
        const auto above = sum - row_pack<T>(start);
        if constexpr (sizeof(T) < sizeof(double)) {
            // Of floats, what is lost here does not count. Only copies leave the registers.
            using B = xsimd::batch<double>;
            T s[slots<T>], r[slots<T>];
            store_row(s, above), store_row(r, rest);
            return [&]<std::size_t... I>(std::index_sequence<I...>)
                       __attribute__((always_inline)) -> row_number {
                           return {sum_of(pack<B, sizeof...(I)>(
                                       (widened<B>(s + I * B::size) + widened<B>(r + I * B::size))...)),
                                   0};
                       }(std::make_index_sequence<slots<T> / B::size>{});
        } else {
            return sum_of(above, rest);
        }
    }
};

/// The sum over a row, shifted by what its largest element says.
template <class T>
[[gnu::always_inline]] inline row_number sum_of_row(const T* src, std::size_t n,
                                                    const row_shift<compute_type<T>>& by) noexcept {
    row_sum<compute_type<T>> terms;
    steps<T>(src, n, T(-std::numeric_limits<compute_type<T>>::infinity()),
             [&](const T* x) __attribute__((always_inline)) {
                 terms.add(row_exp(load_row<T, row_registers<T>>(x), by));
             });
    return terms.total();
}

/// Whether a row's sum is its largest term, less than eps of it aside. Then that element counts as all of it,
/// which its own rounding would hide.
template <class T>
bool is_all(T largest, const row_shift<T>& shift, row_number sum, double eps) noexcept {
    // The largest term is 1.42 at most, in these units: for most rows that is all there is to do.
    if (sum.high > 1.5 / double(math::unscale<T>)) return false;
    const row_exp<T> e(largest, shift);
    const auto term = two_sum(1, double(e.high));
    const double scale = double(e.scale), rest = nmadd(scale, term.low + double(e.low), sum.low);
    return nmadd(scale, term.high, sum.high) + rest < eps * sum.high;
}

} // namespace actfn::inline ACTFN_ABI::detail
