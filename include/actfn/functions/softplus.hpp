// Softplus, the smooth rectifier.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/math/softplus.hpp>

namespace actfn::inline ACTFN_ABI {

/// Softplus.
///
/// f(x) = log(1 + e^(beta x)) / beta = max(x, 0) + log1p(e^-|beta x|) / beta, f'(x) = 1 / (1 + e^(-beta x)).
/// Whole line, no threshold; range [0, inf]; f(-inf) = 0, f(+inf) = inf; f'(-inf) = 0, f'(+inf) = 1; NaN
/// gives NaN. beta: sharpness in 1 / units of x, from 2^-32 to 2^32, default 1 (the paper's); f tends to ReLU
/// as beta grows. Error: forward_error() and derivative_error() for beta = 1; other_beta_ulp for others.
/// Source: Dugas, Bengio, Belisle, Nadeau, Garcia 2001, Incorporating second-order functional knowledge.
template <std::floating_point T = float, accuracy A = accuracy::accurate>
struct softplus {
    using value_type = T;
    static constexpr std::size_t registers = detail::softplus_registers<A>,
                                 derivative_registers = detail::logistic_registers<A>,
                                 from_output_registers = detail::smooth_registers;
    // Zen 5, AVX-512, ns per float with 4, 5, 6, 8: GCC 12 .423 .414 .408 .445, GCC 16 .431 .418 .422 .390;
    // fast .273 .256 .251 .242, .276 .261 .254 .249.
    static constexpr std::size_t both_registers =
        detail::spills_early ? detail::softplus_registers<A> : detail::more_registers;

    T beta = 1;

    /// Bound for any other beta in its interval, without a witness.
    static constexpr double other_beta_ulp = A == accuracy::fast ? 5 : 1.5;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept;
    static constexpr error_claim derivative_error() noexcept;
    static constexpr double from_output_ulp = A == accuracy::accurate
                                                  ? (sizeof(T) == sizeof(float) ? 0.84 : 0.91)
                                                  : (sizeof(T) == sizeof(float) ? 1.05 : 1.2);

    template <class R>
    constexpr R definition(const R& x) const {
        using std::exp, std::log1p;
        const R t = R(beta) * x;
        return t > R(0) ? x + log1p(exp(-t)) / R(beta) : log1p(exp(t)) / R(beta);
    }

    constexpr void check() const {
        require(beta >= T(0x1p-32) && beta <= T(0x1p32), "softplus", "beta", "from 2^-32 to 2^32", beta);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return math::softplus_value<A>(x, beta, math::exp_scaled<A>(negative_abs(x), beta));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return math::logistic_scaled<A>(x, beta);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto e = math::exp_scaled<A>(negative_abs(x), beta);
        return {math::softplus_value<A>(x, beta, e), math::logistic_value(x, e)};
    }

    /// 1 - e^(-beta y): within from_output_ulp for the y >= 0 it is given, and as good as derivative(x) where
    /// y has its full digits.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        return math::softplus_slope_from_output<A>(y, beta);
    }
};

template <std::floating_point T, accuracy A>
constexpr facts softplus<T, A>::about() noexcept {
    return {.name = "softplus",
            .formula = "log(1 + e^(beta x)) / beta",
            .derivative = "1 / (1 + e^(-beta x))",
            .source = "Dugas, Bengio, Belisle, Nadeau, Garcia 2001",
            .range = {0, infinity},
            .limits = {0, infinity},
            .slopes = {0, 1}};
}

template <std::floating_point T, accuracy A>
constexpr error_claim softplus<T, A>::forward_error() noexcept {
    return claim_of<T, A>({{0.899, 0x1.65120ep-2},
                           {0.924, 0x1.6319bep-2},
                           {0.950, -0x1.61af55c742b27p9},
                           {0.975, -0x1.61af56293ead3p9}},
                          {{3.424, -0x1.c1d93cp-2},
                           {3.424, -0x1.c1d93cp-2},
                           {3.705, -0x1.bbbe09ca5432cp-2},
                           {3.705, -0x1.bbbe09ca5432cp-2}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim softplus<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.807, -0x1.5ed7b4p6},
                           {0.907, -0x1.1b54b8p4},
                           {0.840, -0x1.625f22c2e9ec9p9},
                           {0.860, -0x1.625f1edfd3987p9}},
                          {{2.438, -0x1.f36f2ap0},
                           {2.438, -0x1.f36f2ap0},
                           {2.505, -0x1.0a6c5ecd2ddd8p4},
                           {2.505, -0x1.0a6c5ecd2ddd8p4}});
}

} // namespace actfn::inline ACTFN_ABI
