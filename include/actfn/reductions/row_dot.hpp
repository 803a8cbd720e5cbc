// Sums over a row in double, for gradients.
#pragma once

#include <actfn/reductions/row_number.hpp>

#include <array>

namespace actfn::inline ACTFN_ABI::detail {

/// A step of a row to be widened: where it is, or halves as floats.
template <class T>
struct row_step {
    const T* data;
    [[gnu::always_inline]] explicit row_step(const T* p) noexcept : data(p) {}
};

template <half T>
struct row_step<T> {
    alignas(64) float data[slots<T>];
    [[gnu::always_inline]] explicit row_step(const T* p) noexcept {
        store_row(data, load_row<T, row_registers<T>>(p));
    }
};

/// The sum of term(i) over a row in double: term i in sum i % 32, and the sums pairwise at the end, one order
/// for every instruction set. add(p + i..., sum) adds registers of terms to those of sum.
template <class Add, class T, class... P>
[[gnu::always_inline]] inline row_number row_sum_of(std::size_t n, const Add& add, const T* p,
                                                    const P*... more) noexcept {
    using B = xsimd::batch<double>;
    constexpr std::size_t width = 32, N = width / B::size;
    pack<B, N> sum(0.0);
    const auto step = [&](const auto&... at) __attribute__((always_inline)) {
        [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
            const auto added = [&](std::size_t k) __attribute__((always_inline)) {
                return add(sum.reg[k], widened<B>(at.data + k * B::size)...);
            };
            sum = pack<B, N>(added(I)...);
        }(std::make_index_sequence<N>{});
    };
    std::size_t i = 0;
    for (; n - i >= width; i += width) step(row_step(p + i), row_step(more + i)...);
    if (i < n) {
        const auto padded = [&](const T* from) __attribute__((always_inline)) {
            std::array<compute_type<T>, width> to;
            for (std::size_t k = 0; k < width; k += slots<T>)
                store_row(&to[k], last_step<T, 1>{{std::min(i + k, n), n}}.load(from));
            return to;
        };
        step(row_step(padded(p).data()), row_step(padded(more).data())...);
    }
    return {sum_of(sum), 0};
}

/// The sum of a b over a row; products of floats are exact, and so of halves.
template <class T>
row_number row_dot(const T* a, const T* b, std::size_t n) noexcept {
    return row_sum_of(
        n,
        [](const auto& sum, const auto& x, const auto& y)
            __attribute__((always_inline)) { return madd(x, y, sum); },
        a, b);
}

/// The sum of a row.
template <class T>
row_number row_total(const T* a, std::size_t n) noexcept {
    return row_sum_of(
        n, [](const auto& sum, const auto& x) __attribute__((always_inline)) { return sum + x; }, a);
}

} // namespace actfn::inline ACTFN_ABI::detail
