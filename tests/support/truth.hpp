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

/// Whether truth tells the derivative at x to an ulp's 1000th part. Where the derivative passes through 0 a
/// textbook formula cancels; near such a place tests/functions has a reference that does not.
template <class F, std::floating_point T = typename F::value_type>
bool truth_tells_derivative(T x) noexcept {
    constexpr int more = std::numeric_limits<wider<T>>::digits - std::numeric_limits<T>::digits;
    return !F::about().stationary ||
           std::fabs(x - static_cast<T>(*F::about().stationary)) > std::ldexp(T(4096), -more);
}

} // namespace support
