// The rectifier with a random slope on the left.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/functions/leaky_relu.hpp>
#include <actfn/math/rectifier.hpp>
#include <actfn/math/uniform.hpp>

namespace actfn::inline ACTFN_ABI {

/// The randomised leaky rectified linear unit, multiplying convention.
///
/// Training: f(x, u) = x for x > 0, a x for x <= 0 with a = lower + u (upper - lower), u a uniform draw on
/// (0, 1), so a is uniform on [lower, upper); f'(x, u) = 1 and a, at 0 a. Evaluation: expected(), leaky ReLU
/// with the mean slope (lower + upper) / 2. Whole line; f(-inf) = -inf where a > 0, f(+inf) = inf; f(-0) =
/// -0; NaN gives NaN, in both. lower, upper: 0 <= lower <= upper < 1, default 1/8 and 1/3 (Torch's and
/// PyTorch's; the reciprocals of the paper's 8 and 3). Error for the drawn slope: one rounding, 0.5 ULP; the
/// derivative is exact. Source: Xu, Wang, Chen, Li 2015, Empirical evaluation of rectified activations, arXiv
/// 1505.00853, section 2.4.
template <std::floating_point T = float>
struct rrelu {
    using value_type = T;
    static constexpr std::size_t registers = 4;
    static constexpr noise draws = noise::uniform;

    T lower = T(1) / 8;
    T upper = T(1) / 3;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept {
        return {half_ulp, -4 * double(std::numeric_limits<T>::denorm_min())};
    }
    static constexpr error_claim derivative_error() noexcept { return {0, 1}; }

    template <class R>
    constexpr R definition(const R& x, const T& u) const {
        return x > R(0) ? x : R(slope(u)) * x;
    }

    constexpr void check() const {
        require(lower >= 0 && lower < 1, "rrelu", "lower", "at least 0 and less than 1", lower);
        require(upper >= lower && upper < 1, "rrelu", "upper", "at least lower and less than 1", upper,
                "lower", lower);
    }

    /// The slope a that draw u gives.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V slope(const V& u) const noexcept {
        return math::uniform_between(lower, upper, u);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x, const V& u) const noexcept {
        return math::rectify(x, slope(u));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x, const V& u) const noexcept {
        return math::step<at_kink::left>(x, slope(u));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x,
                                                                             const V& u) const noexcept {
        const V a = slope(u);
        return {math::rectify(x, a), math::step<at_kink::left>(x, a)};
    }

    constexpr leaky_relu<T> expected() const {
        check();
        return {(lower + upper) / 2};
    }
};

template <std::floating_point T>
constexpr facts rrelu<T>::about() noexcept {
    return {.name = "rrelu",
            .formula = "x if x > 0, else a x, a ~ U[lower, upper)",
            .derivative = "1 if x > 0, a if x < 0",
            .source = "Xu, Wang, Chen, Li 2015",
            .range = {-infinity, infinity},
            .limits = {-infinity, infinity},
            .slopes = {static_cast<double>((T(1) / 8 + T(1) / 3) / 2), 1},
            .keeps_sign_of_zero = true,
            .kink = 0.0};
}

} // namespace actfn::inline ACTFN_ABI
