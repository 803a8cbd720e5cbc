// expect: dispatchable<
// A functor of one's own whose loops nobody compiles for every instruction set.
#include <actfn/dispatch.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using functor = actfn::relu<float>;
#else
struct functor : actfn::relu<float> {};
#endif

void call(std::span<const float> src, std::span<float> dst) { actfn::dispatch::forward(functor{}, src, dst); }
