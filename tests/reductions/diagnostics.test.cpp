// Sparsity, dead units, saturation and the logarithm of derivatives, against plain loops on wider types.
#include "support/guard.hpp"
#include "support/message.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/diagnostics.hpp>
#include <actfn/functions/relu.hpp>
#include <actfn/functions/sigmoid.hpp>
#include <actfn/functions/softplus.hpp>
#include <actfn/functions/tanh.hpp>
#include <actfn/kernel/elementwise.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace support;

namespace {

template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();

template <class T>
std::vector<T> numbers(std::size_t n, double offset, double spread) {
    std::mt19937_64 random(seed + n);
    std::uniform_real_distribution<double> u(-1, 1);
    std::vector<T> v(n);
    for (T& x : v) x = static_cast<T>(offset + spread * u(random));
    return v;
}

/// A functor of registers and numbers only, as a user may write it: -x^3.
struct falling_cube {
    template <class V>
    V operator()(const V& x) const noexcept {
        return V(0) - x * x * x;
    }
    template <class V>
    V derivative(const V& x) const noexcept {
        return V(-3) * x * x;
    }
};

} // namespace

TEMPLATE_TEST_CASE("sparsity and saturation are counts of a plain loop", "[kernel]", float, double) {
    using T = TestType;
    tally wrong;
    guarded<T> memory;
    const actfn::tanh<T> tanh;
    for (std::size_t n = 0; n < 200; ++n) {
        auto x = numbers<T>(n, 0, 4);
        for (std::size_t i = 0; i < n; i += 3) x[i] = i % 2 ? T(0) : T(-0.0);
        if (n > 5) x[4] = not_a_number<T>, x[5] = -inf<T>;
        const auto there = memory.back(n);
        std::copy(x.begin(), x.end(), there.begin());
        double zeros = 0, flat = 0, flat_cube = 0, flatter = 0;
        for (const T v : x) {
            zeros += v == 0, flat += tanh.derivative(v) < T(actfn::saturation_threshold);
            flatter += tanh.derivative(v) < T(0.01), flat_cube += 3 * v * v < T(0.05);
        }
        const double all = n == 0 ? 1 : static_cast<double>(n);
        if (actfn::sparsity(there) != zeros / all) wrong.add("sparsity of", n);
        if (actfn::saturated_fraction(tanh, there) != flat / all) wrong.add("saturation of", n);
        if (actfn::saturated_fraction(tanh, there, T(0.01)) != flatter / all) wrong.add("threshold", n);
        if (actfn::saturated_fraction(falling_cube{}, there) != flat_cube / all) wrong.add("own functor", n);
    }
    CHECK(wrong.report() == "");
    CHECK(actfn::saturated_fraction(tanh, std::vector<T>{T(2.1), T(2.2), T(-2.2), T(0)}) == 0.5);
    CHECK(actfn::sparsity(std::vector<T>(3000000)) == 1);
}

TEMPLATE_TEST_CASE("dead units are the columns without a sign of life", "[kernel]", float, double) {
    using T = TestType;
    tally wrong;
    for (const std::size_t rows : std::vector<std::size_t>{0, 1, 2, 15, 16, 17, 33, 100}) {
        for (std::size_t columns = 0; columns < 200; columns += 1 + columns / 9) {
            const actfn::matrix_layout layout{rows, columns};
            std::vector<T> x(layout.size(), T(-1)), y(layout.size());
            std::vector<std::uint8_t> mask(columns, 7), by_slope(columns, 7);
            std::size_t dead = 0;
            // Column c lives in one row only, or not at all.
            for (std::size_t c = 0; c < columns; ++c) {
                const bool lives = rows > 0 && c % 3 != 1;
                if (lives) x[((c * 7) % rows) * columns + c] = c % 5 == 0 ? not_a_number<T> : T(1e-30f);
                dead += rows > 0 && !lives;
            }
            actfn::forward(actfn::relu<T>{}, x, y);
            if (actfn::dead_units(y, layout, mask) != dead || actfn::dead_units(y, layout) != dead)
                wrong.add("count of", rows, "x", columns);
            if (actfn::dead_units(actfn::relu<T>{}, x, layout, by_slope) != dead || by_slope != mask)
                wrong.add("by derivative", rows, "x", columns);
            for (std::size_t c = 0; c < columns; ++c)
                if (mask[c] != (rows > 0 && c % 3 == 1)) wrong.add("column", c, "of", rows, "x", columns);
        }
    }
    CHECK(wrong.report() == "");
    // tanh is not 0 where its derivative is.
    const std::vector<T> far{T(1000), T(1), T(-1000), T(1000)};
    CHECK(actfn::dead_units(actfn::tanh<T>{}, far, {2, 2}) == 1);
    CHECK(actfn::dead_units(falling_cube{}, std::vector<T>{0, 1, T(-0.0), 0}, {2, 2}) == 1);
}

