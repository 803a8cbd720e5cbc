// Every loop of deterministic functors on threads, against the loop without.
#include "parallel/threads.hpp"
#include "support/called.hpp"
#include "support/registry.hpp"

#include <span>

using namespace support;

namespace {

/// Some of each kind. Threads are given parts of arrays whatever the functor is, and with all of them this
/// file takes Clang's sanitizers four minutes.
using some = actfn::type_list<actfn::relu<float>, actfn::prelu<float>, actfn::elu<double>, actfn::tanh<float>,
                              actfn::sigmoid<double, actfn::accuracy::fast>, actfn::softplus<float>>;

} // namespace

ACTFN_FOR_EACH(some, "threads give the bits of one, for any number of them",
               "[parallel][forward][derivative]") {
    using T = typename F::value_type;
    const called<F> f;
    tally wrong;
    for (const std::size_t n : sizes<T>) {
        // Not where memory is aligned, so that the first part is a short one.
        const auto inner = [](std::vector<T>& v) { return std::span(v).subspan(1); };
        const std::vector<T> x = numbers<T>(n + 1, 1), dy = numbers<T>(n + 1, 2), y(n + 1, T(-7)), d = y;
        const auto run = [&](const char* loop, auto call) { compare_policies(loop, wrong, call, y, d); };
        const std::span<const T> src = std::span(x).subspan(1), diff = std::span(dy).subspan(1);
        run("forward", [&](auto& a, auto&, auto&... policy) { actfn::forward(policy..., f, src, inner(a)); });
        run("backward",
            [&](auto& a, auto&, auto&... policy) { actfn::backward(policy..., f, src, diff, inner(a)); });
        run("forward_and_derivative", [&](auto& a, auto& b, auto&... policy) {
            actfn::forward_and_derivative(policy..., f, src, inner(a), inner(b));
        });
        if constexpr (actfn::differentiable_from_output<called<F>, T>)
            run("backward_from_output", [&](auto& a, auto&, auto&... policy) {
                actfn::backward_from_output(policy..., f, src, diff, inner(a));
            });
        compare_policies(
            "forward in place", wrong, [&](auto& a, auto&... policy) { actfn::forward(policy..., f, a, a); },
            x);
        compare_policies(
            "backward in place", wrong,
            [&](auto& a, auto&... policy) { actfn::backward(policy..., f, x, a, a); }, dy);
    }
    CHECK(wrong.report() == "");
}

TEST_CASE("results of threads past the caches are those of one", "[parallel][forward]") {
    // Each part alone is too small to be streamed.
    const std::size_t n = ACTFN_STREAM_BYTES / sizeof(float) + 12345;
    const auto x = numbers<float>(n, 1);
    const std::vector<float> y(n);
    tally wrong;
    compare_policies(
        "forward", wrong,
        [&](auto& a, auto&... policy) { actfn::forward(policy..., actfn::elu<float>{}, x, a); }, y);
    CHECK(wrong.report() == "");
}
