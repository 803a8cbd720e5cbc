// expect: differentiable<
// expect: 'f.derivative\(x\)' (is|would be) invalid
// A functor of one's own that has no derivative.
#include <actfn/actfn.hpp>

#include "twice.hpp"

#include <span>

void call(std::span<const float> src, std::span<const float> diff_dst, std::span<float> diff_src) {
    actfn::backward(twice{}, src, diff_dst, diff_src);
}
