// What is computed of rows keeps its claims, and the claims are no larger than need be.
#include "reductions/rows.hpp"
#include "support/tally.hpp"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace support;

namespace {

/// The largest error of one function, against its claim.
template <class T>
class held {
public:
    held(const char* name, const actfn::row_claims& claims) : name_(name), claim_(claims.of<T>()) {}

    template <class R>
    void note(T result, R exact, const std::vector<T>& row, T x) {
        const double e = error_of(result, exact, claim_);
        most_ = std::max(most_, e);
        if (e > claim_.ulp)
            wrong_.add(name_, "of", computed(x), "in a row of", row.size(), "from", computed(row[0]),
                       "errs by", e);
    }

    /// Returns how much of the claim was found; of halves how much of what is more than their rounding.
    double check() const {
        INFO(name_ << " errs by " << most_ << " ulp");
        CHECK(wrong_.report() == "");
        if constexpr (actfn::half<T>) return (most_ - 0.5) / (claim_.ulp - 0.5);
        if (slowdown == 1) CHECK(most_ >= least_share * claim_.ulp);
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

/// The share of what halves may err by beyond half an ulp that one of the functions has to come to. Only
/// where the exact result is that close to the middle of two halves does it show at all.
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
