// expect: libtbb-dev
// expect: actfn::parallel
// What libstdc++ makes of a system without oneTBB.
#if !defined(ACTFN_COMPILE_FAIL_CONTROL)
#define _GLIBCXX_USE_TBB_PAR_BACKEND 0
#endif
#include <actfn/parallel.hpp>
