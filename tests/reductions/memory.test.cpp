// Rows in place, at the very ends of memory, wherever they lie: the same bits.
#include "reductions/every_loop.hpp"
#include "support/guard.hpp"
#include "support/halves.hpp"
#include "support/tally.hpp"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstring>

using namespace support;

namespace {

template <class T>
std::vector<T> numbers(std::size_t n, std::uint64_t salt = 0) {
    std::mt19937_64 random(seed + salt);
    std::uniform_real_distribution<double> u(-8, 4);
    std::vector<T> v(n);
    for (T& x : v) x = T(static_cast<actfn::compute_type<T>>(u(random)));
    return v;
}

template <class T>
bool equal(std::span<const T> a, const std::vector<T>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](T x, T y) { return same(x, y); });
}

/// Where nothing was written.
template <class T>
constexpr T untouched = T(-123.25f);

} // namespace

TEMPLATE_TEST_CASE("rows of all lengths at both ends of memory, and nothing beyond", "[forward][derivative]",
                   float, double, actfn::float16, actfn::bfloat16) {
    using T = TestType;
    const auto x = numbers<T>(201), w = numbers<T>(201, 1);
    tally wrong;
    guarded<T> a, b, c;
    for_each_row_loop<T>([&](const char* name, auto call) {
        for (std::size_t n = 0; n <= 200; ++n) {
            const actfn::matrix_layout layout{1, n};
            std::vector<T> first(n + 1, untouched<T>), expected(n + 1, untouched<T>);
            const auto result = [&](auto place) {
                const auto s = place(a, n), d = place(b, n + 1), y = place(c, n + 1);
                std::copy_n(x.begin(), n, s.begin());
                std::copy_n(w.begin(), n + 1, d.begin());
                std::fill(y.begin(), y.end(), untouched<T>);
                call(layout, s, d.first(std::max<std::size_t>(n, 1)),
                     y.first(std::max<std::size_t>(n, 1)).first(n == 0 ? 1 : n));
                return std::vector<T>(y.begin(), y.end());
            };
            if (n == 0 && std::string_view(name).find("logsumexp") == std::string_view::npos) {
                continue;
            }
            if (n == 0 && std::string_view(name).find("backward") != std::string_view::npos) continue;
            const auto front = result([](auto& g, std::size_t k) { return g.front(k); });
            const auto back = result([](auto& g, std::size_t k) { return g.back(k); });
            if (!equal(std::span<const T>(front), back)) wrong.add(name, "at both ends of", n);
            if (n > 0 && !same(front[n], untouched<T>)) wrong.add(name, "writes beyond", n);
        }
    });
    CHECK(wrong.report() == "");
    CHECK(a.intact());
    CHECK(b.intact());
    CHECK(c.intact());
}

TEMPLATE_TEST_CASE("a row has the same bits alone and within a matrix, at every offset",
                   "[forward][derivative]", float, double, actfn::float16, actfn::bfloat16) {
    using T = TestType;
    tally wrong;
    for_each_row_loop<T>([&](const char* name, auto call) {
        for (const std::size_t columns :
             std::vector<std::size_t>{1, 2, 5, 31, 32, 33, 64, 77, 128, 200, 1500}) {
            constexpr std::size_t rows = 19; // more than are computed beside each other
            const std::size_t n = rows * columns;
            for (std::size_t offset = 0; offset < 5; ++offset) {
                const auto x = numbers<T>(n + offset), w = numbers<T>(n + offset, 1);
                std::vector<T> whole(n + offset, untouched<T>), alone(n, untouched<T>);
                const auto at = [&](const std::vector<T>& v) {
                    return std::span<const T>(v).subspan(offset);
                };
                call({rows, columns}, at(x), at(w), std::span(whole).subspan(offset));
                // What has one element for each row takes b[row] and gives c[row].
                const std::string_view title(name);
                const bool each_b = title.starts_with("logsumexp") || title == "maxout_backward";
                const bool each_c = title == "logsumexp" || title == "logsumexp0" || title == "maxout";
                for (std::size_t r = 0; r < rows; ++r) {
                    std::vector<T> row(x.begin() + static_cast<std::ptrdiff_t>(offset + r * columns),
                                       x.begin() + static_cast<std::ptrdiff_t>(offset + (r + 1) * columns));
                    const auto from =
                        w.begin() + static_cast<std::ptrdiff_t>(offset + (each_b ? r : r * columns));
                    const std::vector<T> b(from, from + static_cast<std::ptrdiff_t>(columns));
                    std::vector<T> y(row);
                    call({1, columns}, row, b, y);
                    for (std::size_t i = 0; i < (each_c ? 1 : columns); ++i)
                        if (!same(y[i], whole[offset + (each_c ? r : r * columns + i)]))
                            wrong.add(name, "row", r, "of", columns, "offset", offset, "element", i);
                }
            }
        }
    });
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("rows in place have the bits of rows apart", "[forward][derivative]", float, double,
                   actfn::float16, actfn::bfloat16) {
    using T = TestType;
    tally wrong;
    for_each_row_loop<T>([&](const char* name, auto call) {
        const std::string_view title(name);
        if (title == "logsumexp" || title == "logsumexp0" || title == "maxout") return;
        for (const std::size_t columns : std::vector<std::size_t>{1, 3, 31, 32, 33, 150}) {
            const actfn::matrix_layout layout{3, columns};
            const auto x = numbers<T>(layout.size()), w = numbers<T>(layout.size(), 1);
            std::vector<T> apart(layout.size()), in_a = x, in_b = w;
            call(layout, x, w, apart);
            call(layout, in_a, w, in_a);
            if (in_a != apart) wrong.add(name, "in place of the first, columns", columns);
            if (title != "softmax_backward" && title != "log_softmax_backward") continue;
            call(layout, x, in_b, in_b);
            if (in_b != apart) wrong.add(name, "in place of the second, columns", columns);
        }
    });
    CHECK(wrong.report() == "");
}
