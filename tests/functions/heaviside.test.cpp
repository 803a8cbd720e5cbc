// The unit step: its value at 0, and that ReLU has it as its derivative.
#include "support/bits.hpp"
#include "support/tally.hpp"

#include <actfn/functions/heaviside.hpp>
#include <actfn/functions/relu.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace support;
using actfn::at_kink;

TEMPLATE_TEST_CASE("heaviside: at both zeros it is 0, 1 or 1/2, as the policy says", "[forward]", float,
                   double) {
    using T = TestType;
    for (const T zero : {T(0), -T(0)}) {
        CHECK(bits(actfn::heaviside<T>{}(zero)) == bits(T(0)));
        CHECK(actfn::heaviside<T, at_kink::right>{}(zero) == 1);
        CHECK(actfn::heaviside<T, at_kink::mean>{}(zero) == T(0.5));
    }
}

TEMPLATE_TEST_CASE("heaviside: it is the derivative of ReLU under the same policy", "[forward][derivative]",
                   float, double) {
    using T = TestType;
    tally wrong;
    const auto compare = [&]<at_kink K>(std::integral_constant<at_kink, K>) {
        for (const T x : line<T>(20000))
            if (!same(actfn::heaviside<T, K>{}(x), actfn::relu<T, K>{}.derivative(x))) wrong.add(x);
    };
    compare(std::integral_constant<at_kink, at_kink::left>{});
    compare(std::integral_constant<at_kink, at_kink::right>{});
    compare(std::integral_constant<at_kink, at_kink::mean>{});
    CHECK(wrong.report() == "");
}
