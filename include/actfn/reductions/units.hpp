// What of a layer does nothing: zeros, units that are dead over a batch, saturated inputs.
#pragma once

#include <actfn/kernel/checks.hpp>
#include <actfn/kernel/sweep.hpp>
#include <actfn/reductions/matrix_layout.hpp>
#include <actfn/reductions/row_loop.hpp>

#include <numeric>

namespace actfn::inline ACTFN_ABI {

namespace detail {

/// f'(v); a functor that is not ours may know registers only.
template <class F, class B, std::size_t N>
[[gnu::always_inline]] inline pack<B, N> derivative_of(const F& f, const pack<B, N>& v) noexcept {
    if constexpr (registers_of<F> > 1)
        return f.derivative(v);
    else
        return each([&](const B& r) __attribute__((always_inline)) { return f.derivative(r); }, v);
}

/// The number of elements for which holds(lanes) is true.
template <class T, class Holds>
std::size_t count_where(const T* src, std::size_t n, const Holds& holds) noexcept {
    using C = compute_type<T>;
    using V = row_pack<T>;
    constexpr std::size_t most = std::size_t{1} << 20; // a lane's count stays exact
    const auto ones = [&](const V& v)
                          __attribute__((always_inline)) { return select(holds(v), V(C(1)), V(C(0))); };
    const auto total = [](const V& v) {
        C s[slots<T>];
        store_row(s, v);
        return static_cast<std::size_t>(std::accumulate(s, s + slots<T>, C(0)));
    };
    // Zeros fill up the last step, and are taken off again.
    std::size_t count = 0;
    if (const std::size_t rest = n % slots<T>) count -= (slots<T> - rest) * total(ones(V(C(0)))) / slots<T>;
    for (std::size_t part = 0; n > 0; src += part, n -= part) {
        part = std::min(n, most);
        V sum(C(0));
        steps<T>(part, [&](auto at) __attribute__((always_inline)) { sum = sum + ones(at.load(src)); });
        count += total(sum);
    }
    return count;
}

/// The share of n elements that count of them are; 0 of none.
inline double share(std::size_t count, std::size_t n) noexcept {
    return n == 0 ? 0 : static_cast<double>(count) / static_cast<double>(n);
}

/// The number of columns in which value(lanes) is 0 in all rows, each a 1 in mask; no column without rows.
template <class T, class Value>
std::size_t dead_columns(const T* src, const matrix_layout& layout, std::span<std::uint8_t> mask,
                         const Value& value) noexcept {
    using C = compute_type<T>;
    using V = pack<row_batch<T>, 2 * row_registers<T>>;
    constexpr std::size_t N = 2 * row_registers<T>, width = 2 * slots<T>, often = 16;
    std::size_t count = 0;
    for (std::size_t c = 0; c < layout.columns; c += width) {
        const std::size_t columns = std::min(width, layout.columns - c);
        V live(C(layout.rows == 0 ? 1 : 0));
        alignas(64) T x[width] = {};
        alignas(64) C seen[width];
        for (std::size_t r = 0; r < layout.rows; ++r) {
            const T* p = src + r * layout.columns + c;
            if (columns < width) p = (std::copy_n(p, columns, x), x);
            live = select(value(load_row<T, N>(p)) == V(C(0)), live, V(C(1)));
            // In a layer that works all columns have been seen to live long before the last row.
            if (r % often != often - 1) continue;
            store_row<C, N>(seen, live);
            if (std::find(seen, seen + columns, C(0)) == seen + columns) break;
        }
        store_row<C, N>(seen, live);
        for (std::size_t k = 0; k < columns; ++k) {
            const bool dead = seen[k] == 0;
            count += dead;
            if (!mask.empty()) mask[c + k] = dead;
        }
    }
    return count;
}

template <class T>
void check_dead_units(std::span<const T> src, const char* name, const matrix_layout& layout,
                      std::span<std::uint8_t> mask) {
    const named x{name, src};
    const named m{"mask", mask};
    require_layout("dead_units", x, layout);
    if (!mask.empty() && mask.size() != layout.columns)
        fail("dead_units", "mask has " + std::to_string(mask.size()) + " elements, " +
                               text_of({layout.rows, layout.columns}) + " has " +
                               std::to_string(layout.columns) + " columns");
    require_apart("dead_units", m, x);
}

} // namespace detail

/// The share of dst that is 0, of either sign; 0 of no elements. What a rectifier leaves at 0 costs nothing
/// further on, and passes no gradient back: Glorot, Bordes, Bengio 2011, section 3.
template <source Dst>
[[nodiscard]] double sparsity(const Dst& dst) noexcept {
    using T = element_of<Dst>;
    const std::span<const T> y(dst);
    const auto zero = [](const auto& v) __attribute__((always_inline)) {
        return v == std::remove_cvref_t<decltype(v)>(computed_of<Dst>(0));
    };
    return detail::share(detail::count_where(y.data(), y.size(), zero), y.size());
}

/// The number of dead units of a layer with outputs dst: columns that are 0, of either sign, in every row of
/// the batch. mask, if it has elements, gets 1 for them and 0 for others. With no rows none is dead.
///
/// dst has layout.size() elements and mask none or layout.columns, and they lie apart, or
/// std::invalid_argument is thrown and nothing written. Columns are read side by side, and these no further
/// once all have been seen to live.
template <source Dst>
std::size_t dead_units(const Dst& dst, const matrix_layout& layout, std::span<std::uint8_t> mask = {}) {
    using T = element_of<Dst>;
    const std::span<const T> y(dst);
    detail::check_dead_units(y, "dst", layout, mask);
    return detail::dead_columns(y.data(), layout, mask,
                                [](const auto& v) __attribute__((always_inline)) { return v; });
}

/// The same from inputs src of the activation f: columns whose derivative f'(x) is 0 in every row, so that no
/// gradient gets through. For ReLU, where an input of either kind gives 0, these are the same columns; for
/// others they are those saturated beyond what T can tell, of halves beyond what float can.
template <class F, source Src>
    requires differentiable<F, computed_of<Src>>
std::size_t dead_units(const F& f, const Src& src, const matrix_layout& layout,
                       std::span<std::uint8_t> mask = {}) {
    using T = element_of<Src>;
    const std::span<const T> x(src);
    detail::check_dead_units(x, "src", layout, mask);
    detail::require_valid(f);
    return detail::dead_columns(x.data(), layout, mask, [f](const auto& v) __attribute__((always_inline)) {
        return detail::derivative_of(f, v);
    });
}

/// Below it a derivative counts as saturated unless another is given: tanh where |y| > 0.975, sigmoid where y
/// is outside (0.053, 0.947); close to what is usually looked at by hand.
inline constexpr double saturation_threshold = 0.05;

/// The share of src where |f'(x)| < threshold, the derivative rounded as f.derivative(x) is; 0 of no
/// elements. It asks for the derivative and not for how near f(x) is to a limit, so that it serves
/// activations without one, and counts as saturated what a gradient hardly passes. A NaN is not saturated.
///
/// Throws std::invalid_argument where a parameter of f is outside its domain or threshold is not at least 0.
template <class F, source Src>
    requires differentiable<F, computed_of<Src>>
[[nodiscard]] double saturated_fraction(const F& f, const Src& src,
                                        computed_of<Src> threshold = computed_of<Src>(saturation_threshold)) {
    using T = element_of<Src>;
    const std::span<const T> x(src);
    detail::require_valid(f);
    require(threshold >= 0, "saturated_fraction", "threshold", "at least 0", threshold);
    const auto saturated = [f, threshold](const auto& v) __attribute__((always_inline)) {
        using V = std::remove_cvref_t<decltype(v)>;
        return abs(detail::derivative_of(f, v)) < V(threshold);
    };
    return detail::share(detail::count_where(x.data(), x.size(), saturated), x.size());
}

} // namespace actfn::inline ACTFN_ABI
