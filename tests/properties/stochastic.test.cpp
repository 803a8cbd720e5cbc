// Activations with noise: which draw belongs to which element, in every loop, lane and direction.
#include "support/bits.hpp"
#include "support/called.hpp"
#include "support/dual.hpp"
#include "support/lanes.hpp"
#include "support/registry.hpp"
#include "support/tally.hpp"
#include "support/ulp.hpp"

#include <actfn/kernel/elementwise.hpp>
#include <actfn/kernel/stochastic.hpp>

#include <span>

using namespace support;

namespace {

template <class F>
using element = typename F::value_type;

template <class F>
element<F> draw(const actfn::rng::stream& s, std::size_t i) {
    return actfn::rng::draw<F::draws, element<F>>(s, i);
}

constexpr std::size_t longest = 600; // reaches into four tiles of 256 draws

/// src, its gradients, and what scalar calls make of them with the draws of s.
template <class F>
struct drawn {
    using T = element<F>;
    std::vector<T> src, diff, value, backward;

    explicit drawn(const actfn::rng::stream& s) : src(mixed_samples<F>(longest)) {
        src.resize(longest);
        for (std::size_t i = 0; i < longest; ++i) {
            diff.push_back(T(0.75) + T(0.001) * static_cast<T>(i));
            value.push_back(called<F>{}(src[i], draw<F>(s, i)));
            backward.push_back(diff[i] * called<F>{}.derivative(src[i], draw<F>(s, i)));
        }
    }
};

// Compiled once each.
template <class F>
[[gnu::noinline]] void forward(std::span<const element<F>> src, std::span<element<F>> dst,
                               const actfn::rng::stream& s) {
    actfn::forward(F{}, src, dst, s);
}
template <class F>
[[gnu::noinline]] void backward(std::span<const element<F>> src, std::span<const element<F>> diff,
                                std::span<element<F>> diff_src, const actfn::rng::stream& s) {
    actfn::backward(F{}, src, diff, diff_src, s);
}

template <class A, class F>
void compare_noisy_lanes(const drawn<F>& scalar, const std::vector<element<F>>& draws, tally& wrong) {
    using T = element<F>;
    using B = xsimd::batch<T, A>;
    for (std::size_t i = 0; i + B::size <= longest; ++i) {
        const B x = B::load_unaligned(scalar.src.data() + i), e = B::load_unaligned(draws.data() + i);
        T value[B::size], derivative[B::size];
        const auto expect = [&](const B& v, const B& d) {
            v.store_unaligned(value);
            d.store_unaligned(derivative);
            for (std::size_t k = 0; k < B::size; ++k)
                if (!same(value[k], scalar.value[i + k]) ||
                    !same(derivative[k] * scalar.diff[i + k], scalar.backward[i + k]))
                    wrong.add(A::name(), "x", scalar.src[i + k], "draw", draws[i + k], "gives", value[k],
                              derivative[k]);
        };
        const called<F> f;
        const auto both = f.value_and_derivative(x, e);
        expect(f(x, e), f.derivative(x, e));
        expect(both.value, both.derivative);
    }
}

template <class F, class... A>
void compare_noisy_architectures(const drawn<F>& scalar, const std::vector<element<F>>& draws, tally& wrong,
                                 architectures<A...>) {
    (compare_noisy_lanes<A>(scalar, draws, wrong), ...);
}

} // namespace

ACTFN_FOR_EACH(every_stochastic_activation,
               "element i sees draw first + i, forward and backward, however the spans are cut",
               "[kernel][rng]") {
    using T = element<F>;
    tally wrong;
    for (const std::uint64_t first : {std::uint64_t(0), std::uint64_t(1), std::uint64_t(200),
                                      std::uint64_t(0xfffffff0), ~std::uint64_t(0) - 300}) {
        const actfn::rng::stream s{.seed = seed, .first = first};
        const drawn<F> scalar(s);
        const std::span<const T> src(scalar.src), diff(scalar.diff);
        std::vector<T> dst(longest), diff_src(longest);
        for (const std::size_t n : {0u, 1u, 2u, 15u, 63u, 64u, 65u, 255u, 256u, 257u, 600u}) {
            for (const std::size_t cut : {std::size_t(0), n / 3, n - n / 5}) {
                dst.assign(longest, T(-123.25));
                diff_src.assign(longest, T(-123.25));
                const auto run = [&](std::size_t from, std::size_t count) {
                    forward<F>(src.subspan(from, count), std::span(dst).subspan(from, count), s.skip(from));
                    backward<F>(src.subspan(from, count), diff.subspan(from, count),
                                std::span(diff_src).subspan(from, count), s.skip(from));
                };
                run(0, cut);
                run(cut, n - cut);
                for (std::size_t i = 0; i < longest; ++i) {
                    if (!same(dst[i], i < n ? scalar.value[i] : T(-123.25)))
                        wrong.add("forward", first, n, cut, "element", i, "is", dst[i]);
                    if (!same(diff_src[i], i < n ? scalar.backward[i] : T(-123.25)))
                        wrong.add("backward", first, n, cut, "element", i, "is", diff_src[i]);
                }
            }
        }
    }
    CAPTURE(seed);
    CHECK(wrong.report() == "");
}

