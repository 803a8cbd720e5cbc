// Half-precision numbers: all of them, and which one is nearest.
#pragma once

#include "support/bits.hpp"

#include <actfn/core/half.hpp>

#include <cmath>
#include <cstring>
#include <vector>

namespace support {

template <actfn::half H>
std::uint16_t bits(H x) noexcept {
    std::uint16_t b;
    std::memcpy(&b, &x, sizeof b);
    return b;
}

template <actfn::half H>
H half_of(std::uint16_t b) noexcept {
    H x;
    std::memcpy(&x, &b, sizeof x);
    return x;
}

/// The same bits; all NaNs are one.
template <actfn::half H>
bool same(H a, H b) noexcept {
    return bits(a) == bits(b) || (std::isnan(static_cast<float>(a)) && std::isnan(static_cast<float>(b)));
}

/// All 65536 values.
template <actfn::half H>
std::vector<H> all_halves() {
    std::vector<H> v;
    for (unsigned b = 0; b < 0x10000; ++b) v.push_back(half_of<H>(static_cast<std::uint16_t>(b)));
    return v;
}

/// What is known of a format: digits of the significand, the exponents of the smallest and largest normal.
template <actfn::half H>
struct half_limits {
    static constexpr bool binary16 = actfn::detail::half_traits<H>::format == actfn::half_format::binary16;
    static constexpr int digits = binary16 ? 11 : 8, least = binary16 ? -14 : -126,
                         most = binary16 ? 15 : 127;
    static constexpr float largest = binary16 ? 0x1.ffcp15f : 0x1.fep127f;
    static constexpr const char* name = binary16 ? "float16" : "bfloat16";
};

/// The distance of a finite y to the next larger half in magnitude.
template <actfn::half H>
double half_ulp(double y) noexcept {
    using L = half_limits<H>;
    const int exponent = y == 0 ? L::least : std::max(std::ilogb(y), L::least);
    return std::ldexp(1.0, exponent - L::digits + 1);
}

/// The half nearest to y, ties to even, as a double; by arithmetic, not by bits.
template <actfn::half H>
double nearest_half(double y) noexcept {
    using L = half_limits<H>;
    if (!std::isfinite(y)) return y;
    const double unit = half_ulp<H>(y), q = std::nearbyint(y / unit) * unit;
    return std::fabs(q) < std::ldexp(1.0, L::most + 1) ? q : std::copysign(HUGE_VAL, y);
}

/// |result - exact| in ulp of the half nearest to exact; infinite where one of the two is NaN or overflowed
/// and the other did not.
template <actfn::half H>
double half_ulp_error(H result, double exact) noexcept {
    const double r = static_cast<double>(static_cast<float>(result)), nearest = nearest_half<H>(exact);
    if (std::isnan(r) && std::isnan(exact)) return 0;
    if (r == nearest && std::isinf(r)) return 0;
    if (!std::isfinite(r) || !std::isfinite(nearest)) return HUGE_VAL;
    return std::fabs(r - exact) / half_ulp<H>(nearest);
}

} // namespace support
