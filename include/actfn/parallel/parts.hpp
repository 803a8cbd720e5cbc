// How a loop is cut into parts for the standard library's parallel algorithms.
#pragma once

#include <actfn/kernel/sweep.hpp>

#include <version>

// Without oneTBB libstdc++ has the same algorithms, on one thread.
#if defined(__GLIBCXX__) && !_GLIBCXX_USE_TBB_PAR_BACKEND
#error "actfn/parallel.hpp needs oneTBB, which gives libstdc++ its threads: install it (Debian and Ubuntu: \
libtbb-dev) and link the CMake target actfn::parallel"
#elif !defined(__cpp_lib_parallel_algorithm)
#error "actfn/parallel.hpp needs a standard library with parallel algorithms; libstdc++ and oneTBB have them"
#endif

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <execution>
#include <iterator>
#include <span>
#include <type_traits>

/// From how many bytes in each span on a call takes threads; less stays on the calling one. To be set for a
/// whole program, by a compile definition. Two cores of Sapphire Rapids, us without and with the second for
/// 64, 128, 256, 512 KiB of floats: relu 1.6 1.7, 3.4 3.6, 6.8 5.4, 13.5 9.7, softplus 11.3 11.6, 22.5 13.6,
/// 45 26, 91 49.
#ifndef ACTFN_PARALLEL_BYTES
#define ACTFN_PARALLEL_BYTES (std::size_t{256} << 10)
#endif

namespace actfn::inline ACTFN_ABI {

/// std::execution::par or another of the standard library's policies. par and par_unseq take the threads that
/// the standard library has; with seq and unseq a call is the one without a policy.
template <class P>
concept execution_policy = std::is_execution_policy_v<std::remove_cvref_t<P>>;

namespace detail {

template <class P>
inline constexpr bool takes_threads =
    std::same_as<std::remove_cvref_t<P>, std::execution::parallel_policy> ||
    std::same_as<std::remove_cvref_t<P>, std::execution::parallel_unsequenced_policy>;

/// A number as an iterator. Those of std::views::iota are input iterators to the algorithms of C++17, which
/// walk them on one thread.
class counter {
public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using pointer = const std::size_t*;
    using reference = std::size_t;

    counter() = default;
    explicit counter(std::size_t k) noexcept : k_(k) {}

    std::size_t operator*() const noexcept { return k_; }
    std::size_t operator[](difference_type n) const noexcept { return *(*this + n); }
    counter& operator+=(difference_type n) noexcept { return k_ += static_cast<std::size_t>(n), *this; }
    counter& operator-=(difference_type n) noexcept { return *this += -n; }
    counter& operator++() noexcept { return *this += 1; }
    counter& operator--() noexcept { return *this -= 1; }
    counter operator++(int) noexcept { return counter(k_++); }
    counter operator--(int) noexcept { return counter(k_--); }
    friend counter operator+(counter c, difference_type n) noexcept { return c += n; }
    friend counter operator+(difference_type n, counter c) noexcept { return c += n; }
    friend counter operator-(counter c, difference_type n) noexcept { return c -= n; }
    friend difference_type operator-(counter a, counter b) noexcept {
        return static_cast<difference_type>(a.k_ - b.k_);
    }
    friend auto operator<=>(const counter&, const counter&) = default;

private:
    std::size_t k_ = 0;
};

/// Bytes of a part in each span: a few microseconds of work, and the smallest calls that take threads have
/// four. Of 16, 64 and 256 KiB none is faster by more than 2 % from 1 MiB on.
inline constexpr std::size_t part_bytes = 64 << 10;

/// Where n elements are cut: before each i with (i + offset) % size == 0, whatever the number of threads.
struct cuts {
    std::size_t n, size, offset;

    std::size_t count() const noexcept { return (offset + n + size - 1) / size; }
    std::size_t begin(std::size_t part) const noexcept { return part == 0 ? 0 : part * size - offset; }
    std::size_t end(std::size_t part) const noexcept { return std::min((part + 1) * size - offset, n); }
};

/// Parts of dst that share no line of the cache.
template <class T>
cuts whole_lines(std::span<T> dst) noexcept {
    return {dst.size(), part_bytes / sizeof(T),
            reinterpret_cast<std::uintptr_t>(dst.data()) % cache_line / sizeof(T)};
}

/// call(body, first, count) for every part. Behind a pointer, as one instance of the algorithm takes long
/// enough to compile.
inline void on_threads(const cuts& c, const void* body,
                       void (*call)(const void* body, std::size_t first, std::size_t count) noexcept) {
    std::for_each(std::execution::par, counter(0), counter(c.count()), [=](std::size_t part) noexcept {
        const std::size_t first = c.begin(part);
        call(body, first, c.end(part) - first);
    });
}

/// body(first, count) for every part on threads, or for all n elements at once.
template <class P, class Body>
void in_parts(const cuts& c, std::size_t bytes, const Body& body) {
    if (!takes_threads<P> || bytes < ACTFN_PARALLEL_BYTES) return body(std::size_t{0}, c.n);
    on_threads(c, &body, [](const void* b, std::size_t first, std::size_t count) noexcept {
        (*static_cast<const Body*>(b))(first, count);
    });
}

/// The same where dst is what is written, cut at lines of the cache.
template <class P, class T, class Body>
void in_parts(std::span<T> dst, const Body& body) {
    in_parts<P>(whole_lines(dst), dst.size_bytes(), body);
}

} // namespace detail

} // namespace actfn::inline ACTFN_ABI
