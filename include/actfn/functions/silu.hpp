// The sigmoid linear unit, Swish.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/silu.hpp>

namespace actfn::inline ACTFN_ABI {

/// The sigmoid linear unit, also called Swish (with beta = 1).
///
/// f(x) = x / (1 + e^-x), f'(x) = (1 + e^-x + x e^-x) / (1 + e^-x)^2.
/// Whole line; range [-0.2785, inf]; falls to its minimum at x = -1.2785 and rises from there; f(-inf) = -0,
/// f(+inf) = inf; f'(-inf) = -0, f'(+inf) = 1; f(-0) = -0; NaN gives NaN. No derivative from the output:
/// every y in (-0.2785, 0) has two x. Error: forward_error() and derivative_error(), also where the
/// derivative passes through 0. Source: Elfwing, Uchibe, Doya 2017, arXiv 1702.03118; Hendrycks, Gimpel 2016,
/// arXiv 1606.08415.
template <std::floating_point T = float, accuracy A = accuracy::accurate>
struct silu {
    using value_type = T;
    // Zen 5, AVX-512, backward with 3, 4, 5, 6: .516 .479 .501 .517 ns per float.
    static constexpr std::size_t registers = 4;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept;
    static constexpr error_claim derivative_error() noexcept;

    template <class R>
    constexpr R definition(const R& x) const {
        using std::exp;
        return x / (R(1) + exp(-x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return math::silu_value<A>(x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return math::silu_slope<A>(x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        return {(*this)(x), derivative(x)};
    }
};

template <std::floating_point T, accuracy A>
constexpr facts silu<T, A>::about() noexcept {
    return {.name = "silu",
            .formula = "x / (1 + e^-x)",
            .derivative = "(1 + e^-x + x e^-x) / (1 + e^-x)^2",
            .source = "Elfwing, Uchibe, Doya 2017; Hendrycks, Gimpel 2016",
            .range = {-0x1.1d25cf210482ep-2, infinity},
            .limits = {0, infinity},
            .slopes = {0, 1},
            .increasing = false,
            .keeps_sign_of_zero = true,
            .stationary = -0x1.474973c84120bp0,
            .window = {-6, 6}};
}

template <std::floating_point T, accuracy A>
constexpr error_claim silu<T, A>::forward_error() noexcept {
    return claim_of<T, A>({{0.877, -0x1.6f710cp6},
                           {0.947, -0x1.6f9c8p6},
                           {0.890, -0x1.61de13fb22d25p8},
                           {0.930, -0x1.61dda230458e3p8}},
                          {{3.586, -0x1.0c6056p4},
                           {3.692, -0x1.0c615ap4},
                           {2.410, -0x1.270c38ca23321p5},
                           {2.418, -0x1.28ab402e14b65p5}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim silu<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.891, 0x1.e5966ep-3},
                           {0.906, 0x1.df40aep-3},
                           {0.895, 0x1.c2f54fe8a3b76p-3},
                           {0.965, -0x1.71595efe37525p2}},
                          {{3.768, -0x1.cdc41ap-1},
                           {0.906, 0x1.df40aep-3},
                           {0.900, 0x1.c2f549ccf0efap-3},
                           {0.955, -0x1.7158106602df6p2}});
}

} // namespace actfn::inline ACTFN_ABI
