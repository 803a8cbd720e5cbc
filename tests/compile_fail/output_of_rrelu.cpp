// expect: differentiable_from_output
// The slope was drawn: y alone does not tell it.
#include <actfn/actfn.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
const auto f = actfn::rrelu<float>{}.expected();
#else
const auto f = actfn::rrelu<float>{};
#endif

void call(std::span<const float> dst, std::span<const float> diff_dst, std::span<float> diff_src) {
    actfn::backward_from_output(f, dst, diff_dst, diff_src);
}
