// expect: differentiable_from_output
// y = 0 does not tell x = 0 from x < 0, so only the left convention has a derivative from the output.
#include <actfn/actfn.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using functor = actfn::relu<float>;
#else
using functor = actfn::relu<float, actfn::at_kink::right>;
#endif

void call(std::span<const float> dst, std::span<const float> diff_dst, std::span<float> diff_src) {
    actfn::backward_from_output(functor{}, dst, diff_dst, diff_src);
}
