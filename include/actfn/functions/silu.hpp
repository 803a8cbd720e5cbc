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
    // Zen 5, ns per element in L1. AVX-512, GCC 12, GCC 16: accurate with 4, 5, 6 .216 .215 .221, .211 .203
    // .203, backward with 3, 4, 5 .330 .326 .364, .328 .317 .328, both .403 .412 .441, .393 .404 .412; fast
    // with 4, 6, 8 .105 .104 .109, .104 .109 .113, backward .193 .181 .197, .186 .183 .194, both with 3, 4, 6
    // .250 .250 .238, .242 .244 .261; double with 4, 6, 8, accurate .606 .533 .613, .585 .515 .520, fast .286
    // .286 .275, .286 .289 .270, both .756 .719 .714, .757 .711 .700. AVX2, GCC 16, with 2, 3, 4: accurate
    // .502 .487 .577, backward .743 .716 .761, both .930 .950 1.01; fast .239 .235 .234, backward .430 .425
    // .452, both .556 .588 .633.
    static constexpr std::size_t registers = !detail::many_registers   ? 3
                                             : A == accuracy::accurate ? (sizeof(T) == sizeof(float) ? 5 : 6)
                                                                       : (sizeof(T) == sizeof(float) ? 4 : 8);
    static constexpr std::size_t derivative_registers = !detail::many_registers   ? 3
                                                        : A == accuracy::accurate ? 4
                                                                                  : 6;
    static constexpr std::size_t both_registers =
        !detail::many_registers || sizeof(T) == sizeof(float) ? 3 : 6;

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
        if constexpr (A == accuracy::accurate) {
            const V t = math::silu_argument(x);
            return math::silu_value(x, t, exponential(t));
        } else {
            return math::silu_by_ratio(x);
        }
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        const V t = math::silu_argument(x);
        return math::silu_slope(x, t, exponential(t));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const V t = math::silu_argument(x);
        const auto e = exponential(t);
        if constexpr (A == accuracy::accurate)
            return {math::silu_value(x, t, e), math::silu_slope(x, t, e)};
        else
            return {math::silu_by_ratio(x, e), math::silu_slope(x, t, e)};
    }

private:
    // exp(t) in parts, for the accurate tier already divided.
    template <lanes V>
    [[gnu::always_inline]] static constexpr auto exponential(const V& t) noexcept {
        const auto z = math::reduce_in_range(t);
        if constexpr (A == accuracy::accurate)
            return math::quotient_of(math::exp_split_ratio_closely(z));
        else
            return math::exp_split_ratio(z);
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
    return claim_of<T, A>({{0.926, -0x1.6f9404p6},
                           {0.947, -0x1.6f9c8p6},
                           {0.940, -0x1.2e369e0b3310cp5},
                           {0.975, -0x1.2e3688ae193dep5}},
                          {{3.434, -0x1.df611ep0},
                           {3.434, -0x1.df611ep0},
                           {3.580, -0x1.45793f1b5756dp4},
                           {3.580, -0x1.45793f1b5756dp4}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim silu<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.934, -0x1.6f88fap6},
                           {0.935, -0x1.6f7d5ap6},
                           {0.930, -0x1.2e368f112c278p5},
                           {0.967, -0x1.2e369f90841cfp5}},
                          {{3.833, -0x1.110272p-1},
                           {3.943, -0x1.15b1dcp-1},
                           {4.040, -0x1.44c6ed4c1b3f2p4},
                           {4.040, -0x1.44c6ed4c1b3f2p4}});
}

} // namespace actfn::inline ACTFN_ABI
