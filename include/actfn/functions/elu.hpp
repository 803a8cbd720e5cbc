// The exponential linear unit.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/math/expm1.hpp>

namespace actfn::inline ACTFN_ABI {

/// The exponential linear unit.
///
/// f(x) = x for x > 0, alpha (e^x - 1) for x <= 0; f'(x) = 1 and alpha e^x.
/// Whole line; range [-alpha, inf]; f(-inf) = -alpha, f(+inf) = inf; f'(-inf) = 0, f'(+inf) = 1; f(-0) = -0;
/// NaN gives NaN. Smooth at 0 for alpha = 1, otherwise the derivative jumps there from alpha to 1, and at 0
/// is alpha. alpha: minus the limit at -inf; |alpha| <= 2^32, default 1 (the paper's); from-output needs
/// alpha >= 0, else y does not tell x. Error: forward_error() and derivative_error() for alpha = 1;
/// other_alpha_ulp for others. Source: Clevert, Unterthiner, Hochreiter 2015, arXiv 1511.07289, equation 16.
template <std::floating_point T = float, accuracy A = accuracy::accurate>
struct elu {
    using value_type = T;
    // Float, value and derivative: two polynomials in flight. Zen 5, ns per float with 3, 4, 6: AVX-512, GCC
    // 12 .142 .151 .183, GCC 16 .144 .130 .149; AVX2, GCC 12 .279 .283 .397.
    static constexpr std::size_t registers = detail::smooth_registers, from_output_registers = 4;
    static constexpr std::size_t both_registers = sizeof(T) == sizeof(double) ? registers
                                                  : detail::spills_early      ? 3
                                                                              : 4;

    T alpha = 1;

    /// The largest |alpha|: alpha e^x still rounds to 0 where exp(x) counts as that of the lowest argument.
    static constexpr T limit = T(0x1p32);

    /// Bound for any other alpha in its interval, without a witness.
    static constexpr double other_alpha_ulp = A == accuracy::fast ? 5 : 1.5;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept;
    static constexpr error_claim derivative_error() noexcept;
    static constexpr double from_output_ulp = half_ulp;

    template <class R>
    constexpr R definition(const R& x) const {
        using std::expm1;
        return x > R(0) ? x : R(alpha) * expm1(x);
    }

    constexpr void check() const {
        require(alpha >= -limit && alpha <= limit, "elu", "alpha", "from -2^32 to 2^32", alpha);
    }
    constexpr void check_from_output() const {
        require(alpha >= 0 && alpha <= limit, "elu", "alpha", "from 0 to 2^32 for derivative_from_output",
                alpha);
    }

    // x > 0 counts as 0: with alpha = 1 that gives the slope, and no unselected lane overflows.

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        const auto in = [&](auto is_one) __attribute__((always_inline)) {
            const auto z = math::reduce_range<math::scaling::plain>(at_most(x, V(0)));
            return value<is_one>(x, z, z.scale);
        };
        return by_alpha(in);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        const auto in = [&](auto is_one) __attribute__((always_inline)) {
            return slope<is_one>(x, math::reduce_range(at_most(x, V(0))));
        };
        return by_alpha(in);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto in = [&](auto is_one) __attribute__((always_inline)) {
            const auto z = math::reduce_range(at_most(x, V(0)));
            return value_and_slope<V>{value<is_one>(x, z, math::power_of(z.scale)), slope<is_one>(x, z)};
        };
        return by_alpha(in);
    }

    /// 1 for y > 0, y + alpha for y <= 0: within from_output_ulp for the y it is given; the tail below -alpha
    /// + ulp is lost. alpha >= 0.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        if (std::is_constant_evaluated()) check_from_output();
        return select(y > V(0), V(1), y + V(alpha));
    }

private:
    // The paper's alpha has a shorter way: .94 ULP each in float, .23 ns and backward .24 in place of .38
    // and .39 (Cascade Lake, AVX-512). In double its value errs by 1.2 ULP, as only the fast tier may. It is
    // chosen around all of the work, so that no registers are kept across the branch.
    [[gnu::always_inline]] constexpr auto by_alpha(auto way) const noexcept {
        if constexpr (A == accuracy::fast || sizeof(T) == sizeof(float))
            if (alpha == T(1)) return way(std::true_type{});
        return way(std::false_type{});
    }

    // f(x) from min(x, 0), reduced, and its 2^n.
    template <bool IsOne, lanes V>
    [[gnu::always_inline]] constexpr V value(const V& x, const math::reduced<V>& z,
                                             const V& power) const noexcept {
        if constexpr (IsOne) {
            return at_least(x, math::expm1_rounded(math::exp_fraction(z.high), power)); // e^x - 1 >= x
        } else if constexpr (A == accuracy::fast) {
            const V m = math::expm1_rounded(math::exp_fraction(z.high), power);
            return select(x >= V(0), x, V(alpha) * m);
        } else {
            const auto m = math::expm1_split(math::exp_split(z), power);
            return select(x >= V(0), x, exact_madd(V(alpha), m.upper, V(alpha) * m.lower));
        }
    }

    // f'(x) from min(x, 0), reduced.
    template <bool IsOne, lanes V>
    [[gnu::always_inline]] constexpr V slope(const V& x, const math::reduced<V>& z) const noexcept {
        if constexpr (IsOne) {
            return math::exp_rounded(z);
        } else if constexpr (A == accuracy::fast) {
            const V mantissa = madd(V(alpha), math::exp_fraction(z.r()), V(alpha));
            return select(x > V(0), V(1), math::scaled(mantissa, z.scale));
        } else {
            const auto e = math::exp_split(z);
            return select(x > V(0), V(1),
                          math::scaled(exact_madd(V(alpha), e.upper, V(alpha) * e.lower), e.scale));
        }
    }
};

template <std::floating_point T, accuracy A>
constexpr facts elu<T, A>::about() noexcept {
    return {.name = "elu",
            .formula = "x if x > 0, else alpha (e^x - 1)",
            .derivative = "1 if x > 0, else alpha e^x",
            .source = "Clevert, Unterthiner, Hochreiter 2015",
            .range = {-1, infinity},
            .limits = {-1, infinity},
            .slopes = {0, 1},
            .keeps_sign_of_zero = true};
}

template <std::floating_point T, accuracy A>
constexpr error_claim elu<T, A>::forward_error() noexcept {
    return claim_of<T, A>({{0.939, -0x1.88a784p-2},
                           {1.047, -0x1.21e0eep-2},
                           {0.954, -0x1.67dd4eca926bcp-2},
                           {0.958, -0x1.6aa812050d38cp-2}},
                          {{0.939, -0x1.88a784p-2},
                           {1.047, -0x1.21e0eep-2},
                           {1.195, -0x1.62f0decb805a8p-2},
                           {1.131, -0x1.9bd160573432cp-2}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim elu<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.937, -0x1.42fe82p6},
                           {1.013, -0x1.765c3p2},
                           {0.839, -0x1.6261aaaaddb91p9},
                           {0.837, -0x1.6261aa4124629p9}},
                          {{0.937, -0x1.42fe82p6},
                           {1.013, -0x1.765c3p2},
                           {0.930, -0x1.1f8bdbab56c21p2},
                           {1.013, -0x1.1f3d59bd103cfp2}});
}

} // namespace actfn::inline ACTFN_ABI
