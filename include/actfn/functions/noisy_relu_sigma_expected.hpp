// The rectifier of an input with noise of one size, the noise averaged out.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/math/rectified_normal.hpp>

namespace actfn::inline ACTFN_ABI {

/// The mean of max(0, x + N(0, sigma^2)): what noisy_relu_sigma is evaluated as.
///
/// f(x) = x Phi(x / sigma) + sigma phi(x / sigma), f'(x) = Phi(x / sigma), Phi and phi the normal
/// distribution and density. Limits as noisy_relu_expected. sigma: the standard deviation, in units of x,
/// from 2^-32 to 2^32, default 1. Error: forward_error() and derivative_error() for sigma = 1;
/// other_sigma_ulp for others. Source: as noisy_relu_expected.
template <std::floating_point T = float>
struct noisy_relu_sigma_expected {
    using value_type = T;
    static constexpr std::size_t registers = 4;

    T sigma = 1;

    /// Bound for any other sigma in its interval, without a witness.
    static constexpr double other_sigma_ulp = math::other_sigma_ulp;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept {
        return math::rectified_normal_mean_constant_error.of<T>();
    }
    static constexpr error_claim derivative_error() noexcept {
        return math::rectified_normal_mean_slope_constant_error.of<T>();
    }

    /// The formula as it stands: cancels to 2^-12 of its terms for x < 0.
    template <class R>
    constexpr R definition(const R& x) const {
        return math::rectified_normal_formula(x, R(sigma));
    }

    constexpr void check() const {
        require(sigma >= T(0x1p-32) && sigma <= T(0x1p32), "noisy_relu_sigma_expected", "sigma",
                "from 2^-32 to 2^32", sigma);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return math::rectified_normal_mean(standardized(x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return math::rectified_normal_mean_slope(standardized(x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto p = standardized(x);
        return {math::rectified_normal_mean(p), math::rectified_normal_mean_slope(p)};
    }

private:
    template <lanes V>
    [[gnu::always_inline]] constexpr auto standardized(const V& x) const noexcept {
        return math::constant_rectified_normal(x, sigma);
    }
};

template <std::floating_point T>
constexpr facts noisy_relu_sigma_expected<T>::about() noexcept {
    return {.name = "noisy_relu_sigma_expected",
            .formula = "x Phi(x / sigma) + sigma phi(x / sigma)",
            .derivative = "Phi(x / sigma)",
            .source = "Nair, Hinton 2010",
            .range = {0, infinity},
            .limits = {0, infinity},
            .slopes = {0, 1},
            .cancelled_bits = math::rectified_normal_cancelled_bits};
}

} // namespace actfn::inline ACTFN_ABI
