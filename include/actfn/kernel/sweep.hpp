// The one loop under all the others: several registers at a time, then half as many, then one, then the rest
// padded to one.
#pragma once

#include <actfn/core/first_lanes.hpp>
#include <actfn/core/half_lanes.hpp>
#include <actfn/core/lane_ops.hpp>
#include <actfn/kernel/registers.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

/// From how many bytes of output on the loops over spans store past the caches; 0: never. Less than what the
/// caches hold, and whoever reads the output next pays; more, and each line of it is first read from memory
/// for nothing. To be set for a whole program, by a compile definition.
#ifndef ACTFN_STREAM_BYTES
#define ACTFN_STREAM_BYTES (std::size_t{32} << 20)
#endif

namespace actfn::inline ACTFN_ABI::detail {

template <class B, std::size_t N, class T>
[[gnu::always_inline]] inline pack<B, N> load_pack(const T* p) noexcept {
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        return pack<B, N>(load_lanes<B>(p + I * B::size)...);
    }(std::make_index_sequence<N>{});
}

/// Registers that are loaded two at a time.
template <class B, std::size_t N, class T>
[[gnu::always_inline]] inline pack<B, N> load_pairs(const T* p) noexcept {
    pack<B, N> v;
    [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        const auto put = [&v](std::size_t k, const pack<B, 2>& two) __attribute__((always_inline)) {
            v.reg[k] = two.reg[0], v.reg[k + 1] = two.reg[1];
        };
        (put(2 * I, load_pair<B>(p + 2 * I * B::size)), ...);
    }(std::make_index_sequence<N / 2>{});
    return v;
}

/// f on what each two registers of v are stored as and its place behind p.
template <class T, class B, std::size_t N, class F>
[[gnu::always_inline]] inline void each_pair(F f, T* p, const pack<B, N>& v) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        (f(p + 2 * I * B::size, paired(v.reg[2 * I], v.reg[2 * I + 1])), ...);
    }(std::make_index_sequence<N / 2>{});
}

/// f on every register of v and its place behind p.
template <class T, class B, std::size_t N, class F>
[[gnu::always_inline]] inline void each_register(F f, T* p, const pack<B, N>& v) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        (f(p + I * B::size, v.reg[I]), ...);
    }(std::make_index_sequence<N>{});
}

/// Where stream_from finds nothing to stream.
inline constexpr std::size_t nowhere = ~std::size_t{0};

/// The element from which on results in dst, and in dst2, may be stored past the caches: both are aligned
/// there. Not where they are few, and not where they take the place of a source, which is in the cache. They
/// may be a part of spans of `whole` elements, which counts then.
template <storable T, class... Src>
std::size_t stream_from(std::size_t whole, std::span<T> dst, std::span<T> dst2, const Src&... src) noexcept {
    using B = native<compute_type<T>>;
    constexpr std::size_t bytes = sizeof(B), least = ACTFN_STREAM_BYTES;
    const auto at = reinterpret_cast<std::uintptr_t>(dst.data());
    const auto at2 = reinterpret_cast<std::uintptr_t>(dst2.data());
    const std::size_t written = std::max(whole * sizeof(T), dst.size_bytes()) * (at == at2 ? 1 : 2);
    const bool in_place = ((src.data() == dst.data() || src.data() == dst2.data()) || ...);
    if (!can_stream<B, T> || least == 0 || written < least || in_place) return nowhere;
    if (at % sizeof(T) != 0 || (at - at2) % bytes != 0) return nowhere;
    return (bytes - at % bytes) % bytes / sizeof(T);
}

/// Lanes i to i + N size of every span; PastCaches: results go past the caches. With Pairs as load_pair
/// orders them, the same in all spans.
template <class B, std::size_t N, bool PastCaches = false, bool Pairs = false>
struct whole {
    std::size_t i;

    template <class T>
    [[gnu::always_inline]] auto load(const T* p) const noexcept {
        if constexpr (PastCaches) prefetch(p + i);
        if constexpr (N == 1)
            return load_lanes<B>(p + i);
        else if constexpr (Pairs)
            return load_pairs<B, N>(p + i);
        else
            return load_pack<B, N>(p + i);
    }
    template <class T>
    [[gnu::always_inline]] void store(T* p, const B& v) const noexcept {
        store_register(p + i, v);
    }
    template <class T>
    [[gnu::always_inline]] void store(T* p, const pack<B, N>& v) const noexcept {
        if constexpr (Pairs)
            each_pair([](T* q, const B& r) __attribute__((always_inline)) { store_pair(q, r); }, p + i, v);
        else
            each_register([](T* q, const B& r) __attribute__((always_inline)) { store_register(q, r); },
                          p + i, v);
    }

private:
    template <class T>
    [[gnu::always_inline]] static void store_register(T* p, const B& v) noexcept {
        if constexpr (PastCaches)
            stream_lanes(p, v);
        else
            store_lanes(p, v);
    }
    [[gnu::always_inline]] static void store_pair(void* p, const B& v) noexcept {
        if constexpr (PastCaches)
            stream_bytes(p, v);
        else
            store_bytes(p, v);
    }

