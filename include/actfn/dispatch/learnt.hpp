// Dispatched loops of a learnt parameter.
#pragma once

#include <actfn/dispatch/in_use.hpp>
#include <actfn/kernel/per_channel.hpp>

namespace actfn::dispatch::inline ACTFN_ABI {

namespace detail {

/// The loop in use for channel_gradient.
template <class F, class T>
auto channel_sum() {
    return [loop = loops_in_use<F, T>().parameter_gradient](
               const F& f, actfn::detail::elements_of_parameter of, std::size_t first, std::size_t n,
               const T* src, const T* diff_dst) {
        return loop(&f, of.run, of.stride, first, n, elements(src), elements(diff_dst));
    };
}

} // namespace detail

/// The sum over i of diff_dst[i] df/da(src[i]), a the learnt parameter.
template <class F, source Src, source_of<element_of<Src>> DiffDst>
    requires dispatchable<F, element_of<Src>> && learnable<F, computed_of<Src>>
[[nodiscard]] computed_of<Src> parameter_gradient(const F& f, const Src& src, const DiffDst& diff_dst) {
    const auto x = actfn::detail::as_span(src);
    const auto dy = actfn::detail::as_span(diff_dst);
    actfn::detail::check_parameter_gradient(f, x, dy);
    const std::size_t n = x.size();
    return static_cast<computed_of<Src>>(detail::loops_in_use<F, element_of<Src>>().parameter_gradient(
        &f, n, n, 0, n, detail::elements(x), detail::elements(dy)));
}

/// forward with parameters[c] in channel c.
template <class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          destination_of<element_of<Src>> Dst>
    requires dispatchable<F, element_of<Src>> && learnable<F, computed_of<Parameters>>
void forward_per_channel(const F& f, const channel_layout& layout, const Parameters& parameters,
                         const Src& src, Dst&& dst) {
    const auto a = actfn::detail::as_span(parameters);
    const auto x = actfn::detail::as_span(src);
    const auto y = actfn::detail::as_span(dst);
    actfn::detail::check_forward_per_channel(f, layout, a, x, y);
    detail::loops_in_use<F, element_of<Src>>().forward_per_channel(
        &f, layout.channels, layout.inner, 0, x.size(), a.data(), detail::elements(x), detail::elements(y));
}

/// backward with parameters[c] in channel c.
template <class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
    requires dispatchable<F, element_of<Src>> && learnable<F, computed_of<Parameters>>
void backward_per_channel(const F& f, const channel_layout& layout, const Parameters& parameters,
                          const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto a = actfn::detail::as_span(parameters);
    const auto x = actfn::detail::as_span(src);
    const auto dy = actfn::detail::as_span(diff_dst);
    const auto dx = actfn::detail::as_span(diff_src);
    actfn::detail::check_backward_per_channel(f, layout, a, x, dy, dx);
    detail::loops_in_use<F, element_of<Src>>().backward_per_channel(
        &f, layout.channels, layout.inner, 0, x.size(), a.data(), detail::elements(x), detail::elements(dy),
        detail::elements(dx));
}

/// diff_parameters[c] = the sum over channel c of diff_dst df/da(src), a = parameters[c].
template <class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          source_of<element_of<Src>> DiffDst, destination_of<element_of<Parameters>> DiffParameters>
    requires dispatchable<F, element_of<Src>> && learnable<F, computed_of<Parameters>>
void parameter_gradient_per_channel(const F& f, const channel_layout& layout, const Parameters& parameters,
                                    const Src& src, const DiffDst& diff_dst,
                                    DiffParameters&& diff_parameters) {
    const auto a = actfn::detail::as_span(parameters);
    const auto x = actfn::detail::as_span(src);
    const auto dy = actfn::detail::as_span(diff_dst);
    const auto da = actfn::detail::as_span(diff_parameters);
    actfn::detail::check_parameter_gradient_per_channel(f, layout, a, x, dy, da);
    const auto sum = detail::channel_sum<F, element_of<Src>>();
    for (std::size_t c = 0; c < layout.channels; ++c)
        da[c] = actfn::detail::channel_gradient(f, layout, c, a.data(), x.data(), dy.data(), sum);
}

} // namespace actfn::dispatch::inline ACTFN_ABI
