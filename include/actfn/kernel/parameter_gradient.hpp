// The gradient of a learnt parameter.
#pragma once

#include <actfn/core/lane_ops.hpp>
#include <actfn/kernel/checks.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

/// Partial sums of a gradient: term i goes to sum i % 32, in double, and the sums are added pairwise at the
/// end, so that the order of additions is one for every instruction set. The products of floats are exact.
struct gradient_sum {
    static constexpr std::size_t width = 32;
    double sums[width] = {};
    std::size_t terms = 0;

    template <class F, class T>
    [[gnu::always_inline]] void add(const F& f, const T* src, const T* diff_dst, std::size_t n) noexcept {
        for (std::size_t i = 0; i < n;) {
            const std::size_t slot = terms % width;
            const std::size_t count = std::min(width - slot, n - i);
            if (count == width)
                add_terms(f, src + i, diff_dst + i, 0, std::integral_constant<std::size_t, width>{});
            else
                add_terms(f, src + i, diff_dst + i, slot, count);
            i += count;
            terms += count;
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
    [[gnu::always_inline]] void add_terms(const F& f, const T* src, const T* diff_dst, std::size_t slot,
                                          auto count) noexcept {
        for (std::size_t k = 0; k < count; ++k)
            sums[slot + k] = madd(static_cast<double>(diff_dst[k]),
                                  static_cast<double>(f.parameter_derivative(src[k])), sums[slot + k]);
    }
};

template <class F, class T>
T parameter_gradient_loop(const F& f, std::size_t n, const T* src, const T* diff_dst) noexcept {
    gradient_sum sum;
    sum.add(f, src, diff_dst, n);
    return static_cast<T>(sum.total());
}

} // namespace detail

/// The sum over i of diff_dst[i] df/da(src[i]), a the learnt parameter: its gradient.
///
/// Summed in double in one fixed order, so the same bits on every instruction set with fused multiply-add,
/// for float on every one. Sizes and errors as forward; 0 for no elements.
template <class F, source Src, source_of<element_of<Src>> DiffDst>
    requires learnable<F, element_of<Src>>
[[nodiscard]] element_of<Src> parameter_gradient(const F& f, const Src& src, const DiffDst& diff_dst) {
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    detail::check_parameter_gradient(f, x, dy);
    return detail::parameter_gradient_loop<F, element_of<Src>>(f, x.size(), x.data(), dy.data());
}

} // namespace actfn::inline ACTFN_ABI
