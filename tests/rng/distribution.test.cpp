// Whether the draws look random: moments, distribution, and independence of neighbours and of streams.
#include "statistics.hpp"

#include <actfn/rng/draws.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

namespace rng = actfn::rng;
using actfn::noise;
using statistics::limit;

namespace {

constexpr std::size_t n = std::size_t(1) << 19;
// Several streams, among them two that differ in the upper word of the seed only.
constexpr std::uint64_t seeds[] = {0, 42, 43, 42 + (std::uint64_t(1) << 32)};

template <noise Kind, class T>
std::vector<double> sample(std::uint64_t seed) {
    std::vector<T> draws(n);
    rng::fill<Kind>({seed}, draws);
    return {draws.begin(), draws.end()};
}

/// E (u - 1/2)^k of a uniform u on (0, 1).
double uniform_moment(int k) { return k % 2 ? 0 : std::pow(0.5, k) / (k + 1); }

/// E z^k of a standard normal z: (k - 1)!!.
double normal_moment(int k) { return k % 2 ? 0 : k == 0 ? 1 : (k - 1) * normal_moment(k - 2); }

/// Mean 0 and variance 1.
std::vector<double> standardised(std::vector<double> uniform) {
    for (double& u : uniform) u = (u - 0.5) * std::sqrt(12.0);
    return uniform;
}

std::vector<double> squares(std::vector<double> normal) {
    for (double& z : normal) z = (z * z - 1) / std::sqrt(2.0);
    return normal;
}

std::vector<double> probabilities(std::vector<double> normal) {
    for (double& z : normal) z = std::erfc(-z / std::sqrt(2.0)) / 2;
    return normal;
}

/// E x^k for k up to 6.
template <class Moment>
void check_moments(const std::vector<double>& x, Moment moment) {
    std::vector<double> powers(x.size(), 1);
    for (int k = 1; k <= 6; ++k) {
        for (std::size_t i = 0; i < x.size(); ++i) powers[i] *= x[i];
        CAPTURE(k);
        CHECK(std::abs(statistics::moment_deviation(powers, k, moment)) < limit);
    }
}

/// x[i] with x[i + lag], for lags within a register, a row of a tile, a tile, and across.
void check_neighbours(const std::vector<double>& x) {
    for (const std::size_t lag : {1u, 2u, 3u, 4u, 8u, 16u, 32u, 63u, 64u, 65u, 128u, 192u, 256u, 1024u}) {
        CAPTURE(lag);
        CHECK(std::abs(statistics::correlation_deviation(x, std::span(x).subspan(lag))) < limit);
    }
}

} // namespace

TEMPLATE_TEST_CASE("uniform draws have the moments and the distribution of uniform numbers", "[rng]", float,
                   double) {
    for (const std::uint64_t seed : seeds) {
        CAPTURE(seed);
        auto u = sample<noise::uniform, TestType>(seed);
        CHECK(statistics::kolmogorov_ratio(u) < 1);
        CHECK(std::abs(statistics::chi_square_deviation(u, 256)) < limit);
        CHECK(std::abs(statistics::chi_square_deviation(u, 4096)) < limit);
        for (double& x : u) x -= 0.5;
        check_moments(u, uniform_moment);
    }
}

TEMPLATE_TEST_CASE("normal draws have the moments and the distribution of normal numbers", "[rng]", float,
                   double) {
    for (const std::uint64_t seed : seeds) {
        CAPTURE(seed);
        const auto z = sample<noise::normal, TestType>(seed);
        check_moments(z, normal_moment);
        const auto p = probabilities(z);
        CHECK(statistics::kolmogorov_ratio(p) < 1);
        CHECK(std::abs(statistics::chi_square_deviation(p, 256)) < limit);
        CHECK(std::abs(statistics::chi_square_deviation(p, 4096)) < limit);
        // Beyond 4 lie 33 of half a million: a Poisson number, whose variance is its mean.
        const double expected = n * std::erfc(4 / std::sqrt(2.0));
        const auto beyond = std::count_if(z.begin(), z.end(), [](double x) { return std::abs(x) > 4; });
        CHECK(std::abs(static_cast<double>(beyond) - expected) < limit * std::sqrt(expected));
    }
}

TEST_CASE("every byte of the words behind the draws is uniform", "[rng]") {
    // A double is (k + 1/2) 2^-32 with the whole word k.
    std::vector<std::size_t> counts[4];
    for (auto& c : counts) c.resize(256);
    for (const double u : sample<noise::uniform, double>(42)) {
        const auto word = static_cast<std::uint32_t>(u * 0x1p32);
        for (std::size_t b = 0; b < 4; ++b) ++counts[b][word >> 8 * b & 255];
    }
    for (const auto& c : counts) CHECK(std::abs(statistics::chi_square_deviation(c)) < limit);
}

TEMPLATE_TEST_CASE("neighbouring draws are not correlated", "[rng]", float, double) {
    for (const std::uint64_t seed : seeds) {
        CAPTURE(seed);
        check_neighbours(standardised(sample<noise::uniform, TestType>(seed)));
        const auto z = sample<noise::normal, TestType>(seed);
        check_neighbours(z);
        // A pair shares its radius: the squares would tell if that were not distributed as it should be.
        check_neighbours(squares(z));
    }
}

TEMPLATE_TEST_CASE("streams of different seeds are not correlated", "[rng]", float, double) {
    for (const std::uint64_t a : seeds) {
        for (const std::uint64_t b : seeds) {
            if (a >= b) continue;
            CAPTURE(a, b);
            const auto u = standardised(sample<noise::uniform, TestType>(a)),
                       v = standardised(sample<noise::uniform, TestType>(b));
            CHECK(std::abs(statistics::correlation_deviation(u, v)) < limit);
            const auto z = sample<noise::normal, TestType>(a), y = sample<noise::normal, TestType>(b);
            CHECK(std::abs(statistics::correlation_deviation(z, y)) < limit);
            CHECK(std::abs(statistics::correlation_deviation(squares(z), squares(y))) < limit);
        }
    }
}
