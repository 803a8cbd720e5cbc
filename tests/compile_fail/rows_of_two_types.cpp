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
#include <actfn/actfn.hpp>

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = double;
#endif

void call(const std::vector<float>& src, std::vector<element>& dst) {
    const actfn::matrix_layout layout{.rows = 2, .columns = 4};
    actfn::softmax(src, dst);
    actfn::softmax(src, layout, dst);
    actfn::softmax0(src, dst);
    actfn::softmax0(src, layout, dst);
    actfn::log_softmax(src, dst);
    actfn::log_softmax(src, layout, dst);
    actfn::softmax_backward(src, src, dst);
    actfn::softmax_backward(src, src, layout, dst);
    actfn::log_softmax_backward(src, src, dst);
    actfn::log_softmax_backward(src, src, layout, dst);
    actfn::logsumexp(src, layout, dst);
    actfn::logsumexp0(src, layout, dst);
    actfn::logsumexp_backward(src, 1, dst);
    actfn::logsumexp_backward(src, src, layout, dst);
    actfn::logsumexp0_backward(src, 1, dst);
    actfn::logsumexp0_backward(src, src, layout, dst);
    actfn::maxout(src, 4, dst);
    actfn::maxout_backward(src, 4, src, dst);
}
