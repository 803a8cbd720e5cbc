// The rectifier of a noisy input, its noise averaged out.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/rectified_normal.hpp>

namespace actfn::inline ACTFN_ABI {

/// The mean of max(0, x + N(0, V)), V = sigmoid(x): what noisy_relu is evaluated as.
///
/// f(x) = x Phi(x / s) + s phi(x / s), f'(x) = Phi(x / s) + s'(x) phi(x / s) with s = sqrt(sigmoid(x)), Phi
/// and phi the normal distribution and density. Whole line; range [0, inf]; f(-inf) = 0, f(+inf) = inf;
/// f'(-inf) = 0, f'(+inf) = 1; NaN gives NaN. Error: forward_error() and derivative_error(). Source: Nair,
/// Hinton 2010, Rectified linear units improve restricted Boltzmann machines, section 2, for the noise.
template <std::floating_point T = float>
struct noisy_relu_expected {
    using value_type = T;
    static constexpr std::size_t registers = 4;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept {
        return math::rectified_normal_mean_error.of<T>();
    }
    static constexpr error_claim derivative_error() noexcept {
        return math::rectified_normal_mean_slope_error.of<T>();
    }

    /// The formula as it stands: cancels to 2^-12 of its terms for x < 0.
    template <class R>
    constexpr R definition(const R& x) const {
        using std::exp, std::sqrt;
        return math::rectified_normal_formula(x, sqrt(R(1) / (R(1) + exp(-x))));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] inline V operator()(const V& x) const noexcept {
        return math::rectified_normal_mean(standardized(x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] inline V derivative(const V& x) const noexcept {
        return math::rectified_normal_mean_slope(standardized(x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] inline value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto p = standardized(x);
        return {math::rectified_normal_mean(p), math::rectified_normal_mean_slope(p)};
    }

private:
    template <lanes V>
    [[gnu::always_inline]] inline auto standardized(const V& x) const noexcept {
        return math::logistic_rectified_normal(x);
    }
};

template <std::floating_point T>
constexpr facts noisy_relu_expected<T>::about() noexcept {
    return {.name = "noisy_relu_expected",
            .formula = "x Phi(x / s) + s phi(x / s), s = sqrt(sigmoid(x))",
            .derivative = "Phi(x / s) + s'(x) phi(x / s)",
            .source = "Nair, Hinton 2010",
            .range = {0, infinity},
            .limits = {0, infinity},
            .slopes = {0, 1},
            .cancelled_bits = math::rectified_normal_cancelled_bits};
}

} // namespace actfn::inline ACTFN_ABI
