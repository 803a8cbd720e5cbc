// What is known of an activation, as constant data that tests, benches, tables and plots read.
#pragma once

#include <actfn/core/lane_ops.hpp>
#include <actfn/core/lanes.hpp>
#include <actfn/core/policy.hpp>

#include <limits>
#include <optional>
#include <string_view>

namespace actfn::inline ACTFN_ABI {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// A pair of numbers: the ends of an interval, or the limits at -inf and +inf.
struct interval {
    double lower, upper;
};

/// What f(-x) is.
enum class symmetry { none, odd };

/// The facts of one activation with its default parameters.
struct facts {
    std::string_view name;       ///< as in C++
    std::string_view formula;    ///< of x
    std::string_view derivative; ///< of x
    std::string_view source;     ///< author, year, title or place
    interval range;              ///< smallest closed interval that holds every rounded value
    interval limits;             ///< f(-inf), f(+inf)
    interval slopes;             ///< f'(-inf), f'(+inf)
    symmetry shape = symmetry::none;
    bool increasing = true; ///< nowhere decreasing
    bool keeps_sign_of_zero = false;
    std::optional<double> kink = std::nullopt;       ///< where the derivative jumps
    std::optional<double> jump = std::nullopt;       ///< where the value jumps
    std::optional<double> stationary = std::nullopt; ///< where the derivative passes through 0
    int cancelled_bits = 0;                          ///< that definition() may lose
    interval window{-4, 4};                          ///< what a plot should show
};

/// A bound on the error against the exact result, in ulp of the correctly rounded one, final rounding
/// included; one ulp of a subnormal result is the smallest subnormal. Tests hold it from both sides: no input
/// exceeds ulp, and worst_at comes within resolution of it. All floats were tried; the bound for double is
/// the worst that a search found, and a little more for what it did not find.
struct error_claim {
    double ulp;
    double worst_at;

    template <std::floating_point T>
    static constexpr double resolution = sizeof(T) == sizeof(float) ? 0.001 : 0.02;
};

/// Rounded once, wherever: what an operation that rounds a single time can claim.
inline constexpr double half_ulp = 0.5;

/// The claims of one direction, by element type and by whether the build has fused multiply-add.
struct error_claims {
    error_claim fused_float, plain_float, fused_double, plain_double;

    template <std::floating_point T>
    constexpr error_claim of() const noexcept {
        if constexpr (sizeof(T) == sizeof(float))
            return fused ? fused_float : plain_float;
        else
            return fused ? fused_double : plain_double;
    }
};

/// The claim for T in tier A.
template <std::floating_point T, accuracy A>
constexpr error_claim claim_of(const error_claims& accurate, const error_claims& fast) noexcept {
    return (A == accuracy::fast ? fast : accurate).template of<T>();
}

} // namespace actfn::inline ACTFN_ABI
