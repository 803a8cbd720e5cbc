// The summary of activations against sums with more digits, whatever the elements' offset and order.
#include "support/bits.hpp"
#include "support/guard.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/reductions/summary.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <span>
#include <stdexcept>

using namespace support;

namespace {

template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();

template <class T>
std::vector<T> numbers(std::size_t n, double offset, double spread, std::uint64_t salt = 0) {
    std::mt19937_64 random(seed + n + salt);
    std::uniform_real_distribution<double> u(-1, 1);
    std::vector<T> v(n);
    for (T& x : v) x = static_cast<T>(offset + spread * u(random));
    return v;
}

/// The same from the definitions, two passes on many digits; there are finite elements.
template <class T>
struct exact_summary {
    using R = finest<double>;
    R mean, variance, about_centre;

    explicit exact_summary(std::span<const T> x) {
        const auto itself = [](T v) { return static_cast<R>(v); };
        const auto first = std::find_if(x.begin(), x.end(), [](T v) { return std::isfinite(v); });
        const auto from_first = x.subspan(static_cast<std::size_t>(first - x.begin()));
        const R centre = average(from_first.first(std::min<std::size_t>(from_first.size(), 1024)), itself);
        mean = average(x, itself);
        variance = average(x, [&](T v) { return (itself(v) - mean) * (itself(v) - mean); });
        about_centre = average(x, [&](T v) { return (itself(v) - centre) * (itself(v) - centre); });
    }

    /// The larger error of mean and variance in the units of summary_error, but for half an ulp, the last
    /// rounding.
    double error_of(const actfn::activation_summary& found) const {
        const auto error = [](double got, R is, double unit) {
            const double off = static_cast<double>(static_cast<R>(got) - is);
            const double left = std::fabs(off) - static_cast<double>(ulp(got)) / 2;
            return left <= 0 ? 0 : left / unit;
        };
        const double square = static_cast<double>(about_centre);
        return std::max(error(found.mean, mean, std::sqrt(square)), error(found.variance, variance, square));
    }

private:
    /// The mean of g(v) over the finite ones.
    template <class G>
    static R average(std::span<const T> x, G g) {
        R sum = 0, n = 0;
        for (const T v : x)
            if (std::isfinite(v)) sum += g(v), n += 1;
        return sum / n;
    }
};

/// Whether there are digits for it.
constexpr bool has_exact_summary = finest_digits<double> > 100;

bool equal(const actfn::activation_summary& a, const actfn::activation_summary& b) {
    return a.count == b.count && a.zeros == b.zeros && a.nans == b.nans && a.infinities == b.infinities &&
           same(a.mean, b.mean) && same(a.variance, b.variance) && same(a.smallest, b.smallest) &&
           same(a.largest, b.largest);
}

} // namespace

TEMPLATE_TEST_CASE("mean and variance keep their claim wherever the elements lie", "[accuracy]", float,
                   double) {
    using T = TestType;
    if (!has_exact_summary) SKIP("no type has enough digits");
    double most = 0;
    tally wrong;
    const auto check = [&](const std::vector<T>& x, const char* what) {
        const exact_summary<T> exact(x);
        const auto found = actfn::summary(x);
        const double e = exact.error_of(found);
        most = std::max(most, e);
        if (e > actfn::summary_error) wrong.add(what, "of", x.size(), "errs by", e);
        if (exact.variance == 0 && found.variance != 0) wrong.add(what, "has no variance", x.size());
    };
    for (const std::size_t n : std::vector<std::size_t>{1, 2, 15, 16, 17, 1000, 1024, 1025, 5000, 100000}) {
        for (const double offset : {0.0, 1.0, -1e4, 1e6})
            for (const double spread : {0.0, 1e-3, 1.0, 300.0}) check(numbers<T>(n, offset, spread), "a row");
        auto x = numbers<T>(n, 0, 1);
        x[0] = T(1e6);
        check(x, "a first one far off");
        std::fill_n(x.begin(), std::min<std::size_t>(n, 1024), T(1e6));
        check(x, "a first block far off");
        std::sort(x.begin(), x.end());
        check(x, "ascending");
        // All roundings to one side.
        std::fill(x.begin(), x.end(), T(0.1)), x[0] = T(0.7);
        check(x, "all but one equal");
        x = numbers<T>(n, -0.9e-3, 1e-3);
        for (T& v : x) v = std::max(v, T(0));
        check(x, "a rectified row");
    }
    // The blocks' sums round alike, each time.
    std::vector<T> even(1000000 / slowdown);
    for (std::size_t i = 0; i < even.size(); ++i) even[i] = i % 2 ? T(0.1) : T(-0.1);
    check(even, "a million of one size");
    INFO("largest error " << most << " of " << actfn::summary_error);
    CHECK(wrong.report() == "");
    if (slowdown == 1 && sizeof(T) == 8) CHECK(most >= actfn::summary_error / 4);
}

