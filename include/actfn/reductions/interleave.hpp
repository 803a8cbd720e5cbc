// Registers of neighbours to registers of first, second, ... ones, and back.
#pragma once

#include <actfn/core/lane_ops.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// Lanes Index... of a and b side by side.
template <std::size_t... Index, class B>
[[gnu::always_inline]] inline B picked(const B& a, const B& b) noexcept {
    // The compiler knows the shortest way on every instruction set; for registers that are none, through
    // memory.
    if constexpr (requires { B(__builtin_shufflevector(a.data, b.data, int{Index}...)); }) {
        return B(__builtin_shufflevector(a.data, b.data, int{Index}...));
    } else {
        typename B::value_type from[2 * B::size];
        a.store_unaligned(from), b.store_unaligned(from + B::size);
        const typename B::value_type to[] = {from[Index]...};
        return B::load_unaligned(to);
    }
}

/// Every second lane of a and b, from lane First on.
template <std::size_t First, class B>
[[gnu::always_inline]] inline B every_second(const B& a, const B& b) noexcept {
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        return picked<(2 * I + First)...>(a, b);
    }(std::make_index_sequence<B::size>{});
}

/// Lanes of a and b in turn: of their halves First = 0 or 1.
template <std::size_t First, class B>
[[gnu::always_inline]] inline B in_turn(const B& a, const B& b) noexcept {
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        return picked<(First * B::size / 2 + I / 2 + I % 2 * B::size)...>(a, b);
    }(std::make_index_sequence<B::size>{});
}

/// v turned round by Half lanes.
template <std::size_t Half, class B>
[[gnu::always_inline]] inline B turned(const B& v) noexcept {
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        return picked<((I + Half) % B::size)...>(v, v);
    }(std::make_index_sequence<B::size>{});
}

/// The halves First = 0 or 1 of every Width lanes of a and b in turn.
template <std::size_t First, std::size_t Width, class B>
[[gnu::always_inline]] inline B segments(const B& a, const B& b) noexcept {
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        return picked<(I % Width < Width / 2 ? I + First * Width / 2
                                             : B::size + I - (1 - First) * Width / 2)...>(a, b);
    }(std::make_index_sequence<B::size>{});
}

/// every_second of the pairs of registers in v.
template <std::size_t First, class B, std::size_t N>
[[gnu::always_inline]] inline auto half_of(const pack<B, N>& v) noexcept {
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
        return pack<B, N / 2>(every_second<First>(v.reg[2 * I], v.reg[2 * I + 1])...);
    }(std::make_index_sequence<N / 2>{});
}

/// Register k of the result has elements k, N + k, 2 N + k, ... of v, N a power of two.
template <class B, std::size_t N>
[[gnu::always_inline]] inline pack<B, N> deinterleaved(const pack<B, N>& v) noexcept {
    if constexpr (N == 1) {
        return v;
    } else {
        const auto even = deinterleaved(half_of<0>(v)), odd = deinterleaved(half_of<1>(v));
        return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
            return pack<B, N>((I % 2 == 0 ? even : odd).reg[I / 2]...);
        }(std::make_index_sequence<N>{});
    }
}

/// The inverse.
template <class B, std::size_t N>
[[gnu::always_inline]] inline pack<B, N> interleaved(const pack<B, N>& v) noexcept {
    if constexpr (N == 1) {
        return v;
    } else {
        return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
            const auto even = interleaved(pack<B, N / 2>(v.reg[2 * I]...)),
                       odd = interleaved(pack<B, N / 2>(v.reg[2 * I + 1]...));
            return [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
                return pack<B, N>(in_turn<K % 2>(even.reg[K / 2], odd.reg[K / 2])...);
            }(std::make_index_sequence<N>{});
        }(std::make_index_sequence<N / 2>{});
    }
}

} // namespace actfn::inline ACTFN_ABI::detail
