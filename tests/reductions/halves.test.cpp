// Rows and diagnostics of halves: what floats give, rows rounded once.
#include "support/halves.hpp"
#include "reductions/every_loop.hpp"
#include "reductions/rows.hpp"
#include "support/tally.hpp"

#include <actfn/diagnostics.hpp>
#include <actfn/functions/tanh.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace support;

namespace {

/// Halves around offset as elements T; with specials every 37th of any bits, so that there are infinities,
/// NaNs and subnormal ones.
template <class H, class T>
std::vector<T> numbers(std::size_t n, float offset, float spread, bool specials) {
    std::mt19937_64 random(seed + n);
    std::vector<T> v;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t word = random();
        const float u = 0x1p-23f * static_cast<float>(word >> 40) - 1;
        const H h = specials && word % 37 == 0 ? half_of<H>(static_cast<std::uint16_t>(word >> 8))
                                               : H(offset + spread * u);
        v.push_back(T(static_cast<float>(h)));
    }
    return v;
}

template <class T>
struct result {
    const char* name;
    std::vector<T> dst;
};

/// What every function of rows makes of halves H that are held as T.
template <class H, class T>
std::vector<result<T>> results() {
    std::vector<result<T>> all;
    for_each_row_loop<T>([&](const char* name, auto call) {
        for (const float offset : {0.0f, -9.0f, 170.0f, 5000.0f})
            for (const float spread : {0.1f, 4.0f, 300.0f})
                for (std::size_t n = 1; n <= 4096; n += 1 + n / 5)
                    for (const bool specials : {false, true}) {
                        const auto a = numbers<H, T>(n, offset, spread, specials);
                        const auto b = numbers<H, T>(n, 0, 2, specials);
                        all.push_back({name, std::vector<T>(n, T(-123.25f))});
                        call({1, n}, a, b, all.back().dst);
                    }
    });
    return all;
}

} // namespace

TEMPLATE_TEST_CASE("a row of halves gives what the row of floats gives, rounded once",
                   "[half][forward][derivative]", actfn::float16, actfn::bfloat16) {
    using H = TestType;
    const auto got = results<H, H>();
    const auto of_floats = results<H, float>();
    REQUIRE(got.size() == of_floats.size());
    tally wrong;
    for (std::size_t k = 0; k < got.size(); ++k)
        for (std::size_t i = 0; i < got[k].dst.size(); ++i)
            if (!same(got[k].dst[i], H(of_floats[k].dst[i])))
                wrong.add(got[k].name, "element", i, "of", got[k].dst.size(), "is",
                          static_cast<float>(got[k].dst[i]), "not", of_floats[k].dst[i]);
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("logsumexp of one row of halves is a float, and so is the gradient it is given",
                   "[half][forward][derivative]", actfn::float16, actfn::bfloat16) {
    using H = TestType;
    const auto halves = numbers<H, H>(100, 0, 4, false);
    const auto floats = numbers<H, float>(100, 0, 4, false);
    static_assert(std::same_as<decltype(actfn::logsumexp(halves)), float>);
    CHECK(actfn::logsumexp(halves) == actfn::logsumexp(floats));
    CHECK(actfn::logsumexp0(halves) == actfn::logsumexp0(floats));
    std::vector<H> dx(100), dx0(100);
    std::vector<float> of_floats(100), of_floats0(100);
    actfn::logsumexp_backward(halves, 0.3f, dx);
    actfn::logsumexp_backward(floats, 0.3f, of_floats);
    actfn::logsumexp0_backward(halves, 0.3f, dx0);
    actfn::logsumexp0_backward(floats, 0.3f, of_floats0);
    for (std::size_t i = 0; i < 100; ++i) {
        CHECK(same(dx[i], H(of_floats[i])));
        CHECK(same(dx0[i], H(of_floats0[i])));
    }
}

TEMPLATE_TEST_CASE("diagnostics of halves are those of the floats they stand for", "[half][kernel]",
                   actfn::float16, actfn::bfloat16) {
    using H = TestType;
    const actfn::tanh<float> f;
    for (const bool specials : {false, true})
        for (const std::size_t columns : std::vector<std::size_t>{5, 7, 33, 128, 1500}) {
            const actfn::matrix_layout layout{5, columns};
            const auto found = [&]<class T>(std::vector<T> x) {
                // Zeros, columns that are dead and some that are saturated.
                for (std::size_t i = 0; i < x.size(); ++i)
                    if (i % columns % 4 == 0) x[i] = T(i % columns % 8 == 0 ? 0.0f : 100.0f);
                std::vector<std::uint8_t> mask(columns), flat(columns);
                std::vector<float> log_product(x.size(), 0.25f);
                actfn::accumulate_log_derivative(f, x, log_product);
                std::vector<actfn::activation_summary> each(layout.rows);
                actfn::summary(x, layout, each);
                each.push_back(actfn::summary(x));
                std::vector<double> numbers{actfn::sparsity(x), actfn::saturated_fraction(f, x),
                                            static_cast<double>(actfn::dead_units(x, layout, mask)),
                                            static_cast<double>(actfn::dead_units(f, x, layout, flat))};
                for (const auto& s : each)
                    for (const double v : {static_cast<double>(s.count), static_cast<double>(s.zeros),
                                           static_cast<double>(s.nans), static_cast<double>(s.infinities),
                                           s.mean, s.variance, s.smallest, s.largest})
                        numbers.push_back(v);
                for (const float v : log_product) numbers.push_back(static_cast<double>(v));
                numbers.insert(numbers.end(), mask.begin(), mask.end());
                numbers.insert(numbers.end(), flat.begin(), flat.end());
                return numbers;
            };
            const auto got = found(numbers<H, H>(layout.size(), 0, 4, specials)),
                       of_floats = found(numbers<H, float>(layout.size(), 0, 4, specials));
            CHECK(std::equal(got.begin(), got.end(), of_floats.begin(), of_floats.end(), same<double>));
            CHECK(got[0] > 0);
            CHECK(got[2] > 0);
            CHECK(got[3] > 0);
        }
}
