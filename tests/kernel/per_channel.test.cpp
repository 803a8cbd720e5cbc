// The gradient of a learnt parameter, and loops with one per channel.
#include "support/bits.hpp"
#include "support/tally.hpp"

#include <actfn/functions/prelu.hpp>
#include <actfn/kernel/elementwise.hpp>
#include <actfn/kernel/per_channel.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace support;

namespace {

template <class T>
std::vector<T> numbers(std::size_t n, std::uint64_t which) {
    std::mt19937_64 random(seed + which);
    std::vector<T> v;
    for (std::size_t i = 0; i < n; ++i)
        v.push_back(static_cast<T>(static_cast<double>(random() >> 11) * 0x1p-51 - 2));
    return v;
}

const actfn::channel_layout layouts[] = {
    {1, 1, 1}, {3, 5, 7}, {2, 3, 1}, {4, 1, 9}, {1, 70, 1},  {5, 33, 1}, {2, 4, 64},   {3, 2, 31},
    {0, 3, 4}, {2, 0, 4}, {2, 3, 0}, {0, 0, 0}, {1, 3, 100}, {7, 1, 1},  {2, 2, 9000}, {17000, 2, 1}};

/// The elements of channel c, in order.
template <class T>
std::vector<T> channel(const std::vector<T>& v, const actfn::channel_layout& l, std::size_t c) {
    std::vector<T> part;
    for (std::size_t o = 0; o < l.outer; ++o)
        for (std::size_t i = 0; i < l.inner; ++i) part.push_back(v[(o * l.channels + c) * l.inner + i]);
    return part;
}

} // namespace

TEMPLATE_TEST_CASE("the gradient of the slope is the sum of diff_dst times min(x, 0)", "[derivative][kernel]",
                   float, double) {
    using T = TestType;
    for (const std::size_t n : {0u, 1u, 2u, 31u, 32u, 33u, 64u, 100u, 1000u, 12345u}) {
        const auto src = numbers<T>(n, 1), diff = numbers<T>(n, 2);
        long double exact = 0, size = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const long double term =
                static_cast<long double>(diff[i]) * static_cast<long double>(std::min(src[i], T(0)));
            exact += term;
            size += std::fabs(term);
        }
        // Each term takes part in at most n / 32 + 1 sums and 5 of the final ones, each one, and its own
        // product, rounded to double; then to T.
        const double roundings = static_cast<double>(n) / 32 + 8;
        const double bound =
            roundings * std::numeric_limits<double>::epsilon() / 2 * static_cast<double>(size) +
            static_cast<double>(std::numeric_limits<T>::epsilon()) / 2 *
                static_cast<double>(std::fabs(exact));
        const T gradient = actfn::parameter_gradient(actfn::prelu<T>{}, src, diff);
        CAPTURE(n, gradient, exact, bound);
        CHECK(std::fabs(static_cast<double>(static_cast<long double>(gradient) - exact)) <= bound);
    }
}

TEST_CASE("the gradient of the slope has one order of additions: 32 sums, then pairs, then blocks",
          "[kernel]") {
    for (const std::size_t n : {2u, 30u, 34u, 64u, 100u, 5000u, 16384u, 16386u, 40000u}) {
        // Terms of many sizes that cancel in all: what is left is rounding, another for every other order.
        auto diff = numbers<float>(n / 2, 2);
        for (std::size_t i = 0; i < n / 2; ++i) diff[i] = std::ldexp(diff[i], static_cast<int>(i * 7 % 80));
        for (std::size_t i = 0; i < n / 2; ++i) diff.push_back(-diff[i]);
        std::shuffle(diff.begin(), diff.end(), std::mt19937_64(seed));
        const std::vector<float> src(n, -1.0f);
        double total = 0;
        for (std::size_t first = 0; first < n; first += 16384) {
            double sums[32] = {};
            for (std::size_t i = first; i < std::min(n, first + 16384); ++i)
                sums[i % 32] -= static_cast<double>(diff[i]);
            for (std::size_t half = 16; half > 0; half /= 2)
                for (std::size_t k = 0; k < half; ++k) sums[k] += sums[k + half];
            total += sums[0];
        }
        CAPTURE(seed, n);
        CHECK(actfn::parameter_gradient(actfn::prelu<float>{}, src, diff) == static_cast<float>(total));
    }
}

