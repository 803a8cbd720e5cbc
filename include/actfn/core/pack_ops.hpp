// The same primitives for several registers side by side.
#pragma once

#include <actfn/core/batch_ops.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

template <class V>
inline constexpr bool is_pack = false;

template <class B, std::size_t N>
inline constexpr bool is_pack<pack<B, N>> = true;

/// f on register i of every pack, for all i in turn.
template <std::size_t N, class F, class... B>
[[gnu::always_inline]] inline auto each(F f, const pack<B, N>&... p) noexcept {
    using R = decltype(f(p.reg[0]...));
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        const auto at = [&]<std::size_t J>(std::integral_constant<std::size_t, J>)
                            __attribute__((always_inline)) { return f(p.reg[J]...); };
        return pack<R, N>(at(std::integral_constant<std::size_t, I>{})...);
    }(std::make_index_sequence<N>{});
}

} // namespace detail

#define ACTFN_EACH(signature, expression, ...)                                                               \
    template <class B, std::size_t N>                                                                        \
    [[gnu::always_inline]] inline auto signature noexcept {                                                  \
        return detail::each([](auto... r) __attribute__((always_inline)) { return expression; },             \
                            __VA_ARGS__);                                                                    \
    }
#define ACTFN_BINARY(op)                                                                                     \
    template <class B, std::size_t N>                                                                        \
    [[gnu::always_inline]] inline auto operator op(const pack<B, N>& a, const pack<B, N>& b) noexcept {      \
        return detail::each([](const B& x, const B& y) __attribute__((always_inline)) { return x op y; }, a, \
                            b);                                                                              \
    }
ACTFN_BINARY(+)
ACTFN_BINARY(-)
ACTFN_BINARY(*)
ACTFN_BINARY(/)
ACTFN_BINARY(<)
ACTFN_BINARY(<=)
ACTFN_BINARY(>)
ACTFN_BINARY(>=)
ACTFN_BINARY(==)
ACTFN_BINARY(!=)
ACTFN_BINARY(&&)
ACTFN_BINARY(||)
#undef ACTFN_BINARY

ACTFN_EACH(negated(const pack<B, N>& a), negated(r...), a)
ACTFN_EACH(madd(const pack<B, N>& a, const pack<B, N>& b, const pack<B, N>& c), madd(r...), a, b, c)
ACTFN_EACH(abs(const pack<B, N>& x), abs(r...), x)
ACTFN_EACH(negative_abs(const pack<B, N>& x), negative_abs(r...), x)
ACTFN_EACH(with_sign(const pack<B, N>& m, const pack<B, N>& s), with_sign(r...), m, s)
ACTFN_EACH(at_least(const pack<B, N>& x, const pack<B, N>& bound), at_least(r...), x, bound)
ACTFN_EACH(at_most(const pack<B, N>& x, const pack<B, N>& bound), at_most(r...), x, bound)
ACTFN_EACH(low_bits_to_exponent(const pack<B, N>& x), low_bits_to_exponent(r...), x)
ACTFN_EACH(truncated(const pack<B, N>& x), truncated(r...), x)
ACTFN_EACH(rounded(const pack<B, N>& x), rounded(r...), x)
ACTFN_EACH(sqrt(const pack<B, N>& x), sqrt(r...), x)
ACTFN_EACH(divided(const pack<B, N>& a, const pack<B, N>& b), divided(r...), a, b)
#undef ACTFN_EACH

template <class B, std::size_t N>
[[gnu::always_inline]] inline pack<B, N> select(const pack<mask_t<B>, N>& take, const pack<B, N>& a,
                                                const pack<B, N>& b) noexcept {
    return detail::each([](const auto& m, const B& x, const B& y)
                            __attribute__((always_inline)) { return select(m, x, y); },
                        take, a, b);
}

} // namespace actfn::inline ACTFN_ABI
