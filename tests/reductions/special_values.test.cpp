// Infinities, NaN, rows of one and of no element, the far ends of the line.
#include "reductions/rows.hpp"
#include "support/tally.hpp"

#include <actfn/reductions/maxout.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace support;

namespace {

template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();

template <class T>
std::vector<T> softmax(const std::vector<T>& x) {
    std::vector<T> y(x.size());
    actfn::softmax(x, y);
    return y;
}
template <class T>
std::vector<T> softmax0(const std::vector<T>& x) {
    std::vector<T> y(x.size());
    actfn::softmax0(x, y);
    return y;
}
template <class T>
std::vector<T> log_softmax(const std::vector<T>& x) {
    std::vector<T> y(x.size());
    actfn::log_softmax(x, y);
    return y;
}

template <class T>
bool all(const std::vector<T>& v, T x) {
    return std::all_of(v.begin(), v.end(), [x](T y) { return same(x, y); });
}

} // namespace

TEMPLATE_TEST_CASE("a row that has a NaN is NaN throughout", "[forward]", float, double) {
    using T = TestType;
    tally wrong;
    for (const std::size_t n : std::vector<std::size_t>{1, 2, 31, 32, 33, 100, 300}) {
        for (std::size_t at = 0; at < n; at += n < 40 ? 1 : 13) {
            for (const T other : {T(0), inf<T>, -inf<T>, T(-1e30f), T(1e30f), not_a_number<T>}) {
                for (const T bad : nans<T>()) {
                    std::vector<T> x(n, other);
                    x[at] = bad;
                    if (!all(softmax(x), not_a_number<T>) || !all(softmax0(x), not_a_number<T>) ||
                        !all(log_softmax(x), not_a_number<T>) || !std::isnan(actfn::logsumexp(x)) ||
                        !std::isnan(actfn::logsumexp0(x)))
                        wrong.add("NaN at", at, "of", n, "beside", other);
                }
            }
        }
    }
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("infinities in rows", "[forward]", float, double) {
    using T = TestType;
    for (const std::size_t n : std::vector<std::size_t>{1, 2, 31, 32, 33, 100, 300}) {
        INFO(n);
        const std::vector<T> nothing(n, -inf<T>);
        CHECK(all(softmax(nothing), not_a_number<T>));
        CHECK(all(log_softmax(nothing), not_a_number<T>));
        CHECK(all(softmax0(nothing), T(0)));
        CHECK(same(actfn::logsumexp(nothing), -inf<T>));
        CHECK(same(actfn::logsumexp0(nothing), T(0)));

        for (const T other : {T(-3), -inf<T>, inf<T>, std::numeric_limits<T>::max()}) {
            std::vector<T> x(n, other);
            x[n / 2] = inf<T>;
            CHECK(all(softmax(x), not_a_number<T>));
            CHECK(all(softmax0(x), not_a_number<T>));
            CHECK(all(log_softmax(x), not_a_number<T>));
            CHECK(same(actfn::logsumexp(x), inf<T>));
            CHECK(same(actfn::logsumexp0(x), inf<T>));
        }

        std::vector<T> one(n, -inf<T>), shares(n, T(0)), logs(n, -inf<T>);
        one[n / 2] = 3, shares[n / 2] = 1, logs[n / 2] = 0;
        CHECK(softmax(one) == shares);
        CHECK(log_softmax(one) == logs);
        CHECK(actfn::logsumexp(one) == 3);
    }
}

TEMPLATE_TEST_CASE("no finite row overflows", "[forward]", float, double) {
    using T = TestType;
    constexpr T most = std::numeric_limits<T>::max();
    CHECK(softmax<T>({most, -most}) == std::vector<T>{1, 0});
    CHECK(softmax<T>({most, most}) == std::vector<T>{T(0.5), T(0.5)});
    CHECK(softmax<T>({-most, -most}) == std::vector<T>{T(0.5), T(0.5)});
    CHECK(softmax0<T>({-most, -most}) == std::vector<T>{0, 0});
    CHECK(softmax0<T>({most, most}) == std::vector<T>{T(0.5), T(0.5)});
    CHECK(log_softmax<T>({most, 0, most})[0] == T(-0x1.62e42fefa39efp-1)); // -log(2)
    CHECK(log_softmax<T>({most, -most})[0] == 0);
    CHECK(actfn::logsumexp(std::vector<T>{most, most}) == most);
    CHECK(actfn::logsumexp(std::vector<T>{-most, -most}) == -most);
    CHECK(actfn::logsumexp0(std::vector<T>{most, most}) == most);
    CHECK(same(actfn::logsumexp0(std::vector<T>{-most, -most}), T(0)));
}

TEMPLATE_TEST_CASE("rows of one and of no element", "[forward]", float, double) {
    using T = TestType;
    std::vector<T> none;
    CHECK(same(actfn::logsumexp(none), -inf<T>));
    CHECK(same(actfn::logsumexp0(none), T(0)));
    actfn::softmax(none, none);
    actfn::softmax0(none, none);
    actfn::log_softmax(none, none);
    actfn::softmax(none, {3, 0}, none);
    std::vector<T> three(3, T(7));
    actfn::logsumexp(none, {3, 0}, three);
    CHECK(all(three, -inf<T>));
    actfn::logsumexp0(none, {3, 0}, three);
    CHECK(all(three, T(0)));

    tally wrong;
    for (const T x : line<T>(4000)) {
        if (!std::isfinite(x)) continue;
        if (actfn::logsumexp(std::vector<T>{x}) != x) wrong.add("logsumexp of", x);
        if (softmax<T>({x})[0] != 1) wrong.add("softmax of", x);
        if (log_softmax<T>({x})[0] != 0) wrong.add("log_softmax of", x);
    }
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("subnormal shares are produced, not flushed", "[forward]", float, double) {
    using T = TestType;
    const T deep = sizeof(T) == 4 ? T(-103) : T(-744);
    for (const T base : {T(0), T(500), T(-3000)}) {
        const auto y = softmax<T>({base, base + deep, base + deep - 5});
        CHECK(y[1] > 0);
        CHECK(y[1] < std::numeric_limits<T>::min());
        CHECK(y[2] == 0);
    }
    CHECK(softmax0<T>({deep})[0] > 0);
    CHECK(actfn::logsumexp0(std::vector<T>{deep}) > 0);
    // From there on down the sum is given up as 0; there this gave the element itself.
    CHECK(actfn::logsumexp0(std::vector<T>{sizeof(T) == 4 ? T(-130) : T(-790)}) == 0);
}

TEMPLATE_TEST_CASE("maxout of special values", "[forward]", float, double) {
    using T = TestType;
    const auto maxout = [](const std::vector<T>& x) {
        std::vector<T> y(1);
        actfn::maxout(x, x.size(), y);
        return y[0];
    };
    CHECK(same(maxout({-inf<T>, -inf<T>}), -inf<T>));
    CHECK(same(maxout({-inf<T>, T(-2), T(-3)}), T(-2)));
    CHECK(same(maxout({T(1), inf<T>}), inf<T>));
    CHECK(same(maxout({T(-0.0), T(0)}), T(-0.0)));
    CHECK(same(maxout({T(0), T(-0.0)}), T(0)));
    for (std::size_t k = 0; k < 3; ++k) {
        std::vector<T> x{T(1), T(2), inf<T>};
        x[k] = not_a_number<T>;
        CHECK(std::isnan(maxout(x)));
    }
}
