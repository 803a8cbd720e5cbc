// Dispatched loops of a learnt parameter on threads.
#pragma once

#include <actfn/dispatch/learnt.hpp>
#include <actfn/parallel/per_channel.hpp>

namespace actfn::dispatch::inline ACTFN_ABI {

/// The sum over i of diff_dst[i] df/da(src[i]), a the learnt parameter.
template <execution_policy P, class F, source Src, source_of<element_of<Src>> DiffDst>
    requires dispatchable<F, element_of<Src>> && learnable<F, computed_of<Src>>
[[nodiscard]] computed_of<Src> parameter_gradient(P&&, const F& f, const Src& src, const DiffDst& diff_dst) {
    const auto x = actfn::detail::as_span(src);
    const auto dy = actfn::detail::as_span(diff_dst);
    actfn::detail::check_parameter_gradient(f, x, dy);
    const auto loop = detail::loops_in_use<F, element_of<Src>>().parameter_gradient;
    return static_cast<computed_of<Src>>(actfn::detail::sum_of_blocks<P>(
        x.size(), x.size_bytes(), [&, all = x.size()](std::size_t first, std::size_t n) {
            return loop(&f, all, all, first, n, detail::elements(x.data()), detail::elements(dy.data()));
        }));
}

/// forward with parameters[c] in channel c.
template <execution_policy P, class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          destination_of<element_of<Src>> Dst>
    requires dispatchable<F, element_of<Src>> && learnable<F, computed_of<Parameters>>
void forward_per_channel(P&&, const F& f, const channel_layout& layout, const Parameters& parameters,
                         const Src& src, Dst&& dst) {
    const auto a = actfn::detail::as_span(parameters);
    const auto x = actfn::detail::as_span(src);
    const auto y = actfn::detail::as_span(dst);
    actfn::detail::check_forward_per_channel(f, layout, a, x, y);
    const auto loop = detail::loops_in_use<F, element_of<Src>>().forward_per_channel;
    actfn::detail::in_parts<P>(y, [&](std::size_t i, std::size_t n) {
        loop(&f, layout.channels, layout.inner, i, n, a.data(), detail::elements(x.data()),
             detail::elements(y.data()));
    });
}

/// backward with parameters[c] in channel c.
template <execution_policy P, class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
    requires dispatchable<F, element_of<Src>> && learnable<F, computed_of<Parameters>>
void backward_per_channel(P&&, const F& f, const channel_layout& layout, const Parameters& parameters,
                          const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto a = actfn::detail::as_span(parameters);
    const auto x = actfn::detail::as_span(src);
    const auto dy = actfn::detail::as_span(diff_dst);
    const auto dx = actfn::detail::as_span(diff_src);
    actfn::detail::check_backward_per_channel(f, layout, a, x, dy, dx);
    const auto loop = detail::loops_in_use<F, element_of<Src>>().backward_per_channel;
    actfn::detail::in_parts<P>(dx, [&](std::size_t i, std::size_t n) {
        loop(&f, layout.channels, layout.inner, i, n, a.data(), detail::elements(x.data()),
             detail::elements(dy.data()), detail::elements(dx.data()));
    });
}

/// diff_parameters[c] = the sum over channel c of diff_dst df/da(src), a = parameters[c].
template <execution_policy P, class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          source_of<element_of<Src>> DiffDst, destination_of<element_of<Parameters>> DiffParameters>
    requires dispatchable<F, element_of<Src>> && learnable<F, computed_of<Parameters>>
void parameter_gradient_per_channel(P&&, const F& f, const channel_layout& layout,
                                    const Parameters& parameters, const Src& src, const DiffDst& diff_dst,
                                    DiffParameters&& diff_parameters) {
    const auto a = actfn::detail::as_span(parameters);
    const auto x = actfn::detail::as_span(src);
    const auto dy = actfn::detail::as_span(diff_dst);
    const auto da = actfn::detail::as_span(diff_parameters);
    actfn::detail::check_parameter_gradient_per_channel(f, layout, a, x, dy, da);
    const auto sum = detail::channel_sum<F, element_of<Src>>();
    actfn::detail::gradients_of_channels<P>(f, layout, a.data(), x.data(), dy.data(), da.data(), sum);
}

} // namespace actfn::dispatch::inline ACTFN_ABI
