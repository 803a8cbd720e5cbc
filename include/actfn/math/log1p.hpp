// log(1 + e) of e = exp(z), z <= 0: the curved part of softplus.
#pragma once

#include <actfn/math/logistic.hpp>

namespace actfn::inline ACTFN_ABI::math {

namespace detail {

// (atanh(u) / u - 1) / v for v = u^2 on 0 <= v <= 1/9, weight v. tests/derivations/atanh.sollya
template <class T>
struct atanh_constants;

template <>
struct atanh_constants<float> {
    // v^0 to v^3; error relative to u 2^-25.95.
    static constexpr std::array<float, 4> tail{0x1.55554cp-2f, 0x1.99ae06p-3f, 0x1.211636p-3f,
                                               0x1.134bc8p-3f};
};

template <>
struct atanh_constants<double> {
    // v^0 to v^9; error relative to u 2^-57.5.
    static constexpr std::array<double, 10> tail{
        0x1.5555555555555p-2, 0x1.999999999a27cp-3, 0x1.24924923df835p-3, 0x1.c71c726c183f7p-4,
        0x1.745cf1549fb67p-4, 0x1.3b18a6d634cbep-4, 0x1.10acf5746aceap-4, 0x1.eb8a245c02a09p-5,
        0x1.688e976125ec4p-5, 0x1.4afdb071ecbe9p-4};
};

} // namespace detail

/// log1p(e) / N, N the numerator of e, and what its rounding lost.
template <lanes V>
struct log1p_parts {
    V upper, lower;
};

/// The same times 1 + more, |more| at most an ulp, from the quotient of e / 2: log1p(e) = 2 atanh(u), u = e /
/// (2 + e) <= 1/3, one division, and a series in u^2 half as long as one in e.
template <lanes V>
[[gnu::always_inline]] constexpr log1p_parts<V> log1p_split(const exp_quotient<V>& q,
                                                            const V& more) noexcept {
    const V u = q.powered(q.inverse);
    const V v = u * u;
    const V series = madd(v, polynomial(v, detail::atanh_constants<element_t<V>>::tail), more);
    // u (1 + series), where u = numerator inverse (1 + error).
    const V growth = series + madd(series, q.error, q.error);
    // Not as a product of its own: GCC would fuse it with the sums, Clang not.
    const V upper = madd(q.inverse, growth, q.inverse);
    return {upper, madd(q.inverse, growth, q.inverse - upper)};
}

/// log1p(e) / N to about 2 ULP.
template <lanes V>
[[gnu::always_inline]] constexpr V log1p_fast(const exp_ratio<V>& e) noexcept {
    using T = element_t<V>;
    constexpr auto c = rescaled(detail::atanh_constants<T>::tail, T(0.25), T(0.25));
    // 2 u without and with the numerator.
    const V twice = divided(V(2), madd(e.denominator, V(2 * unit<scaling::extended, T>), e.numerator));
    const V double_u = twice * e.numerator;
    const V v = double_u * double_u;
    return madd(twice * v, polynomial(v, c), twice);
}

} // namespace actfn::inline ACTFN_ABI::math
