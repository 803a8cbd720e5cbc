// How many registers the loops keep in flight.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/half_lanes.hpp>

#include <algorithm>
#include <cstddef>

namespace actfn::inline ACTFN_ABI::detail {

/// Bytes of a line of the cache.
inline constexpr std::size_t cache_line = 64;

/// How many registers F wants in flight: its member `registers`, or one. The smooth kernels are limited
/// by the latency of one chain; a functor that is not ours may not know packs.
template <class F>
inline constexpr std::size_t registers_of = 1;

template <class F>
    requires requires { F::registers; }
inline constexpr std::size_t registers_of<F> = F::registers;

/// The same for its derivative, from x and from the output. Backward of relu, GCC 16, AVX-512, ns per float
/// with one, two, four: Cascade Lake .073 .056 .049; but .062 .080 .097 where three arrays fill L1 to the
/// last line (Sapphire Rapids, 48 KiB).
template <class F>
inline constexpr std::size_t derivative_registers_of = registers_of<F>;

template <class F>
    requires requires { F::derivative_registers; }
inline constexpr std::size_t derivative_registers_of<F> = F::derivative_registers;

template <class F>
inline constexpr std::size_t from_output_registers_of = derivative_registers_of<F>;

template <class F>
    requires requires { F::from_output_registers; }
inline constexpr std::size_t from_output_registers_of<F> = F::from_output_registers;

/// The same for value and derivative together, which have more to keep. Zen 5, AVX-512, GCC 16, ns per float
/// with 4, 6, 8: sigmoid .287 .262 .258.
template <class F>
inline constexpr std::size_t both_registers_of = std::min<std::size_t>(derivative_registers_of<F>, 6);

template <class F>
    requires requires { F::both_registers; }
inline constexpr std::size_t both_registers_of<F> = F::both_registers;

/// N, but pairs where elements T go in pairs.
template <std::size_t N, class T>
inline constexpr std::size_t loop_registers = in_pairs<T> && N > 1 ? N - N % 2 : N;

} // namespace actfn::inline ACTFN_ABI::detail
