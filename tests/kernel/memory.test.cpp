// Loops in place, and at the very ends of memory.
#include "support/bits.hpp"
#include "support/guard.hpp"
#include "support/halves.hpp"
#include "support/tally.hpp"

#include <actfn/functions/prelu.hpp>
#include <actfn/functions/rrelu.hpp>
#include <actfn/functions/softplus.hpp>
#include <actfn/functions/tanh.hpp>
#include <actfn/kernel/elementwise.hpp>
#include <actfn/kernel/per_channel.hpp>
#include <actfn/kernel/stochastic.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>

using namespace support;

namespace {

/// The same numbers as parameters: floats in place of halves.
template <class T>
auto parameters(std::span<T> a) {
    if constexpr (actfn::half<T>)
        return std::vector<float>(a.begin(), a.end());
    else
        return a;
}

/// Every loop, by the elements of what it reads and writes.
template <class T, class Each>
void for_each_loop(Each each) {
    using span = std::span<T>;
    using C = actfn::compute_type<T>;
    static const std::array<C, 1> slope{C(0.125)};
    const actfn::tanh<C> f;
    const actfn::prelu<C> learnt;
    const actfn::rrelu<C> noisy;
    const actfn::rng::stream s{.seed = seed, .first = 77};
    each("forward", [=](span x, span, span y, span) { actfn::forward(f, x, y); });
    // More registers in flight.
    each("forward of softplus",
         [](span x, span, span y, span) { actfn::forward(actfn::softplus<C>{}, x, y); });
    each("backward", [=](span x, span d, span y, span) { actfn::backward(f, x, d, y); });
    each("backward_from_output",
         [=](span x, span d, span y, span) { actfn::backward_from_output(f, x, d, y); });
    each("forward_and_derivative",
         [=](span x, span, span y, span z) { actfn::forward_and_derivative(f, x, y, z); });
    each("stochastic forward", [=](span x, span, span y, span) { actfn::forward(noisy, x, y, s); });
    each("stochastic backward", [=](span x, span d, span y, span) { actfn::backward(noisy, x, d, y, s); });
    each("forward_per_channel", [=](span x, span, span y, span) {
        actfn::forward_per_channel(learnt, {1, 1, x.size()}, slope, x, y);
    });
    each("forward_per_channel, inner 1", [=](span x, span d, span y, span) {
        actfn::forward_per_channel(learnt, {1, x.size(), 1}, parameters(d), x, y);
    });
    each("backward_per_channel", [=](span x, span d, span y, span) {
        actfn::backward_per_channel(learnt, {1, 1, x.size()}, slope, x, d, y);
    });
    each("parameter_gradient", [=](span x, span d, span y, span) {
        const T g(actfn::parameter_gradient(learnt, x, d));
        if (!y.empty()) y[0] = g;
    });
    each("parameter_gradient_per_channel", [=](span x, span d, span y, span) {
        auto a = parameters(d), gradients = parameters(y);
        actfn::parameter_gradient_per_channel(learnt, {1, x.size(), 1}, a, x, d, gradients);
        if constexpr (actfn::half<T>)
            std::transform(gradients.begin(), gradients.end(), y.begin(), [](float g) { return T(g); });
    });
}

template <class T>
std::vector<T> numbers(std::size_t n, double about) {
    using C = actfn::compute_type<T>;
    const auto first = static_cast<C>(about);
    std::vector<T> v;
    for (std::size_t i = 0; i < n; ++i)
        v.push_back(T((i % 3 == 0 ? -first : first) + C(0.01) * static_cast<C>(i)));
    return v;
}

template <class T>
bool equal(const std::vector<T>& a, const std::vector<T>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](T x, T y) { return same(x, y); });
}

} // namespace

TEMPLATE_TEST_CASE("no loop touches memory outside its spans, at either end of a page", "[kernel]", float,
                   double, actfn::float16, actfn::bfloat16) {
    using T = TestType;
    const guarded<T> x, d, y, z;
    tally wrong;
    for_each_loop<T>([&](const char* name, auto run) {
        // Every short length, and some of two long steps and what may follow.
        for (std::size_t n = 0; n <= 300; n += n < 70 ? 1 : 23) {
            const auto a = numbers<T>(n, 0.5), b = numbers<T>(n, 0.25);
            std::vector<T> src = a, diff = b, expected(n), other(n);
            run(std::span<T>(src), std::span<T>(diff), std::span<T>(expected), std::span<T>(other));
            for (const bool back : {false, true}) {
                const auto place = [&](const guarded<T>& g) { return back ? g.back(n) : g.front(n); };
                std::copy(a.begin(), a.end(), place(x).begin());
                std::copy(b.begin(), b.end(), place(d).begin());
                std::fill(place(y).begin(), place(y).end(), T(0.0f));
                std::fill(place(z).begin(), place(z).end(), T(0.0f));
                run(place(x), place(d), place(y), place(z));
                if (!equal(expected, std::vector<T>(place(y).begin(), place(y).end())) ||
                    !equal(other, std::vector<T>(place(z).begin(), place(z).end())))
                    wrong.add(name, n, back ? "back" : "front");
            }
        }
    });
    CHECK(x.intact());
    CHECK(d.intact());
    CHECK(y.intact());
    CHECK(z.intact());
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("in place gives what spans of their own give", "[kernel]", float, double, actfn::float16,
                   actfn::bfloat16) {
    using T = TestType;
    tally wrong;
    for_each_loop<T>([&](const char* loop, auto run) {
        const std::string_view name = loop;
        if (name.starts_with("parameter_gradient")) return;
        const bool has_diff = name.find("backward") != name.npos;
        for (const std::size_t n : {0u, 1u, 5u, 16u, 33u, 64u, 70u, 150u, 300u}) {
            const auto a = numbers<T>(n, 0.5), b = numbers<T>(n, 0.25);
            std::vector<T> src = a, diff = b, expected(n), other(n), second(n);
            run(std::span<T>(src), std::span<T>(diff), std::span<T>(expected), std::span<T>(other));
            run(std::span<T>(src), std::span<T>(diff), std::span<T>(src), std::span<T>(second));
            if (!equal(src, expected) || !equal(second, other)) wrong.add(name, n, "over src");
            src = a;
            if (has_diff) {
                run(std::span<T>(src), std::span<T>(diff), std::span<T>(diff), std::span<T>(second));
                if (!equal(diff, expected) || !equal(src, a)) wrong.add(name, n, "over diff_dst");
            }
            if (name == "forward_and_derivative") {
                run(std::span<T>(src), std::span<T>(diff), std::span<T>(second), std::span<T>(src));
                if (!equal(second, expected) || !equal(src, other)) wrong.add(name, n, "derivative over src");
            }
        }
    });
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("gradients of channels may replace the parameters", "[kernel]", float, double) {
    using T = TestType;
    std::vector<T> parameters{T(0.1), T(0.2), T(0.3)}, gradients(3);
    const auto src = numbers<T>(24, 0.5), diff = numbers<T>(24, 0.25);
    actfn::parameter_gradient_per_channel(actfn::prelu<T>{}, {2, 3, 4}, parameters, src, diff, gradients);
    actfn::parameter_gradient_per_channel(actfn::prelu<T>{}, {2, 3, 4}, parameters, src, diff, parameters);
    CHECK(parameters == gradients);
}
