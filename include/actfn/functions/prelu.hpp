// The rectifier with a learnt slope on the left.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/facts.hpp>
#include <actfn/core/parameter.hpp>
#include <actfn/math/rectifier.hpp>

namespace actfn::inline ACTFN_ABI {

/// The parametric rectified linear unit.
///
/// f(x) = x for x > 0, slope x for x <= 0; f'(x) = 1 and slope, at 0 as K says (default slope).
/// Whole line; f(-inf) = -inf, f(+inf) = inf; f(-0) = -0 for slope >= 0; NaN gives NaN, in both. slope = 0
/// makes f(-inf) = 0 inf = NaN. slope: learnt, one for all elements here and one per channel in
/// forward_per_channel; finite, default 0.25 (the paper's initial value); from-output needs slope > 0, or 0
/// under the left convention. The paper trains it without weight decay. Error: one rounding, 0.5 ULP forward;
/// the derivative is exact. Source: He, Zhang, Ren, Sun 2015, Delving deep into rectifiers, arXiv 1502.01852,
/// equations 1, 10 and 11.
template <std::floating_point T = float, at_kink K = at_kink::left>
struct prelu {
    using value_type = T;
    static constexpr std::size_t registers = detail::light_registers, derivative_registers = 4;

    T slope = T(0.25);

    static constexpr facts about() noexcept;
    static constexpr error_claim forward_error() noexcept {
        return {half_ulp, -2 * double(std::numeric_limits<T>::denorm_min())};
    }
    static constexpr error_claim derivative_error() noexcept { return {0, 1}; }

    template <class R>
    constexpr R definition(const R& x) const {
        return x > R(0) ? x : R(slope) * x;
    }

    constexpr void check() const { require(is_finite(slope), "prelu", "slope", "finite", slope); }
    constexpr void check_from_output() const { math::require_output_tells<K>("prelu", slope); }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V operator()(const V& x) const noexcept {
        return value_at(x, V(slope));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative(const V& x) const noexcept {
        return derivative_at(x, V(slope));
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr value_and_slope<V> value_and_derivative(const V& x) const noexcept {
        return {(*this)(x), derivative(x)};
    }

    /// f and f' with a slope of its own in every lane, as the loops over channels need them.
    template <lanes_of<T> V>
    [[gnu::always_inline]] static constexpr V value_at(const V& x, const V& slope) noexcept {
        return math::rectify(x, slope);
    }

    template <lanes_of<T> V>
    [[gnu::always_inline]] static constexpr V derivative_at(const V& x, const V& slope) noexcept {
        return math::step<K>(x, slope);
    }

    [[gnu::always_inline]] constexpr prelu with_parameter(T a) const noexcept { return {a}; }

    /// df/dslope = min(x, 0): what the slope's gradient sums, each times the element's gradient. Exact; NaN
    /// stays.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V parameter_derivative(const V& x) const noexcept {
        return at_most(x, V(0));
    }

    /// derivative(y), as y has the sign of x: exact.
    template <lanes_of<T> V>
    [[gnu::always_inline]] constexpr V derivative_from_output(const V& y) const noexcept {
        if (std::is_constant_evaluated()) check_from_output();
        return derivative(y);
    }
};

template <std::floating_point T, at_kink K>
constexpr facts prelu<T, K>::about() noexcept {
    return {.name = "prelu",
            .formula = "x if x > 0, else slope x",
            .derivative = "1 if x > 0, slope if x < 0",
            .source = "He, Zhang, Ren, Sun 2015",
            .range = {-infinity, infinity},
            .limits = {-infinity, infinity},
            .slopes = {0.25, 1},
            .keeps_sign_of_zero = true,
            .kink = 0.0};
}

} // namespace actfn::inline ACTFN_ABI
