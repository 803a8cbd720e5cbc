// Loops with draws on threads, against those without.
#include "parallel/threads.hpp"
#include "support/called.hpp"
#include "support/registry.hpp"

#include <catch2/catch_template_test_macros.hpp>

using namespace support;

ACTFN_FOR_EACH(every_stochastic_activation, "threads make the draws of one, for any number of them",
               "[parallel][forward][derivative][rng]") {
    using T = typename F::value_type;
    const called<F> f;
    tally wrong;
    for (const std::size_t n : sizes<T>)
        for (const std::uint64_t first :
             {std::uint64_t{0}, std::uint64_t{256 * 7 + 100}, ~std::uint64_t{77}}) {
            const actfn::rng::stream s{.seed = seed, .first = first};
            const std::vector<T> x = numbers<T>(n, 1), dy = numbers<T>(n, 2), y(n, T(-7));
            compare_policies(
                "forward", wrong, [&](auto& a, auto&... policy) { actfn::forward(policy..., f, x, a, s); },
                y);
            compare_policies(
                "backward", wrong,
                [&](auto& a, auto&... policy) { actfn::backward(policy..., f, x, dy, a, s); }, y);
            compare_policies(
                "in place", wrong, [&](auto& a, auto&... policy) { actfn::forward(policy..., f, a, a, s); },
                x);
        }
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("threads fill with the draws of one", "[parallel][rng]", float, double) {
    tally wrong;
    for (const std::size_t n : sizes<TestType>) {
        const actfn::rng::stream s{.seed = seed, .first = 1000};
        const std::vector<TestType> y(n);
        compare_policies(
            "fill_uniform", wrong,
            [&](auto& a, auto&... policy) { actfn::rng::fill_uniform(policy..., s, a); }, y);
        compare_policies(
            "fill_normal", wrong, [&](auto& a, auto&... policy) { actfn::rng::fill_normal(policy..., s, a); },
            y);
    }
    CHECK(wrong.report() == "");
}
