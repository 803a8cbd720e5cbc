// The loops over spans on the best instruction set of the running CPU, whatever this program is compiled for.
#pragma once

#include <actfn/dispatch/in_use.hpp>
#include <actfn/dispatch/learnt.hpp>
#include <actfn/rng/stream.hpp>

/// The calls of the same names in actfn, for the functors of the registry and those that
/// ACTFN_DISPATCH_DECLARE names: conditions, messages and results are theirs, the results as of a program
/// compiled for active(). All instruction sets with fused multiply-add, that is all but the x86-64 baseline,
/// give the same bits. The first call chooses and may throw as active() does, before anything is written. To
/// be linked with the target actfn::dispatch.
namespace actfn::dispatch::inline ACTFN_ABI {

/// dst[i] = f(src[i]).
template <class F, source Src, destination_of<element_of<Src>> Dst>
    requires dispatchable<F, element_of<Src>> && activation<F, computed_of<Src>>
void forward(const F& f, const Src& src, Dst&& dst) {
    const auto x = actfn::detail::as_span(src);
    const auto y = actfn::detail::as_span(dst);
    actfn::detail::check_forward(f, x, y);
    detail::loops_in_use<F, element_of<Src>>().forward(&f, x.size(), detail::elements(x), detail::elements(y),
                                                       0);
}

/// diff_src[i] = diff_dst[i] f'(src[i]).
template <class F, source Src, source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
    requires dispatchable<F, element_of<Src>> && differentiable<F, computed_of<Src>>
void backward(const F& f, const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto x = actfn::detail::as_span(src);
    const auto dy = actfn::detail::as_span(diff_dst);
    const auto dx = actfn::detail::as_span(diff_src);
    actfn::detail::check_backward(f, x, dy, dx);
    detail::loops_in_use<F, element_of<Src>>().backward(&f, x.size(), detail::elements(x),
                                                        detail::elements(dy), detail::elements(dx), 0);
}

/// diff_src[i] = diff_dst[i] f'(x) for the x with f(x) = dst[i].
template <class F, source Dst, source_of<element_of<Dst>> DiffDst, destination_of<element_of<Dst>> DiffSrc>
    requires dispatchable<F, element_of<Dst>> && differentiable_from_output<F, computed_of<Dst>>
void backward_from_output(const F& f, const Dst& dst, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto y = actfn::detail::as_span(dst);
    const auto dy = actfn::detail::as_span(diff_dst);
    const auto dx = actfn::detail::as_span(diff_src);
    actfn::detail::check_backward_from_output(f, y, dy, dx);
    detail::loops_in_use<F, element_of<Dst>>().backward_from_output(
        &f, y.size(), detail::elements(y), detail::elements(dy), detail::elements(dx), 0);
}

/// dst[i] = f(src[i]) and derivative[i] = f'(src[i]).
template <class F, source Src, destination_of<element_of<Src>> Dst,
          destination_of<element_of<Src>> Derivative>
    requires dispatchable<F, element_of<Src>> && differentiable<F, computed_of<Src>>
void forward_and_derivative(const F& f, const Src& src, Dst&& dst, Derivative&& derivative) {
    const auto x = actfn::detail::as_span(src);
    const auto y = actfn::detail::as_span(dst);
    const auto d = actfn::detail::as_span(derivative);
    actfn::detail::check_forward_and_derivative(f, x, y, d);
    detail::loops_in_use<F, element_of<Src>>().forward_and_derivative(
        &f, x.size(), detail::elements(x), detail::elements(y), detail::elements(d), 0);
}

/// dst[i] = f(src[i], draw) with draw number s.first + i of the stream.
template <class F, source Src, destination_of<element_of<Src>> Dst>
    requires dispatchable<F, element_of<Src>> && stochastic_activation<F, computed_of<Src>>
void forward(const F& f, const Src& src, Dst&& dst, const rng::stream& s) {
    const auto x = actfn::detail::as_span(src);
    const auto y = actfn::detail::as_span(dst);
    actfn::detail::check_forward(f, x, y);
    detail::loops_in_use<F, element_of<Src>>().forward_drawn(&f, x.size(), detail::elements(x),
                                                             detail::elements(y), s.seed, s.first);
}

/// diff_src[i] = diff_dst[i] f'(src[i], draw) with the draws that forward saw.
template <class F, source Src, source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
    requires dispatchable<F, element_of<Src>> && stochastic_differentiable<F, computed_of<Src>>
void backward(const F& f, const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src, const rng::stream& s) {
    const auto x = actfn::detail::as_span(src);
    const auto dy = actfn::detail::as_span(diff_dst);
    const auto dx = actfn::detail::as_span(diff_src);
    actfn::detail::check_backward(f, x, dy, dx);
    detail::loops_in_use<F, element_of<Src>>().backward_drawn(
        &f, x.size(), detail::elements(x), detail::elements(dy), detail::elements(dx), s.seed, s.first);
}

} // namespace actfn::dispatch::inline ACTFN_ABI