TEMPLATE_TEST_CASE("a gradient does not depend on where its spans stand, and a NaN shows in it", "[kernel]",
                   float, double) {
    using T = TestType;
    const auto src = numbers<T>(301, 1), diff = numbers<T>(301, 2);
    const T expected = actfn::parameter_gradient(actfn::prelu<T>{}, src, diff);
    for (std::size_t shift = 1; shift < 20; ++shift) {
        std::vector<T> a(shift, T(5)), b(shift + 3, T(5));
        a.insert(a.end(), src.begin(), src.end());
        b.insert(b.end(), diff.begin(), diff.end());
        CHECK(actfn::parameter_gradient(actfn::prelu<T>{}, std::span(a).subspan(shift),
                                        std::span(b).subspan(shift + 3)) == expected);
    }
    for (const std::size_t at : {0u, 31u, 32u, 300u}) {
        auto with_nan = src;
        with_nan[at] = std::numeric_limits<T>::quiet_NaN();
        CHECK(std::isnan(actfn::parameter_gradient(actfn::prelu<T>{}, with_nan, diff)));
    }
}

TEMPLATE_TEST_CASE("a channel is done as a span with its own parameter", "[forward][derivative][kernel]",
                   float, double) {
    using T = TestType;
    tally wrong;
    for (const auto& l : layouts) {
        auto src = numbers<T>(l.size(), 1);
        for (std::size_t i = 0; i < src.size(); i += 7) src[i] = i % 2 ? T(0) : -T(0);
        const auto diff = numbers<T>(l.size(), 2);
        std::vector<T> parameters = numbers<T>(l.channels, 3), dst(l.size()), diff_src(l.size()),
                       gradients(l.channels, T(5));
        const actfn::prelu<T> f;
        actfn::forward_per_channel(f, l, parameters, src, dst);
        actfn::backward_per_channel(f, l, parameters, src, diff, diff_src);
        actfn::parameter_gradient_per_channel(f, l, parameters, src, diff, gradients);
        for (std::size_t c = 0; c < l.channels; ++c) {
            const actfn::prelu<T> g{.slope = parameters[c]};
            const auto x = channel(src, l, c), dy = channel(diff, l, c);
            std::vector<T> y(x.size()), dx(x.size());
            actfn::forward(g, x, y);
            actfn::backward(g, x, dy, dx);
            const auto where = std::to_string(l.outer) + " x " + std::to_string(l.channels) + " x " +
                               std::to_string(l.inner);
            const auto got_y = channel(dst, l, c), got_dx = channel(diff_src, l, c);
            if (!std::equal(y.begin(), y.end(), got_y.begin(), same<T>))
                wrong.add("forward", where, "channel", c);
            if (!std::equal(dx.begin(), dx.end(), got_dx.begin(), same<T>))
                wrong.add("backward", where, "channel", c);
            if (!same(gradients[c], actfn::parameter_gradient(g, x, dy)))
                wrong.add("gradient", where, "channel", c);
        }
    }
    CAPTURE(seed);
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("every kink policy holds in channels", "[derivative][kernel]", float, double) {
    using T = TestType;
    const std::vector<T> src(70, T(0)), diff(70, T(1)), slopes(70, T(0.25));
    std::vector<T> dst(70);
    const auto derivative = [&](auto f, const actfn::channel_layout& l) {
        actfn::backward_per_channel(f, l, std::span(slopes).first(l.channels), src, diff, dst);
        return dst;
    };
    for (const actfn::channel_layout& l : {actfn::channel_layout{1, 70, 1}, actfn::channel_layout{7, 2, 5}}) {
        CHECK(derivative(actfn::prelu<T, actfn::at_kink::left>{}, l) == std::vector<T>(70, T(0.25)));
        CHECK(derivative(actfn::prelu<T, actfn::at_kink::right>{}, l) == std::vector<T>(70, T(1)));
        CHECK(derivative(actfn::prelu<T, actfn::at_kink::mean>{}, l) == std::vector<T>(70, T(0.625)));
    }
}
