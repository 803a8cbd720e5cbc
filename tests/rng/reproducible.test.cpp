// The sequences are part of the interface: their bits are the same in every build, with and without FMA, by
// any compiler.
#include "architectures.hpp"

#include <actfn/rng/draws.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <vector>

namespace rng = actfn::rng;
using actfn::noise;

namespace {

/// Fowler, Noll and Vo's FNV-1a of the bytes, lowest first.
template <class T>
std::uint64_t hash(const std::vector<T>& values) {
    std::uint64_t h = 0xcbf29ce484222325;
    for (const T x : values) {
        const auto word = std::bit_cast<actfn::detail::bits_of<T>>(x);
        for (std::size_t byte = 0; byte < sizeof(T); ++byte) {
            h ^= word >> 8 * byte & 0xff;
            h *= 0x100000001b3;
        }
    }
    return h;
}

constexpr std::size_t count = std::size_t(1) << 20;

// Of the first 2^20 draws of seed 42. Recorded from GCC 12 without FMA; a change of one is a change of the
// interface.
template <class T>
struct recorded;

template <>
struct recorded<float> {
    static constexpr std::uint64_t uniform = 0xa033e62af73bafcb, normal = 0x5c1d6e2ba3db71fb;
};

template <>
struct recorded<double> {
    static constexpr std::uint64_t uniform = 0x8214829097863363, normal = 0x33f79f0933cff162;
};

} // namespace

TEMPLATE_TEST_CASE("the first million draws have the recorded bits on every architecture", "[rng]", float,
                   double) {
    architectures::for_each([](auto arch) {
        CAPTURE(arch.name());
        CHECK(hash(architectures::filled<noise::uniform, TestType>({.seed = 42}, count, arch)) ==
              recorded<TestType>::uniform);
        CHECK(hash(architectures::filled<noise::normal, TestType>({.seed = 42}, count, arch)) ==
              recorded<TestType>::normal);
    });
}

TEMPLATE_TEST_CASE("single draws have the recorded bits", "[rng]", float, double) {
    std::vector<TestType> draws(count);
    for (std::size_t i = 0; i < draws.size(); ++i) draws[i] = rng::uniform<TestType>({.seed = 42}, i);
    CHECK(hash(draws) == recorded<TestType>::uniform);
    for (std::size_t i = 0; i < draws.size(); ++i) draws[i] = rng::normal<TestType>({.seed = 42}, i);
    CHECK(hash(draws) == recorded<TestType>::normal);
}
