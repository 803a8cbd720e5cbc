// expect: differentiable<
// expect: 'f.derivative\(x\)' (is|would be) invalid
// A functor of one's own that has no derivative.
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

void call(std::span<const float> src, std::span<const float> diff_dst, std::span<float> diff_src) {
    actfn::backward(twice{}, src, diff_dst, diff_src);
}
