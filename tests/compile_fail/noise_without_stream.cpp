// expect: activation<
// expect: 'f\(x\)' (is|would be) invalid
// A stochastic activation without a source of draws.
#include <actfn/actfn.hpp>

#include <span>

void call(std::span<const float> src, std::span<float> dst) {
#if defined(ACTFN_COMPILE_FAIL_CONTROL)
    actfn::forward(actfn::rrelu<float>{}, src, dst, {.seed = 1});
#else
    actfn::forward(actfn::rrelu<float>{}, src, dst);
#endif
}
