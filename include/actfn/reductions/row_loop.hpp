// How a row is walked: in steps of one width for every instruction set, the last one filled up.
#pragma once

#include <actfn/core/half_lanes.hpp>
#include <actfn/core/lane_ops.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace actfn::inline ACTFN_ABI::detail {

/// The register that elements of a row are computed in: halves become floats where they are loaded, and are
/// rounded where they are stored, so that what works on rows knows the type to compute with alone.
template <storable T>
    requires lanes<compute_type<T>>
using row_batch = xsimd::batch<compute_type<T>>;

/// Registers as wide as one step along a row: element i of a row belongs to slot i % slots, for every
/// instruction set.
template <class T>
inline constexpr std::size_t slots = 128 / sizeof(typename row_batch<T>::value_type);

template <class T>
inline constexpr std::size_t row_registers = slots<T> / row_batch<T>::size;

template <class T>
using row_pack = pack<row_batch<T>, row_registers<T>>;

template <class T, std::size_t N>
[[gnu::always_inline]] inline pack<row_batch<T>, N> load_row(const T* p) noexcept {
    using B = row_batch<T>;
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        return pack<B, N>(load_lanes<B>(p + I * B::size)...);
    }(std::make_index_sequence<N>{});
}

template <class T, std::size_t N>
[[gnu::always_inline]] inline void store_row(T* p, const pack<row_batch<T>, N>& v) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        (store_lanes(p + I * row_batch<T>::size, v.reg[I]), ...);
    }(std::make_index_sequence<N>{});
}

/// The larger of registers 0 and N / 2, 1 and N / 2 + 1, ...
template <class B, std::size_t N>
[[gnu::always_inline]] inline auto halved_max(const pack<B, N>& v) noexcept {
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        return pack<B, N / 2>(at_least(v.reg[I], v.reg[I + N / 2])...);
    }(std::make_index_sequence<N / 2>{});
}

template <class B, std::size_t N>
[[gnu::always_inline]] inline B max_of(const pack<B, N>& v) noexcept {
    if constexpr (N == 1)
        return v.reg[0];
    else
        return max_of(halved_max(v));
}

template <class B, std::size_t N>
[[gnu::always_inline]] inline B min_of(const pack<B, N>& v) noexcept {
    return negated(max_of(each([](const B& r) __attribute__((always_inline)) { return negated(r); }, v)));
}

/// body(src) for every step of n elements; what is not a whole step is brought to memory that is filled up
/// with pad first: the same path as the others, so the same bits.
template <class T, class Body>
[[gnu::always_inline]] inline void steps(const T* src, std::size_t n, T pad, const Body& body) noexcept {
    std::size_t i = 0;
    for (; n - i >= slots<T>; i += slots<T>) body(src + i);
    if (i == n) return;
    alignas(64) T padded[slots<T>];
    std::fill(std::copy(src + i, src + n, padded), padded + slots<T>, pad);
    body(padded);
}

/// body(src, dst) likewise, and the last results brought back.
template <class T, class Body>
[[gnu::always_inline]] inline void steps(const T* src, T* dst, std::size_t n, T pad,
                                         const Body& body) noexcept {
    std::size_t i = 0;
    for (; n - i >= slots<T>; i += slots<T>) body(src + i, dst + i);
    if (i == n) return;
    alignas(64) T padded[slots<T>];
    std::fill(std::copy(src + i, src + n, padded), padded + slots<T>, pad);
    body(padded, padded);
    std::copy(padded, padded + (n - i), dst + i);
}

/// The largest element; -inf of none. NaNs are passed over: the sum finds them.
template <class T>
[[gnu::always_inline]] inline compute_type<T> row_max(const T* src, std::size_t n) noexcept {
    constexpr compute_type<T> inf = std::numeric_limits<compute_type<T>>::infinity();
    constexpr std::size_t N = row_registers<T>;
    using wide = pack<row_batch<T>, 4 * N>;
    row_pack<T> most(-inf);
    std::size_t i = 0;
    if (n >= 4 * slots<T>) {
        wide m(-inf);
        for (; n - i >= 4 * slots<T>; i += 4 * slots<T>) m = at_least(m, load_row<T, 4 * N>(src + i));
        most = halved_max(halved_max(m));
    }
    steps<T>(src + i, n - i, T(-inf),
             [&](const T* x) __attribute__((always_inline)) { most = at_least(most, load_row<T, N>(x)); });
    return xsimd::reduce_max(max_of(most));
}

/// steps with two sources.
template <class T, class Body>
[[gnu::always_inline]] inline void pair_steps(const T* a, const T* b, T* dst, std::size_t n,
                                              const Body& body) noexcept {
    std::size_t i = 0;
    for (; n - i >= slots<T>; i += slots<T>) body(a + i, b + i, dst + i);
    if (i == n) return;
    alignas(64) T padded_a[slots<T>] = {}, padded_b[slots<T>] = {};
    std::copy(a + i, a + n, padded_a);
    std::copy(b + i, b + n, padded_b);
    body(padded_a, padded_b, padded_a);
    std::copy(padded_a, padded_a + (n - i), dst + i);
}

} // namespace actfn::inline ACTFN_ABI::detail
