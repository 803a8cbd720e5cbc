// NaN, the infinities and the zeros.
#include "support/bits.hpp"
#include "support/called.hpp"
#include "support/registry.hpp"
#include "support/tally.hpp"

#include <cmath>

using namespace support;

namespace {

/// f, f', both at once and f' from the output, of x alone and of x in lane at of a register whose other lanes
/// hold a half.
template <class F, class T, class Each>
void results(const F& f, T x, std::size_t at, Each each) {
    using B = xsimd::batch<T>;
    T half[B::size], lanes[B::size];
    std::fill_n(half, B::size, T(0.5));
    std::copy_n(half, B::size, lanes);
    lanes[at] = x;
    const auto one = [&](const char* what, auto g) {
        T result[B::size], usual[B::size];
        g(B::load_unaligned(lanes)).store_unaligned(result);
        g(B::load_unaligned(half)).store_unaligned(usual);
        usual[at] = g(x);
        each(what, static_cast<const T*>(result), static_cast<const T*>(usual));
    };
    one("f", [&](const auto& v) { return f(v); });
    one("f'", [&](const auto& v) { return f.derivative(v); });
    one("value", [&](const auto& v) { return f.value_and_derivative(v).value; });
    one("derivative", [&](const auto& v) { return f.value_and_derivative(v).derivative; });
    if constexpr (requires { f.derivative_from_output(x); })
        one("f' from output", [&](const auto& v) { return f.derivative_from_output(v); });
}

} // namespace

ACTFN_FOR_EACH(every_activation, "NaN in, NaN out, for every NaN, in its own lane and in no other",
               "[forward][derivative]") {
    using T = typename F::value_type;
    constexpr std::size_t size = xsimd::batch<T>::size;
    tally wrong;
    for (std::size_t at = 0; at < size; ++at) {
        for (const T nan : nans<T>()) {
            results(called<F>{}, nan, at, [&](const char* what, const T* lanes, const T* expected) {
                if (!std::isnan(expected[at]))
                    wrong.add(what, "of", nan, bits(nan), "alone is", expected[at]);
                for (std::size_t i = 0; i < size; ++i)
                    if (!same(lanes[i], expected[i]))
                        wrong.add(what, "of", nan, bits(nan), "in lane", at, "makes lane", i, lanes[i]);
            });
        }
    }
    CHECK(wrong.report() == "");
}

ACTFN_FOR_EACH(every_activation, "the infinities give the limits that about() states",
               "[forward][derivative]") {
    using T = typename F::value_type;
    constexpr T inf = std::numeric_limits<T>::infinity();
    const called<F> f;
    CHECK(f(-inf) == static_cast<T>(F::about().limits.lower));
    CHECK(f(inf) == static_cast<T>(F::about().limits.upper));
    CHECK(f.derivative(-inf) == static_cast<T>(F::about().slopes.lower));
    CHECK(f.derivative(inf) == static_cast<T>(F::about().slopes.upper));
}

ACTFN_FOR_EACH(every_activation, "a zero keeps its sign where about() says so and else gives no -0",
               "[forward]") {
    using T = typename F::value_type;
    const called<F> f;
    if (F::about().keeps_sign_of_zero) {
        CHECK(bits(f(T(0))) == bits(T(0)));
        CHECK(bits(f(-T(0))) == bits(-T(0)));
    } else {
        CHECK(bits(f(T(0))) != bits(-T(0)));
        CHECK(bits(f(T(0))) == bits(f(-T(0))));
    }
    CHECK(bits(f.derivative(T(0))) == bits(f.derivative(-T(0))));
}
