// What is particular to the rescaled sigmoid: its steepness.
#include "support/bits.hpp"
#include "support/called.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/functions/rescaled_sigmoid.hpp>
#include <actfn/kernel/elementwise.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <stdexcept>

using namespace support;
using actfn::accuracy;

namespace {

template <class T, accuracy A>
void check_steepnesses() {
    using F = actfn::rescaled_sigmoid<T, A>;
    if constexpr (has_wider<T>) {
        std::vector<T> ks{T(0x1p-32), T(0x1p32), T(1e-3), T(0.3), T(0.7), T(1), T(1.1), T(3), T(10), T(1e6)};
        append_stretches(ks, T(0x1p-32), T(0x1p32), 20);
        for (const T k : ks) {
            const called<F> f(F{.k = k});
            worst<T> value, derivative;
            // In x where k x bends.
            for (const T t : line<T>(20000)) {
                const T x = t / k;
                if (!std::isfinite(x)) continue;
                const errors e = errors_at(f, x);
                value.note(e.value, x);
                derivative.note(e.derivative, x);
            }
            CAPTURE(seed, text(k), text(value.at), text(derivative.at));
            CHECK(value.error <= F::other_k_ulp);
            CHECK(derivative.error <= F::other_k_ulp);
        }
    } else {
        SKIP("there is no type that is wide enough");
    }
}

} // namespace

TEMPLATE_TEST_CASE("rescaled_sigmoid: other steepnesses keep the claimed accuracy", "[forward][derivative]",
                   float, double) {
    check_steepnesses<TestType, accuracy::accurate>();
    check_steepnesses<TestType, accuracy::fast>();
}

TEMPLATE_TEST_CASE("rescaled_sigmoid: the slope at 0 is k / 4, and 1 by default", "[derivative]", float,
                   double) {
    using T = TestType;
    CHECK(actfn::rescaled_sigmoid<T>{}.derivative(T(0)) == 1);
    CHECK(actfn::rescaled_sigmoid<T>{.k = 1}.derivative(T(0)) == T(0.25));
    CHECK(actfn::rescaled_sigmoid<T>{.k = T(0x1p32)}.derivative(T(0)) == T(0x1p30));
}

TEMPLATE_TEST_CASE("rescaled_sigmoid: the infinities with any k; a k outside its domain is refused",
                   "[forward][derivative][kernel]", float, double) {
    using T = TestType;
    constexpr T inf = std::numeric_limits<T>::infinity();
    for (const T k : {T(0x1p-32), T(0.5), T(3), T(0x1p32)}) {
        const called<actfn::rescaled_sigmoid<T>> f(actfn::rescaled_sigmoid<T>{.k = k});
        CAPTURE(text(k));
        CHECK(f(inf) == 1);
        CHECK(f(-inf) == 0);
        CHECK(f.derivative(inf) == 0);
        CHECK(f.derivative(-inf) == 0);
        CHECK(f(T(0)) == T(0.5));
    }
    const std::vector<T> src(3, T(1));
    std::vector<T> dst(3, T(7));
    for (const T k : {T(0), -T(1), inf, std::numeric_limits<T>::quiet_NaN()})
        CHECK_THROWS_AS(actfn::forward(actfn::rescaled_sigmoid<T>{.k = k}, src, dst), std::invalid_argument);
    CHECK(dst == std::vector<T>(3, T(7)));
}
