// The registers of a row: steps of one width for every instruction set.
#pragma once

#include <actfn/core/half_lanes.hpp>
#include <actfn/core/lane_ops.hpp>

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

} // namespace actfn::inline ACTFN_ABI::detail
