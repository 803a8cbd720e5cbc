// Standard normals from uniform numbers, by Box and Muller's transform.
#pragma once

#include <actfn/rng/words.hpp>

#include <array>
#include <limits>

ACTFN_UNDEFINED_VECTORS
namespace actfn::inline ACTFN_ABI::rng {

namespace detail {

template <class T>
struct normal_constants;

template <>
struct normal_constants<float> {
    static constexpr float minus_log_4 = -0x1.62e43p0f;
    // sin(pi h) / h in v = h^2 on 0 <= v <= 1/4: relative error 2^-25.1, that of the rounded pi.
    // tests/derivations/normal.sollya
    static constexpr std::array<float, 5> sine{0x1.921fb6p1f, -0x1.4abbd8p2f, 0x1.466b26p1f, -0x1.328004p-1f,
                                               0x1.407998p-4f};
    // (2 f - 2 log(1 + f)) / f^2 on sqrt(1/2) <= 1 + f <= sqrt(2): error relative to the logarithm 2^-23.7.
    // Ibidem.
    static constexpr std::array<float, 8> log{0x1.fffffcp-1f,  -0x1.555626p-1f, 0x1.00051p-1f,
                                              -0x1.9912cep-2f, 0x1.533f1ep-2f,  -0x1.2eaf8p-2f,
                                              0x1.259544p-2f,  -0x1.788b18p-3f};
};

template <>
struct normal_constants<double> {
    static constexpr double minus_log_4 = -0x1.62e42fefa39efp0;
    // As above; 2^-54.5.
    static constexpr std::array<double, 9> sine{
        0x1.921fb54442d18p1,   -0x1.4abbce625be39p2,   0x1.466bc67759fccp1,
        -0x1.32d2cce5e66ebp-1, 0x1.5078346ab756fp-4,   -0x1.e30741a6ba9a8p-8,
        0x1.e8f023f73b57cp-12, -0x1.6f0536efc7126p-16, 0x1.8f9e5a085c7aap-21};
    // As above; 2^-55.2.
    static constexpr std::array<double, 20> log{0x1p0,
                                                -0x1.5555555555556p-1,
                                                0x1.ffffffffff89ap-2,
                                                -0x1.999999999928bp-2,
                                                0x1.55555555ec054p-2,
                                                -0x1.249249255766p-2,
                                                0x1.ffffff7c299d2p-3,
                                                -0x1.c71c70dbb7b47p-3,
                                                0x1.9999b564047fp-3,
                                                -0x1.745d574ce69a7p-3,
                                                0x1.55522734f2ae7p-3,
                                                -0x1.3b0a80420fff7p-3,
                                                0x1.24c5c0c051933p-3,
                                                -0x1.11ce6522b1287p-3,
                                                0x1.fcca2ce9a6b9fp-4,
                                                -0x1.d0f145a80408bp-4,
                                                0x1.cbe0524f595a1p-4,
                                                -0x1.07e05a6e3fb03p-3,
                                                0x1.f3b9ba0da03cep-4,
                                                -0x1.c55e836a74352p-5};
};

/// u = 2^e (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), for a normal u between 2^-64 and 2^64.
template <std::floating_point T>
struct range_reduction {
    using B = actfn::detail::bits_of<T>;
    static constexpr int digits = std::numeric_limits<T>::digits - 1;
    static constexpr B sqrt_half = as_bits(T(0x1.6a09e667f3bcdp-1));
    static constexpr T integer = T(B(1) << digits); // its last place is 1

    /// e + 64 in the place of the exponent, and what the significand exceeds sqrt(1/2) by below it.
    template <class V>
    [[gnu::always_inline]] static constexpr auto shifted(const V& u) noexcept {
        const auto b = as_bits(u);
        return b + decltype(b)((B(64) << digits) - sqrt_half);
    }

    template <class V>
    [[gnu::always_inline]] static constexpr V e(const V& u) noexcept {
        const auto s = shifted(u);
        return as_number((s >> digits) | decltype(s)(as_bits(integer))) - V(integer + 64);
    }

    template <class V>
    [[gnu::always_inline]] static constexpr V f(const V& u) noexcept {
        const auto s = shifted(u);
        using W = std::remove_const_t<decltype(s)>;
        return as_number((s & W((B(1) << digits) - 1)) + W(sqrt_half)) - V(1);
    }
};

/// c[0] + c[1] x + ..., every product rounded.
template <lanes V, std::size_t N>
[[gnu::always_inline]] constexpr V rounded_polynomial(const V& x,
                                                      const std::array<element_t<V>, N>& c) noexcept {
    V sum(c[N - 1]);
    [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
        ((sum = rounded(sum * x) + V(c[N - 2 - K])), ...);
    }(std::make_index_sequence<N - 1>{});
    return sum;
}

/// sin(pi h) for |h| <= 1/2.
template <lanes V>
[[gnu::always_inline]] constexpr V sine(const V& h) noexcept {
    return h * rounded_polynomial(V(h * h), normal_constants<element_t<V>>::sine);
}

/// sqrt(-2 log u) for a normal u < 1.
template <lanes V>
[[gnu::always_inline]] inline V radius(const V& u) noexcept {
    using T = element_t<V>;
    const V e =
        lift(u, [](const auto& x) __attribute__((always_inline)) { return range_reduction<T>::e(x); });
    const V f =
        lift(u, [](const auto& x) __attribute__((always_inline)) { return range_reduction<T>::f(x); });
    const V curve = rounded(f * f * rounded_polynomial(f, normal_constants<T>::log));
    return sqrt((rounded(e * V(normal_constants<T>::minus_log_4)) - (f + f)) + curve);
}

} // namespace detail

/// A bound on the error of normals_from against the exact result for its words, in ulp of that; the words
/// given come within resolution of it. Float: the maximum of all pairs of words. Double: of the pairs of the
/// worst radii with the worst angles, sought among all words at random and in full near the worst; the errors
/// of radius and angle add up to 5.23 at most.
struct normal_claim {
    double ulp;
    std::uint32_t word0, word1;

    static constexpr double resolution = 0.001;
};

template <std::floating_point T>
inline constexpr normal_claim normal_error{4.624, 0x22a2b000, 0x3dfdde00};

template <>
inline constexpr normal_claim normal_error<double>{5.163, 0x22a540d6, 0x401d91cb};

/// Two standard normals r cos(2 pi u1), r sin(2 pi u1) with r = sqrt(-2 log u0), u0 and u1 uniform from the
/// two words.
///
/// Source: Box, Muller 1958, "A note on the generation of random normal deviates".
template <std::floating_point T, class W>
[[nodiscard, gnu::always_inline]] inline auto normals_from(const W& word0, const W& word1) noexcept {
    const auto r = detail::radius(uniform_from<T>(word0));
    using V = std::remove_const_t<decltype(r)>;
    // u1 = b/2 + u', where b turns the sign of both. With h = 1/2 - 2 u' the cosine of 2 pi u' is sin(pi h),
    // and its sine sin(pi (1/2 - |h|)): one polynomial for both, and no exchange between quadrants.
    const V h = detail::lift(
        word1, [](const auto& w) __attribute__((always_inline)) { return detail::angle_of_word<T>(w); });
    const V b = detail::lift(
        word1, [](const auto& w) __attribute__((always_inline)) { return detail::sign_of_word<T>(w); });
    const V signed_r = with_sign(r, b);
    return std::array<V, 2>{signed_r * detail::sine(h), signed_r * detail::sine(V(V(T(0.5)) - abs(h)))};
}

} // namespace actfn::inline ACTFN_ABI::rng
ACTFN_UNDEFINED_VECTORS_END
