// Where the draws of a call come from.
#pragma once

#include <actfn/core/abi.hpp>

#include <cstdint>

namespace actfn::inline ACTFN_ABI::rng {

/// A sequence of 2^64 draws, as a value: element i of a call takes draw number first + i (mod 2^64), whatever
/// the instruction set, the number of threads and the cut into calls. Nothing in it changes: the same stream
/// gives the same draws again, which is how backward sees those of forward; different seeds give independent
/// sequences.
///
/// Draw number k is, with t = k / 256, w = k % 256 / 64 and l = k % 64, made from word w of Philox4x32-10 at
/// counter 64 t + l with the seed as key (a normal from two words, see box_muller). So 256 draws need 64
/// counters, and the words of neighbouring counters lie side by side in memory as they do in registers of any
/// length: no shuffles. The mapping is part of the interface.
struct stream {
    std::uint64_t seed;
    std::uint64_t first = 0;

    /// The stream after n draws.
    [[nodiscard]] constexpr stream skip(std::uint64_t n) const noexcept { return {seed, first + n}; }

    friend constexpr bool operator==(const stream&, const stream&) = default;
};

} // namespace actfn::inline ACTFN_ABI::rng
