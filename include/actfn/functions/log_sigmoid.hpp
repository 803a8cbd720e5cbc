// The logarithm of the logistic sigmoid.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/softplus.hpp>

namespace actfn::inline ACTFN_ABI {

/// The logarithm of the sigmoid: the log-likelihood of a binary outcome with logit x.
///
/// f(x) = log(1 / (1 + e^-x)) = -softplus(-x) = min(x, 0) - log1p(e^-|x|), f'(x) = 1 / (1 + e^x). Whole line;
/// range [-inf, 0]; f(-inf) = -inf, f(+inf) = -0; f'(-inf) = 1, f'(+inf) = 0; NaN gives NaN, in both. Error:
/// forward_error() and derivative_error(). Source: as sigmoid; the form without cancellation is that of
/// softplus.
template <std::floating_point T = float, accuracy A = accuracy::accurate>
struct log_sigmoid {
    using value_type = T;
    static constexpr std::size_t registers = detail::smooth_registers<>,
                                 derivative_registers = detail::smooth_registers < A == accuracy::fast > ;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept;
    static constexpr error_claim derivative_error() noexcept;
    static constexpr double from_output_ulp = A == accuracy::accurate
                                                  ? (sizeof(T) == sizeof(float) ? 0.84 : 0.91)
                                                  : (sizeof(T) == sizeof(float) ? 1.05 : 1.2);

    template <class R>
    constexpr R definition(const R& x) const {
        using std::exp, std::log1p;
        return x > R(0) ? -log1p(exp(-x)) : x - log1p(exp(x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return value(x, math::exp_scaled<A>(x, T(1)));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return slope(x, math::exp_scaled<A>(x, T(1)));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto e = math::exp_scaled<A>(x, T(1));
        return {value(x, e), slope(x, e)};
    }

    /// 1 - e^y: within from_output_ulp for the y <= 0 it is given, and as good as derivative(x) where y has
    /// its full digits.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        return math::softplus_slope_from_output<A>(negated(y), T(1));
    }

private:
    // e = exp(-|x|) serves -x as well.
    template <lanes V>
    [[gnu::always_inline]] static constexpr V value(const V& x, const auto& e) noexcept {
        return negated(math::softplus_value<A>(negated(x), T(1), e));
    }
    template <lanes V>
    [[gnu::always_inline]] static constexpr V slope(const V& x, const auto& e) noexcept {
        return math::logistic_value(negated(x), e);
    }
};

template <std::floating_point T, accuracy A>
constexpr facts log_sigmoid<T, A>::about() noexcept {
    return {.name = "log_sigmoid",
            .formula = "-log(1 + e^-x)",
            .derivative = "1 / (1 + e^x)",
            .source = "Verhulst 1845; Cox 1958",
            .range = {-infinity, 0},
            .limits = {-infinity, 0},
            .slopes = {1, 0}};
}

template <std::floating_point T, accuracy A>
constexpr error_claim log_sigmoid<T, A>::forward_error() noexcept {
    return claim_of<T, A>({{0.935, -0x1.04351ep-3},
                           {1.000, 0x1.7f5aeap6},
                           {0.925, -0x1.62baa3a441f47p-2},
                           {1.010, 0x1.6bb770b492bbep9}},
                          {{3.250, 0x1.04104ap1},
                           {2.797, 0x1.60e5ap1},
                           {3.430, 0x1.62e265c300c9bp2},
                           {2.934, 0x1.0a0adc260746ep2}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim log_sigmoid<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.939, 0x1.1bfc26p6},
                           {0.798, -0x1.355a92p-2},
                           {0.854, 0x1.625834da280a5p9},
                           {0.804, -0x1.06eec3956b8ffp0}},
                          {{2.402, 0x1.0a111ap2},
                           {2.402, 0x1.0a111ap2},
                           {2.495, 0x1.62e263ce37f4bp2},
                           {2.499, 0x1.e7f2556351dep2}});
}

} // namespace actfn::inline ACTFN_ABI
