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
    static constexpr std::size_t registers = detail::softplus_registers<A>,
                                 derivative_registers = detail::logistic_registers<A>,
                                 from_output_registers = detail::smooth_registers;
    // Value and derivative with 4, 6, 8 (Zen 5, AVX-512, GCC 16): .425 .423 .449; softplus gains with 8.

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
        return value(x, math::exp_scaled<A>(negative_abs(x), T(1)));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return math::logistic_scaled<A>(negated(x), T(1));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto e = math::exp_scaled<A>(negative_abs(x), T(1));
        return {value(x, e), math::logistic_value(negated(x), e)};
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
    return claim_of<T, A>({{0.899, -0x1.65120ep-2},
                           {0.924, -0x1.6319bep-2},
                           {0.950, 0x1.61af55c742b27p9},
                           {0.975, 0x1.61af56293ead3p9}},
                          {{3.424, 0x1.c1d93cp-2},
                           {3.424, 0x1.c1d93cp-2},
                           {3.705, 0x1.bbbe09ca5432cp-2},
                           {3.705, 0x1.bbbe09ca5432cp-2}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim log_sigmoid<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.807, 0x1.5ed7b4p6},
                           {0.907, 0x1.1b54b8p4},
                           {0.840, 0x1.625f22c2e9ec9p9},
                           {0.860, 0x1.625f1edfd3987p9}},
                          {{2.438, 0x1.f36f2ap0},
                           {2.438, 0x1.f36f2ap0},
                           {2.505, 0x1.0a6c5ecd2ddd8p4},
                           {2.505, 0x1.0a6c5ecd2ddd8p4}});
}

} // namespace actfn::inline ACTFN_ABI
