// log of a row's sum, in double and a little more.
#pragma once

#include <actfn/core/parameter.hpp>
#include <actfn/math/log1p.hpp>
#include <actfn/reductions/row_sums.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// (atanh(u) / u - 1) / v for v = u^2 <= 1/9, by Estrin's scheme: there are few of it in flight.
template <lanes_of<double> V>
[[gnu::always_inline]] inline V atanh_tail(const V& v) noexcept {
    constexpr auto c = math::detail::atanh_constants<double>::tail;
    static_assert(c.size() == 10);
    const V v2 = v * v, v4 = v2 * v2;
    const auto two = [&](std::size_t k)
                         __attribute__((always_inline)) { return madd(V(c[k + 1]), v, V(c[k])); };
    const auto four = [&](std::size_t k)
                          __attribute__((always_inline)) { return madd(two(k + 2), v2, two(k)); };
    return madd(madd(two(8), v4, four(4)), v4, four(0));
}

/// 2 atanh(a / b) = log((b + a) / (b - a)), |a / b| <= 1/3.
template <lanes_of<double> V>
[[gnu::always_inline]] inline math::twofold<V> twice_atanh(const math::twofold<V>& a,
                                                           const math::twofold<V>& b) noexcept {
    const V q = divided(a.high, b.high);
    const V left = nmadd(q, b.low, a.low) - product_residual(q, b.high, a.high);
    const V v = q * q;
    const V series = v * atanh_tail(v);
    return {V(2) * q, V(2) * madd(q, series, divided(left, b.high))};
}

/// x = 2^exponent f with sqrt(1/2) <= f < sqrt(2), for a normal x > 0. NaN gives a factor that keeps it one.
template <lanes_of<double> V>
struct power_parts {
    V exponent, inverse; ///< inverse = 2^-exponent

    [[gnu::always_inline]] explicit power_parts(const V& x) noexcept {
        constexpr auto one = std::bit_cast<std::uint64_t>(1.0),
                       sqrt_half = std::bit_cast<std::uint64_t>(0x1.6a09e667f3bcdp-1),
                       magic = std::bit_cast<std::uint64_t>(0x1p52);
        const auto biased = [](auto b) { return (b + decltype(b)(one - sqrt_half)) >> 52; };
        exponent = on_bits(x, [=](auto b) { return biased(b) | decltype(b)(magic); }) - V(0x1p52 + 1023);
        inverse = on_bits(x, [=](auto b) { return (decltype(b)(2046) - biased(b)) << 52; });
    }
};

/// c + log(x 2^k) for a normal x > 0; c finite. For T float the logarithm is in double.
template <class T, lanes_of<double> V>
[[gnu::always_inline]] inline math::twofold<V> log_of(const math::twofold<V>& x, const V& k,
                                                      const V& c) noexcept {
    using C = math::detail::exp_constants<double>;
    const power_parts<V> p(x.high);
    const V f = x.high * p.inverse, df = x.low * p.inverse;
    const V d = f + V(1);
    const auto log = twice_atanh<V>({f - V(1), df}, {d, (f - (d - V(1))) + df});
    const V n = k + p.exponent;
    if constexpr (sizeof(T) < sizeof(double))
        return two_sum(c, madd(n, V(C::ln2_hi + C::ln2_lo), log.high + log.low));
    const auto s = two_sum(n * V(C::ln2_hi), log.high);
    const auto t = two_sum(c, s.high);
    return two_sum(t.high, madd(n, V(C::ln2_lo), log.low) + s.low + t.low);
}

/// log(1 + x 2^k) for a normal x > 0; subnormal results are rounded once.
template <class T>
double log1p_of(row_number x, int k) noexcept {
    if (k >= 100) return log_of<T>(x, double(k), 0.0).high;
    if (k < -1000) return x.high * power_of_two(-1000) * power_of_two(std::max(k + 1000, -1000));
    const row_number t{x.high * power_of_two(k), x.low * power_of_two(k)};
    if (t.high < 1) {
        const double d = t.high + 2;
        const auto log = twice_atanh<double>(t, {d, (t.high - (d - 2)) + t.low});
        return log.high + log.low;
    }
    const auto s = two_sum(1.0, t.high);
    return log_of<T>(row_number{s.high, s.low + t.low}, 0.0, 0.0).high;
}

template <class T>
inline constexpr int unscale_exponent = sizeof(T) == 4 ? 64 : 512;

inline constexpr double quiet_nan = std::numeric_limits<double>::quiet_NaN();

template <class T>
bool has_nan(const T* src, std::size_t n) noexcept {
    return std::any_of(src, src + n, [](compute_type<T> x) { return x != x; });
}

/// The sums that logarithms of some rows begin with.
template <class T>
row_sums<T> sums_of_rows(const T* src, std::size_t rows, std::size_t n, compute_type<T> lower) noexcept {
    row_sums<T> sums(rows);
    sums.template sum<exponentials::dropped>(src, nullptr, n,
                                             -std::numeric_limits<compute_type<T>>::infinity(), lower);
    return sums;
}

/// to(row, log of the sum of exp(x) over that row).
template <class T, class To>
void logs_of_rows(const T* src, std::size_t rows, std::size_t n, const To& to) noexcept {
    using C = compute_type<T>;
    using D = xsimd::batch<double>;
    const auto e = sums_of_rows(src, rows, n, row_shift_bounds<C>::lower);
    const per_row<double> beside = e.beside_largest();
    per_row<double> high, low;
    for (std::size_t r = 0; r < rows; r += D::size) {
        const D exponent = e.exponent.template lanes<D>(r) - D(unscale_exponent<C>);
        const auto log = log_of<C>(e.at(r), exponent, e.base.template lanes<D>(r));
        high.put(r, log.high), low.put(r, log.low);
    }
    for (std::size_t r = 0; r < rows; ++r) {
        const double largest = double(e.largest[r]);
        if (!is_finite(largest)) to(r, row_number{has_nan(src + r * n, n) ? quiet_nan : largest, 0});
        // Below that the polynomial's error could take the logarithm below the largest element.
        else if (beside[r] < (sizeof(C) == 4 ? 0x1p-27 : 0x1p-56) * e.high[r])
            to(r, row_number{largest, 0});
        else
            to(r, row_number{high[r], low[r]});
    }
}

/// to(row, log(1 + the sum of exp(x) over that row)). Where the largest is at most -130 (float) or -790
/// (double), any sum of less than 2^37 terms rounds to 0.
template <class T, class To>
void log1ps_of_rows(const T* src, std::size_t rows, std::size_t n, const To& to) noexcept {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    using C = compute_type<T>;
    constexpr C lowest = sizeof(C) == 4 ? -130 : -790;
    const auto e = sums_of_rows(src, rows, n, lowest);
    for (std::size_t r = 0; r < rows; ++r) {
        const C largest = e.largest[r];
        const row_number sum{e.high[r], e.low[r]};
        const auto exponent = [&] { return static_cast<int>(e.exponent[r]) - unscale_exponent<C>; };
        if (double(largest) == infinity || largest <= lowest)
            to(r, has_nan(src + r * n, n) ? quiet_nan : largest > 0 ? infinity : 0);
        else if (e.base[r] == 0)
            to(r, log1p_of<C>(sum, exponent()));
        else
            to(r, log_of<C>(sum, double(exponent()), double(e.base[r])).high);
    }
}

} // namespace actfn::inline ACTFN_ABI::detail
