// Range, monotonicity, symmetry, and where a derivative may vanish.
#include "support/bits.hpp"
#include "support/called.hpp"
#include "support/registry.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

using namespace support;

namespace {

/// Runs of consecutive numbers, spread over the line: violations of monotonicity show between neighbours, or
/// not at all.
template <class T>
std::vector<T> runs() {
    std::vector<T> v;
    for (const T x : line<T>(10000))
        if (std::isfinite(x)) append_neighbours(v, x, 8);
    put_in_order(v);
    return v;
}

} // namespace

ACTFN_FOR_EACH(every_activation, "no result leaves the range", "[forward]") {
    using T = typename F::value_type;
    const called<F> f;
    const T lower = static_cast<T>(F::about().range.lower), upper = static_cast<T>(F::about().range.upper);
    tally wrong;
    for (const T x : line<T>(500000))
        if (const T y = f(x); !(y >= lower && y <= upper)) wrong.add("f(", x, ") =", y);
    CAPTURE(seed);
    CHECK(wrong.report() == "");
}

ACTFN_FOR_EACH(
    every_activation,
    "an increasing function steps down by no more than rounding makes it, and its derivative is not negative",
    "[forward][derivative]") {
    using T = typename F::value_type;
    const called<F> f;
    if constexpr (F::about().increasing) {
        tally down, negative;
        const auto v = runs<T>();
        for (std::size_t i = 1; i < v.size(); ++i) {
            const T a = f(v[i - 1]), b = f(v[i]);
            // By no more than two errors in opposite directions make, in whole ulps: one in the accurate
            // tier. How often is counted over all floats, by actfn_exhaustive_floats.
            const double most = std::floor(2 * F::forward_error().ulp);
            if (b < a && !(static_cast<double>((a - b) / ulp(a)) <= most))
                down.add("f(", v[i - 1], ") =", a, "f(", v[i], ") =", b);
            if (!(f.derivative(v[i]) >= 0)) negative.add("f'(", v[i], ") =", f.derivative(v[i]));
        }
        CAPTURE(seed, v.size());
        CHECK(negative.report() == "");
        CHECK(down.report() == "");
    } else {
        SUCCEED("not increasing");
    }
}

ACTFN_FOR_EACH(every_activation, "an odd function is exactly odd, and its derivative even",
               "[forward][derivative]") {
    using T = typename F::value_type;
    const called<F> f;
    if constexpr (F::about().shape == actfn::symmetry::odd) {
        tally wrong;
        for (const T x : line<T>(200000))
            if (!same(f(-x), -f(x)) || !same(f.derivative(-x), f.derivative(x)))
                wrong.add(x, f(x), f(-x), f.derivative(x), f.derivative(-x));
        CAPTURE(seed);
        CHECK(wrong.report() == "");
    } else {
        SUCCEED("not odd");
    }
}

ACTFN_FOR_EACH(every_activation, "a result or derivative is 0 only where the exact one rounds to 0",
               "[forward][derivative]") {
    using T = typename F::value_type;
    const called<F> f;
    if constexpr (has_wider<T>) {
        // The fast tier may round what is below the smallest number either way.
        const auto zero = [](auto exact) {
            constexpr T smallest = std::numeric_limits<T>::denorm_min();
            return is_accurate<F> ? static_cast<T>(exact) == 0
                                  : std::abs(exact) < static_cast<decltype(exact)>(smallest);
        };
        tally wrong;
        for (const T x : line<T>(200000)) {
            if (is_kink<F>(x) || (f(x) != 0 && f.derivative(x) != 0)) continue;
            const auto exact = truth(f, x);
            if (f(x) == 0 && !zero(exact.value)) wrong.add("f(", x, ") = 0, exactly", exact.value);
            if (f.derivative(x) == 0 && !zero(exact.derivative))
                wrong.add("f'(", x, ") = 0, exactly", exact.derivative);
        }
        CAPTURE(seed);
        CHECK(wrong.report() == "");
    } else {
        SKIP("long double is no wider than double");
    }
}