TEMPLATE_TEST_CASE("diagnostics refuse what does not fit", "[kernel]", float, double) {
    using T = TestType;
    std::vector<T> x(12, T(0.5)), y(11), sum(12);
    std::vector<std::uint8_t> mask(5, 7);
    CHECK(message([&] { actfn::dead_units(x, {2, 5}); }) ==
          "actfn::dead_units: dst has 12 elements, the layout 2 x 5 has 10");
    CHECK(message([&] { actfn::dead_units(actfn::relu<T>{}, x, {2, 5}, mask); }) ==
          "actfn::dead_units: src has 12 elements, the layout 2 x 5 has 10");
    CHECK(message([&] { actfn::dead_units(x, {2, 6}, mask); }) ==
          "actfn::dead_units: mask has 5 elements, the layout 2 x 6 has 6 columns");
    CHECK(message([&] { static_cast<void>(actfn::saturated_fraction(actfn::tanh<T>{}, x, T(-1))); }) ==
          "saturated_fraction: threshold must be at least 0, is -1");
    CHECK(message([&] { static_cast<void>(actfn::saturated_fraction(actfn::softplus<T>{.beta = 0}, x)); }) !=
          "");
    CHECK(message([&] { actfn::accumulate_log_derivative(actfn::tanh<T>{}, x, y); }) ==
          "actfn::accumulate_log_derivative: log_product has 11 elements, src has 12: 1 too few");
    CHECK(message([&] { actfn::accumulate_log_derivative(actfn::tanh<T>{}, x, x); }) ==
          "actfn::accumulate_log_derivative: log_product and src share 12 of 12 elements; they must lie "
          "apart");
    CHECK(message([&] { actfn::accumulate_log_derivative(actfn::softplus<T>{.beta = 0}, x, sum); }) != "");
    CHECK(x == std::vector<T>(12, T(0.5)));
    CHECK(mask == std::vector<std::uint8_t>(5, 7));
}

TEMPLATE_TEST_CASE("log keeps its claim and needs it", "[accuracy]", float, double) {
    using T = TestType;
    using W = wider<T>;
    if (!has_wider<T>) SKIP("no wider type");
    constexpr std::size_t width = xsimd::batch<T>::size;
    auto x = line<T>(400000, {T(1)});
    std::erase_if(x, [](T v) { return !(v > 0) || !std::isfinite(v); });
    // Near 1, where it is small, and beside the ends of the reduction.
    append_stretches(x, T(0.5), T(2), 400000 / slowdown);
    x.resize(x.size() / width * width);
    const actfn::error_claim claim = actfn::math::log_error.of<T>();
    worst<T> found;
    for (std::size_t i = 0; i < x.size(); i += width) {
        T y[width];
        actfn::math::log(xsimd::batch<T>::load_unaligned(&x[i])).store_unaligned(y);
        for (std::size_t k = 0; k < width; ++k)
            found.note(x[i + k] == 1 ? (y[k] == 0 ? 0 : 99)
                                     : ulp_error(y[k], std::log(static_cast<W>(x[i + k]))),
                       x[i + k]);
    }
    INFO(found.error << " at " << text(found.at));
    CHECK(found.error <= claim.ulp);
    const auto of = [](T v) { return actfn::math::log(xsimd::batch<T>(v)).get(0); };
    const T worst_at = static_cast<T>(claim.worst_at);
    CHECK(ulp_error(of(worst_at), std::log(static_cast<W>(worst_at))) >=
          claim.ulp - actfn::error_claim::resolution<T>);
    CHECK(of(T(0)) == -inf<T>);
    CHECK(of(inf<T>) == inf<T>);
    CHECK(std::isnan(of(not_a_number<T>)));
    CHECK(of(T(1)) == 0);
}

TEMPLATE_TEST_CASE("logarithms of derivatives add up along the layers", "[accuracy]", float, double) {
    using T = TestType;
    using W = wider<T>;
    if (!has_wider<T>) SKIP("no wider type");
    tally wrong;
    const actfn::sigmoid<T> f;
    for (const std::size_t n : std::vector<std::size_t>{0, 1, 7, 16, 33, 1000}) {
        std::vector<T> sum(n, T(0));
        std::vector<W> exact(n, W(0));
        double bound = 0;
        for (std::size_t layer = 0; layer < 200; ++layer) {
            const auto x = numbers<T>(n + layer, 0, 20);
            const auto src = std::span(x).first(n);
            actfn::accumulate_log_derivative(f, src, sum);
            W most = 1, most_log = 1;
            for (std::size_t i = 0; i < n; ++i) {
                const W log = std::log(truth(f, src[i]).derivative);
                exact[i] += log;
                most = std::max(most, std::fabs(exact[i])), most_log = std::max(most_log, std::fabs(log));
            }
            bound += f.derivative_error().ulp * static_cast<double>(std::numeric_limits<T>::epsilon()) +
                     actfn::math::log_error.of<T>().ulp * static_cast<double>(ulp(static_cast<T>(most_log))) +
                     actfn::half_ulp * static_cast<double>(ulp(static_cast<T>(most)));
        }
        for (std::size_t i = 0; i < n; ++i)
            if (std::fabs(static_cast<double>(static_cast<W>(sum[i]) - exact[i])) > bound)
                wrong.add("unit", i, "of", n, "has", sum[i], "not", static_cast<double>(exact[i]));
    }
    CHECK(wrong.report() == "");

    std::vector<T> sum{0, 0, 0, T(-3)};
    actfn::accumulate_log_derivative(actfn::relu<T>{}, std::vector<T>{-1, not_a_number<T>, 2, 2}, sum);
    CHECK(same(sum[0], -inf<T>));
    CHECK(std::isnan(sum[1]));
    CHECK(same(sum[2], T(0)));
    CHECK(same(sum[3], T(-3)));
    actfn::accumulate_log_derivative(actfn::relu<T>{}, std::vector<T>{1, 1, 1, 1}, sum);
    CHECK(same(sum[0], -inf<T>));
    // A falling function counts with the magnitude of its slope.
    std::vector<T> one{0};
    actfn::accumulate_log_derivative(falling_cube{}, std::vector<T>{2}, one);
    CHECK(ulp_error(one[0], std::log(W(12))) <= actfn::math::log_error.of<T>().ulp);
}
