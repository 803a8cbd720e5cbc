// Count, zeros, extremes, mean and variance of activations in one pass.
#pragma once

#include <actfn/core/parameter.hpp>
#include <actfn/reductions/block_summary.hpp>
#include <actfn/reductions/matrix_layout.hpp>

namespace actfn::inline ACTFN_ABI {

/// What summary() finds; zeros, extremes, mean and variance are those of the finite elements, and NaN where
/// there are none.
struct activation_summary {
    std::size_t count = 0;
    std::size_t zeros = 0; ///< elements equal to 0, of either sign
    std::size_t nans = 0, infinities = 0;
    double mean = std::numeric_limits<double>::quiet_NaN();
    double variance = mean; ///< the sum of squared deviations over finite(), not over one less
    double smallest = mean, largest = mean;

    constexpr std::size_t finite() const noexcept { return count - nans - infinities; }
};

/// What summary() may err by beside the last rounding: the mean relative to the root of the mean square of x
/// - c, the variance relative to that mean square, where c is the mean of the finite ones among 1024
/// elements, from the first finite one on. The mean square is variance + (mean - c)^2, at most (1 + finite()
/// / k) times the variance, where these are k. Tests find more than a quarter of it for doubles.
inline constexpr double summary_error = 0x1p-47;

/// What a call of merged() may err by, all roundings included: the mean relative to the larger of the two
/// means, the variance relative to the largest of the two variances and that of both. Tests find more than
/// half of it.
inline constexpr double merged_error = 0x1.cp-51;

namespace detail {

/// Blocks one after the other, their sums with twice the digits.
template <class T>
class running_summary {
public:
    explicit running_summary(T centre) noexcept : centre_(centre) {}

    void add(const T* p, std::size_t n) noexcept {
        const block_summary<T> block(p, n, centre_);
        // Whatever is not finite shows in the squares.
        if (is_finite(block.squares)) return add(block, n);
        T finite[summary_block];
        std::size_t m = 0;
        for (std::size_t i = 0; i < n; ++i) {
            if (is_finite(p[i]))
                finite[m++] = p[i];
            else
                ++(p[i] != p[i] ? found_.nans : found_.infinities);
        }
        found_.count += n - m;
        if (m > 0) add(block_summary<T>(finite, m, centre_), m);
    }

    activation_summary result() const noexcept {
        auto found = found_;
        if (found.finite() == 0) return found;
        const double n = static_cast<double>(found.finite()), off = (sum_.high + sum_.low) / n;
        found.mean = double(centre_) + off;
        found.variance = nmadd(off, off, (squares_.high + squares_.low) / n);
        if (found.variance < 0) found.variance = 0;
        return found;
    }

private:
    void add(const block_summary<T>& block, std::size_t n) noexcept {
        const auto more = [](row_number& total, double x) {
            const auto [high, low] = two_sum(total.high, x);
            total = {high, total.low + low};
        };
        more(sum_, block.sum), more(squares_, block.squares);
        found_.count += n, found_.zeros += block.zeros;
        // The first ones take the place of NaN.
        if (!(found_.smallest <= double(block.smallest))) found_.smallest = double(block.smallest);
        if (!(found_.largest >= double(block.largest))) found_.largest = double(block.largest);
    }

    T centre_;
    row_number sum_{0, 0}, squares_{0, 0};
    activation_summary found_;
};

/// The mean of the first block that begins with a finite element, rounded; it lies among the elements.
template <class T>
compute_type<T> centre_of(std::span<const T> x) noexcept {
    using C = compute_type<T>;
    const auto first = std::find_if(x.begin(), x.end(), [](C v) { return is_finite(v); });
    if (first == x.end()) return 0;
    running_summary<C> start(*first);
    const std::size_t n = std::min(summary_block, static_cast<std::size_t>(x.end() - first));
    start.add(summary_elements<T>(&*first, n).data, n);
    const auto found = start.result();
    return std::clamp(static_cast<C>(found.mean), static_cast<C>(found.smallest),
                      static_cast<C>(found.largest));
}

template <class T>
activation_summary summary_of(std::span<const T> x) noexcept {
    running_summary<compute_type<T>> sums(centre_of(x));
    for (std::size_t i = 0; i < x.size(); i += summary_block) {
        const std::size_t n = std::min(summary_block, x.size() - i);
        sums.add(summary_elements<T>(x.data() + i, n).data, n);
    }
    return sums.result();
}

} // namespace detail

/// Mean, variance, extremes, zeros and what is not finite, of activations, in double. They are read once; for
/// their mean the first 1024 from a finite one on were read before, and a block of 1024 with something that
/// is not finite is read again, from the cache. Halves count as the floats they stand for.
///
/// Errors: summary_error. Doubles may overflow, floats not: the variance is NaN where the squares of
/// deviations from c add up to more than the largest double, so never while all are below 2^512 /
/// sqrt(count); mean and variance where a sum of the deviations does. Counts and extremes are right even
/// then. The same bits on every instruction set with fused multiply-add. The sums are of deviations from the
/// mean of the first block: Chan, Golub, LeVeque 1983, Algorithms for computing the sample variance, The
/// American Statistician 37, 242, shifted data.
template <source Dst>
[[nodiscard]] activation_summary summary(const Dst& dst) noexcept {
    return detail::summary_of(std::span<const element_of<Dst>>(dst));
}

/// The same of every row, into as many elements of each_row as there are rows. dst has layout.size()
/// elements, or std::invalid_argument is thrown and nothing written.
template <source Dst>
void summary(const Dst& dst, const matrix_layout& layout, std::span<activation_summary> each_row) {
    const detail::named y{"dst", std::span<const element_of<Dst>>(dst)};
    detail::require_layout("summary", y, layout);
    detail::require_rows("summary", detail::named{"each_row", each_row}, layout);
    for (std::size_t r = 0; r < layout.rows; ++r)
        each_row[r] = detail::summary_of(y.span.subspan(r * layout.columns, layout.columns));
}

/// The summary of two spans together from theirs, such as the batches of an epoch or the pieces of several
/// threads: pairwise as Chan, Golub, LeVeque 1983. Errors: merged_error, and those of a and b.
constexpr activation_summary merged(const activation_summary& a, const activation_summary& b) noexcept {
    activation_summary both = a.finite() == 0 ? b : a;
    if (a.finite() > 0 && b.finite() > 0) {
        const double m = static_cast<double>(a.finite()), n = static_cast<double>(b.finite());
        const double between = b.mean - a.mean, part = n / (m + n), rest = m / (m + n);
        both.mean += between * part;
        both.variance += (b.variance - a.variance) * part + between * between * part * rest;
        both.smallest = std::min(a.smallest, b.smallest), both.largest = std::max(a.largest, b.largest);
    }
    both.count = a.count + b.count, both.zeros = a.zeros + b.zeros;
    both.nans = a.nans + b.nans, both.infinities = a.infinities + b.infinities;
    return both;
}

} // namespace actfn::inline ACTFN_ABI
