// expect: differentiable<
// expect: 'f.derivative\(x\)' (is|would be) invalid
// forward_and_derivative with a functor of one's own that has no derivative.
#include <actfn/actfn.hpp>

#include "twice.hpp"

#include <span>

void call(std::span<const float> src, std::span<float> dst, std::span<float> derivative) {
    actfn::forward_and_derivative(twice{}, src, dst, derivative);
}
