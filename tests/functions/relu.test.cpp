// What is particular to ReLU, leaky ReLU and PReLU.
#include "support/bits.hpp"

#include <actfn/functions/leaky_relu.hpp>
#include <actfn/functions/prelu.hpp>
#include <actfn/functions/relu.hpp>
#include <actfn/kernel/elementwise.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <stdexcept>

using namespace support;
using actfn::at_kink;

TEMPLATE_TEST_CASE("relu: no result is -0, in no lane", "[forward]", float, double) {
    for (const TestType x : {-TestType(0), TestType(-1), -std::numeric_limits<TestType>::denorm_min(),
                             -std::numeric_limits<TestType>::infinity()}) {
        CHECK(bits(actfn::relu<TestType>{}(x)) == bits(TestType(0)));
        CHECK(bits(actfn::relu<TestType>{}(xsimd::batch<TestType>(x)).get(0)) == bits(TestType(0)));
    }
}

TEMPLATE_TEST_CASE("relu: NaN passes as first and as second operand of a maximum", "[forward][derivative]",
                   float, double) {
    // xsimd 13 and 14 hand the operands of min and max to the CPU in different order, and the CPU keeps the
    // second one.
    const TestType nan = std::numeric_limits<TestType>::quiet_NaN();
    const xsimd::batch<TestType> v(nan), bound(TestType(0));
    CHECK(std::isnan(actfn::at_least(v, bound).get(0)));
    CHECK(std::isnan(actfn::at_most(v, bound).get(0)));
    CHECK(std::isnan(actfn::at_least(nan, TestType(0))));
    CHECK(std::isnan(actfn::at_most(nan, TestType(0))));
    CHECK(actfn::at_least(xsimd::batch<TestType>(TestType(-1)), bound).get(0) == 0);
    CHECK(actfn::at_most(xsimd::batch<TestType>(TestType(1)), bound).get(0) == 0);
    CHECK(std::isnan(actfn::relu<TestType>{}(v).get(0)));
    CHECK(std::isnan(actfn::prelu<TestType>{}.parameter_derivative(v).get(0)));
}

TEMPLATE_TEST_CASE("leaky_relu: slope 0 makes NaN of -inf, as 0 inf is, and nothing else", "[forward]", float,
                   double) {
    const actfn::leaky_relu<TestType> f{.slope = 0};
    CHECK(std::isnan(f(-std::numeric_limits<TestType>::infinity())));
    CHECK(f(std::numeric_limits<TestType>::lowest()) == 0);
    CHECK(f(TestType(2)) == 2);
    CHECK(f.derivative(TestType(-2)) == 0);
}

TEMPLATE_TEST_CASE("leaky_relu: a negative slope turns the left side up", "[forward][derivative]", float,
                   double) {
    const actfn::leaky_relu<TestType> f{.slope = -1};
    CHECK(f(TestType(-3)) == 3);
    CHECK(f.derivative(TestType(-3)) == -1);
    CHECK(f.derivative(TestType(0)) == -1);
    CHECK(actfn::leaky_relu<TestType, at_kink::mean>{.slope = -1}.derivative(TestType(0)) == 0);
}

TEMPLATE_TEST_CASE("leaky_relu, prelu: the derivative from the output needs a slope that keeps the sign",
                   "[derivative][kernel]", float, double) {
    using T = TestType;
    const std::vector<T> y(3, T(-1));
    std::vector<T> dst(3, T(7));
    const auto refused = [&](const auto& f) {
        CHECK_THROWS_AS(actfn::backward_from_output(f, y, y, dst), std::invalid_argument);
        CHECK(dst == std::vector<T>(3, T(7)));
    };
    refused(actfn::leaky_relu<T>{.slope = -1});
    refused(actfn::prelu<T>{.slope = -1});
    refused(actfn::leaky_relu<T, at_kink::right>{.slope = 0});
    refused(actfn::leaky_relu<T, at_kink::mean>{.slope = 0});
    refused(actfn::prelu<T, at_kink::mean>{.slope = 0});
    refused(actfn::prelu<T>{.slope = std::numeric_limits<T>::quiet_NaN()});
    CHECK_NOTHROW(actfn::backward_from_output(actfn::leaky_relu<T>{.slope = 0}, y, y, dst));
    CHECK(dst == std::vector<T>(3, T(0)));
}

TEMPLATE_TEST_CASE("leaky_relu, prelu: a slope that is not finite is refused", "[kernel]", float, double) {
    using T = TestType;
    const std::vector<T> src(3, T(1));
    std::vector<T> dst(3, T(7));
    for (const T slope : {std::numeric_limits<T>::infinity(), -std::numeric_limits<T>::infinity(),
                          std::numeric_limits<T>::quiet_NaN()}) {
        CHECK_THROWS_AS(actfn::forward(actfn::leaky_relu<T>{.slope = slope}, src, dst),
                        std::invalid_argument);
        CHECK_THROWS_AS(actfn::backward(actfn::prelu<T>{.slope = slope}, src, src, dst),
                        std::invalid_argument);
    }
    CHECK(dst == std::vector<T>(3, T(7)));
}

TEMPLATE_TEST_CASE("relu family: everything is a constant expression", "[forward][derivative]", float,
                   double) {
    STATIC_CHECK(actfn::relu<TestType>{}(TestType(-1)) == 0);
    STATIC_CHECK(actfn::relu<TestType, at_kink::mean>{}.derivative(TestType(0)) == TestType(0.5));
    STATIC_CHECK(actfn::leaky_relu<TestType>{.slope = TestType(0.5)}(TestType(-2)) == -1);
    STATIC_CHECK(actfn::prelu<TestType>{.slope = TestType(0.5)}.derivative_from_output(TestType(-1)) ==
                 TestType(0.5));
    STATIC_CHECK(actfn::prelu<TestType>{}.parameter_derivative(TestType(-2)) == -2);
}
