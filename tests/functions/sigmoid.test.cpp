// What is particular to sigmoid.
#include "support/bits.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/functions/sigmoid.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace support;
using actfn::accuracy;

TEMPLATE_TEST_CASE("sigmoid: f(0) is a half and f'(0) a quarter, exactly", "[forward][derivative]", float,
                   double) {
    CHECK(actfn::sigmoid<TestType>{}(TestType(0)) == TestType(0.5));
    CHECK(actfn::sigmoid<TestType>{}.derivative(TestType(0)) == TestType(0.25));
    CHECK(actfn::sigmoid<TestType, accuracy::fast>{}(TestType(0)) == TestType(0.5));
    CHECK(actfn::sigmoid<TestType, accuracy::fast>{}.derivative(TestType(0)) == TestType(0.25));
}

TEMPLATE_TEST_CASE("sigmoid: the derivative is even", "[derivative]", float, double) {
    tally wrong;
    for (const TestType x : line<TestType>(50000)) {
        if (!same(actfn::sigmoid<TestType>{}.derivative(-x), actfn::sigmoid<TestType>{}.derivative(x)))
            wrong.add("accurate", x);
        if (!same(actfn::sigmoid<TestType, accuracy::fast>{}.derivative(-x),
                  actfn::sigmoid<TestType, accuracy::fast>{}.derivative(x)))
            wrong.add("fast", x);
    }
    CAPTURE(seed);
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("sigmoid: from the output y the derivative is y (1 - y), as close as claimed",
                   "[derivative]", (actfn::sigmoid<float>), (actfn::sigmoid<float, accuracy::fast>),
                   (actfn::sigmoid<double>), (actfn::sigmoid<double, accuracy::fast>)) {
    using T = typename TestType::value_type;
    const TestType f;
    if constexpr (has_wider<T>) {
        using W = finest<T>;
        worst<T> seen;
        std::vector<T> outputs;
        append_stretches(outputs, T(0), T(1), 100000);
        for (const T y : outputs) {
            const W exact = static_cast<W>(y) * (1 - static_cast<W>(y));
            seen.note(ulp_error(f.derivative_from_output(y), exact), y);
        }
        CAPTURE(seed, text(seen.at));
        CHECK(seen.error <= from_output_bound<TestType>());
        CHECK(f.derivative_from_output(T(1)) == 0);
        CHECK(f.derivative_from_output(T(0)) == 0);
    } else {
        SKIP("long double is no wider than double");
    }
}

TEST_CASE("sigmoid: subnormal results are rounded, not flushed", "[forward][derivative]") {
    // exp(x) = 2^-149 (1.9, 1.04, 0.52): the last came out as 0, for the final product rounded an already
    // rounded number (8a21d33).
    CHECK(actfn::sigmoid<float>{}(-0x1.9fb216p+6f) == 0x1p-149f);
    CHECK(actfn::sigmoid<float>{}.derivative(-0x1.9fb216p+6f) == 0x1p-149f);
    CHECK(actfn::sigmoid<float>{}(-103.0f) == 0x1p-149f);
    CHECK(actfn::sigmoid<float>{}(-102.6f) == 0x1p-148f);
    CHECK(actfn::sigmoid<float>{}(-104.0f) == 0);
}
