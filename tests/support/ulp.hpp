// The error of a result, in the units of error_claim.
#pragma once

#include "support/bits.hpp"

#include <cmath>

namespace support {

/// A type with more digits than T, for reference values: double for float, long double for double. Where long
/// double is no wider than double there is no reference, and has_wider is false; nor is there in Emscripten,
/// whose exp and log of its 128 bits are those of double.
template <std::floating_point T>
using wider = std::conditional_t<sizeof(T) == 4, double, long double>;

#if defined(__EMSCRIPTEN__)
template <std::floating_point T>
inline constexpr bool has_wider = sizeof(T) == 4;
#else
template <std::floating_point T>
inline constexpr bool has_wider = std::numeric_limits<wider<T>>::digits > std::numeric_limits<T>::digits;
#endif

/// The distance from a finite |y| to the next larger number; among the subnormals the smallest of them.
template <std::floating_point T>
T ulp(T y) noexcept {
    const T power = std::bit_cast<T>(bits(y) & bits(std::numeric_limits<T>::infinity()));
    return std::max(power * std::numeric_limits<T>::epsilon(), std::numeric_limits<T>::denorm_min());
}

/// |result - exact| in ulp of exact correctly rounded. Infinite where one of the two is NaN or overflowed and
/// the other did not; never NaN itself.
template <std::floating_point T>
double ulp_error(T result, wider<T> exact) noexcept {
    using W = wider<T>;
    const T nearest = static_cast<T>(exact);
    if (result == nearest && std::isinf(result)) return 0;
    if (std::isnan(result) && std::isnan(nearest)) return 0;
    if (!std::isfinite(result) || !std::isfinite(nearest)) return std::numeric_limits<double>::infinity();
    return static_cast<double>(std::fabs(static_cast<W>(result) - exact) / static_cast<W>(ulp(nearest)));
}

/// The largest error seen, and where.
template <std::floating_point T>
struct worst {
    double error = 0;
    T at = 0;

    void note(double e, T x) noexcept {
        if (e > error) error = e, at = x;
    }
};

} // namespace support
