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

/// Whether a function takes one element of b, gives one of c, for each row.
struct for_each_row_one {
    bool b, c;
};
for_each_row_one one_for_each_row(std::string_view name) {
    return {name.starts_with("logsumexp") || name == "maxout_backward",
            name == "logsumexp" || name == "logsumexp0" || name == "maxout"};
}

/// Rows of every kind in turn: numbers, one that is all of the row, NaN, infinities, far off.
template <class T>
void make_kinds(std::span<T> x, std::size_t columns) {
    constexpr float inf = std::numeric_limits<float>::infinity();
    for (std::size_t r = 0; r < x.size() / columns; ++r) {
        const auto row = x.subspan(r * columns, columns);
        T& one = row[r % columns];
        const auto shift = [&](double by) {
            for (T& v : row) v = T(static_cast<actfn::compute_type<T>>(double(v) + by));
        };
        switch (r % 8) {
        case 1:
            one = T(60.0f);
            break;
        case 2:
            one = T(std::numeric_limits<float>::quiet_NaN());
            break;
        case 3:
            one = T(inf);
            break;
        case 4:
            std::fill(row.begin(), row.end(), T(-inf));
            break;
        case 5:
            shift(5000);
            break;
        case 6:
            shift(-5000);
            break;
        case 7:
            one = T(-inf);
            break;
        default:
            break;
        }
    }
}

/// Where nothing was written.
template <class T>
constexpr T untouched = T(-123.25f);

} // namespace

TEMPLATE_TEST_CASE("rows of all lengths at both ends of memory, and nothing beyond", "[forward][derivative]",
                   float, double, actfn::float16, actfn::bfloat16) {
    using T = TestType;
    const auto x = numbers<T>(510), w = numbers<T>(510, 1);
    tally wrong;
    guarded<T> a, b, c;
    for_each_row_loop<T>([&](const char* name, auto call) {
        const auto each = one_for_each_row(name);
        const bool may_be_empty =
            std::string_view(name) == "logsumexp" || std::string_view(name) == "logsumexp0";
        for (const std::size_t rows : {std::size_t{1}, std::size_t{3}}) { // alone; two in step and one more
            for (std::size_t columns = may_be_empty ? 0 : 1; columns <= 170; ++columns) {
                const std::size_t n = rows * columns, read = each.b ? rows : n, written = each.c ? rows : n;
                const auto result = [&](auto place) {
                    const auto s = place(a, n), d = place(b, read), y = place(c, written);
                    std::copy_n(x.begin(), n, s.begin());
                    std::copy_n(w.begin(), read, d.begin());
                    std::fill(y.begin(), y.end(), untouched<T>);
                    call({rows, columns}, s, d, y);
                    return std::vector<T>(y.begin(), y.end());
                };
                const auto front = result([](auto& g, std::size_t k) { return g.front(k); });
                const auto back = result([](auto& g, std::size_t k) { return g.back(k); });
                if (!equal(std::span<const T>(front), back))
                    wrong.add(name, "at both ends of", rows, "x", columns);
            }
        }
    });
    CHECK(wrong.report() == "");
    CHECK(a.intact());
    CHECK(b.intact());
    CHECK(c.intact());
}

TEMPLATE_TEST_CASE("a row has the same bits alone and beside rows of every kind, at every offset",
                   "[forward][derivative]", float, double, actfn::float16, actfn::bfloat16) {
    using T = TestType;
    tally wrong;
    for_each_row_loop<T>([&](const char* name, auto call) {
        for (const std::size_t columns :
             std::vector<std::size_t>{1, 2, 5, 31, 32, 33, 64, 77, 128, 200, 1500}) {
            constexpr std::size_t rows = 19; // more than are computed beside each other
            const std::size_t n = rows * columns;
            for (std::size_t offset = 0; offset < 5; ++offset) {
                auto x = numbers<T>(n + offset);
                make_kinds(std::span(x).subspan(offset), columns);
                const auto w = numbers<T>(n + offset, 1);
                std::vector<T> whole(n + offset, untouched<T>);
                const auto at = [&](const std::vector<T>& v) {
                    return std::span<const T>(v).subspan(offset);
                };
                call({rows, columns}, at(x), at(w), std::span(whole).subspan(offset));
                const auto each = one_for_each_row(name);
                for (std::size_t r = 0; r < rows; ++r) {
                    std::vector<T> row(x.begin() + static_cast<std::ptrdiff_t>(offset + r * columns),
                                       x.begin() + static_cast<std::ptrdiff_t>(offset + (r + 1) * columns));
                    const auto from =
                        w.begin() + static_cast<std::ptrdiff_t>(offset + (each.b ? r : r * columns));
                    const std::vector<T> b(from, from + static_cast<std::ptrdiff_t>(columns));
                    std::vector<T> y(row);
                    call({1, columns}, row, b, y);
                    for (std::size_t i = 0; i < (each.c ? 1 : columns); ++i)
                        if (!same(y[i], whole[offset + (each.c ? r : r * columns + i)]))
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
        if (one_for_each_row(name).c) return;
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
