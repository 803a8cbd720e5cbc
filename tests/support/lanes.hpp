// Numbers that lanes might treat differently, and what a scalar makes of them: the one answer that batches
// and loops have to give.
#pragma once

#include "support/bits.hpp"
#include "support/called.hpp"
#include "support/registry.hpp"
#include "support/tally.hpp"

#include <string>

namespace support {

/// NaNs, special values, the bends of F and numbers of all sizes, in an order that puts unlike side by side.
template <class F, class T = typename F::value_type>
std::vector<T> mixed_samples(std::size_t n) {
    std::vector<T> v = nans<T>();
    constexpr T inf = std::numeric_limits<T>::infinity();
    for (const T x : {T(0), -T(0), inf, -inf, std::numeric_limits<T>::min(), -std::numeric_limits<T>::min()})
        append_neighbours(v, x, 2);
    if constexpr (requires { F::forward_error(); })
        for (const double x :
             {F::about().kink.value_or(0), F::forward_error().worst_at, F::derivative_error().worst_at})
            append_neighbours(v, static_cast<T>(x), 2);
    append_stretches(v, -std::numeric_limits<T>::max(), std::numeric_limits<T>::max(), n / 4);
    append_stretches(v, T(-0x1p10), T(-0x1p-5), n / 4);
    append_stretches(v, T(0x1p-5), T(0x1p10), n / 4);
    std::mt19937_64 random(seed);
    std::shuffle(v.begin(), v.end(), random);
    return v;
}

template <class F>
inline constexpr bool has_output_derivative =
    requires(const F& f, typename F::value_type y) { f.derivative_from_output(y); };

/// What scalar calls give for every x.
template <class F>
struct answers {
    using T = typename F::value_type;
    std::vector<T> x, value, derivative, from_output;

    explicit answers(const F& functor, std::vector<T> at) : x(std::move(at)) {
        const called<F> f(functor);
        for (const T s : x) {
            value.push_back(f(s));
            derivative.push_back(f.derivative(s));
            if constexpr (has_output_derivative<F>) from_output.push_back(f.derivative_from_output(s));
        }
    }
};

/// Batches of architecture A against scalars. A batch begins at every element, so every element is in every
/// lane.
template <class A, class F>
void compare_lanes(const F& functor, const answers<F>& scalar, tally& wrong) {
    const called<F> f(functor);
    using T = typename F::value_type;
    using B = xsimd::batch<T, A>;
    T lanes[B::size];
    const auto expect = [&](const char* what, const B& batch, const std::vector<T>& expected,
                            std::size_t first) {
        batch.store_unaligned(lanes);
        for (std::size_t k = 0; k < B::size; ++k)
            if (!same(lanes[k], expected[first + k]))
                wrong.add(A::name(), what, "(", scalar.x[first + k], ") =", lanes[k], "a scalar gives",
                          expected[first + k]);
    };
    for (std::size_t i = 0; i + B::size <= scalar.x.size(); ++i) {
        const B b = B::load_unaligned(scalar.x.data() + i);
        const auto both = f.value_and_derivative(b);
        expect("f", f(b), scalar.value, i);
        expect("f'", f.derivative(b), scalar.derivative, i);
        expect("value", both.value, scalar.value, i);
        expect("derivative", both.derivative, scalar.derivative, i);
        if constexpr (has_output_derivative<F>)
            expect("f' from output", f.derivative_from_output(b), scalar.from_output, i);
    }
}

template <class... A>
struct architectures {};

namespace detail {

template <class A, class... Earlier>
inline constexpr bool another_size =
    ((xsimd::batch<float, A>::size != xsimd::batch<float, Earlier>::size) && ...);

/// A is kept if it is the best of its register size, or one of the first generations, which lack operations
/// that the later ones have.
template <class A, class... Earlier>
constexpr bool is_kept() {
#if XSIMD_WITH_SSE2
    if (std::is_same_v<A, xsimd::sse2> || std::is_same_v<A, xsimd::avx>) return true;
#endif
    return another_size<A, Earlier...>;
}

template <class Kept, class Earlier, class... Left>
struct choose;

template <class... K, class... E>
struct choose<architectures<K...>, architectures<E...>> {
    using type = architectures<K...>;
};

template <class... K, class... E, class A, class... L>
struct choose<architectures<K...>, architectures<E...>, A, L...> {
    using kept = std::conditional_t<is_kept<A, E...>(), architectures<K..., A>, architectures<K...>>;
    using type = typename choose<kept, architectures<E..., A>, L...>::type;
};

template <class... A>
typename choose<architectures<>, architectures<>, A...>::type chosen(xsimd::arch_list<A...>);

} // namespace detail

/// The architectures that this build can run and that differ in more than name: of each register size the
/// best, and the oldest.
using native_architectures = decltype(detail::chosen(xsimd::supported_architectures{}));

/// Compares F on batches of all architectures with F on scalars.
template <class F, class... A>
std::string compare_architectures(architectures<A...>) {
    const F f;
    tally wrong;
    const answers<F> scalar(f, mixed_samples<F>(400 / (slowdown > 1 ? 4 : 1)));
    for (std::size_t i = 0; i < scalar.x.size(); ++i) {
        const auto both = f.value_and_derivative(scalar.x[i]);
        if (!same(both.value, scalar.value[i]) || !same(both.derivative, scalar.derivative[i]))
            wrong.add("value_and_derivative(", scalar.x[i], ") =", both.value, both.derivative, "not",
                      scalar.value[i], scalar.derivative[i]);
    }
    (compare_lanes<A>(f, scalar, wrong), ...);
    return wrong.report();
}

} // namespace support
