// expect: function for call to 'fill['<]
// expect: function for call to 'fill_uniform['(]
// expect: function for call to 'fill_normal['(]
// expect: is_floating_point_v<.*evaluated to
// Draws are not rounded to integers.
#include <actfn/actfn.hpp>

#include <span>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = int;
#endif

void call(const actfn::rng::stream& s, std::span<element> dst) {
    actfn::rng::fill<actfn::noise::uniform>(s, dst);
    actfn::rng::fill_uniform(s, dst);
    actfn::rng::fill_normal(s, dst);
}
