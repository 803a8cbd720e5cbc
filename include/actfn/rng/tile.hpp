// A tile of 256 draws at once, in registers of any length.
#pragma once

#include <actfn/core/policy.hpp>
#include <actfn/rng/box_muller.hpp>
#include <actfn/rng/philox.hpp>

namespace actfn::inline ACTFN_ABI::rng {

/// Draws in a tile: the four words of 64 counters.
inline constexpr std::size_t tile_size = 256;

namespace detail {

/// Counters in a tile.
inline constexpr std::size_t row_size = tile_size / 4;

[[gnu::always_inline]] constexpr std::array<std::uint32_t, 2> key_of(std::uint64_t seed) noexcept {
    return {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
}

/// Counters are taken in steps of four registers, with 64 bits to a word: a chain of rounds waits for its
/// products most of the time, and the scheduler sees too few of them by itself. Eight would gain on SSE2 only
/// (ns per word with 2 / 4 / 8, GCC 12, Sapphire Rapids at 2.6 GHz: SSE2 1.69 / 1.48 / 1.30,
/// AVX2 0.90 / 0.86 / 0.87, AVX-512 0.45 / 0.42 / 0.46).
template <class A>
inline constexpr std::size_t step = 4 * xsimd::batch<std::uint64_t, A>::size;

/// The counters of a step, less the first, in the order that four registers hold them: where two registers
/// with 64 bits to a word join to one with 32, one has the even counters and the other the odd ones.
template <class A, class T>
inline constexpr auto counter_order = [] {
    constexpr std::size_t size = step<A> / 4;
    std::array<std::uint64_t, step<A>> order{};
    for (std::size_t i = 0; i < step<A>; ++i) {
        const std::size_t reg = i / size, lane = i % size;
        order[i] = sizeof(T) == 4 ? reg / 2 * 2 * size + 2 * lane + reg % 2 : i;
    }
    return order;
}();

/// Words of the counters l in [from, to) of tile t, passed through f: word w to dst[64 w + l]. from is a
/// multiple of the step.
template <class A, std::floating_point T, class F>
[[gnu::always_inline]] inline void fill_words(std::uint64_t seed, std::uint64_t t, std::size_t from,
                                              std::size_t to, T* dst, F f) noexcept {
    using L = xsimd::batch<std::uint64_t, A>;
    using P = pack<L, 4>;
    static_assert(row_size % step<A> == 0, "actfn: a step of this architecture does not divide a tile");
    const std::uint64_t* order = counter_order<A, T>.data();
    const P steps(L::load_unaligned(order), L::load_unaligned(order + L::size),
                  L::load_unaligned(order + 2 * L::size), L::load_unaligned(order + 3 * L::size));
    for (std::size_t l = from; l < to; l += step<A>) {
        const std::uint64_t first = row_size * t + l;
        const P counter = actfn::detail::each(
            [first](const L& x) __attribute__((always_inline)) { return x + L(first); }, steps);
        const auto words = philox<P>({counter, P(first >> 32), P(0), P(0)}, key_of(seed));
        const auto store = [&](const P& w, T* out) __attribute__((always_inline)) {
            if constexpr (sizeof(T) == 4) {
                f(join(pack<L, 2>(w.reg[0], w.reg[1]))).store_unaligned(out);
                f(join(pack<L, 2>(w.reg[2], w.reg[3]))).store_unaligned(out + 2 * L::size);
            } else {
                f(w.reg[0]).store_unaligned(out);
                f(w.reg[1]).store_unaligned(out + L::size);
                f(w.reg[2]).store_unaligned(out + 2 * L::size);
                f(w.reg[3]).store_unaligned(out + 3 * L::size);
            }
        };
        store(words[0], dst + l);
        store(words[1], dst + l + row_size);
        store(words[2], dst + l + 2 * row_size);
        store(words[3], dst + l + 3 * row_size);
    }
}

/// Words in dst, as fill_words leaves them unchanged, to normals.
template <class A, std::floating_point T>
[[gnu::always_inline]] inline void words_to_normals(std::size_t from, std::size_t to, T* dst) noexcept {
    using V = xsimd::batch<T, A>;
    const auto load = [](const T* a, const T* b) __attribute__((always_inline)) {
        const auto x = as_bits(V::load_unaligned(a)), y = as_bits(V::load_unaligned(b));
        return pack<std::remove_const_t<decltype(x)>, 2>(x, y);
    };
    for (std::size_t l = from; l < to; l += V::size) {
        T* const row[4] = {dst + l, dst + l + row_size, dst + l + 2 * row_size, dst + l + 3 * row_size};
        const auto draws = normals_from<T>(load(row[0], row[2]), load(row[1], row[3]));
        draws[0].reg[0].store_unaligned(row[0]);
        draws[1].reg[0].store_unaligned(row[1]);
        draws[0].reg[1].store_unaligned(row[2]);
        draws[1].reg[1].store_unaligned(row[3]);
    }
}

} // namespace detail

/// Draws number 256 t + begin to 256 t + end - 1 of a seed, to dst[begin] to dst[end - 1]; begin < end <=
/// 256. dst has room for all 256, and any of the others may be written too. It needs no alignment; at 64
/// bytes it is fastest.
///
/// Normals take a second pass over the words, which dst holds in the meantime. One pass is no faster on the
/// whole (ns per float in one / two, same machine: SSE2 2.70 / 2.57, AVX2 1.45 / 1.64, AVX-512 0.95 / 0.89).
template <noise Kind, class A = xsimd::default_arch, std::floating_point T>
inline void fill_tile(std::uint64_t seed, std::uint64_t t, T* dst, std::size_t begin = 0,
                      std::size_t end = tile_size) noexcept {
    using namespace detail;
    // Fewer than 64 draws may need only some of the counters.
    std::size_t from = 0, to = row_size;
    if (const std::size_t first = begin % row_size, last = (end - 1) % row_size;
        end - begin < row_size && first <= last) {
        from = first / step<A> * step<A>;
        to = last + 1;
    }
    if constexpr (Kind == noise::uniform) {
        fill_words<A>(seed, t, from, to, dst,
                      [](const auto& w) __attribute__((always_inline)) { return uniform_from<T>(w); });
    } else {
        fill_words<A>(seed, t, from, to, dst,
                      [](const auto& w) __attribute__((always_inline)) { return as_number(w); });
        words_to_normals<A>(from, to, dst);
    }
}

} // namespace actfn::inline ACTFN_ABI::rng