    // Some 4 KiB ahead; the hardware alone does not look far enough past a long computation. Sapphire Rapids,
    // 64 MiB, ns per float without and with: elu .53 .42, backward of sigmoid .86 .69, of relu .59 .49.
    template <class T>
    [[gnu::always_inline]] static void prefetch(const T* p) noexcept {
        constexpr std::uintptr_t ahead = 4096;
        const auto at =
            reinterpret_cast<std::uintptr_t>(p) + ahead; // may be behind the array: a hint, no access
        for (std::uintptr_t k = 0; k < N * B::size * sizeof(T); k += cache_line)
            __builtin_prefetch(reinterpret_cast<const void*>(at + k));
    }
};

/// count <= size elements, those before or after the others, in a register filled up with zeros: the same
/// path as the others, so the same bits.
template <class B>
struct partial {
    std::size_t i, count;

    template <class T>
    [[gnu::always_inline]] B load(const T* p) const noexcept {
        if constexpr (half<T>) {
            alignas(B) T padded[B::size] = {};
            std::memcpy(padded, p + i, count * sizeof(T));
            return load_lanes<B>(padded);
        } else {
            return load_first<B>(p + i, count);
        }
    }
    template <class T>
    [[gnu::always_inline]] void store(T* p, const B& v) const noexcept {
        if constexpr (half<T>) {
            alignas(B) T padded[B::size];
            store_lanes(padded, v);
            std::memcpy(p + i, padded, count * sizeof(T));
        } else {
            store_first(p + i, v, count);
        }
    }
};

/// The elements from i on, less than N registers: half as many registers, single ones and a part of one. A
/// function of its own for a large N, so that its steps do not claim registers that the long loop needs:
/// sigmoid .52 ns per float with them in one, .48 so (AVX-512).
template <std::size_t N, bool Pairs, class B, class Body>
[[gnu::always_inline]] inline void sweep_rest(std::size_t i, std::size_t n, const Body& body) noexcept {
    // Half of a few registers is not worth its code.
    if constexpr (constexpr std::size_t few = N / 2; few > 2) {
        using some = whole<B, few, false, (Pairs && few % 2 == 0)>;
        if (n - i >= few * B::size) {
            body(some{i});
            i += few * B::size;
        }
    }
    // Written so, GCC 12 sees where it ends; it warns of n - i >= size for an array whose size it knows.
    for (; i + B::size <= n; i += B::size) body(whole<B, 1>{i});
    if (i < n) body(partial<B>{i, n - i});
}
template <std::size_t N, bool Pairs, class B, class Body>
[[gnu::noinline]] void sweep_rest_apart(std::size_t i, std::size_t n, const Body& given) noexcept {
    const Body body = given;
    sweep_rest<N, Pairs, B>(i, n, body);
}

/// Calls body(at) for consecutive lanes of 0 to n, where at.load(p) reads them from an input and at.store(p,
/// v) writes them to an output, past the caches from element streamed on. body loads all before it stores
/// any, so that an output may be one of the inputs. Pairs: not where a span holds anything but T.
template <std::size_t N, storable T, bool Pairs = in_pairs<T> && N % 2 == 0,
          class B = native<compute_type<T>>, class Body>
inline void sweep(std::size_t n, const Body& given, std::size_t streamed = nowhere) noexcept {
    // A copy: what a store through a pointer may have changed would be read again for every register.
    const Body body = given;
    std::size_t i = 0;
    if constexpr (can_stream<B, T>)
        if (streamed < n) {
            // Of lanes twice as wide as the elements up to two registers come before what is aligned.
            if constexpr (sizeof(B) > B::size * sizeof(T))
                if (streamed >= B::size) body(whole<B, 1>{0}), i = B::size;
            if (i < streamed) body(partial<B>{i, streamed - i});
            // Memory limits these loops: no more than four registers.
            constexpr std::size_t M = std::min<std::size_t>(N, 4);
            for (i = streamed; n - i >= M * B::size; i += M * B::size) body(whole<B, M, true, Pairs>{i});
            stream_fence();
        }
    if constexpr (N > 1)
        for (; n - i >= N * B::size; i += N * B::size) body(whole<B, N, false, Pairs>{i});
    if constexpr (N > 4) {
        if (i < n) sweep_rest_apart<N, Pairs, B>(i, n, given);
    } else {
        sweep_rest<N, Pairs, B>(i, n, body);
    }
}

} // namespace actfn::inline ACTFN_ABI::detail
