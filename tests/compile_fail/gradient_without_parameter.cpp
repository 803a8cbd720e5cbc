// expect: learnable<
// expect: 'f.with_parameter\(x\)' (is|would be) invalid
// ReLU has no learnt parameter.
#include <actfn/actfn.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using functor = actfn::prelu<float>;
#else
using functor = actfn::relu<float>;
#endif

float call(std::span<const float> src, std::span<const float> diff_dst) {
    return actfn::parameter_gradient(functor{}, src, diff_dst);
}
