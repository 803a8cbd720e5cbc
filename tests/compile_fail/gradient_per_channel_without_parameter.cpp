// expect: learnable<
// expect: 'f.with_parameter\(x\)' (is|would be) invalid
// One gradient per channel, of a parameter that there is not.
#include <actfn/actfn.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using functor = actfn::prelu<float>;
#else
using functor = actfn::leaky_relu<float>;
#endif

void call(const actfn::channel_layout& layout, std::span<const float> parameters, std::span<const float> src,
          std::span<const float> diff_dst, std::span<float> diff_parameters) {
    actfn::parameter_gradient_per_channel(functor{}, layout, parameters, src, diff_dst, diff_parameters);
}
