// Loops of a learnt parameter on threads, against those without.
#include "parallel/threads.hpp"

#include <catch2/catch_template_test_macros.hpp>

#include <cmath>

using namespace support;

TEMPLATE_TEST_CASE("threads add a gradient up in the order of one", "[parallel][derivative]", float, double) {
    using T = TestType;
    const actfn::prelu<T> f{.slope = T(0.125)};
    tally wrong;
    // The last one has more blocks than are added up at once.
    for (const std::size_t n : {std::size_t{0}, threshold<T> - 1, threshold<T>, 5 * threshold<T> + 12345,
                                std::size_t{513 * 16384 + 100}}) {
        // Terms of many sizes that cancel: what is left is rounding, another for every other order.
        std::vector<T> dy = numbers<T>(n, 2);
        for (std::size_t i = 0; i < n; ++i) dy[i] = std::ldexp(dy[i], static_cast<int>(i * 7 % 60));
        for (std::size_t i = n / 2; i < n; ++i) dy[i] = -dy[i - n / 2];
        std::shuffle(dy.begin(), dy.end(), std::mt19937_64(seed));
        const std::vector<T> x(n, T(-1));
        const T one = actfn::parameter_gradient(f, x, dy);
        compare_policies(
            "parameter_gradient", wrong,
            [&](auto& sum, auto&... policy) { sum = {actfn::parameter_gradient(policy..., f, x, dy)}; },
            std::vector<T>{one});
        if (n > 1000) CHECK(one != 0);
    }
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("threads do channels as one does", "[parallel][forward][derivative]", float, double,
                   actfn::float16, actfn::bfloat16) {
    using T = TestType;
    using C = actfn::compute_type<T>;
    const actfn::prelu<C> f;
    tally wrong;
    constexpr std::size_t n = threshold<T>;
    // Many channels and few, side by side or not, a channel larger than a part, none.
    for (const actfn::channel_layout& l :
         {actfn::channel_layout{2, 3, n}, actfn::channel_layout{7, 1, n / 3},
          actfn::channel_layout{3, n / 2, 1}, actfn::channel_layout{3, 300, 49},
          actfn::channel_layout{n, 5, 1}, actfn::channel_layout{1, n + 1, 1},
          actfn::channel_layout{50, 70, n / 2000}, actfn::channel_layout{2, 3, 4},
          actfn::channel_layout{2, 3, 0}, actfn::channel_layout{0, 3, n}, actfn::channel_layout{n, 0, 2}}) {
        const std::vector<T> x = numbers<T>(l.size(), 1), dy = numbers<T>(l.size(), 2);
        const std::vector<C> a = numbers<C>(l.channels, 3);
        compare_policies(
            "forward_per_channel", wrong,
            [&](auto& y, auto&... policy) { actfn::forward_per_channel(policy..., f, l, a, x, y); }, x);
        compare_policies(
            "backward_per_channel", wrong,
            [&](auto& dx, auto&... policy) { actfn::backward_per_channel(policy..., f, l, a, x, dy, dx); },
            dy);
        compare_policies(
            "in place", wrong,
            [&](auto& y, auto&... policy) { actfn::forward_per_channel(policy..., f, l, a, y, y); }, x);
        compare_policies(
            "parameter_gradient_per_channel", wrong,
            [&](auto& da, auto&... policy) {
                actfn::parameter_gradient_per_channel(policy..., f, l, a, x, dy, da);
            },
            a);
    }
    CHECK(wrong.report() == "");
}
