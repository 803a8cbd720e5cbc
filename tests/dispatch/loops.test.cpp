// Every loop of every functor of the registry on every instruction set that this CPU has.
#include "dispatch/reference.hpp"
#include "support/bits.hpp"
#include "support/registry.hpp"
#include "support/tally.hpp"

#include <actfn/dispatch.hpp>

using namespace support;
namespace dispatch = actfn::dispatch;

namespace {

/// F with parameters that are not the default ones.
template <class F>
F unusual() {
    using T = typename F::value_type;
    F f;
    if constexpr (requires { f.beta; }) f.beta = 3;
    if constexpr (requires { f.alpha; }) f.alpha = T(0.625);
    if constexpr (requires { f.slope = 1; }) f.slope = T(0.375);
    if constexpr (requires { f.sigma; }) f.sigma = T(1.75);
    if constexpr (requires { f.lower; }) {
        const bool divides = f.lower > 1;
        f.lower = divides ? T(2.5) : T(0.25);
        f.upper = divides ? T(6.5) : T(0.75);
    }
    return f;
}

/// The row of functor number i that the instruction set is held to.
template <class T>
const dispatch::loops<T>& expected_row(dispatch::isa set, std::size_t i) {
#if defined(__x86_64__) || defined(__i386__)
    const bool fused = set != dispatch::isa::baseline;
#else
    const bool fused = false; // one instruction set, with what the compiler makes of it
    static_cast<void>(set);
#endif
    if constexpr (std::is_same_v<T, float>)
        return (fused ? reference::floats_fused : reference::floats_baseline)[i];
    else
        return (fused ? reference::doubles_fused : reference::doubles_baseline)[i];
}

template <class T>
struct operands {
    std::vector<T> src = special<T>(), diff;
    operands() {
        append_stretches(src, T(-0x1p10), T(-0x1p-12), 400);
        append_stretches(src, T(0x1p-12), T(0x1p10), 400);
        std::shuffle(src.begin(), src.end(), std::mt19937_64(seed));
        src.resize(std::min<std::size_t>(src.size(), 2 * 7 * 107));
        for (std::size_t i = 0; i < src.size(); ++i) diff.push_back(T(0.75) + T(0.001) * static_cast<T>(i));
    }
};

template <class T>
void compare(const char* loop, dispatch::isa set, const std::vector<T>& got, const std::vector<T>& expected,
             tally& wrong) {
    for (std::size_t i = 0; i < got.size(); ++i)
        if (!same(got[i], expected[i]))
            wrong.add(dispatch::to_string(set), loop, "element", i, "is", got[i], "not", expected[i]);
}

template <class F>
void check_elementwise(const F& f, const auto& row, dispatch::isa set, std::size_t n, tally& wrong) {
    using T = typename F::value_type;
    static const operands<T> all;
    const std::vector<T> x(all.src.begin(), all.src.begin() + static_cast<std::ptrdiff_t>(n)),
        diff(all.diff.begin(), all.diff.begin() + static_cast<std::ptrdiff_t>(n));
    std::vector<T> y(n), d(n), want(n), want_d(n);
    if constexpr (actfn::differentiable<F, T>) {
        dispatch::forward(f, x, y);
        row.forward(&f, n, x.data(), want.data(), 0);
        compare("forward", set, y, want, wrong);
        dispatch::backward(f, x, diff, y);
        row.backward(&f, n, x.data(), diff.data(), want.data(), 0);
        compare("backward", set, y, want, wrong);
        dispatch::forward_and_derivative(f, x, y, d);
        row.forward_and_derivative(&f, n, x.data(), want.data(), want_d.data(), 0);
        compare("value", set, y, want, wrong);
        compare("derivative", set, d, want_d, wrong);
    }
    if constexpr (actfn::differentiable_from_output<F, T>) {
        dispatch::backward_from_output(f, x, diff, y);
        row.backward_from_output(&f, n, x.data(), diff.data(), want.data(), 0);
        compare("backward_from_output", set, y, want, wrong);
    }
    if constexpr (actfn::stochastic_differentiable<F, T>) {
        constexpr actfn::rng::stream s{.seed = seed, .first = 1234567890123};
        dispatch::forward(f, x, y, s);
        row.forward_drawn(&f, n, x.data(), want.data(), s.seed, s.first);
        compare("stochastic forward", set, y, want, wrong);
        dispatch::backward(f, x, diff, y, s);
        row.backward_drawn(&f, n, x.data(), diff.data(), want.data(), s.seed, s.first);
        compare("stochastic backward", set, y, want, wrong);
    }
}

template <class F>
void check_learnable(const F& f, const auto& row, dispatch::isa set, tally& wrong) {
    using T = typename F::value_type;
    static const operands<T> all;
    const std::size_t n = all.src.size();
    std::vector<T> y(n), want(n), a;
    for (const actfn::channel_layout& l :
         {actfn::channel_layout{2, 7, n / 14}, actfn::channel_layout{n / 7, 7, 1}}) {
        a.assign({T(0), T(0.125), T(0.25), T(-1.5), T(1), T(2), T(0.01)});
        const std::size_t size = l.size();
        const std::span<const T> x(all.src.data(), size), diff(all.diff.data(), size);
        dispatch::forward_per_channel(f, l, a, x, std::span(y).first(size));
        row.forward_per_channel(&f, l.channels, l.inner, 0, size, a.data(), x.data(), want.data());
        compare("forward_per_channel", set, y, want, wrong);
        dispatch::backward_per_channel(f, l, a, x, diff, std::span(y).first(size));
        row.backward_per_channel(&f, l.channels, l.inner, 0, size, a.data(), x.data(), diff.data(),
                                 want.data());
        compare("backward_per_channel", set, y, want, wrong);
        // Sums, so numbers that are finite and not all alike.
        const std::vector<T> small(diff.begin(), diff.end());
        std::vector<T> da(7), want_da(7), negative(size);
        for (std::size_t i = 0; i < size; ++i) negative[i] = T(0.5) - small[i];
        dispatch::parameter_gradient_per_channel(f, l, a, negative, diff, da);
        for (std::size_t c = 0; c < 7; ++c) {
            const F g = f.with_parameter(a[c]);
            want_da[c] = static_cast<T>(row.parameter_gradient(&g, l.inner, 7 * l.inner, 0, size / 7,
                                                               &negative[c * l.inner], &diff[c * l.inner]));
        }
        compare("parameter_gradient_per_channel", set, da, want_da, wrong);
        compare(
            "parameter_gradient", set, std::vector<T>{dispatch::parameter_gradient(f, negative, diff)},
            {static_cast<T>(row.parameter_gradient(&f, size, size, 0, size, negative.data(), diff.data()))},
            wrong);
    }
}

/// Every functor in turn; i counts them, independently of what dispatch makes of their types.
template <class T>
void check_all(dispatch::isa set) {
    dispatch::force(set);
    std::size_t i = 0;
    dispatch::registered<T>::for_each([&]<class F>() {
        CAPTURE(title<F>(), dispatch::to_string(set));
        const auto& row = expected_row<T>(set, i++);
        tally wrong;
        for (const std::size_t n : {std::size_t{1498}, std::size_t{0}, std::size_t{5}, std::size_t{16}})
            for (const F& f : {F{}, unusual<F>()}) check_elementwise(f, row, set, n, wrong);
        if constexpr (actfn::learnable<F, T>) check_learnable(unusual<F>(), row, set, wrong);
        CHECK(wrong.report() == "");
    });
}

} // namespace

TEST_CASE(
    "every loop of every functor gives the bits of scalars compiled for the same instruction set, float",
    "[dispatch]") {
    for (const dispatch::isa set : dispatch::available()) check_all<float>(set);
}

TEST_CASE(
    "every loop of every functor gives the bits of scalars compiled for the same instruction set, double",
    "[dispatch]") {
    for (const dispatch::isa set : dispatch::available()) check_all<double>(set);
}
