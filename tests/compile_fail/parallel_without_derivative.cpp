// expect: differentiable<
// A functor of one's own that has no derivative, on threads.
#include <actfn/parallel.hpp>

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
    actfn::backward(std::execution::par, twice{}, src, diff_dst, diff_src);
}
