// Maxout in registers against a plain loop: ties, signed zeros, infinities and NaN at every piece, any number
// of outputs.
#include "support/guard.hpp"
#include "support/halves.hpp"
#include "support/tally.hpp"

#include <actfn/reductions/maxout.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace support;

namespace {

/// Few values, so that many are equal; every 9th of them special.
template <class T>
std::vector<T> with_ties(std::size_t n) {
    using C = actfn::compute_type<T>;
    constexpr C inf = std::numeric_limits<C>::infinity();
    const C special[] = {C(0), C(-0.0), inf, -inf, std::numeric_limits<C>::quiet_NaN(), C(1e-40)};
    std::mt19937_64 random(seed + n);
    std::vector<T> v(n);
    for (T& x : v) x = T(random() % 9 == 0 ? special[random() % 6] : static_cast<C>(random() % 5) - C(2));
    return v;
}

/// The first NaN, else the first of the largest.
template <class T>
std::size_t winner(std::span<const T> x) {
    for (std::size_t k = 0; k < x.size(); ++k)
        if (std::isnan(static_cast<actfn::compute_type<T>>(x[k]))) return k;
    return static_cast<std::size_t>(std::max_element(x.begin(), x.end()) - x.begin());
}

} // namespace

TEMPLATE_TEST_CASE("maxout takes the first of the largest, whatever the number of pieces and outputs",
                   "[forward][derivative]", float, double, actfn::float16, actfn::bfloat16) {
    using T = TestType;
    const auto alike = [](T p, T q) { return same(p, q); };
    tally wrong;
    guarded<T> a, b, c;
    for (std::size_t pieces = 1; pieces <= 17; ++pieces) {
        for (std::size_t n = 0; n * pieces <= 500; ++n) {
            const auto x = with_ties<T>(n * pieces), w = with_ties<T>(n);
            std::vector<T> y(n), dx(n * pieces, T(0));
            for (std::size_t i = 0; i < n; ++i) {
                const auto k = winner(std::span<const T>(x).subspan(i * pieces, pieces));
                y[i] = x[i * pieces + k], dx[i * pieces + k] = w[i];
            }
            const auto check = [&](const auto& src, const auto& each, const auto& dst) {
                std::copy(x.begin(), x.end(), src.begin());
                actfn::maxout(src, pieces, each);
                if (!std::equal(y.begin(), y.end(), each.begin(), each.end(), alike))
                    wrong.add("maxout of", pieces, "pieces for", n);
                std::copy(w.begin(), w.end(), each.begin());
                actfn::maxout_backward(src, pieces, each, dst);
                if (!std::equal(dx.begin(), dx.end(), dst.begin(), dst.end(), alike))
                    wrong.add("maxout_backward of", pieces, "pieces for", n);
            };
            check(a.front(n * pieces), b.front(n), c.front(n * pieces));
            check(a.back(n * pieces), b.back(n), c.back(n * pieces));
            check(a.back(n * pieces), b.back(n), a.back(n * pieces));
        }
    }
    CHECK(wrong.report() == "");
    CHECK(a.intact());
    CHECK(b.intact());
    CHECK(c.intact());
}
