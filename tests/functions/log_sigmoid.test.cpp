// The logarithm of the sigmoid is softplus, turned round.
#include "support/bits.hpp"
#include "support/called.hpp"
#include "support/tally.hpp"

#include <actfn/functions/log_sigmoid.hpp>
#include <actfn/functions/softplus.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace support;
using actfn::accuracy;

namespace {

template <class T, accuracy A>
std::string compare() {
    const called<actfn::log_sigmoid<T, A>> f;
    const called<actfn::softplus<T, A>> g;
    tally wrong;
    for (const T x : line<T>(100000)) {
        if (!same(f(x), -g(-x))) wrong.add("value at", x);
        if (!same(f.derivative(x), g.derivative(-x))) wrong.add("derivative at", x);
        if (!same(f.derivative_from_output(-x), g.derivative_from_output(x))) wrong.add("from output", x);
    }
    return wrong.report();
}

} // namespace

TEMPLATE_TEST_CASE("log_sigmoid: it is -softplus(-x) to the bit", "[forward][derivative]", float, double) {
    CHECK(compare<TestType, accuracy::accurate>() == "");
    CHECK(compare<TestType, accuracy::fast>() == "");
}
