// Rows to test with, and the exact answers for them.
#pragma once

#include "support/halves.hpp"
#include "support/truth.hpp"

#include <actfn/reductions/log_softmax.hpp>

#include <random>
#include <vector>

namespace support {

template <class R>
R log_of(R x) {
    return std::log(x);
}
#ifdef ACTFN_TEST_HAS_QUAD
/// Newton's step from a double doubles the digits, the second one is for the last of them.
template <>
inline quad log_of(quad x) {
    int e = 0;
    while (x > quad(0x1p1000)) x *= quad(0x1p-1000), e += 1000;
    while (x < quad(0x1p-1000)) x *= quad(0x1p1000), e -= 1000;
    const quad ln2 = quad(0x1.62e42fefa39efp-1) + quad(0x1.abc9e3b39803fp-56) + quad(0x1.7b57a079a1934p-111);
    quad y = quad(std::log(static_cast<double>(x)));
    for (int k = 0; k < 2; ++k) y += x * elementary::exp(-y) - 1;
    return y + e * ln2;
}
#endif

/// The exact functions of a row, and of it with another element 0.
template <class T>
struct exact_row {
    using R = finest<actfn::compute_type<T>>;
    std::vector<T> x;
    R largest, sum, largest0, sum0;

    explicit exact_row(const std::vector<T>& row) : x(row) {
        largest = static_cast<R>(*std::max_element(x.begin(), x.end()));
        largest0 = std::max(largest, R(0));
        sum = 0;
        for (const T v : x) sum += elementary::exp(static_cast<R>(v) - largest);
        sum0 = sum * elementary::exp(largest - largest0) + elementary::exp(-largest0);
    }

    R softmax(std::size_t i) const { return elementary::exp(static_cast<R>(x[i]) - largest) / sum; }
    R softmax0(std::size_t i) const { return elementary::exp(static_cast<R>(x[i]) - largest0) / sum0; }
    R logsumexp() const { return largest + log_of(sum); }
    R log_softmax(std::size_t i) const { return (static_cast<R>(x[i]) - largest) - log_of(sum); }
    R logsumexp0() const {
        if (largest > 0) return largest + log_of(R(sum + elementary::exp(-largest)));
        return elementary::log1p(sum * elementary::exp(largest));
    }
};

/// The error in the units of claim: ulp of the exact result, no ulp less than the floor.
template <std::floating_point T, class R>
double error_of(T result, R exact, const actfn::row_claim& claim) {
    const T nearest = static_cast<T>(exact);
    if (!std::isfinite(result) || !std::isfinite(nearest))
        return result == nearest ? 0 : std::numeric_limits<double>::infinity();
    const R off = static_cast<R>(result) - exact,
            unit = static_cast<R>(std::max(static_cast<double>(ulp(nearest)), claim.floor));
    return static_cast<double>((off < 0 ? -off : off) / unit);
}

/// The same for halves: what is more than half an ulp of theirs, in ulp of float.
template <actfn::half H>
double error_of(H result, double exact, const actfn::row_claim& claim) {
    const double nearest = nearest_half<H>(exact), got = static_cast<double>(static_cast<float>(result));
    if (!std::isfinite(got) || !std::isfinite(nearest))
        return got == nearest ? 0 : std::numeric_limits<double>::infinity();
    const double unit = std::max(static_cast<double>(ulp(static_cast<float>(exact))), claim.floor);
    return std::max(0.0, std::fabs(got - exact) - half_ulp<H>(nearest) / 2) / unit;
}

/// The nearest T, and no infinity.
template <class T>
T finite(double x) {
    if constexpr (actfn::half<T>) {
        constexpr double most = static_cast<double>(half_limits<T>::largest);
        return T(static_cast<float>(std::clamp(x, -most, most)));
    } else {
        return static_cast<T>(x);
    }
}

/// One element, two, many; small and large; close together and far apart; two values only, whose errors do
/// not average out.
template <class T>
std::vector<std::vector<T>> rows(std::size_t longest, std::size_t count) {
    std::mt19937_64 random(seed);
    std::vector<std::vector<T>> all;
    const double deep = sizeof(T) == 8 ? 745 : 104;
    const auto uniform = [&](double a, double b) {
        return std::uniform_real_distribution<double>(a, b)(random);
    };
    const double offsets[] = {0,        0,         1,          -1,         deep / 2,    -deep / 2,
                              -deep,    deep,      1.6 * deep, 1.7 * deep, -0.6 * deep, -0.7 * deep,
                              3 * deep, -3 * deep, 1e4 * deep, -1e4 * deep};
    const std::size_t shortest[] = {1, 2, 3, 2, 5, 2, 3, 17};
    const std::size_t lengths[] = {1, 2, 3, 5, 16, 31, 32, 33, 63, 64, 65, 100, 257, 1000, 1024, 4096};
    for (std::size_t k = 0; k < count / slowdown; ++k) {
        // The shortest find the worst, and soon.
        const std::size_t n = k % 64 == 0 ? std::min(longest, lengths[(k / 64) % 16]) : shortest[k % 8];
        const double offset = offsets[(k / 8) % 16], spread = std::exp2(uniform(-6, 6));
        const double a = uniform(-1, 1), b = uniform(-1, 1);
        std::vector<T> x(n);
        for (std::size_t i = 0; i < n; ++i) {
            double at = 0;
            if (k % 3 == 0)
                at = i % 7 == 3 ? a : b;
            else if (k % 3 == 1)
                at = uniform(-1, 1);
            else
                at = i == k % n ? 0 : -uniform(0, 1.1 * deep) / spread;
            x[i] = finite<T>(offset + spread * at);
        }
        all.push_back(x);
    }
    return all;
}

} // namespace support
