// The hyperbolic tangent.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
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
    // Zen 5, ns per float. AVX-512, GCC 12 and 16: forward with 4, 5, 6, 8 .215 .209 .203 .235, .210 .203
    // .196 .192, backward .254 .242 .247 .316, .246 .234 .226 .262, both with 2, 3, 5 .415 .471 .498, .358
    // .364 .302. AVX2 with 2, 3, 4: forward .428 .406 .425, .423 .420 .423, backward .545 .516 .548, .539
    // .519 .553, both .750 .875 .825, .732 .706 .737. Fast, AVX-512, with 3, 4, 5: forward .095 .093 .092,
    // .094 .092 .088, backward .124 .120 .131, .124 .117 .122, both with 2, 3, 4 .224 .248 .273, .199 .193
    // .213. AVX2 with 2, 3, 4: forward .180 .179 .173, .178 .176 .173, backward .246 .246 .241, .261 .255
    // .255, both .372 .391 .451, .378 .429 .492.
    static constexpr std::size_t registers = A == accuracy::fast      ? (detail::many_registers ? 5 : 4)
                                             : detail::many_registers ? 6
                                                                      : 3;
    static constexpr std::size_t derivative_registers = A == accuracy::fast ? 4 : registers;
    static constexpr std::size_t both_registers = detail::spills_early     ? 2
                                                  : A == accuracy::fast    ? (detail::many_registers ? 3 : 2)
                                                  : detail::many_registers ? 5
                                                                           : 3;
    static constexpr std::size_t from_output_registers = 4;

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
        if constexpr (A == accuracy::accurate)
            return with_sign(magnitude(exponential<math::scaling::plain>(x)), x);
        else
            return math::tanh_by_ratio(x);
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

    /// (1 - y)(1 + y): within from_output_ulp for the y it is given. Where y is +-1 (from |x| = 8.66 for
    /// float, 18.7 for double; fast float 8.3) the derivative is lost, and close to that point most of its
    /// digits.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        if constexpr (fused)
            return nmadd(y, y, V(1));
        else
            return (V(1) - y) * (V(1) + y);
    }

private:
    // e = exp(-2|x|), as the tier has it.
    template <math::scaling S, lanes V>
    [[gnu::always_inline]] static constexpr auto exponential(const V& x) noexcept {
        const V z = negative_abs(x);
        if constexpr (A == accuracy::accurate)
            return math::tanh_split<S>(z);
        else
            return math::tanh_split_ratio<S>(z);
    }

    // (1 - e) / (1 + e), no -0.
    template <lanes V>
    [[gnu::always_inline]] static constexpr V magnitude(const math::tanh_parts<V>& e) noexcept {
        // No name for the inverse: GCC 12 would copy it through memory, and take a quarter longer.
        return exact_madd(e.difference, e.share.inverse,
                          e.share.inverse * madd(e.difference, e.error, e.rest));
    }
    template <math::scaling S, lanes V>
    [[gnu::always_inline]] static constexpr V magnitude(const math::tanh_ratio<S, V>& e) noexcept {
        return e.magnitude();
    }

    // 4 e / (1 + e)^2; 4 goes with the power of two, so that a subnormal product is rounded once.
    template <lanes V>
    [[gnu::always_inline]] static constexpr V slope(const math::tanh_parts<V>& e) noexcept {
        return math::logistic_slope(e.share) * (V(4) * e.share.numerator);
    }
    template <math::scaling S, lanes V>
    [[gnu::always_inline]] static constexpr V slope(const math::tanh_ratio<S, V>& e) noexcept {
        return e.slope();
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
    return claim_of<T, A>({{1.000, -0x1.154246p3},
                           {1.007, -0x1.636424p-3},
                           {1.000, -0x1.2b70887235953p4},
                           {1.005, 0x1.2b7088aaed917p4}},
                          {{2.586, -0x1.0a491ap-1},
                           {2.770, -0x1.6313fp-3},
                           {2.595, -0x1.6d918f36d8d9dp-3},
                           {2.590, -0x1.6e07201627558p-3}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim tanh<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.826, -0x1.1b570cp3},
                           {1.169, -0x1.206ffep1},
                           {0.820, -0x1.2e3bc6d0356bcp4},
                           {1.175, 0x1.0fd032e684437p3}},
                          {{3.358, -0x1.ccc12ep-1},
                           {3.358, -0x1.ccc12ep-1},
                           {3.690, 0x1.085d2c76d7232p1},
                           {3.690, 0x1.085d2c76d7232p1}});
}

} // namespace actfn::inline ACTFN_ABI
