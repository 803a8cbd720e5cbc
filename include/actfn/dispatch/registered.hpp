// Which functors have compiled loops, and where these are.
#pragma once

#include <actfn/dispatch/table.hpp>
#include <actfn/registry.hpp>
#include <actfn/version.hpp>

#include <type_traits>

namespace actfn::dispatch::inline ACTFN_ABI {

/// Every functor of the registry that computes elements T; the order is that of the tables.
template <storable T, class C = compute_type<T>>
using registered = concat<activations<C>, evaluations<C>, stochastic_activations<C>>::type;

template <storable T>
using registered_rows = rows<T, registered<T>::size>;

/// The place of F in a list; the list's size, if it is not there.
template <class F, class... G>
consteval std::size_t index_of(type_list<G...>) noexcept {
    const bool same[] = {std::is_same_v<F, G>...};
    std::size_t i = 0;
    while (i < sizeof...(G) && !same[i]) ++i;
    return i;
}

/// The loops of a functor of one's own, a member by_isa; ACTFN_DISPATCH_DECLARE specialises it.
template <class F>
struct own_loops {};

/// F has loops of element type T for every instruction set: it is in the registry, or was declared with
/// ACTFN_DISPATCH_DECLARE.
template <class F, class T>
concept dispatchable = index_of<F>(registered<T>{}) < registered<T>::size || requires {
    { *own_loops<F>::by_isa[0] } -> std::same_as<const loops<T>&>;
};

namespace detail {

/// Sizes of all functors and of their rows, and the version.
consteval std::uint64_t registry_hash() noexcept {
    std::uint64_t h = 0xcbf29ce484222325; // FNV-1a, on words
    const auto add = [&](std::uint64_t word) { h = (h ^ word) * 0x100000001b3; };
    for (const int part : {ACTFN_VERSION_MAJOR, ACTFN_VERSION_MINOR, ACTFN_VERSION_PATCH})
        add(static_cast<std::uint64_t>(part));
    add(sizeof(loops<float>));
    add(sizeof(tables));
    registered<float>::for_each([&]<class F>() { add(sizeof(F)); });
    registered<double>::for_each([&]<class F>() { add(sizeof(F)); });
    return h;
}

} // namespace detail

using this_registry = fingerprint<detail::registry_hash()>;

} // namespace actfn::dispatch::inline ACTFN_ABI

/// Says that the loops of the functor type behind T, its element type, are compiled for every instruction set
/// under this name: in the header of the functor, at global scope.
#if defined(__x86_64__)
#define ACTFN_DISPATCH_DECLARE(name, T, ...)                                                                 \
    namespace actfn::dispatch::own_tables {                                                                  \
    extern const loops<T> name##_baseline, name##_avx2, name##_avx512;                                       \
    }                                                                                                        \
    template <>                                                                                              \
    struct actfn::dispatch::own_loops<__VA_ARGS__> {                                                         \
        static constexpr const loops<T>* by_isa[] = {&own_tables::name##_baseline, &own_tables::name##_avx2, \
                                                     &own_tables::name##_avx512};                            \
    }
#else
#define ACTFN_DISPATCH_DECLARE(name, T, ...)                                                                 \
    namespace actfn::dispatch::own_tables {                                                                  \
    extern const loops<T> name##_baseline;                                                                   \
    }                                                                                                        \
    template <>                                                                                              \
    struct actfn::dispatch::own_loops<__VA_ARGS__> {                                                         \
        static constexpr const loops<T>* by_isa[] = {&own_tables::name##_baseline};                          \
    }
#endif
