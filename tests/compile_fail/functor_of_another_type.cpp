// expect: activation<
// expect: 'f\(x\)' (is|would be) invalid
// A functor for double on spans of float.
#include <actfn/actfn.hpp>

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = double;
#endif

void call(const std::vector<float>& src, std::vector<float>& dst) {
    actfn::forward(actfn::tanh<element>{}, src, dst);
}
