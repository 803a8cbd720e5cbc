// Which draw goes where: the tile mapping, cuts, and the ends of the sequence.
#include "architectures.hpp"

#include <actfn/rng/draws.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <vector>

namespace rng = actfn::rng;
using actfn::noise;

namespace {

/// The words of the counter that draw number k comes from, written down from the documentation of stream.
std::array<std::uint32_t, 4> words_of(std::uint64_t seed, std::uint64_t k) {
    const std::uint64_t t = k / 256, l = k % 64, counter = 64 * t + l;
    return rng::philox4x32<std::uint32_t>(
        {static_cast<std::uint32_t>(counter), static_cast<std::uint32_t>(counter >> 32), 0, 0},
        {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
}

std::size_t word_index(std::uint64_t k) { return k % 256 / 64; }

template <class T>
T uniform_of(std::uint32_t word) {
    if constexpr (sizeof(T) == 4)
        return (static_cast<T>(word >> 9) + T(0.5)) * T(0x1p-23);
    else
        return (static_cast<T>(word) + T(0.5)) * T(0x1p-32);
}

template <noise Kind, class T>
std::vector<T> one_by_one(const rng::stream& s, std::size_t n) {
    std::vector<T> draws(n);
    for (std::size_t i = 0; i < n; ++i) draws[i] = rng::draw<Kind, T>(s, i);
    return draws;
}

constexpr std::uint64_t seed = 0x0123456789abcdef;

// Draw numbers at which something could go wrong: the first, the last before a counter's low word overflows,
// the last of all.
constexpr std::uint64_t starts[] = {0, (std::uint64_t(1) << 34) - 300,
                                    std::numeric_limits<std::uint64_t>::max() - 300};

} // namespace

TEMPLATE_TEST_CASE("draw k is word k % 256 / 64 of counter 64 (k / 256) + k % 64", "[rng]", float, double) {
    std::size_t wrong = 0;
    for (const std::uint64_t start : starts) {
        for (std::uint64_t i = 0; i < 1000; ++i) {
            const std::uint64_t k = start + i;
            wrong += rng::uniform<TestType>({seed, start}, i) !=
                     uniform_of<TestType>(words_of(seed, k)[word_index(k)]);
        }
    }
    CHECK(wrong == 0);
}

TEMPLATE_TEST_CASE("a normal pair comes from words 0 and 1, or 2 and 3, of one counter", "[rng]", float,
                   double) {
    using bits = actfn::detail::bits_of<TestType>;
    std::size_t wrong = 0;
    for (const std::uint64_t start : starts) {
        for (std::uint64_t i = 0; i < 1000; ++i) {
            const std::uint64_t k = start + i;
            const auto words = words_of(seed, k);
            const std::size_t w = word_index(k);
            const auto pair =
                rng::normals_from<TestType>(bits(words[w < 2 ? 0 : 2]), bits(words[w < 2 ? 1 : 3]));
            wrong += rng::normal<TestType>({seed, start}, i) != pair[w % 2];
        }
    }
    CHECK(wrong == 0);
}

TEMPLATE_TEST_CASE("a filled span holds the single draws, on every architecture", "[rng]", float, double) {
    constexpr std::size_t n = 1024 + 77;
    for (const std::uint64_t start : starts) {
        const rng::stream s{seed, start};
        const auto uniform = one_by_one<noise::uniform, TestType>(s, n);
        const auto normal = one_by_one<noise::normal, TestType>(s, n);
        architectures::for_each([&](auto arch) {
            CAPTURE(arch.name(), start);
            CHECK(architectures::filled<noise::uniform, TestType>(s, n, arch) == uniform);
            CHECK(architectures::filled<noise::normal, TestType>(s, n, arch) == normal);
        });
    }
}

TEMPLATE_TEST_CASE("element i depends on first + i alone, however the draws are cut", "[rng]", float,
                   double) {
    constexpr TestType untouched = -100;
    const auto uniform = one_by_one<noise::uniform, TestType>({seed}, 600);
    const auto normal = one_by_one<noise::normal, TestType>({seed}, 600);
    std::size_t wrong = 0, spilt = 0;
    for (std::size_t first = 0; first < 256; ++first) {
        for (std::size_t n = 0; n <= 330; n += n < 70 ? 1u : 13u) {
            std::array<TestType, 332> dst;
            const auto check = [&](const std::vector<TestType>& expected) {
                for (std::size_t i = 0; i < n; ++i) wrong += dst[i + 1] != expected[first + i];
                spilt += dst[0] != untouched;
                spilt += dst[n + 1] != untouched;
            };
            dst.fill(untouched);
            rng::fill_uniform({seed, first}, std::span(dst).subspan(1, n));
            check(uniform);
            dst.fill(untouched);
            rng::fill_normal({seed, first}, std::span(dst).subspan(1, n));
            check(normal);
        }
    }
    CHECK(wrong == 0);
    CHECK(spilt == 0);
}

TEMPLATE_TEST_CASE("a part of a tile holds the draws of the whole one", "[rng]", float, double) {
    alignas(64) std::array<TestType, rng::tile_size> whole, part;
    rng::fill_tile<noise::normal>(seed, 5, whole.data());
    std::size_t wrong = 0;
    for (std::size_t begin = 0; begin < rng::tile_size; begin += 3) {
        for (std::size_t end = begin + 1; end <= rng::tile_size; end += 5) {
            part.fill(0);
            rng::fill_tile<noise::normal>(seed, 5, part.data(), begin, end);
            wrong += !std::ranges::equal(std::span(part).subspan(begin, end - begin),
                                         std::span(whole).subspan(begin, end - begin));
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("skipping n draws is the same stream n further on, also around the end of the sequence", "[rng]") {
    STATIC_REQUIRE(rng::stream{.seed = 1, .first = 5}.skip(7) == rng::stream{.seed = 1, .first = 12});
    STATIC_REQUIRE(rng::stream{.seed = 1} == rng::stream{1, 0});
    const rng::stream s{seed, 1000};
    std::size_t wrong = 0;
    for (const std::uint64_t n :
         {std::uint64_t(1), std::uint64_t(255), std::uint64_t(1) << 40, ~std::uint64_t(0)}) {
        for (std::uint64_t i = 0; i < 300; ++i)
            wrong += rng::normal<float>(s.skip(n), i) != rng::normal<float>(s, n + i);
    }
    CHECK(wrong == 0);
    CHECK(rng::uniform<float>({seed, ~std::uint64_t(0)}, 1) == rng::uniform<float>({seed, 0}, 0));
}

TEST_CASE("a vector, an array, a C array and a span can be filled, and an empty span is left alone",
          "[rng]") {
    std::vector<float> vector(3);
    std::array<float, 3> array;
    float plain[3];
    rng::fill_uniform({seed}, vector);
    rng::fill_uniform({seed}, array);
    rng::fill_uniform({seed}, plain);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(vector[i] == rng::uniform<float>({seed}, i));
        CHECK(array[i] == vector[i]);
        CHECK(plain[i] == vector[i]);
    }
    rng::fill_normal({seed}, std::span<double>());
}

TEST_CASE("only contiguous floating-point numbers that may be written can be filled", "[rng]") {
    STATIC_REQUIRE(rng::numbers<std::vector<double>&>);
    STATIC_REQUIRE(rng::numbers<std::span<float>>);
    STATIC_REQUIRE_FALSE(rng::numbers<std::span<const float>>);
    STATIC_REQUIRE_FALSE(rng::numbers<const std::vector<double>&>);
    STATIC_REQUIRE_FALSE(rng::numbers<std::vector<int>&>);
}
