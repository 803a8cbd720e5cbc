// Numbers by their place on the line: neighbours, sweeps in bit space, and the values that are special.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <type_traits>
#include <vector>

namespace support {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr std::size_t slowdown = 16;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr std::size_t slowdown = 16;
#else
inline constexpr std::size_t slowdown = 1;
#endif
#else
inline constexpr std::size_t slowdown = 1;
#endif

/// The seed of everything random here; tests print it where they fail.
inline constexpr std::uint64_t seed = 20240229;

template <std::floating_point T>
using bits_t = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

/// The bits of x.
template <std::floating_point T>
constexpr bits_t<T> bits(T x) noexcept {
    return std::bit_cast<bits_t<T>>(x);
}

/// The same bits; all NaNs are one, as the standard leaves open which NaN an operation on NaNs gives.
template <std::floating_point T>
constexpr bool same(T a, T b) noexcept {
    return bits(a) == bits(b) || (a != a && b != b);
}

/// Counts all values of T in the order -NaN, -inf, ..., -0, +0, ..., inf, NaN.
template <std::floating_point T>
constexpr bits_t<T> place(T x) noexcept {
    constexpr bits_t<T> sign = bits_t<T>(1) << (8 * sizeof(T) - 1);
    return bits(x) & sign ? ~bits(x) : bits(x) | sign;
}

/// The value at a place.
template <std::floating_point T>
constexpr T at_place(bits_t<T> p) noexcept {
    constexpr bits_t<T> sign = bits_t<T>(1) << (8 * sizeof(T) - 1);
    return std::bit_cast<T>(p & sign ? p ^ sign : ~p);
}

/// The value steps places further; not beyond the infinities.
template <std::floating_point T>
constexpr T neighbour(T x, std::ptrdiff_t steps) noexcept {
    constexpr T inf = std::numeric_limits<T>::infinity();
    const auto p = place(x);
    if (steps < 0)
        return at_place<T>(p -
                           std::min(static_cast<bits_t<T>>(-steps), static_cast<bits_t<T>>(p - place(-inf))));
    return at_place<T>(p + std::min(static_cast<bits_t<T>>(steps), static_cast<bits_t<T>>(place(inf) - p)));
}

/// Quiet and signalling NaNs of both signs, with payloads.
template <std::floating_point T>
std::vector<T> nans() {
    using U = bits_t<T>;
    constexpr U sign = U(1) << (8 * sizeof(T) - 1);
    constexpr U quiet = U(1) << (std::numeric_limits<T>::digits - 2);
    const U exponent = bits(std::numeric_limits<T>::infinity());
    std::vector<T> v;
    for (const U payload : {quiet, U(quiet | 1), U(quiet | (quiet - 1)), U(1), U(quiet - 1), U(0x5555)})
        for (const U s : {U(0), sign}) v.push_back(std::bit_cast<T>(U(s | exponent | payload)));
    return v;
}

/// One number at random in each of n equal stretches of bit space between a and b.
template <std::floating_point T>
void append_stretches(std::vector<T>& v, T a, T b, std::size_t n) {
    std::mt19937_64 random(seed);
    const bits_t<T> first = place(a), length = (place(b) - first) / static_cast<bits_t<T>>(n);
    for (std::size_t i = 0; i < n; ++i)
        v.push_back(at_place<T>(
            static_cast<bits_t<T>>(first + length * static_cast<bits_t<T>>(i) + random() % length)));
}

/// x and reach neighbours on either side.
template <std::floating_point T>
void append_neighbours(std::vector<T>& v, T x, std::ptrdiff_t reach) {
    for (std::ptrdiff_t k = -reach; k <= reach; ++k) v.push_back(neighbour(x, k));
}

/// Zeros, infinities, the ends of the subnormal and of the normal numbers, powers of two, all with their
/// neighbours.
template <std::floating_point T>
std::vector<T> special() {
    using L = std::numeric_limits<T>;
    std::vector<T> v;
    for (T x : {T(0), L::denorm_min(), L::min(), L::max(), L::infinity()})
        for (T s : {x, -x}) append_neighbours(v, s, 3);
    for (T x = L::denorm_min(); x < L::infinity(); x += x)
        for (T s : {x, -x}) append_neighbours(v, s, 1);
    return v;
}

/// Ascending, each once; -0 before +0.
template <std::floating_point T>
void put_in_order(std::vector<T>& v) {
    std::sort(v.begin(), v.end(), [](T a, T b) { return place(a) < place(b); });
    v.erase(std::unique(v.begin(), v.end(), [](T a, T b) { return bits(a) == bits(b); }), v.end());
}

/// The line from -inf to +inf in about n numbers, ascending: the special ones, the surroundings of centres,
/// and the rest half over all of bit space, half between 2^-12 and 2^10 in magnitude, where smooth functions
/// bend. All of it at random, but with a fixed seed.
template <std::floating_point T>
std::vector<T> line(std::size_t n, const std::vector<T>& centres = {}) {
    n /= slowdown;
    std::vector<T> v = special<T>();
    for (T x : centres) append_neighbours(v, x, 256);
    constexpr T inf = std::numeric_limits<T>::infinity();
    append_stretches(v, -inf, inf, n / 2);
    append_stretches(v, T(-0x1p10), T(-0x1p-12), n / 4);
    append_stretches(v, T(0x1p-12), T(0x1p10), n / 4);
    put_in_order(v);
    return v;
}

} // namespace support