ACTFN_FOR_EACH(every_stochastic_activation,
               "a batch of any architecture gives the bits of a scalar with the same draws",
               "[forward][derivative]") {
    const actfn::rng::stream s{.seed = seed};
    const drawn<F> scalar(s);
    std::vector<element<F>> draws;
    for (std::size_t i = 0; i < longest; ++i) draws.push_back(draw<F>(s, i));
    tally wrong;
    compare_noisy_architectures(scalar, draws, wrong, native_architectures{});
    CAPTURE(seed);
    CHECK(wrong.report() == "");
}

ACTFN_FOR_EACH(every_stochastic_activation,
               "in place gives what two spans give, and a call leaves nothing behind", "[kernel][rng]") {
    using T = element<F>;
    const actfn::rng::stream s{.seed = seed};
    const drawn<F> scalar(s);
    std::vector<T> x = scalar.src, over_src = scalar.src, over_diff = scalar.diff;
    forward<F>(x, x, s);
    backward<F>(over_src, scalar.diff, over_src, s);
    backward<F>(scalar.src, over_diff, over_diff, s);
    const auto equal = [](const std::vector<T>& a, const std::vector<T>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), same<T>);
    };
    CHECK(equal(x, scalar.value));
    CHECK(equal(over_src, scalar.backward));
    CHECK(equal(over_diff, scalar.backward));
    std::vector<T> again(longest), other(longest);
    forward<F>(scalar.src, again, s);
    forward<F>(scalar.src, other, actfn::rng::stream{.seed = seed + 1});
    CHECK(equal(again, scalar.value));
    CHECK_FALSE(equal(other, scalar.value));
}

ACTFN_FOR_EACH(every_stochastic_activation,
               "NaN, the infinities and zeros are as about() says, for every draw", "[forward][derivative]") {
    using T = element<F>;
    constexpr T inf = std::numeric_limits<T>::infinity();
    const called<F> f;
    tally wrong;
    for (std::size_t i = 0; i < 1000; ++i) {
        const T e = draw<F>({.seed = seed}, i);
        for (const T nan : nans<T>())
            if (!std::isnan(f(nan, e)) || !std::isnan(f.derivative(nan, e))) wrong.add("NaN with draw", e);
        if (f(-inf, e) != static_cast<T>(F::about().limits.lower) ||
            f(inf, e) != static_cast<T>(F::about().limits.upper))
            wrong.add("limit with draw", e);
        if (f.derivative(inf, e) != static_cast<T>(F::about().slopes.upper))
            wrong.add("f'(inf) with draw", e);
        if (!std::signbit(f(-inf, e)) && F::about().range.lower < 0) wrong.add("sign at -inf with draw", e);
        if (F::about().keeps_sign_of_zero && (!std::signbit(f(-T(0), e)) || std::signbit(f(T(0), e))))
            wrong.add("sign of zero with draw", e);
        if (!(f.derivative(T(-3), e) >= static_cast<T>(0)) && F::about().range.lower < 0)
            wrong.add("negative slope with draw", e);
        const T y = f(T(-0.5), e);
        if (!(y >= static_cast<T>(F::about().range.lower) && y <= static_cast<T>(F::about().range.upper)))
            wrong.add("out of range", y);
    }
    CAPTURE(seed);
    CHECK(wrong.report() == "");
}

ACTFN_FOR_EACH(every_stochastic_activation,
               "no result is further from the exact one than claimed, for the draw that it is given",
               "[forward][derivative]") {
    using T = element<F>;
    if constexpr (has_wider<T> && requires { F::forward_error(); }) {
        const called<F> f;
        worst<T> value, derivative;
        std::size_t i = 0;
        for (const T x : line<T>(100000)) {
            const T e = draw<F>({.seed = seed}, i++);
            const auto exact = f.definition(variable(static_cast<wider<T>>(x)), e);
            value.note(ulp_error(f(x, e), exact.value), x);
            if (!is_kink<F>(x)) derivative.note(ulp_error(f.derivative(x, e), exact.derivative), x);
        }
        CAPTURE(seed, text(value.at), text(derivative.at));
        CHECK(value.error <= F::forward_error().ulp);
        CHECK(derivative.error <= F::derivative_error().ulp);
    } else {
        SUCCEED("no claim; tests/functions holds what is documented");
    }
}

ACTFN_FOR_EACH(every_stochastic_activation, "expected() is a deterministic functor for the loops",
               "[forward][derivative][kernel]") {
    using T = element<F>;
    using E = decltype(F{}.expected());
    STATIC_REQUIRE(actfn::differentiable<E, T>);
    const called<E> f(F{}.expected());
    const std::vector<T> src = mixed_samples<F>(200);
    const std::vector<T> diff(src.size(), T(1));
    std::vector<T> dst(src.size()), diff_src(src.size());
    actfn::forward(F{}.expected(), src, dst);
    actfn::backward(F{}.expected(), src, diff, diff_src);
    tally wrong;
    for (std::size_t i = 0; i < src.size(); ++i) {
        if (!same(dst[i], f(src[i]))) wrong.add("f(", src[i], ") =", dst[i], "scalar", f(src[i]));
        if (!same(diff_src[i], f.derivative(src[i])))
            wrong.add("f'(", src[i], ") =", diff_src[i], "scalar", f.derivative(src[i]));
        if (std::isnan(src[i]) != std::isnan(dst[i])) wrong.add("NaN of", src[i], dst[i]);
        if (std::isnan(src[i]) != std::isnan(diff_src[i])) wrong.add("NaN of", src[i], diff_src[i]);
    }
    CAPTURE(seed);
    CHECK(wrong.report() == "");
}
