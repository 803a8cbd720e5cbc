// expect: lanes_of
// An activation of float called with a double.
#include <actfn/actfn.hpp>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = double;
#endif

element call(element x) { return actfn::sigmoid<float>{}(x); }
