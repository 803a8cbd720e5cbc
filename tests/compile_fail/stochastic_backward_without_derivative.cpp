// expect: stochastic_differentiable<
// expect: 'f.derivative\(x, x\)' (is|would be) invalid
// A stochastic functor of one's own that has no derivative.
#include <actfn/actfn.hpp>

#include <span>

struct additive {
    static constexpr auto draws = actfn::noise::normal;

    template <class V>
    V operator()(const V& x, const V& draw) const {
        return x + draw;
    }
#if defined(ACTFN_COMPILE_FAIL_CONTROL)
    template <class V>
    V derivative(const V&, const V&) const {
        return V(1);
    }
#endif
};

void call(std::span<const float> src, std::span<const float> diff_dst, std::span<float> diff_src) {
    actfn::backward(additive{}, src, diff_dst, diff_src, {.seed = 1});
}
