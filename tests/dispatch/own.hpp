// A functor of a user's own, with loops for every instruction set.
#pragma once

#include <actfn/dispatch.hpp>

#include <stdexcept>

// The inline namespace, as its functions are compiled once per instruction set, too.
namespace own::inline ACTFN_ABI {

/// (x + sqrt(x^2 + b)) / 2
template <std::floating_point T>
struct squareplus {
    T b = 4;

    template <actfn::lanes_of<T> V>
    V operator()(const V& x) const noexcept {
        return V(T(0.5)) * (x + root(x));
    }
    template <actfn::lanes_of<T> V>
    V derivative(const V& x) const noexcept {
        return (*this)(x) / root(x);
    }
    void check() const {
        if (!(b > 0)) throw std::invalid_argument("squareplus: b must be greater than 0");
    }

private:
    template <actfn::lanes_of<T> V>
    V root(const V& x) const noexcept {
        return actfn::sqrt(actfn::madd(x, x, V(b)));
    }
};

} // namespace own::inline ACTFN_ABI

ACTFN_DISPATCH_DECLARE(squareplus_float, float, own::squareplus<float>);
ACTFN_DISPATCH_DECLARE(squareplus_double, double, own::squareplus<double>);