TEMPLATE_TEST_CASE("counts and extremes are those of a plain loop", "[special]", float, double) {
    using T = TestType;
    tally wrong;
    std::mt19937_64 random(seed);
    for (std::size_t n = 0; n < 3000; n += 1 + n / 16) {
        for (const double rate : {0.0, 0.01, 0.6, 1.0}) {
            auto x = numbers<T>(n, 1, 2);
            const T odd[] = {T(0), T(-0.0), inf<T>, -inf<T>, not_a_number<T>, T(3)};
            for (T& v : x)
                if (static_cast<double>(random() % 1000) < 1000 * rate) v = odd[random() % 6];
            std::vector<T> finite;
            actfn::activation_summary is;
            for (const T v : x) {
                is.zeros += v == 0, is.nans += std::isnan(v), is.infinities += std::isinf(v);
                if (std::isfinite(v)) finite.push_back(v);
            }
            const auto found = actfn::summary(x);
            if (found.count != n || found.zeros != is.zeros || found.nans != is.nans ||
                found.infinities != is.infinities || found.finite() != finite.size())
                wrong.add("counts of", n, "with", rate);
            if (finite.empty()) {
                if (!std::isnan(found.mean) || !std::isnan(found.variance) || !std::isnan(found.smallest))
                    wrong.add("none finite of", n);
                continue;
            }
            if (found.smallest != static_cast<double>(*std::min_element(finite.begin(), finite.end())) ||
                found.largest != static_cast<double>(*std::max_element(finite.begin(), finite.end())))
                wrong.add("extremes of", n, "with", rate);
            if (has_exact_summary && exact_summary<T>(x).error_of(found) > actfn::summary_error)
                wrong.add("what is not finite changes the mean or variance of", n);
        }
    }
    CHECK(wrong.report() == "");
}

TEST_CASE("squares and sums of doubles that overflow leave counts and extremes right", "[special]") {
    const auto of = [](double x, std::size_t n) {
        std::vector<double> v(n, x);
        for (std::size_t i = 1; i < n; i += 2) v[i] = -x;
        v.insert(v.end(), {0, -0.0, inf<double>});
        const auto s = actfn::summary(v);
        CHECK((s.count == n + 3 && s.zeros == 2 && s.infinities == 1));
        CHECK((s.smallest == -x && s.largest == x));
        return s;
    };
    constexpr double largest = std::numeric_limits<double>::max();
    // Below 2^512 / sqrt(count), at most.
    for (const std::size_t n : {std::size_t{2}, std::size_t{12}, std::size_t{4092}}) {
        const double below = 0x1p511 / std::sqrt(static_cast<double>(n));
        CHECK(std::isfinite(of(below, n).variance));
        CHECK(std::fabs(of(below, n).mean) <= actfn::summary_error * below);
        CHECK(std::isnan(of(4 * below, n).variance));
        CHECK(std::fabs(of(4 * below, n).mean) <= actfn::summary_error * 4 * below);
    }
    CHECK(std::isnan(of(largest, 2).mean));
    // Deviations count, and not where they lie.
    const auto far = actfn::summary(std::vector<double>(3000, largest));
    CHECK(far.mean == largest);
    CHECK(far.variance == 0);
    constexpr float most = std::numeric_limits<float>::max();
    CHECK(std::isfinite(actfn::summary(std::vector<float>{most, -most, most}).variance));
}

