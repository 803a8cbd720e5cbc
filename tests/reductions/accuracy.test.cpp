// What is computed of rows keeps its claims, and the claims are no larger than need be.
#include "reductions/rows.hpp"
#include "support/tally.hpp"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace support;

namespace {

/// The largest error of one function, against its claim; of halves what is more than their rounding.
template <class T>
class held {
public:
    held(const char* name, const actfn::row_claims& claims)
        : name_(name), claim_(claims.of<actfn::compute_type<T>>()) {}

    template <class R>
    void note(T result, R exact, const std::vector<T>& row, T x) {
        const double e = error_of(result, exact, claim_);
        most_ = std::max(most_, e);
        if (e > claim_.ulp)
            wrong_.add(name_, "of", computed(x), "in a row of", row.size(), "from", computed(row[0]),
                       "errs by", e);
    }

    /// Returns how much of the claim was found.
    double check() const {
        INFO(name_ << " errs by " << most_ << " ulp");
        CHECK(wrong_.report() == "");
        if (!actfn::half<T> && slowdown == 1) CHECK(most_ >= least_share * claim_.ulp);
        return most_ / claim_.ulp;
    }

private:
    static auto computed(T x) { return static_cast<actfn::compute_type<T>>(x); }

    const char* name_;
    actfn::row_claim claim_;
    double most_ = 0;
    tally wrong_;
};

template <class T>
constexpr std::size_t count = sizeof(T) == 8 ? 100000 : 300000;

/// The share of the claim that one of the functions has to come to. Only where the exact result is that close
/// to the middle of two halves does it show at all.
constexpr double least_share_of_halves = 0.5;

} // namespace

TEMPLATE_TEST_CASE("the claims of softmax, logsumexp and log_softmax hold and are reached",
                   "[forward][accuracy]", float, double, actfn::float16, actfn::bfloat16) {
    using T = TestType;
    using C = actfn::compute_type<T>;
    // Differences of logits take as many digits as they have bits before the point.
    if (finest_digits<C> < std::numeric_limits<C>::digits + 24) SKIP("no type has enough digits");
    held<T> softmax("softmax", actfn::softmax_error);
    held<T> logsumexp("logsumexp", actfn::logsumexp_error), logsumexp0("logsumexp0", actfn::logsumexp0_error);
    held<T> log_softmax("log_softmax", actfn::log_softmax_error);
    for (const auto& x : rows<T>(4096, count<T>)) {
        const exact_row<T> exact(x);
        std::vector<T> y(x.size()), y0(x.size()), l(x.size());
        actfn::softmax(x, y);
        actfn::softmax0(x, y0);
        actfn::log_softmax(x, l);
        std::vector<T> sum(1), sum0(1);
        actfn::logsumexp(x, {1, x.size()}, sum);
        actfn::logsumexp0(x, {1, x.size()}, sum0);
        logsumexp.note(sum[0], exact.logsumexp(), x, x[0]);
        logsumexp0.note(sum0[0], exact.logsumexp0(), x, x[0]);
        // All of a short row; of a long one some, another 32nd each time.
        for (std::size_t i = 0; i < x.size(); i += x.size() <= 64 ? 1 : x.size() / 31) {
            softmax.note(y[i], exact.softmax(i), x, x[i]);
            softmax.note(y0[i], exact.softmax0(i), x, x[i]);
            log_softmax.note(l[i], exact.log_softmax(i), x, x[i]);
        }
    }
    const double shares[] = {softmax.check(), logsumexp.check(), logsumexp0.check(), log_softmax.check()};
    if (actfn::half<T> && slowdown == 1) CHECK(*std::ranges::max_element(shares) >= least_share_of_halves);
}

TEMPLATE_TEST_CASE("the claims of gradients of rows hold and are reached", "[derivative][accuracy]", float,
                   double) {
    using T = TestType;
    using R = finest<double>; // of floats, too: sums in double are what is looked at
    if (finest_digits<T> < std::numeric_limits<T>::digits + 24) SKIP("no type has enough digits");
    const auto magnitude = [](R x) { return static_cast<double>(x < 0 ? -x : x); };
    tally wrong;
    double softmax = 0, log_softmax = 0;
    held<T> logsumexp("logsumexp_backward", actfn::logsumexp_backward_error);
    held<T> logsumexp0("logsumexp0_backward", actfn::logsumexp_backward_error);
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> u(-2, 2), below_2(1.8, 2);
    for (const auto& x : rows<T>(4096, count<T>)) {
        const std::size_t n = x.size();
        std::vector<T> dy(n), y(n), l(n), dx(n), dl(n), ds(n), ds0(n);
        for (T& v : dy) v = static_cast<T>(u(random));
        // The errors of equal ones do not average out.
        if (random() % 2 == 0) std::ranges::fill(dy, dy[0]);
        const T diff = static_cast<T>(below_2(random)); // where errors of softmax count most in the product
        actfn::softmax(x, y);
        actfn::log_softmax(x, l);
        actfn::softmax_backward(y, dy, dx);
        actfn::log_softmax_backward(l, dy, dl);
        actfn::logsumexp_backward(x, diff, ds);
        actfn::logsumexp0_backward(x, diff, ds0);
        const exact_row<T> exact(x);
        R dot = 0, sum = 0;
        double dot_size = 0, sum_size = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const R d = static_cast<R>(dy[i]), product = static_cast<R>(y[i]) * d;
            dot += product, sum += d;
            dot_size += magnitude(product), sum_size += magnitude(d);
        }
        // All of a short row; of a long one some, another 32nd each time.
        for (std::size_t i = 0; i < n; i += n <= 64 ? 1 : n / 31) {
            const auto check = [&](const char* name, const actfn::row_gradient_claims& claims, T got,
                                   R formula, double summed, double& most) {
                const auto claim = claims.of<T>();
                const double off = magnitude(static_cast<R>(got) - formula) - claim.sum(n) * summed;
                const double error = off / static_cast<double>(ulp(static_cast<T>(formula)));
                most = std::max(most, error);
                if (!(error <= claim.ulp))
                    wrong.add(name, "at", i, "of", n, "is", got, "off by", error, "ulp");
            };
            const R share = elementary::exp(static_cast<R>(l[i]));
            check("softmax_backward", actfn::softmax_backward_error, dx[i],
                  static_cast<R>(y[i]) * (static_cast<R>(dy[i]) - dot),
                  magnitude(static_cast<R>(y[i])) * dot_size, softmax);
            check("log_softmax_backward", actfn::log_softmax_backward_error, dl[i],
                  static_cast<R>(dy[i]) - share * sum, magnitude(share) * sum_size, log_softmax);
            const T least = std::numeric_limits<T>::min();
            const auto factor = static_cast<finest<T>>(diff), share0 = exact.softmax0(i);
            if (y[i] >= least) logsumexp.note(ds[i], factor * exact.softmax(i), x, x[i]);
            if (share0 >= static_cast<finest<T>>(least)) logsumexp0.note(ds0[i], factor * share0, x, x[i]);
        }
    }
    CHECK(wrong.report() == "");
    logsumexp.check(), logsumexp0.check();
    CAPTURE(softmax, log_softmax);
    if (slowdown == 1) {
        CHECK(softmax >= least_share * actfn::softmax_backward_error.of<T>().ulp);
        CHECK(log_softmax >= least_share * actfn::log_softmax_backward_error.of<T>().ulp);
    }
}
