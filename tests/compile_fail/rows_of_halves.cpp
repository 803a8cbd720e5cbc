// expect: lanes
// Rows are floats or doubles.
#include <actfn/actfn.hpp>

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = actfn::bfloat16;
#endif

void call(std::vector<element>& x) { actfn::softmax(x, x); }
