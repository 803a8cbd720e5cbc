// Philox4x32-10: a counter and a key to four random words, on one element or the lanes of a register.
#pragma once

#include <actfn/core/lane_ops.hpp>

#include <array>
#include <bit>

ACTFN_UNDEFINED_VECTORS
namespace actfn::inline ACTFN_ABI::rng {

/// W holds 32-bit words: std::uint32_t or xsimd::batch<std::uint32_t, A> for any architecture A.
template <class W>
concept word_lanes = std::same_as<W, std::uint32_t> ||
                     (xsimd::is_batch<W>::value && std::same_as<typename W::value_type, std::uint32_t>);

namespace detail {

// Within the rounds each 32-bit word has 64 bits to itself, of which only the lower 32 count. The widening
// product needs that layout (and leaves it: the upper word of a product is one shift away, the lower none),
// so that a register is split once before the ten rounds and joined once after them. Splitting and joining in
// every product instead would be 18 operations per round on AVX2, counted, and this is 16.

/// The 64-bit product of the lower half of x with m.
[[gnu::always_inline]] constexpr std::uint64_t product(std::uint64_t x, std::uint32_t m) noexcept {
    return (x & 0xffffffff) * m;
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<std::uint64_t, A> product(const xsimd::batch<std::uint64_t, A>& x,
                                                                     std::uint32_t m) noexcept {
    using L = xsimd::batch<std::uint64_t, A>;
#if defined(__SSE2__)
    constexpr std::size_t bytes = 8 * L::size;
    if constexpr (actfn::detail::x86<A> && bytes == 16) return L(_mm_mul_epu32(x, _mm_set1_epi64x(m)));
#if defined(__AVX2__)
    else if constexpr (actfn::detail::x86<A> && bytes == 32)
        return L(_mm256_mul_epu32(x, _mm256_set1_epi64x(m)));
#endif
#if defined(__AVX512F__)
    else if constexpr (actfn::detail::x86<A> && bytes == 64)
        return L(_mm512_mul_epu32(x, _mm512_set1_epi64(m)));
#endif
    else
#elif defined(__ARM_NEON)
    if constexpr (std::derived_from<A, xsimd::neon>)
        return L(vmull_n_u32(vmovn_u64(x), m));
    else
#endif
        return (x & L(0xffffffff)) * L(m);
}

/// The upper half of p, with the words c and k mixed in.
[[gnu::always_inline]] constexpr std::uint64_t mixed(std::uint64_t p, std::uint64_t c,
                                                     std::uint32_t k) noexcept {
    return (p >> 32) ^ c ^ k;
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<std::uint64_t, A> mixed(const xsimd::batch<std::uint64_t, A>& p,
                                                                   const xsimd::batch<std::uint64_t, A>& c,
                                                                   std::uint32_t k) noexcept {
    return (p >> 32) ^ c ^ xsimd::batch<std::uint64_t, A>(k);
}

template <class L, std::size_t N>
[[gnu::always_inline]] inline pack<L, N> product(const pack<L, N>& x, std::uint32_t m) noexcept {
    return actfn::detail::each([m](const L& r) __attribute__((always_inline)) { return product(r, m); }, x);
}

template <class L, std::size_t N>
[[gnu::always_inline]] inline pack<L, N> mixed(const pack<L, N>& p, const pack<L, N>& c,
                                               std::uint32_t k) noexcept {
    return actfn::detail::each(
        [k](const L& x, const L& y) __attribute__((always_inline)) { return mixed(x, y, k); }, p, c);
}

/// The ten rounds, on words with 64 bits each; the upper halves are ignored on the way in and undefined on
/// the way out.
template <class L>
[[gnu::always_inline]] constexpr std::array<L, 4> philox(const std::array<L, 4>& counter,
                                                         std::array<std::uint32_t, 2> key) noexcept {
    L c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
        const L p0 = product(c0, 0xd2511f53u);
        const L p1 = product(c2, 0xcd9e8d57u);
        c0 = mixed(p1, c1, key[0]);
        c1 = p1;
        c2 = mixed(p0, c3, key[1]);
        c3 = p0;
        key = {key[0] + 0x9e3779b9u, key[1] + 0xbb67ae85u}; // the golden ratio and sqrt(3) - 1
    }
    return {c0, c1, c2, c3};
}

/// The words of x in even and in odd position, with 64 bits each.
template <class A>
[[gnu::always_inline]] inline pack<xsimd::batch<std::uint64_t, A>, 2>
split(const xsimd::batch<std::uint32_t, A>& x) noexcept {
    const auto even = xsimd::bitwise_cast<std::uint64_t>(x);
    return pack<xsimd::batch<std::uint64_t, A>, 2>(even, even >> 32);
}

/// The inverse of split.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<std::uint32_t, A>
join(const pack<xsimd::batch<std::uint64_t, A>, 2>& x) noexcept {
    using L = xsimd::batch<std::uint64_t, A>;
    return xsimd::bitwise_cast<std::uint32_t>((x.reg[0] & L(0xffffffff)) | (x.reg[1] << 32));
}

} // namespace detail

/// Philox4x32-10: four random words for a counter of four words and a key of two, lowest first. A bijection
/// of the counter for each key.
///
/// Source: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3 and
/// table 2; the same generator as C++26's std::philox4x32 and CUDA's.
template <word_lanes W>
[[nodiscard, gnu::always_inline]] constexpr std::array<W, 4>
philox4x32(const std::array<W, 4>& counter, const std::array<std::uint32_t, 2>& key) noexcept {
    if constexpr (std::same_as<W, std::uint32_t>) {
        const auto c = detail::philox<std::uint64_t>({counter[0], counter[1], counter[2], counter[3]}, key);
        return {static_cast<W>(c[0]), static_cast<W>(c[1]), static_cast<W>(c[2]), static_cast<W>(c[3])};
    } else {
        using namespace detail;
        const auto c = philox<decltype(split(counter[0]))>(
            {split(counter[0]), split(counter[1]), split(counter[2]), split(counter[3])}, key);
        return {join(c[0]), join(c[1]), join(c[2]), join(c[3])};
    }
}

} // namespace actfn::inline ACTFN_ABI::rng
ACTFN_UNDEFINED_VECTORS_END
