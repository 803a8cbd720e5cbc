// Every loop over halves on every instruction set that this CPU has: what the loop over floats gives,
// rounded.
#include "support/halves.hpp"
#include "support/registry.hpp"
#include "support/tally.hpp"

#include <actfn/dispatch.hpp>
#include <actfn/kernel/half_tier.hpp>

#include <catch2/catch_template_test_macros.hpp>

using namespace support;
namespace dispatch = actfn::dispatch;

namespace {

using floats = std::vector<float>;

template <class H>
std::vector<H> rounded(const floats& v) {
    std::vector<H> h;
    for (const float x : v) h.push_back(H(x));
    return h;
}

/// One set of operands as halves, and the same as floats.
template <class H>
struct operands {
    std::vector<H> x, dy;
    floats x_float, dy_float;

    explicit operands(std::uint32_t n) {
        for (std::uint32_t i = 0; i < n; ++i) {
            x.push_back(i % 3 == 0 ? half_of<H>(static_cast<std::uint16_t>(i * 40503))
                                   : H(0.013f * static_cast<float>(i) - 9.0f));
            dy.push_back(H(0.75f + 0.001f * static_cast<float>(i)));
        }
        x_float.assign(x.begin(), x.end());
        dy_float.assign(dy.begin(), dy.end());
    }
};

template <class H>
void compare(const char* loop, const std::vector<H>& got, const floats& expected, tally& wrong) {
    for (std::size_t i = 0; i < got.size(); ++i)
        if (!same(got[i], H(expected[i])))
            wrong.add(loop, "element", i, "is", static_cast<float>(got[i]), "not", expected[i]);
}

template <class H, class F>
void check_elementwise(const F& f, std::uint32_t n, tally& wrong) {
    const operands<H> o(n);
    const auto g = actfn::detail::as_tier_for<H>(f);
    std::vector<H> y(n), d(n);
    floats want(n), want_d(n);
    if constexpr (actfn::differentiable<F, float>) {
        dispatch::forward(f, o.x, y);
        dispatch::forward(g, o.x_float, want);
        compare("forward", y, want, wrong);
        dispatch::backward(f, o.x, o.dy, y);
        dispatch::backward(g, o.x_float, o.dy_float, want);
        compare("backward", y, want, wrong);
        dispatch::forward_and_derivative(f, o.x, y, d);
        dispatch::forward_and_derivative(g, o.x_float, want, want_d);
        compare("value", y, want, wrong);
        compare("derivative", d, want_d, wrong);
    }
    if constexpr (actfn::differentiable_from_output<F, float>) {
        dispatch::backward_from_output(f, o.x, o.dy, y);
        dispatch::backward_from_output(g, o.x_float, o.dy_float, want);
        compare("backward_from_output", y, want, wrong);
    }
    if constexpr (actfn::stochastic_differentiable<F, float>) {
        constexpr actfn::rng::stream s{.seed = seed, .first = 1234567890123};
        dispatch::forward(f, o.x, y, s);
        dispatch::forward(g, o.x_float, want, s);
        compare("stochastic forward", y, want, wrong);
        dispatch::backward(f, o.x, o.dy, y, s);
        dispatch::backward(g, o.x_float, o.dy_float, want, s);
        compare("stochastic backward", y, want, wrong);
    }
}

template <class H, class F>
void check_learnable(const F& f, tally& wrong) {
    const operands<H> o(1498);
    std::vector<H> y(o.x.size());
    floats want(o.x.size()), a{0, 0.125f, 0.25f, -1.5f, 1, 2, 0.01f}, da(7), want_da(7);
    // Sums, so numbers that are finite and not all alike.
    floats negative_float;
    for (const float x : o.dy_float) negative_float.push_back(-x);
    const auto negative = rounded<H>(negative_float);
    for (const actfn::channel_layout& l :
         {actfn::channel_layout{2, 7, 107}, actfn::channel_layout{214, 7, 1}}) {
        dispatch::forward_per_channel(f, l, a, o.x, y);
        dispatch::forward_per_channel(f, l, a, o.x_float, want);
        compare("forward_per_channel", y, want, wrong);
        dispatch::backward_per_channel(f, l, a, o.x, o.dy, y);
        dispatch::backward_per_channel(f, l, a, o.x_float, o.dy_float, want);
        compare("backward_per_channel", y, want, wrong);
        dispatch::parameter_gradient_per_channel(f, l, a, negative, o.dy, da);
        dispatch::parameter_gradient_per_channel(f, l, a, negative_float, o.dy_float, want_da);
        for (std::size_t c = 0; c < 7; ++c)
            if (!same(da[c], want_da[c])) wrong.add("parameter_gradient_per_channel", c, "is", da[c]);
    }
    const float g = dispatch::parameter_gradient(f, negative, o.dy);
    if (!same(g, dispatch::parameter_gradient(f, negative_float, o.dy_float)))
        wrong.add("parameter_gradient is", g);
}

} // namespace

TEMPLATE_TEST_CASE("every loop over halves gives what that over floats gives, rounded", "[dispatch][half]",
                   actfn::float16, actfn::bfloat16) {
    using H = TestType;
    for (const dispatch::isa set : dispatch::available()) {
        dispatch::force(set);
        dispatch::registered<H>::for_each([&]<class F>() {
            CAPTURE(title<F>(), dispatch::to_string(set));
            tally wrong;
            for (const std::uint32_t n : {1498u, 0u, 5u, 16u, 33u}) check_elementwise<H>(F{}, n, wrong);
            if constexpr (actfn::learnable<F, float>) check_learnable<H>(F{}, wrong);
            CHECK(wrong.report() == "");
        });
    }
}
