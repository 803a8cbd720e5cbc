// Words to numbers: the range of uniform draws and the accuracy of normal ones.
#include <actfn/rng/draws.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace rng = actfn::rng;

namespace {

using real = long double;

/// Digits enough for an error of a double to be measured to a thousandth of an ULP.
constexpr bool has_oracle = std::numeric_limits<real>::digits >= std::numeric_limits<double>::digits + 10;

template <class T>
using bits = actfn::detail::bits_of<T>;

template <class T>
real uniform_of(std::uint32_t word) {
    return sizeof(T) == 4 ? (real(word >> 9) + 0.5L) * 0x1p-23L : (real(word) + 0.5L) * 0x1p-32L;
}

/// r cos(2 pi u1) and r sin(2 pi u1) as in the textbook; the angle is reduced to a quadrant first, exactly,
/// for cos and sin near their zeros.
template <class T>
std::array<real, 2> box_muller(std::uint32_t word0, std::uint32_t word1) {
    const real r = std::sqrt(-2 * std::log(uniform_of<T>(word0)));
    const real quarters = 4 * uniform_of<T>(word1);
    const real nearest = std::round(quarters);
    const real angle = (quarters - nearest) * std::numbers::pi_v<real> / 2;
    const real c = r * std::cos(angle), s = r * std::sin(angle);
    switch (static_cast<int>(nearest) % 4) {
    case 0:
        return {c, s};
    case 1:
        return {-s, c};
    case 2:
        return {-c, -s};
    default:
        return {s, -c};
    }
}

/// In units of the last place of the exact result.
template <class T>
double error(T got, real exact) {
    const real ulp = std::ldexp(real(1), std::ilogb(exact) + 1 - std::numeric_limits<T>::digits);
    return static_cast<double>(std::abs(real(got) - exact) / ulp);
}

/// The larger error of the two normals from a pair of words.
template <class T>
double error_at(std::uint32_t word0, std::uint32_t word1) {
    const auto z = rng::normals_from<T>(bits<T>(word0), bits<T>(word1));
    const auto exact = box_muller<T>(word0, word1);
    return std::max(error(z[0], exact[0]), error(z[1], exact[1]));
}

} // namespace

TEST_CASE("a uniform float is (k + 1/2) 2^-23 for each of the 2^23 values k of a word's upper bits",
          "[rng]") {
    std::size_t wrong = 0;
    float least = 1, greatest = 0;
    for (std::uint32_t k = 0; k < 1u << 23; ++k) {
        const float u = rng::uniform_from<float>(k << 9 | (k & 511));
        wrong += real(u) != uniform_of<float>(k << 9);
        least = std::min(least, u);
        greatest = std::max(greatest, u);
    }
    CHECK(wrong == 0);
    CHECK(least == 0x1p-24f);
    CHECK(greatest == 1 - 0x1p-24f);
}

TEST_CASE("a uniform double is (k + 1/2) 2^-32 with the whole word k, whatever lies above it", "[rng]") {
    std::size_t wrong = 0;
    for (std::uint64_t k = 0; k < std::uint64_t(1) << 32; k += 4093) {
        wrong += real(rng::uniform_from<double>(k | 0xabcdef1200000000)) !=
                 uniform_of<double>(static_cast<std::uint32_t>(k));
    }
    CHECK(wrong == 0);
    CHECK(rng::uniform_from<double>(std::uint64_t(0)) == 0x1p-33);
    CHECK(rng::uniform_from<double>(~std::uint64_t(0)) == 1 - 0x1p-33);
}

TEMPLATE_TEST_CASE("normal draws stay within the claimed error, and the witness reaches it", "[rng]", float,
                   double) {
    if (!has_oracle) SKIP("long double is no wider than double here");
    constexpr rng::normal_claim claim = rng::normal_error<TestType>;
    const double at_witness = error_at<TestType>(claim.word0, claim.word1);
    CHECK(at_witness <= claim.ulp);
    CHECK(at_witness > claim.ulp - claim.resolution);
    // Radii at the witness's angle, angles at its radius, and pairs of anything.
    constexpr std::uint64_t stride = 4093;
    double worst = 0;
    for (std::uint64_t w = 0; w < std::uint64_t(1) << 32; w += stride) {
        const auto word = static_cast<std::uint32_t>(w);
        worst =
            std::max({worst, error_at<TestType>(word, claim.word1), error_at<TestType>(claim.word0, word)});
    }
    CHECK(worst <= claim.ulp);
    worst = 0;
    for (std::uint32_t k = 0; k < 1u << 18; ++k) {
        const auto words = rng::philox4x32<std::uint32_t>({k, 0, 0, 0}, {1, 2});
        worst =
            std::max({worst, error_at<TestType>(words[0], words[1]), error_at<TestType>(words[2], words[3])});
    }
    CHECK(worst <= claim.ulp);
}

TEMPLATE_TEST_CASE("normal draws are never 0, and as large as the least u allows but not larger", "[rng]",
                   float, double) {
    using T = TestType;
    // The least u is 2^-24 or 2^-33, so sqrt(-2 log u) is 5.77 or 6.76; up to a claim's worth of rounding.
    const double radius = std::sqrt(2 * (sizeof(T) == 4 ? 24 : 33) * std::numbers::ln2);
    const double rounding = rng::normal_error<T>.ulp * static_cast<double>(std::numeric_limits<T>::epsilon());
    T least = 1, greatest = 0;
    for (const bits<T> word0 : {bits<T>(0), bits<T>(0xffffffff)}) {
        for (std::uint64_t word1 = 0; word1 < std::uint64_t(1) << 32; word1 += 4096) {
            for (const T z : rng::normals_from<T>(word0, static_cast<bits<T>>(word1))) {
                least = std::min(least, std::abs(z));
                greatest = std::max(greatest, std::abs(z));
            }
        }
    }
    CHECK(least > 0);
    CHECK(static_cast<double>(greatest) < radius * (1 + rounding));
    CHECK(static_cast<double>(greatest) > radius * (1 - rounding));
}
