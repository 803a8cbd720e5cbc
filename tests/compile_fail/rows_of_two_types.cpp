// expect: destination_of
// expect: no matching function for call to 'softmax['(]
// expect: no matching function for call to 'softmax0['(]
// expect: no matching function for call to 'log_softmax['(]
// expect: no matching function for call to 'softmax_backward['(]
// expect: no matching function for call to 'log_softmax_backward['(]
// expect: no matching function for call to 'logsumexp['(]
// expect: no matching function for call to 'logsumexp0['(]
// expect: no matching function for call to 'logsumexp_backward['(]
// expect: no matching function for call to 'logsumexp0_backward['(]
// expect: no matching function for call to 'maxout['(]
// expect: no matching function for call to 'maxout_backward['(]
// Rows and results of different types.
#include "every_row_function.hpp"

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = double;
#endif

void call(const std::vector<float>& src, std::vector<element>& dst) { call_every_row_function(src, dst); }
