// The gradient of a learnt parameter.
#pragma once

#include <actfn/core/lane_ops.hpp>
#include <actfn/kernel/checks.hpp>
#include <actfn/kernel/sweep.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

/// The terms of a gradient that are summed by themselves, before these sums are added in order: threads may
/// each take some, and the order of additions is one for any number of them. Part of what decides on the
/// bits.
inline constexpr std::size_t gradient_block = 16384;

/// Partial sums of a block: term i goes to sum i % 32, in double, and the sums are added pairwise at the end,
/// so that the order of additions is one for every instruction set. The products of floats are exact.
struct gradient_sum {
    static constexpr std::size_t width = 32;
    double sums[width] = {};
    std::size_t terms = 0;

    template <class F, class T>
    [[gnu::always_inline]] void add(const F& f, const T* src, const T* diff_dst, std::size_t n) noexcept {
        for (std::size_t i = 0; i < n;) {
            const std::size_t slot = terms % width, whole = slot > 0 ? 0 : (n - i) / width * width;
            const std::size_t count = whole > 0 ? whole : std::min(width - slot, n - i);
            if (whole > 0)
                add_steps(f, src + i, diff_dst + i, whole);
            else
                add_terms(f, src + i, diff_dst + i, sums + slot, count);
            i += count;
            terms += count;
        }
    }

    /// Halves are made floats first, some at a time.
    template <class F, half T>
    [[gnu::always_inline]] void add(const F& f, const T* src, const T* diff_dst, std::size_t n) noexcept {
        constexpr std::size_t most = 256;
        alignas(64) float x[most], dy[most];
        for (std::size_t i = 0; i < n; i += most) {
            const std::size_t count = std::min(most, n - i);
            sweep<1, T>(count, [&](auto at) __attribute__((always_inline)) {
                at.store(x, at.load(src + i));
                at.store(dy, at.load(diff_dst + i));
            });
            add(f, x, dy, count);
        }
    }

    double total() const noexcept {
        double s[width];
        std::copy(sums, sums + width, s);
        for (std::size_t half = width / 2; half > 0; half /= 2)
            for (std::size_t k = 0; k < half; ++k) s[k] += s[k + half];
        return s[0];
    }

private:
    template <class F, class T>
    [[gnu::always_inline]] static void add_terms(const F& f, const T* src, const T* diff_dst, double* to,
                                                 auto count) noexcept {
        for (std::size_t k = 0; k < count; ++k)
            to[k] = madd(static_cast<double>(diff_dst[k]),
                         static_cast<double>(f.parameter_derivative(src[k])), to[k]);
    }

    // On a copy, which is known to lie apart from src and diff_dst and so stays in registers.
    template <class F, class T>
    [[gnu::always_inline]] void add_steps(const F& f, const T* src, const T* diff_dst,
                                          std::size_t n) noexcept {
        double s[width];
        std::copy(sums, sums + width, s);
        for (std::size_t i = 0; i < n; i += width)
            add_terms(f, src + i, diff_dst + i, s, std::integral_constant<std::size_t, width>{});
        std::copy(s, s + width, sums);
    }
};

/// The elements that share a parameter: runs of `run` neighbours, each `stride` after the one before.
struct elements_of_parameter {
    std::size_t run, stride;
};

/// The sum over the n of them from number first on, which begins a block.
template <class F, class T>
double parameter_gradient_loop(const F& f, elements_of_parameter of, std::size_t first, std::size_t n,
                               const T* src, const T* diff_dst) noexcept {
    double total = 0;
    for (const std::size_t end = first + n; first < end;) {
        gradient_sum sum;
        const std::size_t block_end = std::min(first + gradient_block, end);
        for (std::size_t begin = first / of.run * of.stride, k = first % of.run; first < block_end;) {
            const std::size_t count = std::min(of.run - k, block_end - first);
            sum.add(f, src + begin + k, diff_dst + begin + k, count);
            first += count, begin += of.stride, k = 0;
        }
        total += sum.total();
    }
    return total;
}

} // namespace detail

/// The sum over i of diff_dst[i] df/da(src[i]), a the learnt parameter: its gradient.
///
/// Summed in double in one fixed order, in blocks of 16384, so the same bits on every instruction set with
/// fused multiply-add, for float on every one; a float where the spans hold halves. Sizes and errors as
/// forward; 0 for no elements.
template <class F, source Src, source_of<element_of<Src>> DiffDst>
    requires learnable<F, computed_of<Src>>
[[nodiscard]] computed_of<Src> parameter_gradient(const F& f, const Src& src, const DiffDst& diff_dst) {
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    detail::check_parameter_gradient(f, x, dy);
    const std::size_t n = x.size();
    return static_cast<computed_of<Src>>(
        detail::parameter_gradient_loop(f, {n, n}, 0, n, x.data(), dy.data()));
}

} // namespace actfn::inline ACTFN_ABI
