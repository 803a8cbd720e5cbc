// One test case for every row of the registry, named after it.
#pragma once

#include <actfn/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>

namespace support {

namespace detail {

template <class F>
struct policy {
    static constexpr std::string_view name = "";
};

template <template <class, actfn::accuracy> class F, class T, actfn::accuracy A>
struct policy<F<T, A>> {
    static constexpr std::string_view name = A == actfn::accuracy::accurate ? " accurate" : " fast";
};

template <template <class, actfn::at_kink> class F, class T, actfn::at_kink K>
struct policy<F<T, K>> {
    static constexpr std::string_view name = K == actfn::at_kink::left    ? " left"
                                             : K == actfn::at_kink::right ? " right"
                                                                          : " mean";
    static constexpr actfn::at_kink kink = K;
};

template <class F>
struct tier {
    static constexpr actfn::accuracy value = actfn::accuracy::accurate;
};

template <template <class, actfn::accuracy> class F, class T, actfn::accuracy A>
struct tier<F<T, A>> {
    static constexpr actfn::accuracy value = A;
};

} // namespace detail

/// "name type tier" or "name type kink".
template <class F>
std::string title() {
    return std::string(F::about().name) +
           (std::is_same_v<typename F::value_type, float> ? " float" : " double") +
           std::string(detail::policy<F>::name);
}

/// Which derivative F has at its kink.
template <class F>
constexpr actfn::at_kink kink_of() noexcept {
    if constexpr (requires { detail::policy<F>::kink; })
        return detail::policy<F>::kink;
    else
        return actfn::at_kink::left;
}

/// x is the kink of F.
template <class F, class X>
constexpr bool is_kink(X x) noexcept {
    return F::about().kink && x == static_cast<X>(*F::about().kink);
}

template <class F>
inline constexpr bool is_accurate = detail::tier<F>::value == actfn::accuracy::accurate;

/// The deterministic functors of element type T.
template <class T>
using deterministic = actfn::concat<actfn::activations<T>, actfn::evaluations<T>>::type;

using every_activation = actfn::concat<deterministic<float>, deterministic<double>>::type;
using every_stochastic_activation =
    actfn::concat<actfn::stochastic_activations<float>, actfn::stochastic_activations<double>>::type;

/// Registers body.run<F>() for each F of List as the test case "title: sentence".
template <class List, class Body>
bool register_for_each(const char* sentence, const char* tags, const Catch::SourceLineInfo& line, Body) {
    List::for_each([&]<class F>() {
        const std::string name = title<F>() + ": " + sentence;
        Catch::AutoReg(Catch::makeTestInvoker(&Body::template run<F>), line, Catch::StringRef(),
                       Catch::NameAndTags{name, tags});
    });
    return true;
}

} // namespace support

/// TEST_CASE for each type F of List: ACTFN_FOR_EACH(List, "sentence about behaviour", "[tag]") { ... F ... }
#define ACTFN_FOR_EACH(List, sentence, tags) ACTFN_FOR_EACH_ON_LINE(List, sentence, tags, __LINE__)
#define ACTFN_FOR_EACH_ON_LINE(List, sentence, tags, line) ACTFN_FOR_EACH_ON(List, sentence, tags, line)
#define ACTFN_FOR_EACH_ON(List, sentence, tags, line)                                                        \
    ACTFN_FOR_EACH_NAMED(List, sentence, tags, case_on_line_##line)
#define ACTFN_FOR_EACH_NAMED(List, sentence, tags, name)                                                     \
    namespace {                                                                                              \
    struct name {                                                                                            \
        template <class F>                                                                                   \
        static void run();                                                                                   \
        static const bool registered;                                                                        \
    };                                                                                                       \
    const bool name::registered =                                                                            \
        support::register_for_each<List>(sentence, tags, CATCH_INTERNAL_LINEINFO, name{});                   \
    }                                                                                                        \
    template <class F>                                                                                       \
    void name::run()
