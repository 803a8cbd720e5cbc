// expect: stochastic_activation
// A deterministic activation with a source of draws.
#include <actfn/actfn.hpp>

#include <span>

void call(std::span<const float> src, std::span<float> dst) {
#if defined(ACTFN_COMPILE_FAIL_CONTROL)
    actfn::forward(actfn::relu<float>{}, src, dst);
#else
    actfn::forward(actfn::relu<float>{}, src, dst, actfn::rng::stream{.seed = 1});
#endif
}
