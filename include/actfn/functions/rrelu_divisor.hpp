// The rectifier with a random divisor on the left.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/functions/leaky_relu.hpp>
#include <actfn/math/rectifier.hpp>
#include <actfn/math/uniform.hpp>

namespace actfn::inline ACTFN_ABI {

/// The randomised leaky rectified linear unit, the paper's dividing convention.
///
/// As rrelu, with x / a for x <= 0, a uniform on [lower, upper). Evaluation: expected(), leaky ReLU
/// with x / ((lower + upper) / 2). That is neither rrelu's mean slope nor the true mean E[1/a] = log(upper /
/// lower) / (upper - lower): for 3 and 8 they are 0.182, 0.229 and 0.196. lower, upper: 1 <= lower <= upper,
/// finite, default 3 and 8 (the paper's experiments). Error for the drawn slope: one rounding, 0.5 ULP,
/// forward and derivative. Source: as rrelu.
template <std::floating_point T = float>
struct rrelu_divisor {
    using value_type = T;
    static constexpr std::size_t registers = 4;
    static constexpr noise draws = noise::uniform;

    T lower = 3;
    T upper = 8;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept {
        return {half_ulp, -4 * double(std::numeric_limits<T>::denorm_min())};
    }
    static constexpr error_claim derivative_error() noexcept { return {half_ulp, -1}; }

    template <class R>
    constexpr R definition(const R& x, const T& u) const {
        return x > R(0) ? x : x / R(divisor(u));
    }

    constexpr void check() const {
        require(lower >= 1, "rrelu_divisor", "lower", "at least 1", lower);
        require(upper >= lower && is_finite(upper), "rrelu_divisor", "upper", "finite and at least lower",
                upper, "lower", lower);
    }

    /// The divisor a that draw u gives.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V divisor(const V& u) const noexcept {
        return math::uniform_between(lower, upper, u);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x, const V& u) const noexcept {
        return select(x > V(0), x, divided(x, divisor(u)));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x, const V& u) const noexcept {
        return math::step<at_kink::left>(x, divided(V(1), divisor(u)));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x,
                                                                             const V& u) const noexcept {
        const V a = divisor(u);
        return {select(x > V(0), x, divided(x, a)), math::step<at_kink::left>(x, divided(V(1), a))};
    }

    constexpr leaky_relu<T> expected() const {
        check();
        return {2 / (lower + upper)};
    }
};

template <std::floating_point T>
constexpr facts rrelu_divisor<T>::about() noexcept {
    return {.name = "rrelu_divisor",
            .formula = "x if x > 0, else x / a, a ~ U[lower, upper)",
            .derivative = "1 if x > 0, 1 / a if x < 0",
            .source = "Xu, Wang, Chen, Li 2015",
            .range = {-infinity, infinity},
            .limits = {-infinity, infinity},
            .slopes = {static_cast<double>(T(2) / 11), 1},
            .keeps_sign_of_zero = true,
            .kink = 0.0};
}

} // namespace actfn::inline ACTFN_ABI
