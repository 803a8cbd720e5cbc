// A functor that is not in the registry, dispatched like those that are.
#include "own.hpp"

#include <catch2/catch_template_test_macros.hpp>

#include <vector>

namespace dispatch = actfn::dispatch;

TEMPLATE_TEST_CASE("a functor of one's own runs on every instruction set, with its parameters", "[dispatch]",
                   float, double) {
    using T = TestType;
    const own::squareplus<T> f{.b = 16};
    const std::vector<T> x{3, -3, 3, -3, 0, 3, 3, 3, 3}, diff(9, T(2));
    std::vector<T> y(9), d(9);
    for (const dispatch::isa set : dispatch::available()) {
        CAPTURE(dispatch::to_string(set));
        dispatch::force(set);
        dispatch::forward(f, x, y);
        CHECK(y == std::vector<T>{4, 1, 4, 1, 2, 4, 4, 4, 4}); // the root is 5 or 4, without rounding
        dispatch::backward(f, x, diff, d);
        CHECK(d[0] == T(2) * (T(4) / T(5)));
        CHECK(d[1] == T(2) * (T(1) / T(5)));
        dispatch::forward_and_derivative(own::squareplus<T>{}, std::vector<T>(9), y, d);
        CHECK(y == std::vector<T>(9, T(1)));
        CHECK(d == std::vector<T>(9, T(0.5)));
    }
    CHECK_THROWS_AS(dispatch::forward(own::squareplus<T>{.b = -1}, x, y), std::invalid_argument);
}
