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
    static constexpr std::size_t registers = detail::logistic_registers<A>,
                                 derivative_registers = detail::smooth_registers, from_output_registers = 4;

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
        return math::logistic_scaled<A>(x, k);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        const auto e = math::exp_scaled<A>(negative_abs(x), k);
        return slope(e, math::quotient_of(e));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        const auto e = math::exp_scaled<A>(negative_abs(x), k);
        const auto q = math::quotient_of(e);
        return {math::logistic(q, x > V(0)), slope(e, q)};
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
    template <lanes V>
    [[gnu::always_inline]] constexpr V slope(const auto&, const math::exp_quotient<V>& q) const noexcept {
        const auto [others, rest] = math::logistic_slope_split(q);
        const V product = V(k) * q.inverse;
        const V product_rest = product_residual(V(k), q.inverse, product);
        return q.powered(madd(product, others, madd(product_rest, others, product * rest)));
    }
    // k comes first: a share may be subnormal, k times it not.
    template <lanes V>
    [[gnu::always_inline]] constexpr V slope(const math::exp_ratio<V>& e,
                                             const math::logistic_shares<V>& q) const noexcept {
        const V shares = divided(V(k) * e.numerator, e.sum());
        return nmadd(shares, q.share, shares);
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
    return claim_of<T, A>({{0.807, -0x1.5ed7b4p4},
                           {0.907, -0x1.1b54b8p2},
                           {0.845, -0x1.625f1dc3fbafcp7},
                           {0.900, -0x1.2e37384d8262dp3}},
                          {{2.438, -0x1.f36f2ap-2},
                           {2.438, -0x1.f36f2ap-2},
                           {2.505, -0x1.0a6c5ecd2ddd8p2},
                           {2.505, -0x1.0a6c5ecd2ddd8p2}});
}

template <std::floating_point T, accuracy A>
constexpr error_claim rescaled_sigmoid<T, A>::derivative_error() noexcept {
    return claim_of<T, A>({{0.833, -0x1.6477dap4},
                           {1.169, -0x1.206ffep0},
                           {0.845, -0x1.63108d07027f7p7},
                           {1.190, 0x1.9586e07e2b309p2}},
                          {{2.842, -0x1.c7e5aep-2},
                           {2.963, 0x1.c7300ap-2},
                           {3.435, -0x1.3686cbc65bbf2p1},
                           {3.435, -0x1.3686cbc65bbf2p1}});
}

} // namespace actfn::inline ACTFN_ABI
