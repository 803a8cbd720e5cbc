// expect: learnable<
// expect: 'f.with_parameter\(x\)' (is|would be) invalid
// The slopes of channels, without a functor that learns one.
#include <actfn/actfn.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using functor = actfn::prelu<float>;
#else
using functor = actfn::leaky_relu<float>;
#endif

void call(const actfn::channel_layout& layout, std::span<const float> parameters, std::span<const float> src,
          std::span<const float> diff_dst, std::span<float> diff_src) {
    actfn::backward_per_channel(functor{}, layout, parameters, src, diff_dst, diff_src);
}