TEMPLATE_TEST_CASE("a summary reads nothing beyond its span, and each row alone", "[kernel]", float, double) {
    using T = TestType;
    guarded<T> memory;
    tally wrong;
    for (std::size_t n = 0; n < 200; ++n) {
        const auto x = numbers<T>(n, 0, 1);
        const auto front = memory.front(n), back = memory.back(n);
        std::copy(x.begin(), x.end(), front.begin());
        const auto first = actfn::summary(front);
        std::copy(x.begin(), x.end(), back.begin());
        if (!equal(first, actfn::summary(back)) || !equal(first, actfn::summary(x)))
            wrong.add("differs at both ends of", n);
    }
    const actfn::matrix_layout layout{3, 1500};
    const auto x = numbers<T>(layout.size(), 4, 1);
    std::vector<actfn::activation_summary> rows(3);
    actfn::summary(x, layout, rows);
    for (std::size_t r = 0; r < 3; ++r)
        if (!equal(rows[r], actfn::summary(std::span(x).subspan(r * 1500, 1500)))) wrong.add("row", r);
    CHECK(wrong.report() == "");
    CHECK_THROWS_AS(actfn::summary(x, {3, 1501}, rows), std::invalid_argument);
    CHECK_THROWS_AS(actfn::summary(x, {2, 2250}, rows), std::invalid_argument);
}

TEST_CASE("merging errs by no more than claimed, and by more than half of it", "[accuracy]") {
    using R = finest<double>;
    if (!has_exact_summary) SKIP("no type has enough digits");
    std::mt19937_64 random(seed);
    const auto uniform = [&] { return 0x1p-53 * static_cast<double>(random() >> 11); };
    const auto any = [&](std::size_t most) {
        actfn::activation_summary s;
        s.count = 1 + random() % most;
        s.mean = std::ldexp(2 * uniform() - 1, static_cast<int>(random() % 20));
        s.variance = random() % 7 == 0 ? 0 : std::ldexp(uniform(), static_cast<int>(random() % 30));
        return s;
    };
    double most = 0;
    for (int i = 0; i < 200000 / static_cast<int>(slowdown); ++i) {
        const auto a = any(i % 2 ? 10 : 1000000), b = any(i % 3 ? 10 : 1000000);
        const auto both = actfn::merged(a, b);
        const R m = static_cast<R>(a.count), n = static_cast<R>(b.count), part = n / (m + n);
        const R between = static_cast<R>(b.mean) - static_cast<R>(a.mean);
        const R mean = static_cast<R>(a.mean) + between * part;
        const R variance = static_cast<R>(a.variance) * (m / (m + n)) + static_cast<R>(b.variance) * part +
                           between * between * part * (m / (m + n));
        const auto error = [](double got, R is, double unit) {
            return std::fabs(static_cast<double>(static_cast<R>(got) - is)) / unit;
        };
        most = std::max({most, error(both.mean, mean, std::max(std::fabs(a.mean), std::fabs(b.mean))),
                         error(both.variance, variance,
                               std::max({a.variance, b.variance, static_cast<double>(variance)}))});
    }
    CHECK(most <= actfn::merged_error);
    if (slowdown == 1) CHECK(most > actfn::merged_error / 2);
}

TEMPLATE_TEST_CASE("summaries of pieces merge into that of the whole", "[accuracy]", float, double) {
    using T = TestType;
    auto x = numbers<T>(10000, 0.5, 0.5);
    x[4] = x[9000] = 0, x[7] = not_a_number<T>, x[8000] = inf<T>;
    const auto whole = actfn::summary(x);
    actfn::activation_summary sum;
    for (std::size_t i = 0; i < x.size(); i += 1250)
        sum = actfn::merged(sum, actfn::summary(std::span(x).subspan(i, 1250)));
    CHECK(sum.count == whole.count);
    CHECK(sum.zeros == whole.zeros);
    CHECK(sum.nans == whole.nans);
    CHECK(sum.infinities == whole.infinities);
    CHECK(sum.smallest == whole.smallest);
    CHECK(sum.largest == whole.largest);
    CHECK(equal(actfn::merged(whole, {}), whole));
    CHECK(equal(actfn::merged({}, whole), whole));
    if (!has_exact_summary) return;
    // No element, and so no mean, variance or mean square, is larger than 1; there are eight calls.
    const exact_summary<T> exact(x);
    constexpr double bound = actfn::summary_error + 8 * actfn::merged_error;
    CHECK(std::fabs(sum.mean - static_cast<double>(exact.mean)) <= bound);
    CHECK(std::fabs(sum.variance - static_cast<double>(exact.variance)) <= bound);
}
