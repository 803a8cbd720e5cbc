// The door of every loop: what spans are accepted, and what is said when they are not.
#pragma once

#include <actfn/core/activation.hpp>
#include <actfn/core/half.hpp>

#include <cstdint>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>

namespace actfn::inline ACTFN_ABI {

/// Contiguous numbers to read: std::span, std::vector, std::array, a C array, and what else is such a range.
template <class R>
concept source = std::ranges::contiguous_range<R> && std::ranges::sized_range<R> &&
                 storable<std::ranges::range_value_t<R>>;

/// Contiguous numbers to write.
template <class R>
concept destination =
    source<R> && !std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<R>>>;

/// What a source or destination holds.
template <source R>
using element_of = std::ranges::range_value_t<R>;

/// What the elements of a source or destination are computed with: float where they are halves.
template <source R>
using computed_of = compute_type<element_of<R>>;

/// Contiguous elements of type T to read.
template <class R, class T>
concept source_of = source<R> && std::same_as<element_of<R>, T>;

/// Contiguous elements to read that are computed with as T: T, or halves where T is float.
template <class R, class T>
concept source_computed_as = source<R> && std::same_as<computed_of<R>, T>;

/// Contiguous elements of type T to write.
template <class R, class T>
concept destination_of = destination<R> && std::same_as<element_of<R>, T>;

namespace detail {

/// A span with the name it has in messages.
template <class T>
struct named {
    const char* name;
    std::span<T> span;
};

// Clang deduces the arguments of an aggregate by itself from 17 on.
template <class T>
named(const char*, std::span<T>) -> named<T>;

template <class R>
constexpr auto as_span(R&& r) noexcept {
    return std::span(std::ranges::data(r), std::ranges::size(r));
}

[[noreturn]] inline void fail(const char* loop, const std::string& what) {
    throw std::invalid_argument(std::string("actfn::") + loop + ": " + what);
}

/// a and b have the same size.
template <class A, class B>
void require_same_size(const char* loop, const named<A>& a, const named<B>& b) {
    if (a.span.size() == b.span.size()) return;
    const bool more = a.span.size() > b.span.size();
    const std::size_t by = more ? a.span.size() - b.span.size() : b.span.size() - a.span.size();
    fail(loop, std::string(a.name) + " has " + std::to_string(a.span.size()) + " elements, " + b.name +
                   " has " + std::to_string(b.span.size()) + ": " + std::to_string(by) +
                   (more ? " too many" : " too few"));
}

/// Elements that lie in both, counted from where the later one begins.
template <class A, class B>
std::size_t common_elements(const std::span<A>& a, const std::span<B>& b) noexcept {
    const auto begin = [](const auto& s) { return reinterpret_cast<std::uintptr_t>(s.data()); };
    const std::uintptr_t first = std::max(begin(a), begin(b));
    const std::uintptr_t last = std::min(begin(a) + a.size_bytes(), begin(b) + b.size_bytes());
    return first < last ? (last - first + sizeof(A) - 1) / sizeof(A) : 0;
}

/// Whatever is written lies apart from what is read, or is it.
template <class R, class W>
void require_same_or_apart(const char* loop, const named<R>& read, const named<W>& written) {
    if (static_cast<const void*>(read.span.data()) == static_cast<const void*>(written.span.data())) return;
    if (const std::size_t n = common_elements(read.span, written.span)) {
        fail(loop, std::string(written.name) + " and " + read.name + " share " + std::to_string(n) + " of " +
                       std::to_string(written.span.size()) + " elements; they must be one span or lie apart");
    }
}

/// Two outputs never share an element.
template <class A, class B>
void require_apart(const char* loop, const named<A>& a, const named<B>& b) {
    if (const std::size_t n = common_elements(a.span, b.span)) {
        fail(loop, std::string(a.name) + " and " + b.name + " share " + std::to_string(n) + " of " +
                       std::to_string(a.span.size()) + " elements; they must lie apart");
    }
}

/// What a loop that writes one span asks for: all spans as long as the first that is read, and what is
/// written one of those that are read, or apart from them.
template <class W, class First, class... R>
void require_operands(const char* loop, const named<W>& written, const named<First>& first,
                      const named<R>&... read) {
    (require_same_size(loop, read, first), ...);
    require_same_size(loop, written, first);
    require_same_or_apart(loop, first, written);
    (require_same_or_apart(loop, read, written), ...);
}

/// Lets the functor check its parameters, if it does.
template <class F>
void require_valid(const F& f) {
    if constexpr (requires { f.check(); }) f.check();
}

/// The same before a derivative is taken from the output.
template <class F>
void require_valid_from_output(const F& f) {
    require_valid(f);
    if constexpr (requires { f.check_from_output(); }) f.check_from_output();
}

} // namespace detail

} // namespace actfn::inline ACTFN_ABI
