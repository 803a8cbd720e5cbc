// What the results of one kernel are found to be.
#pragma once

#include "support/bits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace versus {

inline constexpr std::size_t block = 1 << 13; // floats computed together

/// The largest error, and of the places where it is the one nearest to 0, whatever the order of the threads.
struct worst {
    double error = 0;
    float at = 0;

    void note(double e, float x) {
        if (e > error || (e == error && std::fabs(x) < std::fabs(at))) error = e, at = x;
    }
};

/// What one kernel did.
struct findings {
    worst error, normal; // normal: where neither x nor the exact result is subnormal
    std::uint64_t misrounded = 0, nan = 0, flushed = 0;

    /// The loop has no branch, so that compilers put it in registers; the few errors that are worse than all
    /// before are looked for after it. Errors are compared by their bits, whose order is theirs, NaN last. No
    /// ulp counts less than least_ulp.
    void note(std::span<const float> x, std::span<const float> result, std::span<const double> exact,
              double least_ulp = 0) {
        std::array<double, block> e;
        std::uint64_t largest = 0, wrong = 0, nans = 0, zeros = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const float nearest = static_cast<float>(exact[i]);
            e[i] = std::fabs(static_cast<double>(result[i]) - exact[i]) / std::max(ulp(nearest), least_ulp);
            largest = std::max(largest, support::bits(e[i]));
            wrong += static_cast<std::uint64_t>(result[i] != nearest);
            nans += static_cast<std::uint64_t>(result[i] != result[i]);
            zeros += static_cast<std::uint64_t>(result[i] == 0) & static_cast<std::uint64_t>(e[i] >= flush);
        }
        misrounded += wrong;
        nan += nans;
        flushed += zeros;
        if (std::min(largest, support::bits(infinite)) < support::bits(std::min(error.error, normal.error)))
            return;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double bounded = std::isnan(e[i]) ? infinite : e[i];
            error.note(bounded, x[i]);
            if (std::isnormal(static_cast<float>(exact[i])) && std::isnormal(x[i]))
                normal.note(bounded, x[i]);
        }
    }
    void join(const findings& f) {
        error.note(f.error.error, f.error.at);
        normal.note(f.normal.error, f.normal.at);
        misrounded += f.misrounded;
        nan += f.nan;
        flushed += f.flushed;
    }

private:
    static constexpr double flush = 4; // ulp; a 0 nearer than that is an ordinary error
    static constexpr double infinite = std::numeric_limits<double>::infinity();

    /// support::ulp, without a branch; y finite.
    static double ulp(float y) {
        const std::uint32_t power = support::bits(y) & support::bits(std::numeric_limits<float>::infinity());
        return static_cast<double>(std::bit_cast<float>(power) * 0x1p-23f + (power == 0 ? 0x1p-149f : 0.0f));
    }
};

} // namespace versus
