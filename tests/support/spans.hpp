// Every loop of a deterministic activation over every length, offset and cut, against scalar calls.
#pragma once

#include "support/lanes.hpp"

#include <actfn/kernel/elementwise.hpp>

#include <functional>
#include <span>

namespace support {

/// Calls run(first, n, wrong) on [first, first + n) of 160 elements: all lengths to 150 from several places,
/// and 150 elements cut in two at every place. run does these elements, all others are checked to be left
/// alone.
template <class T>
void for_each_cut(const char* loop, const std::vector<T>& expected,
                  const std::function<void(std::span<T>, std::size_t, std::size_t)>& run, tally& wrong) {
    constexpr T untouched = T(-123.25);
    std::vector<T> dst;
    const auto check = [&](std::size_t first, std::size_t n, std::size_t cut) {
        for (std::size_t i = 0; i < dst.size(); ++i) {
            const bool inside = i >= first && i < first + n;
            if (!same(dst[i], inside ? expected[i] : untouched))
                wrong.add(loop, "element", i, "of", first, "+", n, "cut at", cut, "is", dst[i], "not",
                          inside ? expected[i] : untouched);
        }
    };
    // Every short length, and some of two long steps and what may follow.
    for (std::size_t n = 0; n <= 300; n += n < 150 ? 1 : 7) {
        for (const std::size_t first : {std::size_t(0), std::size_t(1), n % 10}) {
            dst.assign(310, untouched);
            run(std::span<T>(dst), first, n);
            check(first, n, 0);
        }
    }
    for (std::size_t cut = 0; cut <= 150; ++cut) {
        dst.assign(310, untouched);
        run(std::span<T>(dst), 3, cut);
        run(std::span<T>(dst), 3 + cut, 150 - cut);
        check(3, 150, cut);
    }
}

/// What is wrong with the loops of F: other bits than scalars give, or elements written that are not in the
/// span.
template <class F>
std::string compare_loops() {
    using T = typename F::value_type;
    const F f;
    auto x = mixed_samples<F>(400);
    x.resize(310);
    const answers<F> scalar(f, x);
    std::vector<T> diff, backward, backward_output;
    for (std::size_t i = 0; i < x.size(); ++i) {
        diff.push_back(T(0.75) + T(0.001) * static_cast<T>(i));
        backward.push_back(diff[i] * scalar.derivative[i]);
        if constexpr (has_output_derivative<F>) backward_output.push_back(diff[i] * scalar.from_output[i]);
    }
    const std::span<const T> src(x), diff_dst(diff);
    tally wrong;
    for_each_cut<T>(
        "forward", scalar.value,
        [&](std::span<T> dst, std::size_t first, std::size_t n) {
            actfn::forward(f, src.subspan(first, n), dst.subspan(first, n));
        },
        wrong);
    for_each_cut<T>(
        "backward", backward,
        [&](std::span<T> dst, std::size_t first, std::size_t n) {
            actfn::backward(f, src.subspan(first, n), diff_dst.subspan(first, n), dst.subspan(first, n));
        },
        wrong);
    if constexpr (has_output_derivative<F>)
        for_each_cut<T>(
            "backward_from_output", backward_output,
            [&](std::span<T> dst, std::size_t first, std::size_t n) {
                actfn::backward_from_output(f, src.subspan(first, n), diff_dst.subspan(first, n),
                                            dst.subspan(first, n));
            },
            wrong);
    // The value is compared in one run, the derivative in another.
    std::vector<T> other(310);
    const auto both = [&](std::span<T> dst, std::span<T> derivative, std::size_t first, std::size_t n)
                          __attribute__((noinline)) {
                              actfn::forward_and_derivative(f, src.subspan(first, n), dst.subspan(first, n),
                                                            derivative.subspan(first, n));
                          };
    for_each_cut<T>(
        "forward_and_derivative, value", scalar.value,
        [&](std::span<T> dst, std::size_t first, std::size_t n) { both(dst, other, first, n); }, wrong);
    for_each_cut<T>(
        "forward_and_derivative, derivative", scalar.derivative,
        [&](std::span<T> dst, std::size_t first, std::size_t n) { both(other, dst, first, n); }, wrong);
    return wrong.report();
}

} // namespace support
