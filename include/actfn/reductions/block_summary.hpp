// Sums of a block of activations.
#pragma once

#include <actfn/kernel/sweep.hpp>
#include <actfn/reductions/row_number.hpp>

#include <numeric>

ACTFN_UNDEFINED_VECTORS
namespace actfn::inline ACTFN_ABI::detail {

/// A block is read by one set of sums; what comes after it is added up with twice the digits.
inline constexpr std::size_t summary_block = 1024;

/// At most summary_block elements as numbers to compute with: where they are, or halves as floats.
template <class T>
struct summary_elements {
    const T* data;
    summary_elements(const T* p, std::size_t) noexcept : data(p) {}
};

template <half T>
struct summary_elements<T> {
    alignas(64) float data[summary_block];
    summary_elements(const T* p, std::size_t n) noexcept {
        sweep<4, T, false>(n, [=, to = data](auto at)
                                  __attribute__((always_inline)) { at.store(to, at.load(p)); });
    }
};

/// Sums of x - centre and its square, zeros and extremes of at most summary_block finite elements.
template <class T>
struct block_summary {
    double sum, squares;
    T smallest, largest;
    std::size_t zeros;

    /// Element i belongs to sum i % 16 for every instruction set. The last step is filled up with centres,
    /// which add nothing.
    block_summary(const T* p, std::size_t n, T centre) noexcept {
        using B = xsimd::batch<T>;
        using D = xsimd::batch<double>;
        constexpr std::size_t width = 16, N = width / B::size, M = width / D::size;
        constexpr T inf = std::numeric_limits<T>::infinity();
        pack<B, N> least(inf), most(-inf), zero(T(0));
        pack<D, M> s(0.0), q(0.0);
        const auto step = [&](const T* x) __attribute__((always_inline)) {
            const auto v = load_row<T, N>(x);
            least = at_most(least, v), most = at_least(most, v);
            zero = zero + select(v == pack<B, N>(T(0)), pack<B, N>(T(1)), pack<B, N>(T(0)));
            const auto d = [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
                return pack<D, M>(widened<D>(x + I * D::size)...) - pack<D, M>(double(centre));
            }(std::make_index_sequence<M>{});
            s = s + d, q = madd(d, d, q);
        };
        const std::size_t rest = n % width;
        for (std::size_t i = 0; i < n - rest; i += width) step(p + i);
        if (rest > 0) {
            alignas(64) T x[width];
            std::fill(std::copy_n(p + (n - rest), rest, x), x + width, centre);
            step(x);
        }
        T counts[width];
        store_row<T, N>(counts, zero);
        sum = sum_of(s), squares = sum_of(q);
        smallest = xsimd::reduce_min(min_of(least)), largest = xsimd::reduce_max(max_of(most));
        zeros = static_cast<std::size_t>(std::accumulate(counts, counts + width, T(0)));
        if (centre == 0 && rest > 0) zeros -= width - rest;
    }
};

} // namespace actfn::inline ACTFN_ABI::detail
ACTFN_UNDEFINED_VECTORS_END
