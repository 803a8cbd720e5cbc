// The hyperbolic tangent.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/logistic.hpp>

#include <algorithm>

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
    // With eight the forward spills: .62 ns per float where six take .59 (AVX-512).
    static constexpr std::size_t registers = std::min<std::size_t>(
                                     detail::smooth_registers < A == accuracy::fast >, 6),
                                 from_output_registers = 4;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept;
    static constexpr error_claim derivative_error() noexcept;
    static constexpr double from_output_ulp = fused ? half_ulp : 1.5;

    /// The textbook function, in any number type R that has a tanh.
    template <class R>
    constexpr R definition(const R& x) const {
        using std::tanh;
        return tanh(x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        const auto e = exponential<math::scaling::plain>(x);
        return with_sign(magnitude(e, quotient(e, e.scale)), x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        const auto e = exponential<math::scaling::extended>(x);
        return slope(e, quotient(e, math::power_of(e.scale)));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto e = exponential<math::scaling::extended>(x);
        const auto q = quotient(e, math::power_of(e.scale));
        return {with_sign(magnitude(e, q), x), slope(e, q)};
    }

    /// (1 - y)(1 + y): within from_output_ulp for the y it is given. Where y rounded to +-1 (|x| > 9.1 for
    /// float, 19.1 for double) the derivative is lost, and close to that point most of its digits.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        if constexpr (fused)
            return nmadd(y, y, V(1));
        else
            return (V(1) - y) * (V(1) + y);
    }

private:
    // e = exp(-2|x|).
    template <math::scaling S, lanes V>
    [[gnu::always_inline]] static constexpr auto exponential(const V& x) noexcept {
        const V z = negative_abs(x);
        if constexpr (A == accuracy::accurate)
            return math::exp_split_closely<2, S>(z);
        else
            return math::exp_split_twice<S>(z);
    }

    // What value and slope share: in the accurate tier, the reciprocal of 1 + e; power is that of e.
    template <lanes V>
    [[gnu::always_inline]] static constexpr auto quotient(const math::exp_parts<V>& e,
                                                          const V& power) noexcept {
        return math::quotient_over<1>(e, power);
    }
    // In the fast tier |tanh(x)| itself, (1 - e) / (1 + e), no -0; e = (1/2 + half) power.
    template <lanes V>
    [[gnu::always_inline]] static constexpr V quotient(const math::exp_of_twice<V>& e,
                                                       const V& power) noexcept {
        const V m = nmadd(e.half, power, nmadd(power, V(T(0.5)), V(1)));
        const V d = madd(e.half, power, madd(power, V(T(0.5)), V(1)));
        return divided(m, d);
    }

    // (1 - e) / (1 + e), no -0.
    template <lanes V>
    [[gnu::always_inline]] static constexpr V magnitude(const math::exp_parts<V>& e,
                                                        const math::exp_quotient<V, 1>& q) noexcept {
        // 1 - e = high - low; the power negated: GCC 12 spends an operation on what is negated twice.
        const V high = nmadd(q.power, e.upper, V(1));
        const V low = madd(e.lower, q.power, madd(e.upper, q.power, high - V(1)));
        // Near 0 the two parts cancel in part, so they are brought into one and what it lost.
        const V upper = high - low;
        const V lower = (high - upper) - low;
        const V rest = madd(upper, q.correction(), lower);
        return exact_madd(upper, q.inverse, q.inverse * rest);
    }
    template <lanes V>
    [[gnu::always_inline]] static constexpr V magnitude(const math::exp_of_twice<V>&, const V& t) noexcept {
        return t;
    }

    // 4 e / (1 + e)^2; 4 goes with the power of two, so that a subnormal product is rounded once.
    template <lanes V>
    [[gnu::always_inline]] static constexpr V slope(const math::exp_parts<V>& e,
                                                    const math::exp_quotient<V, 1>& q) noexcept {
        return math::scaled(math::logistic_slope(q), e.scale, T(4));
    }
    // The same as e (1 + t)^2, as 1 + t = 2 / (1 + e), which shares the value's division; without fused
    // multiply-add that errs by 4.1 ULP.
    template <lanes V>
    [[gnu::always_inline]] static constexpr V slope(const math::exp_of_twice<V>& e, const V& t) noexcept {
        const V mantissa = e.mantissa();
        if constexpr (fused) {
            const V once = madd(mantissa, t, mantissa);
            return madd(once, t, once) * e.scale;
        } else {
            const auto q = math::quotient_fast(mantissa, e.scale);
            return q.powered(V(4) * math::logistic_slope(q));
        }
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
    return claim_of<T, A>({{0.921, -0x1.6251f4p-3},
                           {0.896, -0x1.628aa2p-3},
                           {0.900, -0x1.d9b60283b6ce9p-4},
                           {0.884, 0x1.54082acc299acp-3}},
                          {{1.966, -0x1.0a0d6ep-1},
                           {1.996, -0x1.0a068ap-1},
                           {2.150, -0x1.96c343e548f13p-3},
                           {2.140, -0x1.fcbd547b905c9p-2}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim tanh<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.833, -0x1.641cp5},
                           {1.254, -0x1.49bd22p1},
                           {0.900, 0x1.630938f2f56fdp8},
                           {1.251, -0x1.1deba024c7eeep1}},
                          {{3.672, -0x1.51c6c4p0},
                           {3.456, -0x1.52b04ep0},
                           {3.850, -0x1.b36ad046c15a8p0},
                           {3.856, -0x1.628b16a9551b5p1}});
}

} // namespace actfn::inline ACTFN_ABI
