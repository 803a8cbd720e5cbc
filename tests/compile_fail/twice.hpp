// A functor of one's own that has no derivative; in the control it has one.
#pragma once

struct twice {
    template <class V>
    V operator()(const V& x) const {
        return x + x;
    }
#if defined(ACTFN_COMPILE_FAIL_CONTROL)
    template <class V>
    V derivative(const V&) const {
        return V(2);
    }
#endif
};
