// Statistics of a sample in units of their own standard deviation, so that one bound serves all tests.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace statistics {

/// A true hypothesis fails a test at this many standard deviations once in 1.7 million; about 200 statistics
/// are looked at here, with fixed seeds.
inline constexpr double limit = 5;

/// The probability that a normal deviate exceeds the limit in size.
inline const double chance = std::erfc(limit / std::sqrt(2.0));

/// The mean of values, each of the given expectation and variance, in standard deviations off.
inline double mean_deviation(std::span<const double> values, double expectation, double variance) {
    double sum = 0;
    for (const double v : values) sum += v - expectation;
    return sum / std::sqrt(static_cast<double>(values.size()) * variance);
}

/// As above, of the k-th powers of something, where moment(k) is the expectation of one.
template <class Moment>
double moment_deviation(std::span<const double> powers, int k, Moment moment) {
    return mean_deviation(powers, moment(k), moment(2 * k) - moment(k) * moment(k));
}

/// The correlation of x[i] with y[i], both of mean 0 and variance 1 and independent, in standard deviations
/// off 0.
inline double correlation_deviation(std::span<const double> x, std::span<const double> y) {
    std::vector<double> products(std::min(x.size(), y.size()));
    for (std::size_t i = 0; i < products.size(); ++i) products[i] = x[i] * y[i];
    return mean_deviation(products, 0, 1);
}

/// Kolmogorov and Smirnov's distance of a sample from the uniform distribution on (0, 1), over the one that
/// is exceeded with the probability `chance`: P(sqrt(n) D > c) = 2 exp(-2 c^2) for large n and c.
inline double kolmogorov_ratio(std::vector<double> sample) {
    std::sort(sample.begin(), sample.end());
    const double n = static_cast<double>(sample.size());
    double distance = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        distance = std::max(
            {distance, sample[i] - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - sample[i]});
    }
    return distance * std::sqrt(n) / std::sqrt(-std::log(chance / 2) / 2);
}

/// Pearson's chi-square of equally probable cells, as a standard normal deviate by Wilson and Hilferty's
/// (1931) cube root.
inline double chi_square_deviation(std::span<const std::size_t> counts) {
    double total = 0;
    for (const std::size_t c : counts) total += static_cast<double>(c);
    const double expected = total / static_cast<double>(counts.size());
    double chi_square = 0;
    for (const std::size_t c : counts)
        chi_square += std::pow(static_cast<double>(c) - expected, 2) / expected;
    const double freedom = static_cast<double>(counts.size() - 1);
    const double spread = 2 / (9 * freedom);
    return (std::cbrt(chi_square / freedom) - (1 - spread)) / std::sqrt(spread);
}

/// The same of a sample that should be uniform on (0, 1), in equal cells.
inline double chi_square_deviation(std::span<const double> sample, std::size_t cells) {
    std::vector<std::size_t> counts(cells);
    for (const double x : sample) ++counts.at(static_cast<std::size_t>(x * static_cast<double>(cells)));
    return chi_square_deviation(counts);
}

} // namespace statistics
