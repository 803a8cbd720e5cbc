// What the calls on threads refuse: all that those without refuse, in the same words, before a thread writes.
#include "parallel/threads.hpp"
#include "support/message.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <span>

using support::message;

namespace {

using span = std::span<float>;

constexpr std::size_t n = 2 * support::threshold<float>;

/// Calls run without a policy and with each on spans of memory, and compares what is thrown. Something is.
template <class Run>
void check_refused(const char* loop, Run run) {
    std::vector<float> memory(5 * n, 0.5f);
    const auto part = [&](std::size_t first, std::size_t count) {
        return span(memory).subspan(first, count);
    };
    // a and b are read, c and d written: one size wrong, then an overlap in part of what is written and read.
    const span a = part(0, n), b = part(n, n), c = part(2 * n, n), d = part(3 * n, n);
    int refused = 0;
    for (const auto& [x, dy, y, z] :
         {std::tuple(part(0, n - 1), b, c, d), std::tuple(a, b, part(2 * n, n - 5), d),
          std::tuple(a, b, part(n / 2, n), d), std::tuple(a, part(2 * n + 7, n), c, d)}) {
        const std::vector<float> before = memory;
        const auto refusal = [&](const auto&... policy) {
            const std::string what = message([&] { run(x, dy, y, z, policy...); });
            if (!what.empty()) CHECK(memory == before);
            memory = before;
            return what;
        };
        const std::string expected = refusal();
        CAPTURE(loop, expected);
        CHECK(refusal(std::execution::seq) == expected);
        CHECK(refusal(std::execution::par) == expected);
        refused += !expected.empty();
    }
    CAPTURE(loop);
    CHECK(refused > 0);
}

} // namespace

TEST_CASE("calls on threads refuse what those without do, and write nothing", "[parallel]") {
    const actfn::sigmoid<float> f;
    const actfn::prelu<float> learnt;
    const actfn::rrelu<float> noisy;
    const actfn::rng::stream s{.seed = 1};
    const std::vector<float> slopes(3, 0.25f);
    const actfn::channel_layout channels{1, 3, n / 3};
    const actfn::matrix_layout rows{n / 8, 8};
    check_refused("forward", [&](span x, span, span y, span, auto&... p) { actfn::forward(p..., f, x, y); });
    check_refused("backward",
                  [&](span x, span dy, span y, span, auto&... p) { actfn::backward(p..., f, x, dy, y); });
    check_refused("backward_from_output", [&](span x, span dy, span y, span, auto&... p) {
        actfn::backward_from_output(p..., f, x, dy, y);
    });
    check_refused("forward_and_derivative", [&](span x, span, span y, span z, auto&... p) {
        actfn::forward_and_derivative(p..., f, x, y, z);
    });
    check_refused("forward with draws",
                  [&](span x, span, span y, span, auto&... p) { actfn::forward(p..., noisy, x, y, s); });
    check_refused("backward with draws", [&](span x, span dy, span y, span, auto&... p) {
        actfn::backward(p..., noisy, x, dy, y, s);
    });
    check_refused("parameter_gradient", [&](span x, span dy, span, span, auto&... p) {
        (void)actfn::parameter_gradient(p..., learnt, x, dy);
    });
    check_refused("forward_per_channel", [&](span x, span, span y, span, auto&... p) {
        actfn::forward_per_channel(p..., learnt, channels, slopes, x, y);
    });
    check_refused("backward_per_channel", [&](span x, span dy, span y, span, auto&... p) {
        actfn::backward_per_channel(p..., learnt, channels, slopes, x, dy, y);
    });
    check_refused("parameter_gradient_per_channel", [&](span x, span dy, span y, span, auto&... p) {
        actfn::parameter_gradient_per_channel(p..., learnt, channels, slopes, x, dy, y.first(3));
    });
    check_refused("softmax",
                  [&](span x, span, span y, span, auto&... p) { actfn::softmax(p..., x, rows, y); });
    check_refused("softmax0",
                  [&](span x, span, span y, span, auto&... p) { actfn::softmax0(p..., x, rows, y); });
    check_refused("log_softmax",
                  [&](span x, span, span y, span, auto&... p) { actfn::log_softmax(p..., x, rows, y); });
    check_refused("softmax_backward", [&](span x, span dy, span y, span, auto&... p) {
        actfn::softmax_backward(p..., x, dy, rows, y);
    });
    check_refused("log_softmax_backward", [&](span x, span dy, span y, span, auto&... p) {
        actfn::log_softmax_backward(p..., x, dy, rows, y);
    });
    check_refused("logsumexp", [&](span x, span, span y, span, auto&... p) {
        actfn::logsumexp(p..., x, rows, y.first(y.size() / 8));
    });
    check_refused("logsumexp0", [&](span x, span, span y, span, auto&... p) {
        actfn::logsumexp0(p..., x, rows, y.first(y.size() / 8));
    });
    check_refused("logsumexp_backward", [&](span x, span dy, span y, span, auto&... p) {
        actfn::logsumexp_backward(p..., x, dy.first(dy.size() / 8), rows, y);
    });
    check_refused("logsumexp0_backward", [&](span x, span dy, span y, span, auto&... p) {
        actfn::logsumexp0_backward(p..., x, dy.first(dy.size() / 8), rows, y);
    });
    check_refused("maxout", [&](span x, span, span y, span, auto&... p) {
        actfn::maxout(p..., x, 8, y.first(y.size() / 8));
    });
    check_refused("maxout_backward", [&](span x, span dy, span y, span, auto&... p) {
        actfn::maxout_backward(p..., x, 8, dy.first(dy.size() / 8), y);
    });
    check_refused("a parameter", [&](span x, span, span y, span, auto&... p) {
        actfn::forward(p..., actfn::softplus<float>{.beta = -1}, x, y);
    });
    check_refused("a channel's parameter", [&](span x, span, span y, span, auto&... p) {
        const std::vector<float> wrong{1, 2, std::numeric_limits<float>::infinity()};
        actfn::forward_per_channel(p..., learnt, channels, wrong, x, y);
    });
}
