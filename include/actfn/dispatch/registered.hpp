// Which functors have compiled loops, and where these are.
#pragma once

#include <actfn/dispatch/table.hpp>
#include <actfn/registry.hpp>
#include <actfn/version.hpp>

#include <initializer_list>
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

/// FNV-1a, on words.
consteval std::uint64_t hash_of_words(std::initializer_list<std::uint64_t> words) noexcept {
    std::uint64_t h = 0xcbf29ce484222325;
    for (const std::uint64_t word : words) h = (h ^ word) * 0x100000001b3;
    return h;
}

/// The number of the policy that a functor is a type for: its tier, or its derivative at the kink or by
/// noise.
template <class F>
inline constexpr std::uint64_t policy_of = 0;

template <template <std::floating_point, accuracy> class F, class T, accuracy A>
inline constexpr std::uint64_t policy_of<F<T, A>> = static_cast<std::uint64_t>(A);

template <template <std::floating_point, at_kink> class F, class T, at_kink K>
inline constexpr std::uint64_t policy_of<F<T, K>> = static_cast<std::uint64_t>(K);

template <template <std::floating_point, noise_gradient> class F, class T, noise_gradient G>
inline constexpr std::uint64_t policy_of<F<T, G>> = static_cast<std::uint64_t>(G);

/// What is taken for F: its name, policy and bytes, and whether it has a kink or a jump.
template <class F>
consteval std::uint64_t hash_of_functor() noexcept {
    constexpr facts about = F::about();
    std::uint64_t name = about.name.size();
    for (const char c : about.name) name = hash_of_words({name, static_cast<unsigned char>(c)});
    return hash_of_words(
        {name, policy_of<F>, sizeof(F), alignof(F), about.kink.has_value(), about.jump.has_value()});
}

/// The functors of a list, and their order.
template <class... F>
consteval std::uint64_t hash_of_list(type_list<F...>) noexcept {
    return hash_of_words({hash_of_functor<F>()...});
}

/// All that both sides have to agree on: the version, the rows of the tables and what stands in them.
consteval std::uint64_t registry_hash() noexcept {
    return hash_of_words({ACTFN_VERSION_MAJOR, ACTFN_VERSION_MINOR, ACTFN_VERSION_PATCH, sizeof(loops<float>),
                          sizeof(tables), hash_of_list(registered<float>{}),
                          hash_of_list(registered<double>{}), hash_of_list(registered<binary16>{}),
                          hash_of_list(registered<bfloat16>{})});
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
