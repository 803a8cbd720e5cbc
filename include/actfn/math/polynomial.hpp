// Polynomials by Horner's rule.
#pragma once

#include <actfn/core/lane_ops.hpp>

#include <array>

namespace actfn::inline ACTFN_ABI::math {

/// c[0] + c[1] x + c[2] x^2 + ..., one madd per coefficient but the last. Estrin's scheme has the shorter
/// chain, but it is the number of operations and registers that counts with several of these in flight: with
/// it sigmoid took .65 ns per float instead of .58, softplus .84 instead of .74 (Sapphire Rapids).
///
/// The last step, where an error of x counts most, may have a closer one.
template <lanes V, std::size_t N>
[[gnu::always_inline]] constexpr V polynomial(const V& x, const V& closer,
                                              const std::array<element_t<V>, N>& c) noexcept {
    static_assert(N > 1);
    V sum(c[N - 1]);
    for (std::size_t k = N - 1; k-- > 1;) sum = madd(sum, x, V(c[k]));
    return madd(sum, closer, V(c[0]));
}
template <lanes V, std::size_t N>
[[gnu::always_inline]] constexpr V polynomial(const V& x, const std::array<element_t<V>, N>& c) noexcept {
    return polynomial(x, x, c);
}

/// The coefficients of times p(factor x), both powers of two of either sign: nothing is rounded.
template <class T, std::size_t N>
consteval std::array<T, N> rescaled(std::array<T, N> c, T times, T factor = 1) {
    for (T& k : c) {
        k *= times;
        times *= factor;
    }
    return c;
}

} // namespace actfn::inline ACTFN_ABI::math
