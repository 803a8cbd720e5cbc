// expect: destination_of
// src holds halves, dst floats.
#include <actfn/actfn.hpp>

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = actfn::bfloat16;
#else
using element = float;
#endif

void call(const std::vector<actfn::bfloat16>& src, std::vector<element>& dst) {
    actfn::forward(actfn::tanh<float>{}, src, dst);
}
