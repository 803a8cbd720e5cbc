// expect: destination_of
// src and dst hold different types.
#include <actfn/actfn.hpp>

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = double;
#endif

void call(const std::vector<float>& src, std::vector<element>& dst) {
    actfn::forward(actfn::tanh<float>{}, src, dst);
}
