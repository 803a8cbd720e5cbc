// expect: execution_policy
// A policy that the standard library does not know.
#include <actfn/parallel.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using policy = std::execution::parallel_policy;
#else
struct policy {};
#endif

void call(std::span<const float> src, std::span<float> dst) {
    actfn::forward(policy{}, actfn::relu<float>{}, src, dst);
}
