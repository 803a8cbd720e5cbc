// expect: differentiable<
// expect: 'f.derivative\(x\)' (is|would be) invalid
// forward_and_derivative with a functor of one's own that has no derivative.
#include <actfn/actfn.hpp>

#include <span>

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

void call(std::span<const float> src, std::span<float> dst, std::span<float> derivative) {
    actfn::forward_and_derivative(twice{}, src, dst, derivative);
}
