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
    // Zen 5, ns per float with 4, 5, 6, 8. AVX-512: accurate backward, GCC 12 .479 .501 .517 for 4 to 6;
    // fast, GCC 12 .111 .112 .111 .117, GCC 16 .118 .117 .114 .121, backward .231 .223 .215 .218, .234 .226
    // .220 .230, both .283 .272 .260 .274, .285 .273 .265 .277; double .296 .294 .281, .309 .304 .293 for 4,
    // 6, 8. AVX2, GCC 16, with 2, 3, 4: fast .251 .246 .244, backward .526 .518 .509, both .655 .640 .661.
    static constexpr std::size_t registers = A == accuracy::accurate      ? 4
                                             : sizeof(T) == sizeof(float) ? detail::smooth_registers
                                             : detail::many_registers     ? 8
                                                                          : 3;
    static constexpr std::size_t derivative_registers =
        A == accuracy::fast ? detail::smooth_registers : registers;
    static constexpr std::size_t both_registers = derivative_registers;

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
        if constexpr (A == accuracy::accurate)
            return math::silu_value(x);
        else
            return math::silu_by_ratio(x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        if constexpr (A == accuracy::accurate)
            return math::silu_slope(x);
        else
            return slope(x, exponential(x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        if constexpr (A == accuracy::accurate) {
            return {math::silu_value(x), math::silu_slope(x)};
        } else {
            const auto e = exponential(x);
            return {math::silu_by_ratio(x, e), slope(x, e)};
        }
    }

private:
    // exp(-|x|) of the fast tier.
    template <lanes V>
    [[gnu::always_inline]] static constexpr math::exp_ratio<V> exponential(const V& x) noexcept {
        return math::exp_split_ratio(math::reduce_range(negative_abs(x)));
    }

    template <lanes V>
    [[gnu::always_inline]] static constexpr V slope(const V& x, const math::exp_ratio<V>& e) noexcept {
        if constexpr (fused && sizeof(T) == sizeof(float))
            return math::silu_slope_by_ratio(x, e);
        else // e would make it err by 4.05 ULP (float, not fused) and 4.41 (double)
            return math::silu_slope_by_ratio(
                x, math::exp_split_ratio_rounded(math::reduce_range(negative_abs(x))));
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
                           {0.890, -0x1.61de13fb22d25p8},
                           {0.930, -0x1.61dda230458e3p8}},
                          {{3.434, -0x1.df611ep0},
                           {3.434, -0x1.df611ep0},
                           {3.580, -0x1.45793f1b5756dp4},
                           {3.580, -0x1.45793f1b5756dp4}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim silu<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.891, 0x1.e5966ep-3},
                           {0.906, 0x1.df40aep-3},
                           {0.895, 0x1.c2f54fe8a3b76p-3},
                           {0.985, -0x1.71590ccfa6e4ep2}},
                          {{3.902, -0x1.6b892cp3},
                           {3.914, -0x1.261adcp0},
                           {3.860, -0x1.25e42a6805ec9p0},
                           {4.025, -0x1.261c6441152cfp0}});
}

} // namespace actfn::inline ACTFN_ABI
