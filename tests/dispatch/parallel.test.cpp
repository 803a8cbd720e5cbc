// The loops of actfn::dispatch on threads, against those without, on every instruction set that this CPU has.
#include "parallel/threads.hpp"

#include <catch2/catch_template_test_macros.hpp>

using namespace support;
namespace dispatch = actfn::dispatch;

namespace {

template <class T>
void check_loops(tally& wrong) {
    using C = actfn::compute_type<T>;
    const actfn::sigmoid<C> f;
    const actfn::prelu<C> learnt;
    const actfn::noisy_relu<C> noisy;
    for (const std::size_t n : sizes<T>) {
        const std::vector<T> x = numbers<T>(n, 1), dy = numbers<T>(n, 2), y(n, T(-7));
        const actfn::rng::stream s{.seed = seed, .first = 1000};
        const auto run = [&](const char* loop, auto call) { compare_policies(loop, wrong, call, y, y); };
        run("forward", [&](auto& a, auto&, auto&... p) { dispatch::forward(p..., f, x, a); });
        run("backward", [&](auto& a, auto&, auto&... p) { dispatch::backward(p..., f, x, dy, a); });
        run("backward_from_output",
            [&](auto& a, auto&, auto&... p) { dispatch::backward_from_output(p..., f, x, dy, a); });
        run("forward_and_derivative",
            [&](auto& a, auto& b, auto&... p) { dispatch::forward_and_derivative(p..., f, x, a, b); });
        run("forward with draws",
            [&](auto& a, auto&, auto&... p) { dispatch::forward(p..., noisy, x, a, s); });
        run("backward with draws",
            [&](auto& a, auto&, auto&... p) { dispatch::backward(p..., noisy, x, dy, a, s); });
        compare_policies(
            "parameter_gradient", wrong,
            [&](auto& a, auto&... p) { a = {dispatch::parameter_gradient(p..., learnt, x, dy)}; },
            std::vector<C>{});
    }
    constexpr std::size_t n = threshold<T>;
    for (const actfn::channel_layout& l : {actfn::channel_layout{2, 3, n}, actfn::channel_layout{3, 300, 49},
                                           actfn::channel_layout{n, 5, 1}}) {
        const std::vector<T> x = numbers<T>(l.size(), 1), dy = numbers<T>(l.size(), 2);
        const std::vector<C> a = numbers<C>(l.channels, 3);
        compare_policies(
            "forward_per_channel", wrong,
            [&](auto& y, auto&... p) { dispatch::forward_per_channel(p..., learnt, l, a, x, y); }, x);
        compare_policies(
            "backward_per_channel", wrong,
            [&](auto& dx, auto&... p) { dispatch::backward_per_channel(p..., learnt, l, a, x, dy, dx); }, dy);
        compare_policies(
            "parameter_gradient_per_channel", wrong,
            [&](auto& da, auto&... p) {
                dispatch::parameter_gradient_per_channel(p..., learnt, l, a, x, dy, da);
            },
            a);
    }
}

} // namespace

TEMPLATE_TEST_CASE("threads give the bits of one", "[dispatch][parallel]", float, double, actfn::float16,
                   actfn::bfloat16) {
    for (const dispatch::isa set : dispatch::available()) {
        dispatch::force(set);
        tally wrong;
        check_loops<TestType>(wrong);
        CAPTURE(dispatch::to_string(set));
        CHECK(wrong.report() == "");
    }
}
