// The hyperbolic tangent.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/expm1.hpp>
#include <actfn/math/logistic.hpp>

namespace actfn::inline ACTFN_ABI {

/// The hyperbolic tangent.
///
/// f(x) = (e^2x - 1) / (e^2x + 1), f'(x) = 1 - f(x)^2 = 4 e / (1 + e)^2 with e = e^-2|x|.
/// Whole line; range [-1, 1] after rounding; exactly odd, so f(-0) = -0; f(+-inf) = +-1, f'(+-inf) = 0; NaN
/// gives NaN. Error: forward_error() and derivative_error(). A derivative is 0 only where the true one rounds
/// to 0. Source: LeCun, Bottou, Orr, Mueller 1998, Efficient BackProp.
template <std::floating_point T = float, accuracy A = accuracy::accurate>
struct tanh {
    using value_type = T;
    static constexpr std::size_t registers = 4;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept;
    static constexpr error_claim derivative_error() noexcept;
    static constexpr double from_output_ulp = 1.5;

    /// The textbook function, in any number type R that has a tanh.
    template <class R>
    constexpr R definition(const R& x) const {
        using std::tanh;
        return tanh(x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        const auto e = exponential(x);
        return with_sign(magnitude(e, quotient(e)), x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        const auto e = exponential(x);
        return slope(e, quotient(e));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto e = exponential(x);
        const auto q = quotient(e);
        return {with_sign(magnitude(e, q), x), slope(e, q)};
    }

    /// (1 - y)(1 + y): within from_output_ulp for the y it is given. Where y rounded to +-1 (|x| > 9.1 for
    /// float, 19.1 for double) the derivative is lost, and close to that point most of its digits.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        return (V(1) - y) * (V(1) + y);
    }

private:
    // e = exp(-2|x|).
    template <lanes V>
    [[gnu::always_inline]] static constexpr auto exponential(const V& x) noexcept {
        const V z = negative_abs(x);
        if constexpr (A == accuracy::fast)
            return math::exp_split_fast(z + z);
        else
            return math::exp_split(z + z);
    }

    // In the accurate tier, the reciprocal of 1 + e.
    template <lanes V>
    [[gnu::always_inline]] static constexpr auto quotient(const math::exp_parts<V>& e) noexcept {
        return math::quotient_over<1>(e);
    }
    template <lanes V>
    [[gnu::always_inline]] static constexpr auto quotient(const math::exp_fraction<V>&) noexcept {
        return nullptr;
    }

    // (1 - e) / (1 + e).
    template <lanes V>
    [[gnu::always_inline]] static constexpr V magnitude(const math::exp_parts<V>& e,
                                                        const math::exp_quotient<V>& q) noexcept {
        const auto m = math::expm1_split(e);
        // Near 0 the two parts cancel in part, so they are brought into one and what it lost.
        const V upper = m.upper + m.lower;
        const V lower = m.lower - (upper - m.upper);
        const V rest = madd(upper, q.correction, lower);
        return abs(exact_madd(upper, q.inverse, q.inverse * rest));
    }
    template <lanes V>
    [[gnu::always_inline]] static constexpr V magnitude(const math::exp_fraction<V>& e,
                                                        std::nullptr_t) noexcept {
        const V m = math::expm1_rounded(e);
        return abs(math::quotient<1>(m, V(2) + m));
    }

    // 4 e / (1 + e)^2; 4 goes with the power of two, so that a subnormal product is rounded once.
    template <lanes V>
    [[gnu::always_inline]] static constexpr V slope(const math::exp_parts<V>& e,
                                                    const math::exp_quotient<V>& q) noexcept {
        return math::scaled(math::logistic_slope(q), e.scale, T(4));
    }
    template <lanes V>
    [[gnu::always_inline]] static constexpr V slope(const math::exp_fraction<V>& e, std::nullptr_t) noexcept {
        return math::scaled(math::logistic_slope_fast(e), e.scale, T(4));
    }
};

template <std::floating_point T, accuracy A>
constexpr facts tanh<T, A>::about() noexcept {
    return {.name = "tanh",
            .formula = "(e^2x - 1) / (e^2x + 1)",
            .derivative = "1 - tanh(x)^2",
            .source = "LeCun, Bottou, Orr, Mueller 1998",
            .range = {-1, 1},
            .limits = {-1, 1},
            .slopes = {0, 0},
            .shape = symmetry::odd,
            .keeps_sign_of_zero = true};
}

template <std::floating_point T, accuracy A>
constexpr error_claim tanh<T, A>::forward_error() noexcept {
    return claim_of<T, A>({{0.906, -0x1.62b67cp-3},
                           {0.896, -0x1.628aa2p-3},
                           {0.890, -0x1.e5b95abef1eb6p-4},
                           {0.896, 0x1.d54ad344a11aep-4}},
                          {{2.993, -0x1.62b454p2},
                           {2.499, -0x1.205368p2},
                           {3.025, -0x1.4925275d4ca9ap3},
                           {2.568, -0x1.a20dfde640111p-3}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim tanh<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.818, -0x1.645222p5},
                           {1.254, -0x1.49bd22p1},
                           {0.883, -0x1.630923ece2a02p8},
                           {1.220, 0x1.8a60e1d6e310bp0}},
                          {{2.764, -0x1.512eaap0},
                           {3.375, -0x1.2c21fap-12},
                           {2.897, -0x1.513373ba4de9ep0},
                           {3.375, 0x1.a8872907ffffdp-27}});
}

} // namespace actfn::inline ACTFN_ABI
