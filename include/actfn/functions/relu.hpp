// The rectifier.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/half_bits.hpp>
#include <actfn/math/rectifier.hpp>

#include <cstdint>

namespace actfn::inline ACTFN_ABI {

/// The rectified linear unit.
///
/// f(x) = max(x, 0); f'(x) = 0 for x < 0, 1 for x > 0, at 0 as K says (default 0).
/// Whole line; range [0, inf]; f(-inf) = 0, f(+inf) = inf; f(-0) = +0, so that no result is negative, not
/// even a zero; NaN gives NaN, in both. Exact. Source: Glorot, Bordes, Bengio 2011, Deep sparse rectifier
/// neural networks.
template <std::floating_point T = float, at_kink K = at_kink::left>
struct relu {
    using value_type = T;
    using on_bits_of = relu;
    static constexpr std::size_t registers = detail::light_registers, derivative_registers = 4;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept { return {0, 1}; }
    static constexpr error_claim derivative_error() noexcept { return {0, 1}; }

    template <class R>
    constexpr R definition(const R& x) const {
        return x > R(0) ? x : R(0);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return math::positive_part(x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return math::step<K>(x, V(0));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        return {(*this)(x), derivative(x)};
    }

    /// f on the bits of halves.
    template <class I>
    [[gnu::always_inline]] static I on_bits(const I& x, std::int16_t inf) noexcept {
        return xsimd::select(x > I(static_cast<std::int16_t>(inf | math::half_sign)), x, I(0));
    }

    /// dy f'(x) likewise; NaN where x is, and where f'(x) is 0 for a dy that is not finite.
    template <class I>
        requires(K == at_kink::left)
    [[gnu::always_inline]] static I backward_on_bits(const I& x, const I& dy, std::int16_t inf) noexcept {
        const I finite(static_cast<std::int16_t>(inf - 1));
        const auto one = x > I(0);
        const auto nan =
            math::half_beyond(x, I(inf)) || math::half_beyond(dy, xsimd::select(one, I(inf), finite));
        return math::half_product(dy, nan, one);
    }

    /// 0 for y = 0, 1 for y > 0: exact. Only for the left convention: y = 0 does not tell x = 0 from x < 0.
    template <lanes_of<T> V>
        requires(K == at_kink::left)
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        return derivative(y);
    }
};

template <std::floating_point T, at_kink K>
constexpr facts relu<T, K>::about() noexcept {
    return {.name = "relu",
            .formula = "max(x, 0)",
            .derivative = "0 if x < 0, 1 if x > 0",
            .source = "Glorot, Bordes, Bengio 2011",
            .range = {0, infinity},
            .limits = {0, infinity},
            .slopes = {0, 1},
            .kink = 0.0};
}

} // namespace actfn::inline ACTFN_ABI
