// expect: differentiable<
// A functor of one's own that has no derivative, on threads.
#include "twice.hpp"

#include <actfn/parallel.hpp>

#include <span>

void call(std::span<const float> src, std::span<const float> diff_dst, std::span<float> diff_src) {
    actfn::backward(std::execution::par, twice{}, src, diff_dst, diff_src);
}
