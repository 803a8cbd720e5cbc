// How rows are walked: whole steps, and the last one by masks.
#pragma once

#include <actfn/kernel/sweep.hpp>
#include <actfn/reductions/row_registers.hpp>

#include <array>
#include <limits>
#include <numeric>

namespace actfn::inline ACTFN_ABI::detail {

/// A step of R rows of n elements that lie one behind the other: elements i to i + slots of each, the
/// registers of one row after those of another.
template <class T, std::size_t R>
struct whole_step {
    std::size_t i, n;

    using B = row_batch<T>;
    using V = pack<B, R * row_registers<T>>;

    /// Where register k of a step begins behind the first row.
    [[gnu::always_inline]] std::size_t at(std::size_t k) const noexcept {
        return k / row_registers<T> * n + i + k % row_registers<T> * B::size;
    }
    [[gnu::always_inline]] V load(const T* p) const noexcept {
        return [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
            return V(load_lanes<B>(p + at(K))...);
        }(std::make_index_sequence<R * row_registers<T>>{});
    }
    [[gnu::always_inline]] V load_or(const T* p, compute_type<T>) const noexcept { return load(p); }
    [[gnu::always_inline]] void store(T* p, const V& v) const noexcept {
        [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
            (store_lanes(p + at(K), v.reg[K]), ...);
        }(std::make_index_sequence<R * row_registers<T>>{});
    }
};

/// The last step: the first slots of n - i elements or fewer, in as many registers: the same path, so the
/// same bits.
template <class T, std::size_t R>
struct last_step : whole_step<T, R> {
    using whole_step<T, R>::at;
    using typename whole_step<T, R>::B;
    using typename whole_step<T, R>::V;

    /// Zeros behind the elements.
    [[gnu::always_inline]] V load(const T* p) const noexcept {
        return [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
            return V(load_some(p, at(K), count(K))...);
        }(std::make_index_sequence<R * row_registers<T>>{});
    }
    /// pad behind the elements.
    [[gnu::always_inline]] V load_or(const T* p, compute_type<T> pad) const noexcept {
        static constexpr auto place = [] {
            std::array<compute_type<T>, slots<T>> k{};
            std::iota(k.begin(), k.end(), compute_type<T>(0));
            return k;
        }();
        const B end(static_cast<compute_type<T>>(this->n - this->i));
        V v = load(p);
        for (std::size_t k = 0; k < R * row_registers<T>; ++k)
            v.reg[k] =
                select(B::load_unaligned(&place[k % row_registers<T> * B::size]) < end, v.reg[k], B(pad));
        return v;
    }
    [[gnu::always_inline]] void store(T* p, const V& v) const noexcept {
        [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
            (store_some(p, at(K), v.reg[K], count(K)), ...);
        }(std::make_index_sequence<R * row_registers<T>>{});
    }

private:
    /// Elements in register k.
    [[gnu::always_inline]] std::size_t count(std::size_t k) const noexcept {
        const std::size_t before = k % row_registers<T> * B::size, left = this->n - this->i;
        return left > before ? std::min(left - before, B::size) : 0;
    }
    [[gnu::always_inline]] static B load_some(const T* p, std::size_t first, std::size_t elements) noexcept {
        if constexpr (half<T> || !has_masked_access<B>) {
            if (elements == B::size) return load_lanes<B>(p + first);
            if (elements == 0) return B(0);
        }
        return partial<B>{first, elements}.load(p);
    }
    [[gnu::always_inline]] static void store_some(T* p, std::size_t first, const B& v,
                                                  std::size_t elements) noexcept {
        if constexpr (half<T> || !has_masked_access<B>) {
            if (elements == B::size) return store_lanes(p + first, v);
            if (elements == 0) return;
        }
        partial<B>{first, elements}.store(p, v);
    }
};

/// body(at) for every step of R rows of n elements, where at.load(p) reads them from a matrix, at.load_or(p,
/// pad) with pad behind the last, and at.store(p, v) writes them to one.
template <class T, std::size_t R = 1, class Body>
[[gnu::always_inline]] inline void steps(std::size_t n, const Body& body) noexcept {
    std::size_t i = 0;
    for (; n - i >= slots<T>; i += slots<T>) body(whole_step<T, R>{i, n});
    if (i < n) body(last_step<T, R>{{i, n}});
}

/// The largest elements of a row's lanes, so that one of them is its largest; -inf of none. NaNs are passed
/// over: the sum finds them.
template <class T>
[[gnu::always_inline]] inline row_batch<T> row_max(const T* src, std::size_t n) noexcept {
    constexpr compute_type<T> inf = std::numeric_limits<compute_type<T>>::infinity();
    constexpr std::size_t N = row_registers<T>;
    using wide = pack<row_batch<T>, 4 * N>;
    row_pack<T> most(-inf);
    std::size_t i = 0;
    if (n >= 4 * slots<T>) {
        wide m(-inf);
        for (; n - i >= 4 * slots<T>; i += 4 * slots<T>) m = at_least(m, load_row<T, 4 * N>(src + i));
        most = halved_max(halved_max(m));
    }
    steps<T>(n - i, [&](auto at)
                        __attribute__((always_inline)) { most = at_least(most, at.load_or(src + i, -inf)); });
    return max_of(most);
}

} // namespace actfn::inline ACTFN_ABI::detail
