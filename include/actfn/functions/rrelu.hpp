// The rectifier with a random slope on the left.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/math/rectifier.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

/// lower + u (upper - lower), kept below upper where the sum would round to it; the same bits with and
/// without FMA. upper > 0.
template <lanes V, class T = element_t<V>>
[[gnu::always_inline]] constexpr V uniform_between(T lower, T upper, const V& u) noexcept {
    const T last = lower < upper ? std::bit_cast<T>(std::bit_cast<bits_of<T>>(upper) - 1) : lower;
    return at_most(rounded(u * V(upper - lower)) + V(lower), V(last));
}

} // namespace detail

/// RReLU as evaluated: its mean slope, fixed.
///
/// f(x) = x for x > 0, slope x for x <= 0; f'(x) = 1 and slope, at 0 slope. Made by expected(); slope finite
/// and > 0 unless lower and upper are 0. Error: one rounding, 0.5 ULP; the derivative is exact.
template <std::floating_point T = float>
struct rrelu_expected {
    using value_type = T;
    static constexpr std::size_t registers = 4;

    T slope;

    template <class R>
    constexpr R definition(const R& x) const {
        return x > R(0) ? x : R(slope) * x;
    }

    constexpr void check() const { require(is_finite(slope), "rrelu_expected", "slope", "finite", slope); }
    constexpr void check_from_output() const {
        math::require_output_tells<at_kink::left>("rrelu_expected", slope);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return math::rectify(x, V(slope));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return math::step<at_kink::left>(x, V(slope));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        return {(*this)(x), derivative(x)};
    }

    /// derivative(y), as y has the sign of x: exact.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        return derivative(y);
    }
};

/// The randomised leaky rectified linear unit, multiplying convention.
///
/// Training: f(x, u) = x for x > 0, a x for x <= 0 with a = lower + u (upper - lower), u a uniform draw on
/// (0, 1), so a is uniform on [lower, upper); f'(x, u) = 1 and a, at 0 a. Evaluation: expected(), a = (lower
/// + upper) / 2. Whole line; f(-inf) = -inf where a > 0, f(+inf) = inf; f(-0) = -0; NaN gives NaN, in both.
/// lower, upper: 0 <= lower <= upper < 1, default 1/8 and 1/3 (Torch's and PyTorch's; the reciprocals of the
/// paper's 8 and 3). Error for the drawn slope: one rounding, 0.5 ULP; the derivative is exact. Source: Xu,
/// Wang, Chen, Li 2015, Empirical evaluation of rectified activations, arXiv 1505.00853, section 2.4.
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
        require(upper >= lower && upper < 1, "rrelu", "upper", "at least lower and less than 1", upper);
    }

    /// The slope a that draw u gives.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V slope(const V& u) const noexcept {
        return detail::uniform_between(lower, upper, u);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x, const V& u) const noexcept {
        return math::rectify(x, slope(u));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x, const V& u) const noexcept {
        return math::step<at_kink::left>(x, slope(u));
    }

    constexpr rrelu_expected<T> expected() const {
        check();
        return {(lower + upper) / 2};
    }
};

/// The randomised leaky rectified linear unit, the paper's dividing convention.
///
/// As rrelu, with x / a for x <= 0, a uniform on [lower, upper). Evaluation: expected(), x / ((lower + upper)
/// / 2). That is neither rrelu's mean slope nor the true mean E[1/a] = log(upper / lower) / (upper - lower):
/// for 3 and 8 they are 0.182, 0.229 and 0.196. lower, upper: 1 <= lower <= upper, finite, default 3 and 8
/// (the paper's experiments). Error for the drawn slope: one rounding, 0.5 ULP, forward and derivative.
/// Source: as rrelu.
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
                upper);
    }

    /// The divisor a that draw u gives.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V divisor(const V& u) const noexcept {
        return detail::uniform_between(lower, upper, u);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x, const V& u) const noexcept {
        return select(x > V(0), x, x / divisor(u));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x, const V& u) const noexcept {
        return math::step<at_kink::left>(x, V(1) / divisor(u));
    }

    constexpr rrelu_expected<T> expected() const {
        check();
        return {2 / (lower + upper)};
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
