// expect: learnable<
// expect: 'f.with_parameter\(x\)' (is|would be) invalid
// Leaky ReLU's slope is not learnt, so a channel has none of its own.
#include <actfn/actfn.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using functor = actfn::prelu<float>;
#else
using functor = actfn::leaky_relu<float>;
#endif

void call(const actfn::channel_layout& layout, std::span<const float> parameters, std::span<const float> src,
          std::span<float> dst) {
    actfn::forward_per_channel(functor{}, layout, parameters, src, dst);
}
