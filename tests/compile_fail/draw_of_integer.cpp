// expect: function for call to 'draw['<]
// expect: function for call to 'uniform['<]
// expect: function for call to 'normal['<]
// expect: is_floating_point_v<.*evaluated to
// A draw is a number on (0, 1) or the whole line.
#include <actfn/actfn.hpp>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = int;
#endif

element call(const actfn::rng::stream& s) {
    return actfn::rng::draw<actfn::noise::uniform, element>(s, 0) + actfn::rng::uniform<element>(s, 0) +
           actfn::rng::normal<element>(s, 0);
}
