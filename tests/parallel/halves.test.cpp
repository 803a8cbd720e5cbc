// Loops over halves on threads, against those without; those of channels are beside the others.
#include "parallel/threads.hpp"

#include <catch2/catch_template_test_macros.hpp>

using namespace support;

TEMPLATE_TEST_CASE("threads give the bits of one for halves, too", "[parallel][half]", actfn::float16,
                   actfn::bfloat16) {
    using H = TestType;
    const actfn::tanh<float> f;
    const actfn::relu<float> on_bits;
    const actfn::rrelu<float> noisy;
    const actfn::rng::stream s{.seed = seed, .first = 1000};
    tally wrong;
    for (const std::size_t n : sizes<H>) {
        // Not where memory is aligned, so that the first part is a short one.
        const auto inner = [](auto& v) { return std::span(v).subspan(1); };
        const std::vector<H> x = numbers<H>(n + 1, 1), dy = numbers<H>(n + 1, 2), y(n + 1, H(-7.0f));
        const std::span<const H> src = inner(x), diff = inner(dy);
        const auto run = [&](const char* loop, auto call) { compare_policies(loop, wrong, call, y, y); };
        run("forward", [&](auto& a, auto&, auto&... p) { actfn::forward(p..., f, src, inner(a)); });
        run("backward", [&](auto& a, auto&, auto&... p) { actfn::backward(p..., f, src, diff, inner(a)); });
        run("backward_from_output",
            [&](auto& a, auto&, auto&... p) { actfn::backward_from_output(p..., f, src, diff, inner(a)); });
        run("forward_and_derivative", [&](auto& a, auto& b, auto&... p) {
            actfn::forward_and_derivative(p..., f, src, inner(a), inner(b));
        });
        run("forward on bits",
            [&](auto& a, auto&, auto&... p) { actfn::forward(p..., on_bits, src, inner(a)); });
        run("backward on bits",
            [&](auto& a, auto&, auto&... p) { actfn::backward(p..., on_bits, src, diff, inner(a)); });
        run("forward with draws",
            [&](auto& a, auto&, auto&... p) { actfn::forward(p..., noisy, src, inner(a), s); });
        run("backward with draws",
            [&](auto& a, auto&, auto&... p) { actfn::backward(p..., noisy, src, diff, inner(a), s); });
        compare_policies(
            "parameter_gradient", wrong,
            [&](auto& sum, auto&... p) {
                sum = {actfn::parameter_gradient(p..., actfn::prelu<float>{}, src, diff)};
            },
            std::vector<float>{});
    }
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("halves of threads past the caches are those of one", "[parallel][half][forward]",
                   actfn::float16, actfn::bfloat16) {
    const std::size_t n = ACTFN_STREAM_BYTES / sizeof(TestType) + 12345;
    const auto x = numbers<TestType>(n, 1);
    tally wrong;
    const auto run = [&](const char* loop, auto f) {
        compare_policies(
            loop, wrong, [&](auto& a, auto&... policy) { actfn::forward(policy..., f, x, a); },
            std::vector<TestType>(n));
    };
    run("elu", actfn::elu<float>{});
    run("relu", actfn::relu<float>{});
    CHECK(wrong.report() == "");
}
