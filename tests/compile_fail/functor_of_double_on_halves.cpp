// expect: activation
// Halves are computed with as float, not as double.
#include <actfn/actfn.hpp>

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using number = float;
#else
using number = double;
#endif

void call(std::vector<actfn::float16>& x) { actfn::forward(actfn::tanh<number>{}, x, x); }
