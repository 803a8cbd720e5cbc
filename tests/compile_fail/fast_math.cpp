// expect: -ffast-math
// A build that reorders what the error bounds rest on.
#if !defined(ACTFN_COMPILE_FAIL_CONTROL)
#define __FAST_MATH__ 1 // what -ffast-math defines
#endif
#include <actfn/actfn.hpp>
