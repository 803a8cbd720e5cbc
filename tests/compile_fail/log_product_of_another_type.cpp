// expect: destination_of
// expect: no matching function for call to 'accumulate_log_derivative['(]
// The logarithms are of the inputs' type.
#include <actfn/actfn.hpp>

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = double;
#endif

void call(const std::vector<float>& src, std::vector<element>& log_product) {
    actfn::accumulate_log_derivative(actfn::tanh<float>{}, src, log_product);
}
