// Headers and compiled loops that do not belong together do not link: what the registry's fingerprint tells
// apart. All of it while this compiles.
#include <actfn/dispatch/registered.hpp>

#include <catch2/catch_test_macros.hpp>

namespace {

using namespace actfn;

/// Two lists have fingerprints of their own.
template <class A, class B>
consteval bool differ() {
    return dispatch::detail::hash_of_list(A{}) != dispatch::detail::hash_of_list(B{});
}

template <class F, class G>
consteval bool order_counts() {
    static_assert(sizeof(F) == sizeof(G) && alignof(F) == alignof(G));
    return differ<type_list<F, G>, type_list<G, F>>() && differ<type_list<F>, type_list<G>>();
}

/// A functor with facts of its choice, to differ in one alone.
template <bool Kink, bool Jump>
struct told {
    static constexpr facts about() noexcept {
        facts f = linear<float>::about();
        if (Kink) f.kink = 0.0;
        if (Jump) f.jump = 0.0;
        return f;
    }
};

template <class T>
consteval bool tells_apart() {
    using enum accuracy;
    return order_counts<sigmoid<T>, actfn::tanh<T>>() && order_counts<sigmoid<T>, sigmoid<T, fast>>() &&
           order_counts<relu<T>, relu<T, at_kink::right>>() &&
           order_counts<relu<T, at_kink::right>, relu<T, at_kink::mean>>() &&
           order_counts<noisy_relu<T>, noisy_relu<T, noise_gradient::constant>>() &&
           order_counts<leaky_relu<T>, prelu<T>>() &&
           differ<type_list<sigmoid<T>>, type_list<sigmoid<T>, sigmoid<T>>>();
}

} // namespace

TEST_CASE("lists of functors of equal sizes have fingerprints of their own", "[dispatch]") {
    STATIC_CHECK(tells_apart<float>());
    STATIC_CHECK(tells_apart<double>());
    STATIC_CHECK(order_counts<told<false, false>, told<true, false>>());
    STATIC_CHECK(order_counts<told<false, false>, told<false, true>>());
    STATIC_CHECK(order_counts<told<true, false>, told<false, true>>());
    STATIC_CHECK_FALSE(differ<dispatch::registered<float>, dispatch::registered<float>>());
    STATIC_CHECK(differ<dispatch::registered<float>, dispatch::registered<double>>());
}
