// The generator itself: published answers, and the same answer in every lane of every register.
#include "architectures.hpp"

#include <actfn/rng/philox.hpp>

#include <catch2/catch_test_macros.hpp>

namespace {

using words = std::array<std::uint32_t, 4>;
using key = std::array<std::uint32_t, 2>;

// Vectors of the paper's own distribution, Random123: philox4x32, 10 rounds.
struct answer {
    words counter;
    key seed;
    words expected;
};
constexpr answer answers[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

static_assert(actfn::rng::philox4x32(answers[0].counter, answers[0].seed) == answers[0].expected);

template <class A>
[[gnu::noinline]] std::size_t lanes_unlike_scalar(const key& seed) {
    using W = xsimd::batch<std::uint32_t, A>;
    std::array<std::array<std::uint32_t, W::size>, 4> counter;
    std::uint32_t x = 1;
    for (auto& word : counter)
        for (auto& lane : word) lane = x = x * 1664525 + 1013904223;
    std::array<W, 4> in;
    for (std::size_t w = 0; w < 4; ++w) in[w] = W::load_unaligned(counter[w].data());
    const auto out = actfn::rng::philox4x32(in, seed);
    std::size_t unlike = 0;
    for (std::size_t lane = 0; lane < W::size; ++lane) {
        const words scalar = actfn::rng::philox4x32<std::uint32_t>(
            {counter[0][lane], counter[1][lane], counter[2][lane], counter[3][lane]}, seed);
        for (std::size_t w = 0; w < 4; ++w) unlike += out[w].get(lane) != scalar[w];
    }
    return unlike;
}

} // namespace

TEST_CASE("philox gives the published answers", "[rng]") {
    for (const answer& a : answers) CHECK(actfn::rng::philox4x32(a.counter, a.seed) == a.expected);
}

TEST_CASE("philox gives every lane of every architecture the scalar answer", "[rng]") {
    architectures::for_each([](auto arch) {
        CAPTURE(decltype(arch)::name());
        CHECK(lanes_unlike_scalar<decltype(arch)>({0, 0}) == 0);
        CHECK(lanes_unlike_scalar<decltype(arch)>({0xa4093822, 0x299f31d0}) == 0);
    });
}

TEST_CASE("philox changes about half of its bits with every bit of counter and key", "[rng]") {
    const words counter{1, 2, 3, 4};
    const key seed{5, 6};
    const words before = actfn::rng::philox4x32(counter, seed);
    for (std::size_t bit = 0; bit < 192; ++bit) {
        words c = counter;
        key k = seed;
        (bit < 128 ? c[bit / 32] : k[bit / 32 - 4]) ^= 1u << bit % 32;
        const words after = actfn::rng::philox4x32(c, k);
        int changed = 0;
        for (std::size_t w = 0; w < 4; ++w) changed += std::popcount(before[w] ^ after[w]);
        // Binomial of 128 bits: mean 64, standard deviation 5.66; five of them.
        CAPTURE(bit);
        CHECK(changed > 64 - 28);
        CHECK(changed < 64 + 28);
    }
}
