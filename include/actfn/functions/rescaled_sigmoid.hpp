// The logistic sigmoid with a steepness of its own.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/math/softplus.hpp>

namespace actfn::inline ACTFN_ABI {

/// The sigmoid of k x.
///
/// f(x) = 1 / (1 + e^(-k x)), f'(x) = k e / (1 + e)^2 with e = e^-|k x|: k / 4 at 0, so that k = 4 keeps the
/// size of gradients there as ReLU does. Whole line; range [0, 1]; f(-inf) = 0, f(+inf) = 1, f'(+-inf) = 0;
/// NaN gives NaN, in both. k: steepness in 1 / units of x, from 2^-32 to 2^32, default 4; f tends to the step
/// as k grows. Error: forward_error() and derivative_error() for k = 4; other_k_ulp for others. Source: as
/// sigmoid; for k = 4 Xu, Huang, Li 2016, Revise saturated activation functions, arXiv 1602.05980.
template <std::floating_point T = float, accuracy A = accuracy::accurate>
struct rescaled_sigmoid {
    using value_type = T;
    static constexpr std::size_t registers = detail::smooth_registers < A == accuracy::fast >,
                                 from_output_registers = 4;

    T k = 4;

    /// Bound for any other k in its interval, without a witness.
    static constexpr double other_k_ulp = A == accuracy::fast ? 5 : 1.5;

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept;
    static constexpr error_claim derivative_error() noexcept;
    static constexpr double from_output_ulp = fused ? half_ulp : 1.5;

    template <class R>
    constexpr R definition(const R& x) const {
        using std::exp;
        const R t = R(k) * x;
        return t < R(0) ? exp(t) / (R(1) + exp(t)) : R(1) / (R(1) + exp(-t));
    }

    constexpr void check() const {
        require(k >= T(0x1p-32) && k <= T(0x1p32), "rescaled_sigmoid", "k", "from 2^-32 to 2^32", k);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return math::logistic_value(x, math::exp_scaled<A>(x, k));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return slope(math::quotient_over<1>(math::exp_scaled<A>(x, k)));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto q = math::quotient_over<1>(math::exp_scaled<A>(x, k));
        return {math::logistic(q, x > V(0)), slope(q)};
    }

    /// k y (1 - y): within from_output_ulp for the y it is given and a power of two for k, half an ulp more
    /// for others; see sigmoid for what is lost.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        if constexpr (fused)
            return V(k) * nmadd(y, y, y);
        else
            return V(k) * (y * (V(1) - y));
    }

private:
    template <lanes V, math::unit U>
    [[gnu::always_inline]] constexpr V slope(const math::exp_quotient<V, 1, U>& q) const noexcept {
        const auto [square, rest] = math::logistic_slope_split(q);
        const V product = V(k) * square;
        const V product_rest = madd(q.upper, product_residual(V(k), square, product), V(k) * rest);
        return q.powered(madd(q.upper, product, product_rest));
    }
    template <lanes V>
    [[gnu::always_inline]] constexpr V slope(const math::exp_quotient_fast<V>& q) const noexcept {
        return q.powered(V(k) * math::logistic_slope(q));
    }
};

template <std::floating_point T, accuracy A>
constexpr facts rescaled_sigmoid<T, A>::about() noexcept {
    return {.name = "rescaled_sigmoid",
            .formula = "1 / (1 + e^(-k x))",
            .derivative = "k e^(-k x) / (1 + e^(-k x))^2",
            .source = "Xu, Huang, Li 2016",
            .range = {0, 1},
            .limits = {0, 1},
            .slopes = {0, 0}};
}

template <std::floating_point T, accuracy A>
constexpr error_claim rescaled_sigmoid<T, A>::forward_error() noexcept {
    return claim_of<T, A>({{0.939, -0x1.1bfc26p4},
                           {0.798, 0x1.355a92p-4},
                           {0.855, -0x1.62583e9fdc59cp7},
                           {0.804, 0x1.06eec3956b8ffp-2}},
                          {{2.402, -0x1.0a111ap0},
                           {2.402, -0x1.0a111ap0},
                           {2.495, -0x1.62e263ce37f4bp0},
                           {2.499, -0x1.e7f2556351dep0}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim rescaled_sigmoid<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.924, 0x1.a28adcp0},
                           {1.254, -0x1.49bd22p0},
                           {0.893, -0x1.630a1655bfab7p7},
                           {1.260, 0x1.c6455a286a61ep1}},
                          {{3.456, -0x1.52b04ep-1},
                           {3.456, -0x1.52b04ep-1},
                           {3.815, 0x1.6267978ebf2bcp0},
                           {3.856, -0x1.628b16a9551b5p0}});
}

} // namespace actfn::inline ACTFN_ABI
