// Functions of rows on threads, against those without.
#include "parallel/threads.hpp"

#include <catch2/catch_template_test_macros.hpp>

using namespace support;

TEMPLATE_TEST_CASE("threads do rows as one does", "[parallel][forward][derivative]", float, double,
                   actfn::float16, actfn::bfloat16) {
    using T = TestType;
    tally wrong;
    constexpr std::size_t n = threshold<T>;
    // Short rows and rows longer than a part, below the threshold and above it, none.
    for (const actfn::matrix_layout& l :
         {actfn::matrix_layout{n / 10, 10}, actfn::matrix_layout{n, 1}, actfn::matrix_layout{201, n / 200},
          actfn::matrix_layout{5, n / 2}, actfn::matrix_layout{10, 10}, actfn::matrix_layout{0, 10},
          actfn::matrix_layout{n, 0}}) {
        const std::vector<T> x = numbers<T>(l.size(), 1), dy = numbers<T>(l.size(), 2),
                             each = numbers<T>(l.rows, 3);
        const auto matrix = [&](const char* name, auto call) { compare_policies(name, wrong, call, dy); };
        const auto column = [&](const char* name, auto call) { compare_policies(name, wrong, call, each); };
        matrix("softmax", [&](auto& y, auto&... policy) { actfn::softmax(policy..., x, l, y); });
        matrix("softmax in place", [&](auto& y, auto&... policy) { actfn::softmax(policy..., y, l, y); });
        matrix("softmax0", [&](auto& y, auto&... policy) { actfn::softmax0(policy..., x, l, y); });
        matrix("log_softmax", [&](auto& y, auto&... policy) { actfn::log_softmax(policy..., x, l, y); });
        matrix("softmax_backward",
               [&](auto& y, auto&... policy) { actfn::softmax_backward(policy..., x, y, l, y); });
        matrix("log_softmax_backward",
               [&](auto& y, auto&... policy) { actfn::log_softmax_backward(policy..., x, y, l, y); });
        column("logsumexp", [&](auto& y, auto&... policy) { actfn::logsumexp(policy..., x, l, y); });
        column("logsumexp0", [&](auto& y, auto&... policy) { actfn::logsumexp0(policy..., x, l, y); });
        matrix("logsumexp_backward",
               [&](auto& y, auto&... policy) { actfn::logsumexp_backward(policy..., x, each, l, y); });
        matrix("logsumexp0_backward",
               [&](auto& y, auto&... policy) { actfn::logsumexp0_backward(policy..., x, each, l, y); });
        if (l.columns == 0) continue;
        column("maxout", [&](auto& y, auto&... policy) { actfn::maxout(policy..., x, l.columns, y); });
        matrix("maxout_backward",
               [&](auto& y, auto&... policy) { actfn::maxout_backward(policy..., x, l.columns, each, y); });
    }
    CHECK(wrong.report() == "");
}
