// The rectifier of a noisy input.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/math/logistic.hpp>
#include <actfn/math/rectified_normal.hpp>
#include <actfn/math/rectifier.hpp>
#include <actfn/math/softplus.hpp>

namespace actfn::inline ACTFN_ABI {

/// What the derivative of max(0, x + s(x) e) with respect to x, e the draw, takes to depend on x.
enum class noise_gradient {
    reparameterised, ///< s too, the exact derivative along the path: 1[z > 0] (1 + e s'(x)), s' = s
                     ///< sigmoid(-x) / 2
    constant         ///< only the mean, the noise being an additive sample: 1[z > 0]
};

/// What a noisy rectifier is evaluated as, without noise.
enum class noiseless {
    rectifier,   ///< max(x, 0): the mode, and the paper's fast approximation of the units
    stepped_sum, ///< softplus(x): the mean of the stepped sigmoid units that the noise stands for
    expected     ///< the mean of max(0, x + N(0, V)) itself
};

/// A noisy rectifier as evaluated. Sigma is what stands for the standard deviation: nothing for
/// sqrt(sigmoid(x)), or one number.
///
/// f(x) = max(x, 0), log(1 + e^x) or x Phi(x / s) + s phi(x / s), Phi and phi the normal distribution and
/// density; f'(x) accordingly. f(-inf) = 0, f(+inf) = inf; f'(-inf) = 0, f'(+inf) = 1; NaN gives NaN.
template <std::floating_point T, noiseless M>
struct noisy_relu_evaluated {
    using value_type = T;
    static constexpr std::size_t registers = 4;

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        if constexpr (M == noiseless::rectifier)
            return math::positive_part(x);
        else if constexpr (M == noiseless::stepped_sum) {
            return math::softplus_value<accuracy::accurate>(x, T(1),
                                                            math::exp_scaled<accuracy::accurate>(x, T(1)));
        } else
            return math::rectified_normal_mean(x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        if constexpr (M == noiseless::rectifier)
            return math::step<at_kink::left>(x, V(0));
        else if constexpr (M == noiseless::stepped_sum) {
            return math::softplus_slope<accuracy::accurate>(x, math::exp_scaled<accuracy::accurate>(x, T(1)));
        } else
            return math::rectified_normal_mean_slope(x);
    }
};

/// The noisy rectified linear unit.
///
/// Training: f(x, e) = max(0, x + s(x) e), e a standard normal draw, s(x) = sqrt(sigmoid(x)): the paper's
/// N(0, V) takes a variance, V = sigmoid(x), so 0.7071 is the standard deviation at 0, not 0.5. f'(x, e) as G
/// says. Evaluation: expected() and evaluated<noiseless>(). Whole line; range [0, inf]; f(-inf, e) = 0,
/// f(+inf, e) = inf; s tends to 0 and 1 there; NaN gives NaN, in both. Error: the sum is rounded once and s
/// is within 4 ULP, so 5 ulp of the larger of |x| and |s e|; these may cancel, and the sign of the rounded
/// sum decides the derivative. Source: Nair, Hinton 2010, Rectified linear units improve restricted Boltzmann
/// machines, section 2; the derivatives are our own, the paper trains with contrastive divergence.
template <std::floating_point T = float, noise_gradient G = noise_gradient::reparameterised>
struct noisy_relu {
    using value_type = T;
    static constexpr std::size_t registers = 4;
    static constexpr noise draws = noise::normal;

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
        const V s = deviation(x);
        const V z = madd(s, e, x);
        const V on = math::step<at_kink::left>(z, V(0));
        if constexpr (G == noise_gradient::constant)
            return on;
        else
            return on * madd(s * V(T(0.5)) * math::logistic_fast(math::exp_fast(negative_abs(x)), x > V(0)),
                             e, V(1));
    }

    template <noiseless M>
    static constexpr noisy_relu_evaluated<T, M> evaluated() noexcept {
        return {};
    }
    static constexpr auto expected() noexcept { return evaluated<noiseless::expected>(); }

    /// sqrt(sigmoid(x)), the standard deviation of the noise.
    template <lanes_of<T> V>
    [[gnu::always_inline]] static constexpr V deviation(const V& x) noexcept {
        return sqrt(math::logistic_fast(math::exp_fast(negative_abs(x)), x < V(0)));
    }
};

/// The mean of max(0, x + N(0, sigma^2)): what noisy_relu_sigma is evaluated as.
///
/// f(x) = x Phi(x / sigma) + sigma phi(x / sigma), f'(x) = Phi(x / sigma). Limits as noisy_relu_evaluated.
/// sigma: from 2^-32 to 2^32, in units of x.
template <std::floating_point T = float>
struct noisy_relu_sigma_expected {
    using value_type = T;
    static constexpr std::size_t registers = 4;

    T sigma;

    constexpr void check() const {
        require(sigma >= T(0x1p-32) && sigma <= T(0x1p32), "noisy_relu_sigma_expected", "sigma",
                "from 2^-32 to 2^32", sigma);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return math::rectified_normal_mean(x, sigma);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return math::rectified_normal_mean_slope(x, sigma);
    }
};

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

    constexpr noisy_relu_sigma_expected<T> expected() const noexcept { return {sigma}; }
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
