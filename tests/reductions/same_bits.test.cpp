// All instruction sets with fused multiply-add give the same bits for rows: every build compares its results
// with the same stored hashes.
#include "reductions/every_loop.hpp"
#include "support/halves.hpp"
#include "support/stored_hashes.hpp"

#include <actfn/diagnostics.hpp>
#include <actfn/functions/tanh.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <string>

using namespace support;

namespace {

/// Hashes of all results by function, as the test itself prints them where one is missing.
const stored_hashes stored{
#include "hashes.inc"
};

/// The same numbers with every standard library, and whether or not the compiler fuses products and sums.
template <class T>
std::vector<T> numbers(std::size_t n, double offset, double spread) {
    std::mt19937_64 random(seed + n);
    std::vector<T> v(n);
    for (T& x : v)
        x = T(static_cast<actfn::compute_type<T>>(
            std::fma(spread, static_cast<double>(random() >> 12) * 0x1p-51 - 1, offset)));
    return v;
}

template <class T>
[[maybe_unused]] const char* type_name() {
    if constexpr (actfn::half<T>)
        return half_limits<T>::name;
    else
        return sizeof(T) == 4 ? "float" : "double";
}

/// Compares the hash with the stored one.
[[maybe_unused]] void compare_hash(const std::string& title, std::uint64_t hash) {
    compare(stored, "tests/reductions/hashes.inc", title, hash);
}

} // namespace

TEMPLATE_TEST_CASE("rows: all instruction sets with fused multiply-add give the same bits",
                   "[forward][derivative]", float, double, actfn::float16, actfn::bfloat16) {
    using T = TestType;
    if constexpr (!actfn::fused) {
        SKIP("this build has no fused multiply-add");
    } else {
        for_each_row_loop<T>([&](const char* name, auto call) {
            std::uint64_t h = 0;
            for (const double offset : {0.0, 1.0, -90.0, 170.0, 5000.0}) {
                for (const double spread : {0.1, 2.0, 30.0, 300.0}) {
                    for (std::size_t n = 1; n <= 2000; n += 1 + n / 8) {
                        const auto x = numbers<T>(n, offset, spread), w = numbers<T>(n, 0, 1);
                        std::vector<T> y(n);
                        call({1, n}, x, w, y);
                        for (const T v : y) mix(h, v);
                    }
                }
            }
            compare_hash(std::string(name) + " " + type_name<T>(), h);
        });
    }
}

TEMPLATE_TEST_CASE("diagnostics: all instruction sets with fused multiply-add give the same bits", "[kernel]",
                   float, double) {
    using T = TestType;
    if constexpr (!actfn::fused) {
        SKIP("this build has no fused multiply-add");
    } else {
        const std::string type = std::string(" ") + type_name<T>();
        std::uint64_t summary = 0, log = 0;
        for (const double offset : {0.0, 1.0, -90.0}) {
            for (const double spread : {0.1, 2.0, 30.0}) {
                for (std::size_t n = 1; n <= 5000; n += 1 + n / 8) {
                    const auto x = numbers<T>(n, offset, spread);
                    const auto found = actfn::summary(x);
                    for (const double v : {found.mean, found.variance, found.smallest, found.largest})
                        mix(summary, v);
                    std::vector<T> sum(n, T(0));
                    actfn::accumulate_log_derivative(actfn::tanh<T>{}, x, sum);
                    for (const T v : sum) mix(log, v);
                }
            }
        }
        compare_hash("summary" + type, summary);
        compare_hash("accumulate_log_derivative" + type, log);
    }
}
