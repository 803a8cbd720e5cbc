// What is particular to silu: the place where its derivative passes through 0.
#include "support/bits.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/functions/silu.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cfenv>

using namespace support;
using actfn::accuracy;

namespace {

/// silu'(x) for x < 0 without the cancellation of the textbook formula, from x - x0 and x0 in two parts of W.
template <class W>
W slope(W x) {
    // 1 + e^x + x = 0 at x0 = -1.278464542761073795109358739022980155439...
    constexpr long double upper = -0xa.3a4b9e420905bf2p-3L, lower = 0x1.45a1b29f55d77p-65L;
    const W from_zero = (x - static_cast<W>(upper)) -
                        static_cast<W>((upper - static_cast<long double>(static_cast<W>(upper))) + lower);
    const W e = std::exp(x), e0 = -1 - static_cast<W>(upper);
    return e / ((1 + e) * (1 + e)) * (from_zero + e0 * std::expm1(from_zero));
}

template <class F, class T = typename F::value_type>
void check_zero_of_derivative() {
    if constexpr (has_wider<T>) {
        const T zero = static_cast<T>(*F::about().stationary);
        std::vector<T> x;
        append_neighbours(x, zero, 20000);
        append_stretches(x, zero - T(2), zero + T(1), 500000);
        const volatile T claimed_at = static_cast<T>(F::derivative_error().worst_at);
        const T at = claimed_at;
        const double claimed = F::derivative_error().ulp;
        if (!derivative_is_told<F>(at))
            CHECK(ulp_error(F{}.derivative(at), slope(static_cast<wider<T>>(at))) >=
                  claimed - actfn::error_claim::resolution<T>);
        worst<T> seen;
        for (const T z : x)
            if (z < 0) seen.note(ulp_error(F{}.derivative(z), slope(static_cast<wider<T>>(z))), z);
        CAPTURE(seed, text(seen.at));
        CHECK(seen.error <= claimed);
    } else {
        SKIP("long double is no wider than double");
    }
}

} // namespace

TEMPLATE_TEST_CASE("silu: the derivative keeps its claim where it passes through 0", "[derivative]", float,
                   double) {
    check_zero_of_derivative<actfn::silu<TestType>>();
    check_zero_of_derivative<actfn::silu<TestType, accuracy::fast>>();
}

TEMPLATE_TEST_CASE("silu: the derivative changes sign between two neighbours, there and nowhere else",
                   "[derivative]", float, double) {
    using T = TestType;
    const actfn::silu<T> f;
    const T zero = static_cast<T>(*f.about().stationary);
    tally wrong;
    for (const T x : line<T>(100000)) {
        const T d = f.derivative(x);
        if (x < zero ? !(d <= 0) : x > zero ? !(d > 0) : false) wrong.add(x, d);
    }
    CAPTURE(seed);
    CHECK(wrong.report() == "");
    CHECK(f.derivative(neighbour(zero, -1)) < 0);
    CHECK(f.derivative(neighbour(zero, 1)) > 0);
}

TEMPLATE_TEST_CASE("silu: nothing overflows or is inf - inf, not even what is thrown away",
                   "[forward][derivative]", float, double) {
    const actfn::silu<TestType> f;
    const actfn::silu<TestType, accuracy::fast> g;
    for (const TestType x : line<TestType>(100000)) {
        std::feclearexcept(FE_ALL_EXCEPT);
        const auto accurate = f.value_and_derivative(x), fast = g.value_and_derivative(x);
        const volatile TestType used[] = {accurate.value, accurate.derivative, fast.value, fast.derivative,
                                          g(x)};
        CAPTURE(x, used[0]);
        if (std::fetestexcept(FE_OVERFLOW) != 0) FAIL("overflow");
        if (x == x && std::fetestexcept(FE_INVALID) != 0) FAIL("invalid"); // NaN compared is invalid, too
    }
}
