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
    // Zen 5, AVX-512, ns per float with 3, 4, 5, 6: backward .516 .479 .501 .517, fast .283 .271 .260 .248,
    // and with the value .360 .337 .335 .358.
    static constexpr std::size_t registers = 4;
    static constexpr std::size_t derivative_registers =
        A == accuracy::fast ? detail::smooth_registers : registers;
    static constexpr std::size_t both_registers = registers;

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
                           {2.415, -0x1.270c38ca2fb2bp5},
                           {2.435, -0x1.28ab3fadcb3abp5}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim silu<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.891, 0x1.e5966ep-3},
                           {0.906, 0x1.df40aep-3},
                           {0.895, 0x1.c2f54fe8a3b76p-3},
                           {0.985, -0x1.71590ccfa6e4ep2}},
                          {{3.480, -0x1.35c052p0},
                           {3.914, -0x1.261adcp0},
                           {3.785, -0x1.26ebc32d25398p5},
                           {3.870, -0x1.1dda9d3c89a12p1}});
}

} // namespace actfn::inline ACTFN_ABI
