// expect: destination
// dst cannot be written.
#include <actfn/actfn.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = const float;
#endif

void call(std::span<const float> src, std::span<element> dst) {
    actfn::forward(actfn::relu<float>{}, src, dst);
}
