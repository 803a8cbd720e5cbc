// The logistic sigmoid.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/logistic.hpp>

namespace actfn::inline ACTFN_ABI {

/// The logistic function.
///
/// f(x) = 1 / (1 + e^-x), f'(x) = f(x) f(-x) = e / (1 + e)^2 with e = e^-|x|.
/// Whole line; range [0, 1] after rounding; f(-inf) = 0, f(+inf) = 1, f'(+-inf) = 0; NaN gives NaN.
/// Error: forward_error() and derivative_error(). Subnormal results are produced, and a derivative is 0 only
/// where the true one rounds to 0. Source: Verhulst 1845; as an activation Rumelhart, Hinton, Williams 1986.
template <std::floating_point T = float, accuracy A = accuracy::accurate>
struct sigmoid {
    using value_type = T;
    // As for others of its kind, but for float. Zen 5, ns per float in L1, AVX-512, with 4, 6, 8: accurate,
    // GCC 12 .178 .196 .209, GCC 16 .173 .176 .170; backward of the fast tier with 4, 6, .110 .115, .111
    // .113, both .131 .136, .135 .140.
    static constexpr std::size_t registers =
        sizeof(T) == sizeof(float) && A == accuracy::accurate && detail::spills_early
            ? 4
            : detail::logistic_registers<A>;
    static constexpr std::size_t derivative_registers =
        sizeof(T) == sizeof(float) && A == accuracy::fast ? 4 : detail::smooth_registers;
    static constexpr std::size_t from_output_registers = 4;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept;
    static constexpr error_claim derivative_error() noexcept;
    static constexpr double from_output_ulp = fused ? half_ulp : 1.5;

    /// The textbook formula in any number type R; two forms of one fraction, so that neither overflows.
    template <class R>
    constexpr R definition(const R& x) const {
        using std::exp;
        return x < R(0) ? exp(x) / (R(1) + exp(x)) : R(1) / (R(1) + exp(-x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        if constexpr (A == accuracy::accurate)
            return math::logistic_value(x, exponential(x));
        else
            return math::logistic_by_ratio(x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        const auto q = math::quotient_of(exponential(x));
        return q.powered(math::logistic_slope(q));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto q = math::quotient_of(exponential(x));
        return {math::logistic(q, x > V(0)), q.powered(math::logistic_slope(q))};
    }

    /// y (1 - y): within from_output_ulp for the y it is given. Where y rounded to 1 (x > 17 for float, 37
    /// for double) the derivative is lost, and close to that point most of its digits.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        if constexpr (fused)
            return nmadd(y, y, y);
        else
            return y * (V(1) - y);
    }

private:
    // exp(-|x|) in parts.
    template <lanes V>
    [[gnu::always_inline]] static constexpr auto exponential(const V& x) noexcept {
        const auto z = math::reduce_range(negative_abs(x));
        if constexpr (A == accuracy::fast)
            return math::exp_split_ratio(z);
        else
            return math::exp_split_ratio_closely(z);
    }
};

template <std::floating_point T, accuracy A>
constexpr facts sigmoid<T, A>::about() noexcept {
    return {.name = "sigmoid",
            .formula = "1 / (1 + e^-x)",
            .derivative = "e^-x / (1 + e^-x)^2",
            .source = "Verhulst 1845; Rumelhart, Hinton, Williams 1986",
            .range = {0, 1},
            .limits = {0, 1},
            .slopes = {0, 0},
            .window = {-8, 8}};
}

template <std::floating_point T, accuracy A>
constexpr error_claim sigmoid<T, A>::forward_error() noexcept {
    return claim_of<T, A>({{0.807, -0x1.5ed7b4p6},
                           {0.817, -0x1.5ef23cp6},
                           {0.880, -0x1.6260ad941ea0ap9},
                           {0.890, -0x1.62604b6f2636ep9}},
                          {{2.438, -0x1.f36f2ap0},
                           {2.438, -0x1.f36f2ap0},
                           {2.505, -0x1.0a6c5ecd2ddd8p4},
                           {2.505, -0x1.0a6c5ecd2ddd8p4}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim sigmoid<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.807, -0x1.5ed7b4p6},
                           {1.272, -0x1.4cbe86p2},
                           {0.880, -0x1.6260ad941ea0ap9},
                           {1.270, 0x1.98cb464356e77p3}},
                          {{2.842, -0x1.c7e5aep0},
                           {2.963, 0x1.c7300ap0},
                           {3.435, -0x1.3686cbc65bbf2p3},
                           {3.435, -0x1.3686cbc65bbf2p3}});
}

} // namespace actfn::inline ACTFN_ABI
