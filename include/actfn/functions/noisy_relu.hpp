// The rectifier of a noisy input.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/functions/noisy_relu_expected.hpp>
#include <actfn/functions/relu.hpp>
#include <actfn/functions/softplus.hpp>
#include <actfn/math/logistic.hpp>
#include <actfn/math/rectifier.hpp>

namespace actfn::inline ACTFN_ABI {

/// What the derivative of max(0, x + s(x) e) with respect to x, e the draw, takes to depend on x.
enum class noise_gradient {
    reparameterised, ///< s too, the exact derivative along the path: 1[z > 0] (1 + e s'(x)), s' = s
                     ///< sigmoid(-x) / 2
    constant         ///< only the mean, the noise being an additive sample: 1[z > 0]
};

/// What a noisy rectifier is evaluated as, without noise.
enum class noiseless {
    rectifier,   ///< relu: the mode, and the paper's fast approximation of the units
    stepped_sum, ///< softplus: the mean of the stepped sigmoid units that the noise stands for
    expected     ///< noisy_relu_expected: the mean of max(0, x + N(0, V)) itself
};

/// The noisy rectified linear unit.
///
/// Training: f(x, e) = max(0, x + s(x) e), e a standard normal draw, s(x) = sqrt(sigmoid(x)): the paper's
/// N(0, V) takes a variance, V = sigmoid(x), so 0.7071 is the standard deviation at 0, not 0.5. f'(x, e) as G
/// says, for any e. Evaluation: expected() and evaluated<noiseless>(). Whole line; range [0, inf]; f(-inf, e)
/// = 0, f(+inf, e) = inf; s tends to 0 and 1 there; NaN gives NaN, in both. Error: sum_ulp and slope_ulp; the
/// sign of the rounded sum decides the derivative. Source: Nair, Hinton 2010, Rectified linear units improve
/// restricted Boltzmann machines, section 2; the derivatives are our own, the paper trains with contrastive
/// divergence.
template <std::floating_point T = float, noise_gradient G = noise_gradient::reparameterised>
struct noisy_relu {
    using value_type = T;
    static constexpr std::size_t registers = 4;
    static constexpr noise draws = noise::normal;

    /// The error of f, in ulp of the larger of |x| and |s(x) e|, as these may cancel. Where
    /// sigmoid(x) is subnormal both bounds are for |e| < 2^24, elsewhere for any e.
    static constexpr double sum_ulp = fused ? 2.8 : 3.2;
    /// The error of f', where the sum is rounded to the right sign, in ulp of the larger of 1 and |e s'(x)|.
    static constexpr double slope_ulp = G == noise_gradient::constant ? 0 : 5.1;

    static constexpr facts about() noexcept;

    template <class R>
    constexpr R definition(const R& x, const T& e) const {
        using std::exp, std::sqrt;
        const R z = x + sqrt(R(1) / (R(1) + exp(-x))) * R(e);
        return z > R(0) ? z : R(0);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x, const V& e) const noexcept {
        return math::positive_part(madd(deviation(x), e, x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x, const V& e) const noexcept {
        return value_and_derivative(x, e).derivative;
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x,
                                                                             const V& e) const noexcept {
        if constexpr (G == noise_gradient::constant) {
            const V z = madd(deviation(x), e, x);
            return {math::positive_part(z), math::step<at_kink::left>(z, V(0))};
        } else {
            // sigmoid(x), with the bits of deviation(x), and sigmoid(-x) from one exponential.
            const auto q = math::quotient_of(math::exp_split_ratio(math::reduce_range(negative_abs(x))));
            const V s = sqrt(math::logistic(q, x > V(0)));
            const V z = madd(s, e, x);
            return {math::positive_part(z), math::step<at_kink::left>(z, V(0)) *
                                                madd(s * V(T(0.5)) * math::logistic(q, x < V(0)), e, V(1))};
        }
    }

    template <noiseless M>
    static constexpr auto evaluated() noexcept {
        if constexpr (M == noiseless::rectifier)
            return relu<T>{};
        else if constexpr (M == noiseless::stepped_sum)
            return softplus<T>{};
        else
            return noisy_relu_expected<T>{};
    }
    static constexpr auto expected() noexcept { return evaluated<noiseless::expected>(); }

    /// sqrt(sigmoid(x)), the standard deviation of the noise.
    template <lanes_of<T> V>
    [[gnu::always_inline]] static constexpr V deviation(const V& x) noexcept {
        return sqrt(math::logistic_by_ratio(x));
    }
};

template <std::floating_point T, noise_gradient G>
constexpr facts noisy_relu<T, G>::about() noexcept {
    return {.name = G == noise_gradient::reparameterised ? "noisy_relu" : "noisy_relu_constant_noise",
            .formula = "max(0, x + N(0, V)), variance V = sigmoid(x)",
            .derivative = G == noise_gradient::reparameterised ? "1 + e s'(x) if x + e s(x) > 0, else 0"
                                                               : "1 if x + e s(x) > 0, else 0",
            .source = "Nair, Hinton 2010",
            .range = {0, infinity},
            .limits = {0, infinity},
            .slopes = {0, 1}};
}

} // namespace actfn::inline ACTFN_ABI
