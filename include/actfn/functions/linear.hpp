// The identity.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/half_bits.hpp>

#include <cstdint>

namespace actfn::inline ACTFN_ABI {

/// The identity, for output layers and as what others are measured against; MATLAB's purelin.
///
/// f(x) = x, f'(x) = 1. Whole line; f(-inf) = -inf, f(+inf) = inf; f(-0) = -0; NaN gives NaN, in both. Error:
/// none, f and f' are exact.
template <std::floating_point T = float>
struct linear {
    using value_type = T;
    using on_bits_of = linear;
    static constexpr std::size_t registers = 4;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept { return {0, 1}; }
    static constexpr error_claim derivative_error() noexcept { return {0, 1}; }

    template <class R>
    constexpr R definition(const R& x) const {
        return x;
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return x;
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return select(x == x, V(1), x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        return {x, derivative(x)};
    }

    /// f on the bits of halves.
    template <class I>
    [[gnu::always_inline]] static I on_bits(const I& x, std::int16_t) noexcept {
        return x;
    }

    /// dy f'(x) likewise; NaN where x is.
    template <class I>
    [[gnu::always_inline]] static I backward_on_bits(const I& x, const I& dy, std::int16_t inf) noexcept {
        return xsimd::select(math::half_beyond(x, I(inf)), I(math::half_magnitude), dy);
    }

    /// 1 for any y: exact.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        return derivative(y);
    }
};

template <std::floating_point T>
constexpr facts linear<T>::about() noexcept {
    return {.name = "linear",
            .formula = "x",
            .derivative = "1",
            .source = "MATLAB, purelin",
            .range = {-infinity, infinity},
            .limits = {-infinity, infinity},
            .slopes = {1, 1},
            .keeps_sign_of_zero = true};
}

} // namespace actfn::inline ACTFN_ABI
