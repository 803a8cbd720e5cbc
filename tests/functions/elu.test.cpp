// What is particular to ELU: its alpha.
#include "support/bits.hpp"
#include "support/dual.hpp"
#include "support/tally.hpp"
#include "support/ulp.hpp"

#include <actfn/functions/elu.hpp>
#include <actfn/kernel/elementwise.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <stdexcept>

using namespace support;
using actfn::accuracy;

namespace {

template <class T, accuracy A>
void check_alphas() {
    using F = actfn::elu<T, A>;
    if constexpr (has_wider<T>) {
        std::vector<T> alphas{T(0), T(1e-3), T(0.1), T(0.5),    T(1.1),     T(1.5),  T(1.6732632423543772),
                              T(2), T(10),   T(1e6), T(0x1p32), T(0x1p-70), T(-0.5), T(-3)};
        append_stretches(alphas, T(0x1p-10), T(0x1p10), 20);
        for (const T alpha : alphas) {
            const F f{.alpha = alpha};
            worst<T> value, derivative;
            for (const T x : line<T>(20000)) {
                const auto exact = f.definition(variable(static_cast<wider<T>>(x)));
                value.note(ulp_error(f(x), exact.value), x);
                derivative.note(ulp_error(f.derivative(x), exact.derivative), x);
            }
            CAPTURE(seed, text(alpha), text(value.at), text(derivative.at));
            CHECK(value.error <= F::other_alpha_ulp);
            CHECK(derivative.error <= F::other_alpha_ulp);
        }
    } else {
        SKIP("long double is no wider than double");
    }
}

} // namespace

TEMPLATE_TEST_CASE("elu: other alphas keep the claimed accuracy", "[forward][derivative]", float, double) {
    check_alphas<TestType, accuracy::accurate>();
}

TEMPLATE_TEST_CASE("elu fast: other alphas keep the claimed accuracy", "[forward][derivative]", float,
                   double) {
    check_alphas<TestType, accuracy::fast>();
}

TEMPLATE_TEST_CASE("elu: at 0 the derivative is alpha, and -0 stays", "[forward][derivative]", float,
                   double) {
    for (const TestType alpha : {TestType(0.5), TestType(1), TestType(2)}) {
        const actfn::elu<TestType> f{.alpha = alpha};
        CHECK(f.derivative(TestType(0)) == alpha);
        CHECK(f.derivative(-TestType(0)) == alpha);
        CHECK(bits(f(-TestType(0))) == bits(-TestType(0)));
        CHECK(bits(f(TestType(0))) == bits(TestType(0)));
        CHECK(f(-std::numeric_limits<TestType>::infinity()) == -alpha);
    }
}

TEMPLATE_TEST_CASE("elu: from the output the derivative is y + alpha, rounded once", "[derivative]", float,
                   double) {
    using T = TestType;
    for (const T alpha : {T(1), T(0.5), T(3)}) {
        const actfn::elu<T> f{.alpha = alpha};
        std::vector<T> outputs;
        append_stretches(outputs, -alpha, T(0), 10000);
        tally wrong;
        for (const T y : outputs)
            if (f.derivative_from_output(y) != y + alpha) wrong.add("alpha", alpha, "y", y);
        CHECK(wrong.report() == "");
        CHECK(f.derivative_from_output(T(0.25)) == 1);
        CHECK(f.derivative_from_output(-alpha) == 0);
    }
}

TEMPLATE_TEST_CASE(
    "elu: alpha outside its domain is refused, a negative one for the derivative from the output only",
    "[kernel]", float, double) {
    using T = TestType;
    const std::vector<T> src(3, T(1));
    std::vector<T> dst(3, T(7));
    for (const T alpha : {std::numeric_limits<T>::infinity(), std::numeric_limits<T>::quiet_NaN()})
        CHECK_THROWS_AS(actfn::forward(actfn::elu<T>{.alpha = alpha}, src, dst), std::invalid_argument);
    CHECK_THROWS_AS(actfn::backward_from_output(actfn::elu<T>{.alpha = -1}, src, src, dst),
                    std::invalid_argument);
    CHECK(dst == std::vector<T>(3, T(7)));
    CHECK_NOTHROW(actfn::forward(actfn::elu<T>{.alpha = -1}, src, dst));
}
