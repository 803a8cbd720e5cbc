// Loops of an activation with a learnt parameter per channel.
#pragma once

#include <actfn/kernel/parameter_gradient.hpp>
#include <actfn/kernel/sweep.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

// The loops behind the checks, on elements first to first + n. Flat, as runs may be short, and GCC otherwise
// hands over what a body captures in memory: 7 channels of one element .54 ns per float and not 2.9.

template <class F, class T>
[[gnu::flatten]] void
forward_per_channel_loop(const F& f, std::size_t channels, std::size_t inner, std::size_t first,
                         std::size_t n, const compute_type<T>* parameters, const T* src, T* dst) noexcept {
    each_run(channels, inner, first, n, [=](std::size_t i, std::size_t count, std::size_t c) {
        const auto* const a = parameters + c;
        const T* const x = src + i;
        T* const y = dst + i;
        if (inner == 1)
            sweep<registers_of<F>, T, false>(count, [=](auto at) __attribute__((always_inline)) {
                at.store(y, F::value_at(at.load(x), at.load(a)));
            });
        else
            sweep<registers_of<F>, T>(count,
                                      [g = f.with_parameter(*a), x, y](auto at)
                                          __attribute__((always_inline)) { at.store(y, g(at.load(x))); });
    });
}

template <class F, class T>
[[gnu::flatten]] void backward_per_channel_loop(const F& f, std::size_t channels, std::size_t inner,
                                                std::size_t first, std::size_t n,
                                                const compute_type<T>* parameters, const T* src,
                                                const T* diff_dst, T* diff_src) noexcept {
    each_run(channels, inner, first, n, [=](std::size_t i, std::size_t count, std::size_t c) {
        const auto* const a = parameters + c;
        const T *const x = src + i, *const dy = diff_dst + i;
        T* const dx = diff_src + i;
        if (inner == 1)
            sweep<derivative_registers_of<F>, T, false>(count, [=](auto at) __attribute__((always_inline)) {
                at.store(dx, at.load(dy) * F::derivative_at(at.load(x), at.load(a)));
            });
        else
            sweep<loop_registers<derivative_registers_of<F>, T>, T>(
                count, [g = f.with_parameter(*a), x, dy, dx](auto at) __attribute__((always_inline)) {
                    at.store(dx, at.load(dy) * g.derivative(at.load(x)));
                });
    });
}

/// The gradient of channel c's parameter; sum is parameter_gradient_loop, or calls it.
template <class F, class T, class Sum>
compute_type<T> channel_gradient(const F& f, const channel_layout& layout, std::size_t c,
                                 const compute_type<T>* parameters, const T* src, const T* diff_dst,
                                 const Sum& sum) {
    const std::size_t begin = layout.size() == 0 ? 0 : c * layout.inner; // without elements src may be null
    return static_cast<compute_type<T>>(sum(
        f.with_parameter(parameters[c]), elements_of_parameter{layout.inner, layout.channels * layout.inner},
        std::size_t{0}, layout.outer * layout.inner, src + begin, diff_dst + begin));
}

} // namespace detail

/// forward with parameters[c] in channel c; the parameter that f itself has does not count.
///
/// src and dst have layout.size() elements, parameters layout.channels; dst may be src, parameters lie apart.
/// Parameters are floats where src and dst hold halves. Errors as forward.
template <class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          destination_of<element_of<Src>> Dst>
    requires learnable<F, element_of<Parameters>>
void forward_per_channel(const F& f, const channel_layout& layout, const Parameters& parameters,
                         const Src& src, Dst&& dst) {
    const auto a = detail::as_span(parameters);
    const auto x = detail::as_span(src);
    const auto y = detail::as_span(dst);
    detail::check_forward_per_channel(f, layout, a, x, y);
    detail::forward_per_channel_loop<F, element_of<Src>>(f, layout.channels, layout.inner, 0, x.size(),
                                                         a.data(), x.data(), y.data());
}

/// backward with parameters[c] in channel c; conditions as forward_per_channel, diff_src may be src or
/// diff_dst.
template <class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
    requires learnable<F, element_of<Parameters>>
void backward_per_channel(const F& f, const channel_layout& layout, const Parameters& parameters,
                          const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto a = detail::as_span(parameters);
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    const auto dx = detail::as_span(diff_src);
    detail::check_backward_per_channel(f, layout, a, x, dy, dx);
    detail::backward_per_channel_loop<F, element_of<Src>>(f, layout.channels, layout.inner, 0, x.size(),
                                                          a.data(), x.data(), dy.data(), dx.data());
}

/// diff_parameters[c] = the sum over channel c of diff_dst df/da(src), a = parameters[c]: each channel as
/// parameter_gradient sums a span that holds the channel's elements in order.
///
/// diff_parameters has layout.channels elements and lies apart from src and diff_dst; it may be parameters.
/// Errors as forward_per_channel.
template <class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          source_of<element_of<Src>> DiffDst, destination_of<element_of<Parameters>> DiffParameters>
    requires learnable<F, element_of<Parameters>>
void parameter_gradient_per_channel(const F& f, const channel_layout& layout, const Parameters& parameters,
                                    const Src& src, const DiffDst& diff_dst,
                                    DiffParameters&& diff_parameters) {
    const auto a = detail::as_span(parameters);
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    const auto da = detail::as_span(diff_parameters);
    detail::check_parameter_gradient_per_channel(f, layout, a, x, dy, da);
    const auto sum = [](const auto&... operands) { return detail::parameter_gradient_loop(operands...); };
    for (std::size_t c = 0; c < layout.channels; ++c)
        da[c] = detail::channel_gradient(f, layout, c, a.data(), x.data(), dy.data(), sum);
}

} // namespace actfn::inline ACTFN_ABI
