// What a kernel computes on: one element, one SIMD register, or a few registers side by side.
#pragma once

#include <actfn/core/abi.hpp>

#include <xsimd/xsimd.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

// GCC 16 has forgotten __FAST_MATH__ after xsimd's pragmas.
#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) ||                                               \
    (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error                                                                                                       \
    "actfn: -ffast-math reorders and drops the operations that the error bounds rest on; compile without it"
#endif

namespace actfn::inline ACTFN_ABI {

/// Several registers of type B computed side by side. Every operation is written out for all N of them in
/// turn, so that N independent dependency chains are in flight at once; kernels here are limited by latency
/// long before throughput.
template <class B, std::size_t N>
struct pack {
    B reg[N];

    pack() = default;
    // Copied register by register: GCC 12 copies a trivial aggregate of this size through memory.
    [[gnu::always_inline]] pack(const pack& other) noexcept : pack(std::make_index_sequence<N>{}, other) {}
    [[gnu::always_inline]] pack& operator=(const pack& other) noexcept {
        [&]<std::size_t... I>(std::index_sequence<I...>)
            __attribute__((always_inline)) { ((reg[I] = other.reg[I]), ...); }(std::make_index_sequence<N>{});
        return *this;
    }
    template <class... R>
        requires(sizeof...(R) == N && (std::same_as<R, B> && ...))
    [[gnu::always_inline]] explicit pack(const R&... r) noexcept : reg{r...} {}

    /// The same scalar in every lane of every register.
    template <class T>
        requires std::is_arithmetic_v<T>
    [[gnu::always_inline]] explicit pack(T x) noexcept
        : pack(std::make_index_sequence<N>{}, B(static_cast<typename B::value_type>(x))) {}

private:
    template <std::size_t... I>
    [[gnu::always_inline]] pack(std::index_sequence<I...>, const pack& p) noexcept : reg{p.reg[I]...} {}
    template <std::size_t... I>
    [[gnu::always_inline]] pack(std::index_sequence<I...>, const B& r) noexcept
        : reg{(static_cast<void>(I), r)...} {}
};

namespace detail {

template <class V>
struct lane_traits {};

template <std::floating_point T>
    requires(sizeof(T) == sizeof(float) || sizeof(T) == sizeof(double)) // no long double, no halves
struct lane_traits<T> {
    using element = T;
    using mask = bool;
};

template <std::floating_point T, class A>
struct lane_traits<xsimd::batch<T, A>> {
    using element = T;
    using mask = typename xsimd::batch<T, A>::batch_bool_type;
};

template <class B, std::size_t N>
struct lane_traits<pack<B, N>> {
    using element = typename lane_traits<B>::element;
    using mask = pack<typename lane_traits<B>::mask, N>;
};

} // namespace detail

/// The element type of V: T for T, for xsimd::batch<T, A> and for packs of those.
template <class V>
using element_t = typename detail::lane_traits<V>::element;

/// What a comparison of two V yields: bool, xsimd::batch_bool<T, A>, or a pack of those.
template <class V>
using mask_t = typename detail::lane_traits<V>::mask;

/// V holds lanes of T: T itself, xsimd::batch<T, A> for any architecture A, or a pack of such batches.
template <class V, class T>
concept lanes_of = std::floating_point<T> && std::same_as<element_t<V>, T>;

/// V holds lanes of some floating-point type.
template <class V>
concept lanes = std::floating_point<element_t<V>>;

} // namespace actfn::inline ACTFN_ABI
