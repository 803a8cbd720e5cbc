// expect: source_computed_as
// Slopes of halves have to be floats.
#include <actfn/actfn.hpp>

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using slope = float;
#else
using slope = actfn::float16;
#endif

void call(const std::vector<slope>& slopes, const std::vector<actfn::float16>& src,
          std::vector<actfn::float16>& dst) {
    actfn::forward_per_channel(actfn::prelu<float>{}, {1, slopes.size(), 1}, slopes, src, dst);
}
