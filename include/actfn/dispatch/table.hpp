// What the translation units of different instruction sets know of each other: pointers to loops.
#pragma once

#include <actfn/core/half.hpp>
#include <actfn/dispatch/isa.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>

// No inline namespace, and so nothing but data and declarations: no function here may be compiled twice.
namespace actfn::dispatch {

/// The halves, under names that no language version changes.
using binary16 = stored_half<half_format::binary16>;
using bfloat16 = stored_half<half_format::bfloat16>;

/// All loops of one functor, null where it has none. f points to the bytes of the functor: its type has
/// another name, and the same layout, in each translation unit. The elements may be a part of more: of
/// `whole` elements, if that is not 0, or those from number first on.
template <class T>
struct loops {
    void (*forward)(const void* f, std::size_t n, const T* src, T* dst, std::size_t whole) noexcept;
    void (*backward)(const void* f, std::size_t n, const T* src, const T* diff_dst, T* diff_src,
                     std::size_t whole) noexcept;
    void (*backward_from_output)(const void* f, std::size_t n, const T* dst, const T* diff_dst, T* diff_src,
                                 std::size_t whole) noexcept;
    void (*forward_and_derivative)(const void* f, std::size_t n, const T* src, T* dst, T* derivative,
                                   std::size_t whole) noexcept;
    void (*forward_drawn)(const void* f, std::size_t n, const T* src, T* dst, std::uint64_t seed,
                          std::uint64_t first) noexcept;
    void (*backward_drawn)(const void* f, std::size_t n, const T* src, const T* diff_dst, T* diff_src,
                           std::uint64_t seed, std::uint64_t first) noexcept;
    double (*parameter_gradient)(const void* f, std::size_t run, std::size_t stride, std::size_t first,
                                 std::size_t n, const T* src, const T* diff_dst) noexcept;
    void (*forward_per_channel)(const void* f, std::size_t channels, std::size_t inner, std::size_t first,
                                std::size_t n, const compute_type<T>* parameters, const T* src,
                                T* dst) noexcept;
    void (*backward_per_channel)(const void* f, std::size_t channels, std::size_t inner, std::size_t first,
                                 std::size_t n, const compute_type<T>* parameters, const T* src,
                                 const T* diff_dst, T* diff_src) noexcept;
};

/// The loops of N functors.
template <class T, std::size_t N>
struct rows {
    loops<T> row[N];
};

/// The loops of the registry for one instruction set, in the order of registered<T>.
struct tables {
    isa set;
    const loops<float>* floats;
    const loops<double>* doubles;
    const loops<binary16>* binary16s;
    const loops<bfloat16>* bfloat16s;
};

/// What is in use; null until it is chosen. The tables are constants, so a relaxed load is enough.
extern std::atomic<const tables*> in_use;

/// What the registry looks like, as a type: part of the name of choose(), so that headers and compiled loops
/// of two versions do not link.
template <std::uint64_t Value>
struct fingerprint {};

} // namespace actfn::dispatch
