// What is particular to softplus: its sharpness.
#include "support/bits.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/functions/softplus.hpp>
#include <actfn/kernel/elementwise.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <stdexcept>

using namespace support;
using actfn::accuracy;

namespace {

template <class T, accuracy A>
void check_betas() {
    using F = actfn::softplus<T, A>;
    if constexpr (has_wider<T>) {
        std::vector<T> betas{T(0x1p-32), T(0x1p32), T(1e-3), T(0.1), T(0.3), T(0.5), T(0.7), T(1.1),
                             T(1.5),     T(2),      T(3),    T(10),  T(20),  T(100), T(1e6)};
        append_stretches(betas, T(0x1p-32), T(0x1p32), 20);
        for (const T beta : betas) {
            const F f{.beta = beta};
            worst<T> value, derivative;
            // In x where beta x bends.
            for (const T t : line<T>(20000)) {
                const T x = t / beta;
                if (!std::isfinite(x)) continue;
                const errors e = errors_at(f, x);
                value.note(e.value, x);
                derivative.note(e.derivative, x);
            }
            CAPTURE(seed, text(beta), text(value.at), text(derivative.at));
            CHECK(value.error <= F::other_beta_ulp);
            CHECK(derivative.error <= F::other_beta_ulp);
        }
    } else {
        SKIP("long double is no wider than double");
    }
}

} // namespace

TEMPLATE_TEST_CASE("softplus: other betas keep the claimed accuracy", "[forward][derivative]", float,
                   double) {
    check_betas<TestType, accuracy::accurate>();
}

TEMPLATE_TEST_CASE("softplus fast: other betas keep the claimed accuracy", "[forward][derivative]", float,
                   double) {
    check_betas<TestType, accuracy::fast>();
}

TEMPLATE_TEST_CASE("softplus: from the output the derivative is 1 - e^-y and never negative, not even -0",
                   "[derivative]", float, double) {
    using T = TestType;
    // -x is 0 - x for AVX-512 batches of xsimd, and a sign change elsewhere: the results for y = 0 were -0
    // and 0.
    const actfn::softplus<T> f;
    const actfn::softplus<T, accuracy::fast> fast;
    for (const T y : {T(0), -T(0)}) {
        CHECK(bits(f.derivative_from_output(y)) == bits(T(0)));
        CHECK(bits(fast.derivative_from_output(y)) == bits(T(0)));
        CHECK(bits(f.derivative_from_output(xsimd::batch<T>(y)).get(0)) == bits(T(0)));
        CHECK(bits(fast.derivative_from_output(xsimd::batch<T>(y)).get(0)) == bits(T(0)));
    }
    CHECK(f.derivative_from_output(std::numeric_limits<T>::infinity()) == 1);
    if constexpr (has_wider<T>) {
        worst<T> seen, seen_fast;
        std::vector<T> outputs;
        append_stretches(outputs, T(0), T(0x1p-6), 10000);
        append_stretches(outputs, T(0x1p-6), T(100), 40000);
        for (const T y : outputs) {
            const finest<T> exact = -elementary::expm1(-static_cast<finest<T>>(y));
            seen.note(ulp_error(f.derivative_from_output(y), exact), y);
            seen_fast.note(ulp_error(fast.derivative_from_output(y), exact), y);
        }
        CAPTURE(seed, text(seen.at), text(seen_fast.at));
        CHECK(seen.error <= from_output_bound<actfn::softplus<T>>());
        CHECK(seen_fast.error <= from_output_bound<actfn::softplus<T, accuracy::fast>>());
    }
}

TEMPLATE_TEST_CASE(
    "softplus: the infinities with any beta in its interval; a beta outside its domain is refused",
    "[forward][derivative][kernel]", float, double) {
    using T = TestType;
    constexpr T inf = std::numeric_limits<T>::infinity();
    for (const T beta : {T(0x1p-32), T(0.5), T(3), T(0x1p32)}) {
        const actfn::softplus<T> f{.beta = beta};
        CAPTURE(text(beta));
        CHECK(f(inf) == inf);
        CHECK(f(-inf) == 0);
        CHECK(f.derivative(inf) == 1);
        CHECK(f.derivative(-inf) == 0);
        CHECK(f.derivative(T(0)) == T(0.5));
    }
    const std::vector<T> src(3, T(1));
    std::vector<T> dst(3, T(7));
    for (const T beta : {T(0), -T(1), inf, std::numeric_limits<T>::quiet_NaN()})
        CHECK_THROWS_AS(actfn::forward(actfn::softplus<T>{.beta = beta}, src, dst), std::invalid_argument);
    CHECK(dst == std::vector<T>(3, T(7)));
}
