// The rectifier with a fixed small slope on the left.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/math/rectifier.hpp>

namespace actfn::inline ACTFN_ABI {

/// The leaky rectified linear unit.
///
/// f(x) = x for x > 0, slope x for x <= 0; f'(x) = 1 and slope, at 0 as K says (default slope).
/// Whole line; f(-inf) = -inf, f(+inf) = inf; f(-0) = -0 for slope >= 0; NaN gives NaN, in both. slope = 0
/// makes f(-inf) = 0 inf = NaN. slope: finite, default 0.01 (the paper's); from-output needs slope > 0, or 0
/// under the left convention. Error: one rounding, 0.5 ULP forward; the derivative is exact. Source: Maas,
/// Hannun, Ng 2013, Rectifier nonlinearities improve neural network acoustic models.
template <std::floating_point T = float, at_kink K = at_kink::left>
struct leaky_relu {
    using value_type = T;
    static constexpr std::size_t registers = detail::light_registers, derivative_registers = 4;

    static constexpr T default_slope = T(0.01);
    T slope = default_slope;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept {
        return {half_ulp, -50 * double(std::numeric_limits<T>::denorm_min())};
    }
    static constexpr error_claim derivative_error() noexcept { return {0, 1}; }

    template <class R>
    constexpr R definition(const R& x) const {
        return x > R(0) ? x : R(slope) * x;
    }

    constexpr void check() const { require(is_finite(slope), "leaky_relu", "slope", "finite", slope); }
    constexpr void check_from_output() const { math::require_output_tells<K>("leaky_relu", slope); }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return math::rectify(x, V(slope));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return math::step<K>(x, V(slope));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        return {(*this)(x), derivative(x)};
    }

    /// derivative(y), as y has the sign of x: exact.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        if (std::is_constant_evaluated()) check_from_output();
        return derivative(y);
    }
};

template <std::floating_point T, at_kink K>
constexpr facts leaky_relu<T, K>::about() noexcept {
    return {.name = "leaky_relu",
            .formula = "x if x > 0, else slope x",
            .derivative = "1 if x > 0, slope if x < 0",
            .source = "Maas, Hannun, Ng 2013",
            .range = {-infinity, infinity},
            .limits = {-infinity, infinity},
            .slopes = {static_cast<double>(T(0.01)), 1},
            .keeps_sign_of_zero = true,
            .kink = 0.0};
}

} // namespace actfn::inline ACTFN_ABI
