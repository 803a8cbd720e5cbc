// The rectifier of an input with noise of one size.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/functions/noisy_relu_sigma_expected.hpp>
#include <actfn/math/rectifier.hpp>

namespace actfn::inline ACTFN_ABI {

/// The noisy rectified linear unit with noise of one size.
///
/// f(x, e) = max(0, x + sigma e); f'(x, e) = 1[x + sigma e > 0]: both gradients are one, as sigma does not
/// depend on x. Evaluation: expected(). Limits and NaN as noisy_relu. sigma: the standard deviation, in units
/// of x, finite and at least 0, default 1, the limit of noisy_relu for large x.
template <std::floating_point T = float>
struct noisy_relu_sigma {
    using value_type = T;
    static constexpr std::size_t registers = 4;
    static constexpr noise draws = noise::normal;

    T sigma = 1;

    /// The error of f, in ulp of the larger of |x| and |sigma e|; f' is exact where the sum is rounded to the
    /// right sign.
    static constexpr double sum_ulp = fused ? 1 : 1.5;
    static constexpr double slope_ulp = 0;

    static constexpr facts about() noexcept;

    template <class R>
    constexpr R definition(const R& x, const T& e) const {
        const R z = x + R(sigma) * R(e);
        return z > R(0) ? z : R(0);
    }

    constexpr void check() const {
        require(is_finite(sigma) && sigma >= 0, "noisy_relu_sigma", "sigma", "finite and at least 0", sigma);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x, const V& e) const noexcept {
        return math::positive_part(madd(V(sigma), e, x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x, const V& e) const noexcept {
        return math::step<at_kink::left>(madd(V(sigma), e, x), V(0));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x,
                                                                             const V& e) const noexcept {
        const V z = madd(V(sigma), e, x);
        return {math::positive_part(z), math::step<at_kink::left>(z, V(0))};
    }

    constexpr noisy_relu_sigma_expected<T> expected() const noexcept { return {sigma}; }
};

template <std::floating_point T>
constexpr facts noisy_relu_sigma<T>::about() noexcept {
    return {.name = "noisy_relu_sigma",
            .formula = "max(0, x + N(0, sigma^2))",
            .derivative = "1 if x + sigma e > 0, else 0",
            .source = "Nair, Hinton 2010",
            .range = {0, infinity},
            .limits = {0, infinity},
            .slopes = {0, 1}};
}

} // namespace actfn::inline ACTFN_ABI
