// The hyperbolic tangent.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/logistic.hpp>
#include <actfn/math/tanh.hpp>

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
    // Zen 5, AVX-512, GCC 12 and 16: forward with 4, 5, 6 .275 .258 .305, .283 .261 .244; fast with 3, 4, 5
    // .103 .092 .096, .102 .096 .100, backward .126 .130 .124, .126 .126 .126, both .169 .220 .217, .158 .177
    // .168.
    static constexpr std::size_t registers = A == accuracy::fast ? 4 : 5, derivative_registers = 5,
                                 both_registers = A == accuracy::fast ? 3 : 5, from_output_registers = 4;

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
        return with_sign(magnitude(exponential<math::scaling::plain>(x)), x);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return slope(exponential<math::scaling::extended>(x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto e = exponential<math::scaling::extended>(x);
        return {with_sign(magnitude(e), x), slope(e)};
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
    // e = exp(-2|x|) = numerator / denominator and its quotient; denominator - numerator = difference + rest.
    template <lanes V>
    struct parts {
        math::exp_quotient<V> quotient;
        V difference, rest;
    };
    template <math::scaling S, lanes V>
    [[gnu::always_inline]] static constexpr auto exponential(const V& x) noexcept {
        const V z = negative_abs(x);
        if constexpr (A == accuracy::accurate) {
            const auto [numerator, head, tail] = math::exp_split_ratio_of_twice<S>(z);
            const V upper = head + tail, lower = (head - upper) + tail;
            const V sum = upper + numerator, difference = upper - numerator;
            const V lost = ((upper - sum) + numerator) + lower;
            const V rest = ((upper - difference) - numerator) + lower;
            const V inverse = divided(V(1), sum);
            return parts<V>{{numerator, inverse, error_of_inverse(inverse, sum, lost)}, difference, rest};
        } else {
            return math::tanh_split_ratio<S>(z);
        }
    }

    // (1 - e) / (1 + e), no -0.
    template <lanes V>
    [[gnu::always_inline]] static constexpr V magnitude(const parts<V>& e) noexcept {
        const auto& q = e.quotient;
        return exact_madd(e.difference, q.inverse, q.inverse * madd(e.difference, q.error, e.rest));
    }
    template <lanes V>
    [[gnu::always_inline]] static constexpr V magnitude(const math::tanh_ratio<V>& e) noexcept {
        return divided(e.difference, e.sum);
    }

    // 4 e / (1 + e)^2; 4 goes with the power of two, so that a subnormal product is rounded once.
    template <lanes V>
    [[gnu::always_inline]] static constexpr V slope(const parts<V>& e) noexcept {
        return math::logistic_slope(e.quotient) * (V(4) * e.quotient.numerator);
    }
    template <lanes V>
    [[gnu::always_inline]] static constexpr V slope(const math::tanh_ratio<V>& e) noexcept {
        const V share = e.share();
        return share * nmadd(share, e.scale, V(1)) * (V(4) * e.scale);
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
    return claim_of<T, A>({{0.920, -0x1.63c0ecp-3},
                           {1.007, -0x1.636424p-3},
                           {0.920, 0x1.62f346ee4b264p-3},
                           {0.865, -0x1.62fae1b4399dp-3}},
                          {{2.540, -0x1.0a4ab6p-1},
                           {2.540, -0x1.0a4ab6p-1},
                           {2.480, 0x1.e83af31e0c293p2},
                           {2.500, 0x1.2f88aeacd27e8p3}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim tanh<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.819, -0x1.6449bap5},
                           {1.187, -0x1.20a366p1},
                           {0.815, 0x1.6310ab0914b16p8},
                           {1.180, 0x1.0fcffcc8d7fc9p3}},
                          {{3.585, -0x1.b72f5ep0},
                           {3.589, -0x1.0924a6p1},
                           {3.745, -0x1.b36ad2404f534p0},
                           {3.835, -0x1.628b1944f75aep1}});
}

} // namespace actfn::inline ACTFN_ABI
