// expect: destination_of
// expect: source_of
// expect: no matching function for call to 'softmax['(]
// expect: no matching function for call to 'log_softmax_backward['(]
// expect: no matching function for call to 'logsumexp['(]
// expect: no matching function for call to 'maxout['(]
// Rows hold halves, results or gradients are floats or halves of the other kind.
#include <actfn/actfn.hpp>

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = actfn::bfloat16;
using other = actfn::bfloat16;
#else
using element = float;
using other = actfn::float16;
#endif

void call(const std::vector<actfn::bfloat16>& src, std::vector<element>& dst, std::vector<other>& halves,
          std::vector<actfn::bfloat16>& diff_src) {
    const actfn::matrix_layout layout{.rows = 2, .columns = 4};
    actfn::softmax(src, layout, dst);
    actfn::log_softmax_backward(src, halves, layout, diff_src);
    actfn::logsumexp(src, layout, dst);
    actfn::maxout(src, 4, halves);
}
