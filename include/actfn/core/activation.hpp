// What the loops ask of a functor: its own, and anybody's.
#pragma once

#include <actfn/core/lanes.hpp>
#include <actfn/core/policy.hpp>

#include <concepts>
#include <cstddef>

namespace actfn::inline ACTFN_ABI {

/// f(x) and f'(x), computed together.
template <class V>
struct value_and_slope {
    V value, derivative;
};

namespace detail {

template <class T>
using native = xsimd::batch<T>;

/// Whether there are 32 registers.
inline constexpr bool many_registers =
    XSIMD_WITH_AVX512F || XSIMD_WITH_NEON64 || XSIMD_WITH_SVE || XSIMD_WITH_RVV;

/// Whether the compiler spills where others don't yet: GCC up to 12.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
inline constexpr bool spills_early = true;
#else
inline constexpr bool spills_early = false;
#endif

/// How many registers relu and its kind load before they store any: two lines of the cache, or one of short
/// registers.
/// Zen 5, GCC 16, ns per float with 1, 2, 4, forward of relu in L1 and L2: AVX-512 .016 .015 .015, .032 .032
/// .042; leaky_relu, AVX2, .041 .031 .031, .035 .038 .033. Backward from the output wants 4: .075 with 2,
/// .050 so.
inline constexpr std::size_t light_registers = sizeof(native<float>) < 64 ? 4 : 2;

/// How many registers of a smooth activation the loops keep in flight, so that its long chain does not wait
/// for itself; more, and what is spilled costs more than that. Zen 5, backward of sigmoid in L1, ns per float
/// with 3, 4, 5, 6, 8: AVX-512, GCC 12 .254 .243 .227 .223 .242, GCC 16 .234 .235 .231 .221 .222; AVX2 with
/// 3 to 6, GCC 12 .490 .492 .502 .548.
inline constexpr std::size_t smooth_registers = many_registers ? 6 : 4;

/// For chains that keep less.
inline constexpr std::size_t more_registers = many_registers ? 8 : 4;

/// The logistic function alone. AVX-512, GCC 12 and 16: accurate, of k x, with 4, 6, 8 .189 .186 .175, .188
/// .186 .169; fast with 4, 5, 6, 8 .092 .088 .087 .098, .093 .087 .086 .098. AVX2, GCC 16, accurate with 3
/// and 4: .408 .394.
template <accuracy A>
inline constexpr std::size_t logistic_registers = A == accuracy::accurate ? more_registers : smooth_registers;

/// Softplus. Fast, AVX-512, with 4, 5, 6, 8, GCC 12 .206 .203 .198 .190, GCC 16 .213 .207 .199 .186.
template <accuracy A>
inline constexpr std::size_t softplus_registers = A == accuracy::fast ? more_registers : smooth_registers;

} // namespace detail

/// f(x) for an element and for a SIMD batch of elements: all that forward() needs. Functors are copied into
/// loops. One that is written for any lanes_of<T> can have loops compute several registers side by side:
/// static constexpr std::size_t registers = 4.
template <class F, class T>
concept activation = lanes_of<T, T> && std::copy_constructible<F> &&
                     requires(const F& f, const T& x, const detail::native<T>& v) {
                         { f(x) } -> std::same_as<T>;
                         { f(v) } -> std::same_as<detail::native<T>>;
                     };

/// Has f.derivative(x) as well.
template <class F, class T>
concept differentiable = activation<F, T> && requires(const F& f, const T& x, const detail::native<T>& v) {
    { f.derivative(x) } -> std::same_as<T>;
    { f.derivative(v) } -> std::same_as<detail::native<T>>;
};

/// The derivative can be had from the output y = f(x) alone.
template <class F, class T>
concept differentiable_from_output =
    activation<F, T> && requires(const F& f, const T& y, const detail::native<T>& v) {
        { f.derivative_from_output(y) } -> std::same_as<T>;
        { f.derivative_from_output(v) } -> std::same_as<detail::native<T>>;
    };

/// f(x, draw), where draw is one random number of the kind F::draws.
template <class F, class T>
concept stochastic_activation = lanes_of<T, T> && std::copy_constructible<F> &&
                                requires(const F& f, const T& x, const detail::native<T>& v) {
                                    { F::draws } -> std::convertible_to<noise>;
                                    { f(x, x) } -> std::same_as<T>;
                                    { f(v, v) } -> std::same_as<detail::native<T>>;
                                };

/// Has f.derivative(x, draw) as well.
template <class F, class T>
concept stochastic_differentiable =
    stochastic_activation<F, T> && requires(const F& f, const T& x, const detail::native<T>& v) {
        { f.derivative(x, x) } -> std::same_as<T>;
        { f.derivative(v, v) } -> std::same_as<detail::native<T>>;
    };

/// One learnt parameter a: f.with_parameter(a) is f with another a, f.parameter_derivative(x) is df/da, and
/// F::value_at(x, a) and F::derivative_at(x, a) are f and f' with a parameter of its own in every lane.
template <class F, class T>
concept learnable = differentiable<F, T> && requires(const F& f, const T& x, const detail::native<T>& v) {
    { f.with_parameter(x) } -> std::same_as<F>;
    { f.parameter_derivative(x) } -> std::same_as<T>;
    { F::value_at(v, v) } -> std::same_as<detail::native<T>>;
    { F::derivative_at(v, v) } -> std::same_as<detail::native<T>>;
};

} // namespace actfn::inline ACTFN_ABI
