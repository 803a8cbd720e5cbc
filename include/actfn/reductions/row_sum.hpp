// The sum of a row's exponentials, twice as exact as they are: what softmax and logsumexp share.
#pragma once

#include <actfn/reductions/matrix_layout.hpp>
#include <actfn/reductions/row_exp.hpp>
#include <actfn/reductions/row_number.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// The sums of the slots of some rows over unscale, and what they lost.
template <class T>
struct slot_sums {
    alignas(64) T sum[rows_together * slots<T>], rest[rows_together * slots<T>];

    /// The sum of row r but for its last halvings: a register of doubles, for double itself with what their
    /// sums lost. Of floats that does not count.
    [[gnu::always_inline]] auto total(std::size_t r) const noexcept {
        using B = xsimd::batch<double>;
        constexpr std::size_t N = slots<T> / B::size;
        const T *const s = sum + r * slots<T>, *const l = rest + r * slots<T>;
        if constexpr (sizeof(T) < sizeof(double))
            return [=]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
                return sum_of_registers(
                    pack<B, N>((widened<B>(s + I * B::size) + widened<B>(l + I * B::size))...));
            }(std::make_index_sequence<N>{});
        else
            return sum_of_registers(load_row<T, N>(s), load_row<T, N>(l));
    }
};

/// The sums of R rows of row_exp: one compensated sum in each slot, to be added pairwise at the end.
///
/// Every sum starts at a number above any term, so that three operations find what its rounding lost (Dekker
/// 1971); and since value - scale is exact, the term's own rounding comes along at the price of one more.
/// With it left out, rows of two values err by another ulp: all terms may be off to the same side.
template <class T, std::size_t R>
struct row_sum {
    using registers = pack<row_batch<T>, R * row_registers<T>>;
    static constexpr T start = 2 / math::unscale<T>;
    registers sum{start}, rest{T(0)};

    [[gnu::always_inline]] void add(const row_exp<registers>& e) noexcept {
        const auto more = sum + e.value;
        const auto lost = (sum - more) + e.scale;
        rest = rest + madd(e.low, e.scale, madd(e.high, e.scale, lost));
        sum = more;
    }

    /// The sums of row r and the next ones.
    [[gnu::always_inline]] void store(slot_sums<T>& to, std::size_t r) const noexcept {
        store_row(to.sum + r * slots<T>, sum - registers(start));
        store_row(to.rest + r * slots<T>, rest);
    }
};

/// Whether the sum leaves the exponentials behind.
enum class exponentials { dropped, kept };

/// The sums of R rows of n elements, shifted by what their largest elements say. The exponentials go to dst,
/// if they are kept.
template <exponentials E, std::size_t R, class T, class Shift>
[[gnu::always_inline]] inline auto sum_of_rows(const T* src, T* dst, std::size_t n,
                                               const Shift& by) noexcept {
    row_sum<compute_type<T>, R> terms;
    // Rejected: a second loop without the subtraction of base, for where it is 0: twice the code for 2 %.
    steps<T, R>(n, [&](auto at) __attribute__((always_inline)) {
        const row_exp e(at.load_or(src, -std::numeric_limits<compute_type<T>>::infinity()), by);
        terms.add(e);
        if constexpr (E == exponentials::kept) at.store(dst, e.value);
    });
    return terms;
}

} // namespace actfn::inline ACTFN_ABI::detail
