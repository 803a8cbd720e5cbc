// expect: activation<
// expect: lanes_of<
// Element types are float and double: there is no register of long double.
#include <actfn/actfn.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = double;
#else
using element = long double;
#endif

void call(std::span<const element> src, std::span<element> dst) {
    actfn::forward(actfn::tanh<element>{}, src, dst);
}
