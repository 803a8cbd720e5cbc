// The derivative at a kink is the one that the policy names.
#include "support/called.hpp"
#include "support/dual.hpp"
#include "support/registry.hpp"
#include "support/ulp.hpp"

using namespace support;

namespace {

/// The derivative of the definition next to x on the side of limit, in a type in which nothing but x is so
/// near.
template <class F>
typename F::value_type slope_towards(const F& f, double x, double limit) {
    using W = wider<typename F::value_type>;
    const auto near = std::nextafter(static_cast<W>(x), static_cast<W>(limit));
    return static_cast<typename F::value_type>(f.definition(variable(near)).derivative);
}

} // namespace

ACTFN_FOR_EACH(every_activation,
               "the derivative at the kink is that of the left, of the right, or their mean",
               "[derivative]") {
    using T = typename F::value_type;
    const called<F> f;
    if constexpr (F::about().kink.has_value()) {
        constexpr T x = static_cast<T>(*F::about().kink);
        const T left = slope_towards(f, static_cast<double>(x), -actfn::infinity),
                right = slope_towards(f, static_cast<double>(x), actfn::infinity);
        CHECK(left != right);
        const T expected = kink_of<F>() == actfn::at_kink::left    ? left
                           : kink_of<F>() == actfn::at_kink::right ? right
                                                                   : (left + right) / 2;
        // Both zeros are the kink at zero; in lanes as well as alone.
        for (const T at : {x, x == 0 ? -x : x}) {
            CHECK(f.derivative(at) == expected);
            CHECK(f.value_and_derivative(at).derivative == expected);
            CHECK(xsimd::all(f.derivative(xsimd::batch<T>(at)) == xsimd::batch<T>(expected)));
            CHECK(xsimd::all(f.value_and_derivative(xsimd::batch<T>(at)).derivative ==
                             xsimd::batch<T>(expected)));
        }
        CHECK(f.derivative(std::nextafter(x, -std::numeric_limits<T>::infinity())) == left);
        CHECK(f.derivative(std::nextafter(x, std::numeric_limits<T>::infinity())) == right);
    } else {
        SUCCEED("smooth");
    }
}
