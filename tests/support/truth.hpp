// The exact value and derivative that results are measured against.
#pragma once

#include "support/dual.hpp"
#include "support/ulp.hpp"

namespace support {

/// f(x) and f'(x) by the definition, on a wider type; at the infinities, where a formula may be inf / inf,
/// what about() states.
template <class F, std::floating_point T = typename F::value_type>
dual<wider<T>> truth(const F& f, T x) {
    using W = wider<T>;
    if (std::isinf(x)) {
        constexpr auto facts = F::about();
        return x < 0 ? dual<W>(static_cast<W>(facts.limits.lower), static_cast<W>(facts.slopes.lower))
                     : dual<W>(static_cast<W>(facts.limits.upper), static_cast<W>(facts.slopes.upper));
    }
    return f.definition(variable(static_cast<W>(x)));
}

#ifdef ACTFN_TEST_HAS_QUAD
/// The type with the most digits that references for T can be computed in, and their number.
template <std::floating_point T>
using finest = std::conditional_t<std::is_same_v<T, double>, quad, wider<T>>;
template <std::floating_point T>
inline constexpr int finest_digits = std::is_same_v<T, double> ? 113 : std::numeric_limits<wider<T>>::digits;

/// The same on 113 bits; x finite.
template <class F>
dual<quad> quad_truth(const F& f, double x) {
    return f.definition(variable(quad(x)));
}

/// ulp_error against 113 bits.
inline double ulp_error(double result, quad exact) {
    const double nearest = static_cast<double>(exact);
    if (!std::isfinite(result) || !std::isfinite(nearest))
        return ulp_error(result, static_cast<long double>(exact));
    return static_cast<double>(elementary::fabs(quad(result) - exact) / quad(ulp(nearest)));
}
#else
template <std::floating_point T>
using finest = wider<T>;
template <std::floating_point T>
inline constexpr int finest_digits = std::numeric_limits<wider<T>>::digits;
#endif

/// Whether truth tells results to an ulp's 1000th part: the definition has the digits to lose that it loses.
template <class F, class T = typename F::value_type>
inline constexpr bool truth_tells =
    std::numeric_limits<wider<T>>::digits - std::numeric_limits<T>::digits - F::about().cancelled_bits >= 10;

/// Whether errors_at has an exact value to compare with.
template <class F, class T = typename F::value_type>
#ifdef ACTFN_TEST_HAS_QUAD
inline constexpr bool has_truth = has_wider<T> && (truth_tells<F> || std::is_same_v<T, double>);
#else
inline constexpr bool has_truth = has_wider<T> && truth_tells<F>;
#endif

/// What derivative_from_output may err by, in ulp, against the exact derivative at the x that the definition
/// takes to y: the claim that F makes, or nothing where its derivative is exact.
template <class F>
constexpr double from_output_bound() noexcept {
    if constexpr (requires { F::from_output_ulp; }) {
        return F::from_output_ulp;
    } else {
        static_assert(F::derivative_error().ulp == 0, "derivative_from_output rounds: claim from_output_ulp");
        return 0;
    }
}

/// The share of a claim without a witness that a sweep has to find.
inline constexpr double least_share = 0.75;

/// Whether truth tells the derivative at x to an ulp's 1000th part. Where the derivative passes through 0 a
/// textbook formula cancels; near such a place tests/functions has a reference that does not.
template <class F, std::floating_point T = typename F::value_type>
bool truth_tells_derivative(T x) noexcept {
    constexpr int more = std::numeric_limits<wider<T>>::digits - std::numeric_limits<T>::digits;
    return !F::about().stationary ||
           std::fabs(x - static_cast<T>(*F::about().stationary)) > std::ldexp(T(4096), -more);
}

/// Whether errors_at tells the error of the derivative at x.
template <class F, std::floating_point T = typename F::value_type>
bool derivative_is_told(T x) noexcept {
#ifdef ACTFN_TEST_HAS_QUAD
    if (std::is_same_v<T, double>) return true;
#endif
    return truth_tells_derivative<F>(x);
}

/// The errors of f(x) and f'(x) in ulp.
struct errors {
    double value, derivative;
};

/// How far a reference may be off, in ulp: long double in the eyes of double, a root that was iterated.
inline constexpr double doubt = 0.005;

/// The errors at x. Those of double that come so near to the claim that long double might decide are
/// taken again on 113 bits, where there are so many.
template <class F, std::floating_point T = typename F::value_type>
errors errors_at(const F& f, T x) {
    const auto exact = truth(f, x);
    errors e{ulp_error(f(x), exact.value), ulp_error(f.derivative(x), exact.derivative)};
#ifdef ACTFN_TEST_HAS_QUAD
    if constexpr (std::is_same_v<T, double>) {
        const bool near =
            e.value >= F::forward_error().ulp - doubt || e.derivative >= F::derivative_error().ulp - doubt;
        if (std::isfinite(x) && (near || !truth_tells<F> || !truth_tells_derivative<F>(x))) {
            const auto better = quad_truth(f, x);
            e = {ulp_error(f(x), better.value), ulp_error(f.derivative(x), better.derivative)};
        }
    }
#endif
    return e;
}

} // namespace support
