// A functor of the consumer's own, with loops for every instruction set.
#pragma once

#include <actfn/dispatch.hpp>

namespace consumer::inline ACTFN_ABI {

struct twice {
    float factor = 2;

    template <actfn::lanes_of<float> V>
    V operator()(const V& x) const noexcept {
        return V(factor) * x;
    }
};

} // namespace consumer::inline ACTFN_ABI

ACTFN_DISPATCH_DECLARE(consumer_twice, float, consumer::twice);
