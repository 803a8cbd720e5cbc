// Tables of loops, for the translation units that are compiled once per instruction set.
#pragma once

#include <actfn/dispatch/registered.hpp>
#include <actfn/kernel/elementwise.hpp>
#include <actfn/kernel/per_channel.hpp>
#include <actfn/kernel/stochastic.hpp>

#include <string_view>

#define ACTFN_DISPATCH_JOIN(name, set) ACTFN_DISPATCH_JOINED(name, set)
#define ACTFN_DISPATCH_JOINED(name, set) name##_##set
#define ACTFN_DISPATCH_TEXT(name) ACTFN_DISPATCH_QUOTED(name)
#define ACTFN_DISPATCH_QUOTED(name) #name

namespace actfn::dispatch::inline ACTFN_ABI {

namespace detail {

#if defined(ACTFN_DISPATCH_ISA) && defined(__x86_64__)
// A flag such as -mavx in CMAKE_CXX_FLAGS outlives the -march that comes after it.
static_assert(std::string_view(ACTFN_DISPATCH_TEXT(ACTFN_ABI)) ==
                  (isa::ACTFN_DISPATCH_ISA == isa::baseline ? "isa_baseline"
                   : isa::ACTFN_DISPATCH_ISA == isa::avx2   ? "isa_avx2_fma_f16c"
                                                            : "isa_avx512"),
              "actfn: the compiler's flags choose another instruction set than this table is for");
#endif

/// The functor with these bytes.
template <class F>
[[gnu::always_inline]] inline F copy(const void* bytes) noexcept {
    static_assert(std::is_trivially_copyable_v<F> && std::is_default_constructible_v<F>);
    F f;
    __builtin_memcpy(&f, bytes, sizeof f);
    return f;
}

template <class F, class T>
consteval void add_deterministic(loops<T>& row) noexcept {
    namespace loop = actfn::detail;
    row.forward = [](const void* f, std::size_t n, const T* src, T* dst, std::size_t whole) noexcept {
        loop::forward_loop(copy<F>(f), n, src, dst, whole);
    };
    if constexpr (differentiable<F, compute_type<T>>) {
        row.backward = [](const void* f, std::size_t n, const T* src, const T* diff_dst, T* diff_src,
                          std::size_t whole) noexcept {
            loop::backward_loop(copy<F>(f), n, src, diff_dst, diff_src, whole);
        };
        row.forward_and_derivative = [](const void* f, std::size_t n, const T* src, T* dst, T* derivative,
                                        std::size_t whole) noexcept {
            loop::forward_and_derivative_loop(copy<F>(f), n, src, dst, derivative, whole);
        };
    }
    if constexpr (differentiable_from_output<F, compute_type<T>>)
        row.backward_from_output = [](const void* f, std::size_t n, const T* dst, const T* diff_dst,
                                      T* diff_src, std::size_t whole) noexcept {
            loop::backward_from_output_loop(copy<F>(f), n, dst, diff_dst, diff_src, whole);
        };
}

template <class F, class T>
consteval void add_stochastic(loops<T>& row) noexcept {
    namespace loop = actfn::detail;
    row.forward_drawn = [](const void* f, std::size_t n, const T* src, T* dst, std::uint64_t seed,
                           std::uint64_t first) noexcept {
        loop::forward_loop(copy<F>(f), n, src, dst, rng::stream{seed, first});
    };
    if constexpr (stochastic_differentiable<F, compute_type<T>>)
        row.backward_drawn = [](const void* f, std::size_t n, const T* src, const T* diff_dst, T* diff_src,
                                std::uint64_t seed, std::uint64_t first) noexcept {
            loop::backward_loop(copy<F>(f), n, src, diff_dst, diff_src, rng::stream{seed, first});
        };
}

template <class F, class T>
consteval void add_learnable(loops<T>& row) noexcept {
    namespace loop = actfn::detail;
    row.parameter_gradient = [](const void* f, std::size_t run, std::size_t stride, std::size_t first,
                                std::size_t n, const T* src, const T* diff_dst) noexcept {
        return loop::parameter_gradient_loop(copy<F>(f), {run, stride}, first, n, src, diff_dst);
    };
    row.forward_per_channel = [](const void* f, std::size_t channels, std::size_t inner, std::size_t first,
                                 std::size_t n, const compute_type<T>* parameters, const T* src,
                                 T* dst) noexcept {
        loop::forward_per_channel_loop(copy<F>(f), channels, inner, first, n, parameters, src, dst);
    };
    row.backward_per_channel = [](const void* f, std::size_t channels, std::size_t inner, std::size_t first,
                                  std::size_t n, const compute_type<T>* parameters, const T* src,
                                  const T* diff_dst, T* diff_src) noexcept {
        loop::backward_per_channel_loop(copy<F>(f), channels, inner, first, n, parameters, src, diff_dst,
                                        diff_src);
    };
}

} // namespace detail

/// The loops of F on elements of type T, as compiled here.
template <class F, storable T, class C = compute_type<T>>
consteval loops<T> loops_of() noexcept {
    loops<T> row{};
    if constexpr (activation<F, C>) detail::add_deterministic<F>(row);
    if constexpr (stochastic_activation<F, C>) detail::add_stochastic<F>(row);
    if constexpr (learnable<F, C>) detail::add_learnable<F>(row);
    return row;
}

/// Those of every functor in a list; tiers that compute T alike share theirs.
template <class T, class... F>
consteval rows<T, sizeof...(F)> rows_of(type_list<F...>) noexcept {
    return {{loops_of<typename actfn::detail::tier_for<F, T>::type, T>()...}};
}

} // namespace actfn::dispatch::inline ACTFN_ABI

/// Compiles the loops that ACTFN_DISPATCH_DECLARE has named; the same arguments, at global scope in a source
/// file of actfn_add_isa_objects().
#define ACTFN_DISPATCH_DEFINE(name, T, ...)                                                                  \
    /* A name of its own, as the user's would be looked up in actfn first below. */                          \
    static constexpr actfn::dispatch::loops<T> name##_here = actfn::dispatch::loops_of<__VA_ARGS__, T>();    \
    constinit const actfn::dispatch::loops<T> actfn::dispatch::own_tables::ACTFN_DISPATCH_JOIN(              \
        name, ACTFN_DISPATCH_ISA) = name##_here
