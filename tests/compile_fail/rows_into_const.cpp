// expect: destination
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
// The results of rows cannot be written.
#include "every_row_function.hpp"

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = double;
#else
using element = const double;
#endif

void call(std::span<const double> src, std::span<element> dst) { call_every_row_function(src, dst); }
