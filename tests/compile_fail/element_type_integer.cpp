// expect: floating_point
// An activation of integers.
#include <actfn/actfn.hpp>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = int;
#endif

actfn::sigmoid<element> f;
