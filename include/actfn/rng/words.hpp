// Random words to numbers: uniform on (0, 1), and the angle of a normal.
#pragma once

#include <actfn/core/lane_ops.hpp>

#include <bit>

ACTFN_UNDEFINED_VECTORS
namespace actfn::inline ACTFN_ABI::rng {

namespace detail {

/// How a 32-bit word becomes a T: its bits are put below the leading one of a number of known size, which is
/// then taken away, exactly. The word for a double has 64 bits, of which the upper half is ignored.
template <class T>
struct word_constants;

template <>
struct word_constants<float> {
    static constexpr float base = 1;                    // its last place is 2^-23
    static constexpr float half_below = 0x1.fffffep-1f; // base - 2^-24

    template <class W>
    [[gnu::always_inline]] static constexpr W fraction(const W& w) noexcept {
        return w >> 9;
    }
    // The highest bit falls on one that is set in base.
    template <class W>
    [[gnu::always_inline]] static constexpr W double_fraction(const W& w) noexcept {
        return w >> 8;
    }
};

template <>
struct word_constants<double> {
    static constexpr double base = 0x1p20;                     // its last place is 2^-32
    static constexpr double half_below = 0x1.fffffffffffffp19; // base - 2^-33

    template <class W>
    [[gnu::always_inline]] static constexpr W fraction(const W& w) noexcept {
        return w & W(0xffffffff);
    }
    template <class W>
    [[gnu::always_inline]] static constexpr W double_fraction(const W& w) noexcept {
        return (w << 1) & W(0xffffffff);
    }
};

[[gnu::always_inline]] constexpr float as_number(std::uint32_t w) noexcept { return std::bit_cast<float>(w); }

[[gnu::always_inline]] constexpr double as_number(std::uint64_t w) noexcept {
    return std::bit_cast<double>(w);
}

template <class U, class A>
[[gnu::always_inline]] inline auto as_number(const xsimd::batch<U, A>& w) noexcept {
    return xsimd::bitwise_cast<std::conditional_t<sizeof(U) == 4, float, double>>(w);
}

template <std::floating_point T>
[[gnu::always_inline]] constexpr auto as_bits(T x) noexcept {
    return std::bit_cast<actfn::detail::bits_of<T>>(x);
}

template <class T, class A>
[[gnu::always_inline]] inline auto as_bits(const xsimd::batch<T, A>& x) noexcept {
    return xsimd::bitwise_cast<actfn::detail::bits_of<T>>(x);
}

/// f(x), or of every register of a pack x.
template <class X, class F>
[[gnu::always_inline]] constexpr auto lift(const X& x, F f) noexcept {
    return f(x);
}

template <class B, std::size_t N, class F>
[[gnu::always_inline]] inline auto lift(const pack<B, N>& x, F f) noexcept {
    return actfn::detail::each(f, x);
}

/// base with the bits of w set in it.
template <class T, class W>
[[gnu::always_inline]] constexpr auto set_in_base(const W& w) noexcept {
    return as_number(w | W(as_bits(word_constants<T>::base)));
}

template <std::floating_point T, class W>
[[gnu::always_inline]] constexpr auto uniform_of_word(const W& w) noexcept {
    const auto x = set_in_base<T>(word_constants<T>::fraction(w));
    return x - decltype(x)(word_constants<T>::half_below);
}

/// 1/2 - 2 u' where the uniform number of w is b/2 + u', b the highest bit; an odd multiple of 2^-23 or
/// 2^-32, hence not 0.
template <std::floating_point T, class W>
[[gnu::always_inline]] constexpr auto angle_of_word(const W& w) noexcept {
    const auto x = set_in_base<T>(word_constants<T>::double_fraction(w) | W(1)); // base + 2 u'
    return decltype(x)(word_constants<T>::base + T(0.5)) - x;
}

/// A number whose sign is the highest bit of w.
template <std::floating_point T, class W>
[[gnu::always_inline]] constexpr auto sign_of_word(const W& w) noexcept {
    if constexpr (sizeof(T) == 4)
        return as_number(w);
    else
        return as_number(w << 32);
}

} // namespace detail

/// A number on (0, 1) from a word: (k + 1/2) 2^-23 with the upper 23 bits k (float), (k + 1/2) 2^-32 with all
/// 32 (double). It is exact, so neither 0 nor 1 comes out; a float of 24 bits made this way would round to 1
/// at the upper end.
template <std::floating_point T, class W>
[[nodiscard, gnu::always_inline]] constexpr auto uniform_from(const W& word) noexcept {
    return detail::lift(word, [](const auto& w)
                                  __attribute__((always_inline)) { return detail::uniform_of_word<T>(w); });
}

} // namespace actfn::inline ACTFN_ABI::rng
ACTFN_UNDEFINED_VECTORS_END
