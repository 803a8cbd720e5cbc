// The one loop under all the others: several registers at a time, then one, then the rest padded to one.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/lane_ops.hpp>

#include <cstddef>

namespace actfn::inline ACTFN_ABI::detail {

/// How many registers F wants in flight: its member `registers`, or one. Nine of our own kernels are limited
/// by the latency of one chain; a functor that is not ours may not know packs.
template <class F>
inline constexpr std::size_t registers_of = 1;

template <class F>
    requires requires { F::registers; }
inline constexpr std::size_t registers_of<F> = F::registers;

template <class B, std::size_t N>
[[gnu::always_inline]] inline pack<B, N> load_pack(const typename B::value_type* p) noexcept {
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        return pack<B, N>(B::load_unaligned(p + I * B::size)...);
    }(std::make_index_sequence<N>{});
}

template <class B, std::size_t N>
[[gnu::always_inline]] inline void store_pack(typename B::value_type* p, const pack<B, N>& v) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        (v.reg[I].store_unaligned(p + I * B::size), ...);
    }(std::make_index_sequence<N>{});
}

/// Lanes i to i + N size of every span.
template <class B, std::size_t N>
struct whole {
    using T = typename B::value_type;
    std::size_t i;

    [[gnu::always_inline]] auto load(const T* p) const noexcept {
        if constexpr (N == 1)
            return B::load_unaligned(p + i);
        else
            return load_pack<B, N>(p + i);
    }
    [[gnu::always_inline]] void store(T* p, const B& v) const noexcept { v.store_unaligned(p + i); }
    [[gnu::always_inline]] void store(T* p, const pack<B, N>& v) const noexcept { store_pack(p + i, v); }
};

/// The last count < size elements, in a register filled up with zeros: the same path as the others, so the
/// same bits.
template <class B>
struct partial {
    using T = typename B::value_type;
    std::size_t i, count;

    [[gnu::always_inline]] B load(const T* p) const noexcept {
        alignas(B) T padded[B::size] = {};
        for (std::size_t k = 0; k < B::size && k < count; ++k) padded[k] = p[i + k];
        return B::load_aligned(padded);
    }
    [[gnu::always_inline]] void store(T* p, const B& v) const noexcept {
        alignas(B) T padded[B::size];
        v.store_aligned(padded);
        for (std::size_t k = 0; k < B::size && k < count; ++k) p[i + k] = padded[k];
    }
};

/// Calls body(at) for consecutive lanes of 0 to n, where at.load(p) reads them from an input and at.store(p,
/// v) writes them to an output. body loads all before it stores any, so that an output may be one of the
/// inputs.
template <std::size_t N, std::floating_point T, class Body>
inline void sweep(std::size_t n, const Body& body) noexcept {
    using B = native<T>;
    std::size_t i = 0;
    if constexpr (N > 1)
        for (; n - i >= N * B::size; i += N * B::size) body(whole<B, N>{i});
    for (; n - i >= B::size; i += B::size) body(whole<B, 1>{i});
    if (i < n) body(partial<B>{i, n - i});
}

} // namespace actfn::inline ACTFN_ABI::detail
