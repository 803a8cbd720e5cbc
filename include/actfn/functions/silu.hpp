// The sigmoid linear unit, Swish.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/math/expm1.hpp>
#include <actfn/math/logistic.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

/// x0, where silu' vanishes, 1 + e^x0 + x0 = 0, and e^x0, which is -silu(x0), each in two parts; -1.2784645
/// and 0.2784645.
template <class T>
struct silu_constants;

template <>
struct silu_constants<float> {
    static constexpr float zero = -0x1.474974p0f, zero_lower = 0x1.bdf6fap-27f;
    static constexpr float exp_zero = 0x1.1d25dp-2f, exp_zero_lower = -0x1.bdf6fap-27f;
};

template <>
struct silu_constants<double> {
    static constexpr double zero = -0x1.474973c84120bp0, zero_lower = -0x1.f8d74bc9ac154p-54;
    static constexpr double exp_zero = 0x1.1d25cf210482ep-2, exp_zero_lower = -0x1.ca2d0d94faaecp-60;
};

} // namespace detail

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
    static constexpr std::size_t registers = 4;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept;
    static constexpr error_claim derivative_error() noexcept;

    template <class R>
    constexpr R definition(const R& x) const {
        using std::exp;
        return x / (R(1) + exp(-x));
    }

    // For x > 0 both follow from x < 0: f(x) = x + f(-x) and f'(x) = 1 - f'(-x).

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        using C = detail::silu_constants<T>;
        const V t = at_least(negative_abs(x), V(math::lowest<T>));
        V left, right;
        if constexpr (A == accuracy::fast) {
            const auto e = math::exp_split_fast(t);
            const V mantissa = V(1) + e.fraction;
            const V d = madd(mantissa, math::power_of(e.scale), V(1));
            left = at_least(math::scaled(math::quotient<1>(t * mantissa, d), e.scale), V(-C::exp_zero));
            right = x + left;
        } else {
            const auto q = math::quotient_over<1>(math::exp_split(t));
            // t e / (1 + e) = upper + lower, without its power of two.
            const V te = t * q.upper;
            const V te_rest = madd(t, madd(q.sum, q.correction, q.lower), product_residual(t, q.upper, te));
            const V rest = q.inverse * te_rest;
            const V upper = exact_madd(te, q.inverse, rest);
            const V lower = product_residual(te, q.inverse, upper) + rest;
            left = math::scaled(upper, q.scale);
            // -x / 2 <= f(-x) <= 0, so x - sum is exact.
            const V sum = x + left;
            right = sum + madd(lower, q.power, (x - sum) + left);
        }
        return select(x < V(0), left, select(x > V(0) && x < V(-math::lowest<T>), right, x));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        // For x < 0 it is s (1 + e + x), s = e / (1 + e)^2. Near x0 the sum would cancel; but it is
        // (x - x0) + e^x0 (e^(x - x0) - 1), two terms of one sign, and e = e^x0 e^(x - x0).
        using C = detail::silu_constants<T>;
        const V t = at_least(negative_abs(x), V(math::lowest<T>));
        const V z = t - V(C::zero), shift = z - t;
        const V dz = ((t - (z - shift)) - (V(C::zero) + shift)) - V(C::zero_lower);
        V left;
        // The roundings of the fast way add up to 5 ULP without FMA, to 4.03 for double.
        if constexpr (A == accuracy::fast && fused && sizeof(T) == sizeof(float)) {
            const auto e = math::exp_split_fast(z, dz);
            const V growth_and_dz = madd(V(1 / C::exp_zero), dz, math::expm1_rounded(e));
            const V factor = madd(V(C::exp_zero), growth_and_dz, z);
            const V power = math::power_of(e.scale) * V(C::exp_zero);
            const V exp_t = madd(e.fraction, power, power);
            const V d = V(1) + exp_t;
            const V dl = (exp_t - (d - V(1))) + madd(e.fraction, power, power - exp_t);
            // (1 + fraction) (1 + c)^2 (1 + rest) = 1 + growth; rest is half of what exp_zero lost: near 0,
            // where d lost the other half, less would be right, and far from it more.
            constexpr T rest = C::exp_zero_lower / C::exp_zero / 2;
            const auto [inverse, c] = math::reciprocal_of<1>(d, dl);
            const V twice = madd(c, c, (c + c) + V(rest));
            const V growth = e.fraction + madd(e.fraction, twice, twice);
            const V s = factor * (inverse * inverse);
            left = math::scaled(madd(s, growth, s), e.scale, C::exp_zero);
        } else {
            const auto shifted = math::exp_split(z, dz);
            const auto growth = math::expm1_split(shifted);
            const V part = V(C::exp_zero) * growth.upper;
            const V factor = z + part; // between |z| and 2 |z|, so z - factor is exact
            const V factor_rest =
                ((z - factor) + part) +
                madd(V(C::exp_zero_lower), growth.upper, madd(V(C::exp_zero), growth.lower, dz)) +
                product_residual(V(C::exp_zero), growth.upper, part);

            const V upper = V(C::exp_zero) * shifted.upper;
            const V upper_rest = product_residual(V(C::exp_zero), shifted.upper, upper);
            const V lower =
                madd(V(C::exp_zero), shifted.lower, madd(V(C::exp_zero_lower), shifted.upper, upper_rest));
            const auto q = math::quotient_over<1>(math::exp_parts<V>{upper, lower, shifted.scale});
            const auto [square, rest] = math::logistic_slope_split(q);
            const V s = madd(upper, square, rest);
            const V s_rest = product_residual(upper, square, s) + rest;
            left = math::scaled(exact_madd(s, factor, madd(s, factor_rest, s_rest * factor)), q.scale);
        }
        return select(x < V(0), left, V(1) - left);
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
    constexpr error_claims accurate{{0.844, -0x1.6f71f4p6},
                                    {0.864, -0x1.4941acp2},
                                    {0.937, -0x1.657d88965953p9},
                                    {0.920, -0x1.6471f7a9a98cp9}};
    constexpr error_claims fast{{3.760, -0x1.9a1fe8p1},
                                {3.394, -0x1.9b0a48p1},
                                {3.729, -0x1.7c224c3628dd2p2},
                                {3.360, -0x1.e46b9c82608a1p2}};
    return (A == accuracy::fast ? fast : accurate).template of<T>();
}

template <std::floating_point T, accuracy A>
constexpr error_claim silu<T, A>::derivative_error() noexcept {
    constexpr error_claims accurate{{0.925, -0x1.3a400ap6},
                                    {0.906, 0x1.df40aep-3},
                                    {0.901, -0x1.c1639b15578ep-1},
                                    {0.960, -0x1.c48de86fd552dp-1}};
    constexpr error_claims fast{{3.847, -0x1.214628p-5},
                                {0.906, 0x1.df40aep-3},
                                {0.901, -0x1.c1639b15578ep-1},
                                {0.960, -0x1.c48de86fd552dp-1}};
    return (A == accuracy::fast ? fast : accurate).template of<T>();
}

} // namespace actfn::inline ACTFN_ABI
