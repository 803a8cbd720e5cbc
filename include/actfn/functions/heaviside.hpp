// The unit step.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/half_bits.hpp>
#include <actfn/math/rectifier.hpp>

#include <cstdint>

namespace actfn::inline ACTFN_ABI {

/// The Heaviside step: the threshold unit, and the derivative of ReLU.
///
/// f(x) = 0 for x < 0, 1 for x > 0, at 0 as K says: 0 (left), 1 (right) or 1/2 (mean); f'(x) = 0, at 0 too,
/// where there is none. Whole line; range [0, 1]; f(-inf) = 0, f(+inf) = 1; NaN gives NaN, in both. Error:
/// none, f and f' are exact. Source: McCulloch, Pitts
/// 1943, A logical calculus of the ideas immanent in nervous activity.
template <std::floating_point T = float, at_kink K = at_kink::left>
struct heaviside {
    using value_type = T;
    using on_bits_of = heaviside;
    static constexpr std::size_t registers = 4;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept { return {0, 1}; }
    static constexpr error_claim derivative_error() noexcept { return {0, 1}; }

    template <class R>
    constexpr R definition(const R& x) const {
        constexpr double at_zero = K == at_kink::left ? 0 : K == at_kink::right ? 1 : 0.5;
        return x > R(0) ? R(1) : x < R(0) ? R(0) : R(at_zero);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return math::step<K>(x, V(0));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return select(x == x, V(0), x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        return {(*this)(x), derivative(x)};
    }

    /// f on the bits of halves.
    template <class I>
    [[gnu::always_inline]] static I on_bits(const I& x, std::int16_t inf) noexcept {
        const I one(math::half_one(inf)), zero(0);
        // Half of 1 is the number with the exponent one less.
        const I at_zero(static_cast<std::int16_t>(K == at_kink::left ? 0
                                                  : K == at_kink::right
                                                      ? math::half_one(inf)
                                                      : math::half_one(inf) - (inf & -inf)));
        I step = xsimd::select(x > zero, one, zero);
        if constexpr (K != at_kink::left)
            step = xsimd::select((x & I(math::half_magnitude)) == zero, at_zero, step);
        return xsimd::select(math::half_beyond(x, I(inf)), x, step);
    }

    /// dy f'(x) likewise; NaN where x is, and where dy is not finite.
    template <class I>
    [[gnu::always_inline]] static I backward_on_bits(const I& x, const I& dy, std::int16_t inf) noexcept {
        const auto nan =
            math::half_beyond(x, I(inf)) || math::half_beyond(dy, I(static_cast<std::int16_t>(inf - 1)));
        return math::half_product(dy, nan, nan);
    }

    /// 0 for any y: exact.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        return derivative(y);
    }
};

template <std::floating_point T, at_kink K>
constexpr facts heaviside<T, K>::about() noexcept {
    return {.name = "heaviside",
            .formula = "0 if x < 0, 1 if x > 0",
            .derivative = "0",
            .source = "McCulloch, Pitts 1943",
            .range = {0, 1},
            .limits = {0, 1},
            .slopes = {0, 0},
            .jump = 0.0};
}

} // namespace actfn::inline ACTFN_ABI
