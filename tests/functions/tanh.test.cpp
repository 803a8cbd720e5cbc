// What is particular to tanh.
#include "support/bits.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/functions/tanh.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace support;
using actfn::accuracy;

TEMPLATE_TEST_CASE("tanh: a tiny x is its own tanh, in both tiers", "[forward]", float, double) {
    // tanh x = x - x^3 / 3 + ...: below sqrt(eps) / 2 the second term is less than a quarter ulp.
    std::vector<TestType> small;
    append_stretches(small, TestType(0), std::sqrt(std::numeric_limits<TestType>::epsilon()) / 2, 50000);
    tally wrong;
    for (const TestType x : small)
        if (actfn::tanh<TestType>{}(x) != x) wrong.add("accurate", x, actfn::tanh<TestType>{}(x));
    CAPTURE(seed);
    CHECK(wrong.report() == "");
    CHECK(actfn::tanh<TestType>{}.derivative(TestType(0)) == 1);
    CHECK(actfn::tanh<TestType, accuracy::fast>{}.derivative(TestType(0)) == 1);
}

TEMPLATE_TEST_CASE("tanh: from the output y the derivative is (1 - y) (1 + y), as close as claimed",
                   "[derivative]", (actfn::tanh<float>), (actfn::tanh<float, accuracy::fast>),
                   (actfn::tanh<double>), (actfn::tanh<double, accuracy::fast>)) {
    using T = typename TestType::value_type;
    const TestType f;
    if constexpr (has_wider<T>) {
        using W = finest<T>;
        worst<T> seen;
        std::vector<T> outputs;
        append_stretches(outputs, T(-1), T(1), 100000);
        for (const T y : outputs) {
            const W exact = (1 - static_cast<W>(y)) * (1 + static_cast<W>(y));
            seen.note(ulp_error(f.derivative_from_output(y), exact), y);
        }
        CAPTURE(seed, text(seen.at));
        CHECK(seen.error <= from_output_bound<TestType>());
        CHECK(f.derivative_from_output(T(1)) == 0);
        CHECK(f.derivative_from_output(T(-1)) == 0);
        CHECK(f.derivative_from_output(T(0)) == 1);
    } else {
        SKIP("long double is no wider than double");
    }
}
