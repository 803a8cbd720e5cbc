// log of a row's sum, in double and a little more.
#pragma once

#include <actfn/core/parameter.hpp>
#include <actfn/math/log1p.hpp>
#include <actfn/reductions/matrix_layout.hpp>
#include <actfn/reductions/row_sum.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// (atanh(u) / u - 1) / v for v = u^2 <= 1/9, by Estrin's scheme: there is but one of it in flight.
inline double atanh_tail(double v) noexcept {
    constexpr auto c = math::detail::atanh_constants<double>::tail;
    static_assert(c.size() == 10);
    const double v2 = v * v, v4 = v2 * v2;
    const auto two = [&](std::size_t k) { return madd(c[k + 1], v, c[k]); };
    const auto four = [&](std::size_t k) { return madd(two(k + 2), v2, two(k)); };
    return madd(madd(two(8), v4, four(4)), v4, four(0));
}

/// 2 atanh(a / b) = log((b + a) / (b - a)), |a / b| <= 1/3.
inline row_number twice_atanh(row_number a, row_number b) noexcept {
    const double q = a.high / b.high;
    const double left = nmadd(q, b.low, a.low) - product_residual(q, b.high, a.high);
    const double v = q * q;
    const double series = v * atanh_tail(v);
    return {2 * q, 2 * madd(q, series, left / b.high)};
}

/// c + log(x 2^k) for a normal x > 0; c finite. For T float the logarithm is in double.
template <class T>
row_number log_of(row_number x, int k, double c) noexcept {
    using C = math::detail::exp_constants<double>;
    // x = 2^e f with sqrt(1/2) <= f < sqrt(2).
    constexpr auto sqrt_half = std::bit_cast<std::uint64_t>(0x1.6a09e667f3bcdp-1);
    const auto above = static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(x.high) - sqrt_half);
    const int e = static_cast<int>(above >> 52);
    const double down = power_of_two(-e / 2), f = x.high * down * power_of_two(-e + e / 2);
    const double df = x.low * down * power_of_two(-e + e / 2);
    const double d = f + 1;
    const auto log = twice_atanh({f - 1, df}, {d, (f - (d - 1)) + df});
    const double n = k + e;
    if constexpr (sizeof(T) < sizeof(double))
        return two_sum(c, madd(n, C::ln2_hi + C::ln2_lo, log.high + log.low));
    const auto s = two_sum(n * C::ln2_hi, log.high);
    const auto t = two_sum(c, s.high);
    return two_sum(t.high, madd(n, C::ln2_lo, log.low) + s.low + t.low);
}

/// log(1 + x 2^k) for a normal x > 0; subnormal results are rounded once.
template <class T>
double log1p_of(row_number x, int k) noexcept {
    if (k >= 100) return log_of<T>(x, k, 0).high;
    if (k < -1000) return x.high * power_of_two(-1000) * power_of_two(std::max(k + 1000, -1000));
    const row_number t{x.high * power_of_two(k), x.low * power_of_two(k)};
    if (t.high < 1) {
        const double d = t.high + 2;
        const auto log = twice_atanh(t, {d, (t.high - (d - 2)) + t.low});
        return log.high + log.low;
    }
    const auto s = two_sum(1, t.high);
    return log_of<T>({s.high, s.low + t.low}, 0, 0).high;
}

template <class T>
inline constexpr int unscale_exponent = sizeof(T) == 4 ? 64 : 512;

inline constexpr double quiet_nan = std::numeric_limits<double>::quiet_NaN();

template <class T>
bool has_nan(const T* src, std::size_t n) noexcept {
    return std::any_of(src, src + n, [](compute_type<T> x) { return x != x; });
}

/// What logarithms of some rows begin with: the largest elements and the sums over them.
template <class C>
struct row_sums {
    C largest[rows_together];
    row_shift<C> shift[rows_together];
    row_number sum[rows_together]; ///< of exp(x - base) 2^-exponent / unscale

    template <class T>
    row_sums(const T* src, std::size_t rows, std::size_t n, C lower) noexcept {
        for (std::size_t r = 0; r < rows; ++r) largest[r] = row_max(src + r * n, n);
        for (std::size_t r = 0; r < rows; ++r) shift[r] = row_shift<C>(largest[r], lower);
        for (std::size_t r = 0; r < rows; ++r) sum[r] = sum_of_row(src + r * n, n, shift[r]);
    }
    int exponent(std::size_t r) const noexcept {
        return static_cast<int>(shift[r].exponent) - unscale_exponent<C>;
    }
};

/// to(row, log of the sum of exp(x) over that row).
template <class T, class To>
void logs_of_rows(const T* src, std::size_t rows, std::size_t n, const To& to) noexcept {
    using C = compute_type<T>;
    const row_sums<C> e(src, rows, n, row_shift_bounds<C>::lower);
    for (std::size_t r = 0; r < rows; ++r) {
        const double largest = double(e.largest[r]);
        if (!is_finite(largest)) to(r, row_number{has_nan(src + r * n, n) ? quiet_nan : largest, 0});
        // Below that the polynomial's error could take the logarithm below the largest element.
        else if (is_all(e.largest[r], e.shift[r], e.sum[r], sizeof(C) == 4 ? 0x1p-27 : 0x1p-56))
            to(r, row_number{largest, 0});
        else
            to(r, log_of<C>(e.sum[r], e.exponent(r), double(e.shift[r].base)));
    }
}

/// to(row, log(1 + the sum of exp(x) over that row)). Where the largest is at most -130 (float) or -790
/// (double), any sum of less than 2^37 terms rounds to 0.
template <class T, class To>
void log1ps_of_rows(const T* src, std::size_t rows, std::size_t n, const To& to) noexcept {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    using C = compute_type<T>;
    constexpr C lowest = sizeof(C) == 4 ? -130 : -790;
    const row_sums<C> e(src, rows, n, lowest);
    for (std::size_t r = 0; r < rows; ++r) {
        const C largest = e.largest[r];
        if (double(largest) == infinity || largest <= lowest)
            to(r, has_nan(src + r * n, n) ? quiet_nan : largest > 0 ? infinity : 0);
        else if (e.shift[r].base == 0)
            to(r, log1p_of<C>(e.sum[r], e.exponent(r)));
        else
            to(r, log_of<C>(e.sum[r], e.exponent(r), double(e.shift[r].base)).high);
    }
}

} // namespace actfn::inline ACTFN_ABI::detail
