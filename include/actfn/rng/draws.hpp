// Draws of a stream: one by its number, or as many as a span holds.
#pragma once

#include <actfn/rng/stream.hpp>
#include <actfn/rng/tile.hpp>

#include <algorithm>
#include <ranges>

namespace actfn::inline ACTFN_ABI::rng {

/// Contiguous numbers that draws can be written to.
template <class R>
concept numbers = std::ranges::contiguous_range<R> && std::ranges::sized_range<R> &&
                  std::floating_point<std::ranges::range_value_t<R>> &&
                  std::same_as<std::ranges::range_reference_t<R>, std::ranges::range_value_t<R>&>;

/// Draw number s.first + i: a function of it and of the seed, whose bits are the same everywhere.
template <noise Kind, std::floating_point T>
[[nodiscard]] inline T draw(const stream& s, std::uint64_t i) noexcept {
    const std::uint64_t k = s.first + i;
    const std::uint64_t counter = k / tile_size * detail::row_size + k % detail::row_size;
    const std::size_t row = k % tile_size / detail::row_size;
    const auto words = detail::philox<std::uint64_t>({counter, counter >> 32, 0, 0}, detail::key_of(s.seed));
    const auto word = [&](std::size_t w) { return static_cast<actfn::detail::bits_of<T>>(words[w]); };
    if constexpr (Kind == noise::uniform)
        return uniform_from<T>(word(row));
    else
        return normals_from<T>(word(row & 2), word(row | 1))[row & 1];
}

/// Draw i of s, uniform on (0, 1).
template <std::floating_point T>
[[nodiscard]] inline T uniform(const stream& s, std::uint64_t i) noexcept {
    return draw<noise::uniform, T>(s, i);
}

/// Draw i of s, standard normal.
template <std::floating_point T>
[[nodiscard]] inline T normal(const stream& s, std::uint64_t i) noexcept {
    return draw<noise::normal, T>(s, i);
}

/// dst[i] = draw<Kind, T>(s, i) for all of dst.
template <noise Kind, class A = xsimd::default_arch, numbers R>
inline void fill(const stream& s, R&& dst) noexcept {
    using T = std::ranges::range_value_t<R>;
    T* out = std::ranges::data(dst);
    std::uint64_t k = s.first;
    for (std::size_t left = std::ranges::size(dst); left > 0;) {
        const std::size_t begin = k % tile_size;
        const std::size_t n = std::min(left, tile_size - begin);
        if (n == tile_size) {
            fill_tile<Kind, A>(s.seed, k / tile_size, out);
        } else {
            alignas(64) T tile[tile_size];
            fill_tile<Kind, A>(s.seed, k / tile_size, tile, begin, begin + n);
            std::copy_n(tile + begin, n, out);
        }
        k += n;
        out += n;
        left -= n;
    }
}

/// dst[i] = uniform<T>(s, i) for all of dst: a span, vector, array of floating-point numbers.
template <numbers R>
inline void fill_uniform(const stream& s, R&& dst) noexcept {
    fill<noise::uniform>(s, dst);
}

/// dst[i] = normal<T>(s, i) for all of dst.
template <numbers R>
inline void fill_normal(const stream& s, R&& dst) noexcept {
    fill<noise::normal>(s, dst);
}

} // namespace actfn::inline ACTFN_ABI::rng
