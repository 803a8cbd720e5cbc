// expect: differentiable_from_output
// With noise in y, y does not tell x.
#include <actfn/actfn.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using functor = actfn::relu<float>;
#else
using functor = actfn::noisy_relu<float>;
#endif

void call(std::span<const float> dst, std::span<const float> diff_dst, std::span<float> diff_src) {
    actfn::backward_from_output(functor{}, dst, diff_dst, diff_src);
}
