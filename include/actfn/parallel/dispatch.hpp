// The loops of actfn::dispatch on threads.
#pragma once

#include <actfn/dispatch.hpp>
#include <actfn/parallel/dispatch_learnt.hpp>
#include <actfn/parallel/stochastic.hpp>

/// The calls of the same names in actfn that take an execution policy, on the best instruction set of the
/// running CPU: all of one call on the same.
namespace actfn::dispatch::inline ACTFN_ABI {

/// dst[i] = f(src[i]).
template <execution_policy P, class F, source Src, destination_of<element_of<Src>> Dst>
    requires dispatchable<F, element_of<Src>> && activation<F, computed_of<Src>>
void forward(P&&, const F& f, const Src& src, Dst&& dst) {
    const auto x = actfn::detail::as_span(src);
    const auto y = actfn::detail::as_span(dst);
    actfn::detail::check_forward(f, x, y);
    actfn::detail::in_parts<P>(
        y, [&, loop = detail::loops_in_use<F, element_of<Src>>().forward](std::size_t i, std::size_t n) {
            loop(&f, n, detail::elements(x.data() + i), detail::elements(y.data() + i), x.size());
        });
}

/// diff_src[i] = diff_dst[i] f'(src[i]).
template <execution_policy P, class F, source Src, source_of<element_of<Src>> DiffDst,
          destination_of<element_of<Src>> DiffSrc>
    requires dispatchable<F, element_of<Src>> && differentiable<F, computed_of<Src>>
void backward(P&&, const F& f, const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto x = actfn::detail::as_span(src);
    const auto dy = actfn::detail::as_span(diff_dst);
    const auto dx = actfn::detail::as_span(diff_src);
    actfn::detail::check_backward(f, x, dy, dx);
    actfn::detail::in_parts<P>(
        dx, [&, loop = detail::loops_in_use<F, element_of<Src>>().backward](std::size_t i, std::size_t n) {
            loop(&f, n, detail::elements(x.data() + i), detail::elements(dy.data() + i),
                 detail::elements(dx.data() + i), x.size());
        });
}

/// diff_src[i] = diff_dst[i] f'(x) for the x with f(x) = dst[i].
template <execution_policy P, class F, source Dst, source_of<element_of<Dst>> DiffDst,
          destination_of<element_of<Dst>> DiffSrc>
    requires dispatchable<F, element_of<Dst>> && differentiable_from_output<F, computed_of<Dst>>
void backward_from_output(P&&, const F& f, const Dst& dst, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto y = actfn::detail::as_span(dst);
    const auto dy = actfn::detail::as_span(diff_dst);
    const auto dx = actfn::detail::as_span(diff_src);
    actfn::detail::check_backward_from_output(f, y, dy, dx);
    actfn::detail::in_parts<P>(
        dx, [&, loop = detail::loops_in_use<F, element_of<Dst>>().backward_from_output](std::size_t i,
                                                                                        std::size_t n) {
            loop(&f, n, detail::elements(y.data() + i), detail::elements(dy.data() + i),
                 detail::elements(dx.data() + i), y.size());
        });
}

/// dst[i] = f(src[i]) and derivative[i] = f'(src[i]).
template <execution_policy P, class F, source Src, destination_of<element_of<Src>> Dst,
          destination_of<element_of<Src>> Derivative>
    requires dispatchable<F, element_of<Src>> && differentiable<F, computed_of<Src>>
void forward_and_derivative(P&&, const F& f, const Src& src, Dst&& dst, Derivative&& derivative) {
    const auto x = actfn::detail::as_span(src);
    const auto y = actfn::detail::as_span(dst);
    const auto d = actfn::detail::as_span(derivative);
    actfn::detail::check_forward_and_derivative(f, x, y, d);
    actfn::detail::in_parts<P>(
        y, [&, loop = detail::loops_in_use<F, element_of<Src>>().forward_and_derivative](std::size_t i,
                                                                                         std::size_t n) {
            loop(&f, n, detail::elements(x.data() + i), detail::elements(y.data() + i),
                 detail::elements(d.data() + i), x.size());
        });
}

/// dst[i] = f(src[i], draw) with draw number s.first + i of the stream.
template <execution_policy P, class F, source Src, destination_of<element_of<Src>> Dst>
    requires dispatchable<F, element_of<Src>> && stochastic_activation<F, computed_of<Src>>
void forward(P&&, const F& f, const Src& src, Dst&& dst, const rng::stream& s) {
    const auto x = actfn::detail::as_span(src);
    const auto y = actfn::detail::as_span(dst);
    actfn::detail::check_forward(f, x, y);
    actfn::detail::in_parts<P>(
        actfn::detail::whole_tiles(y, s), y.size_bytes(),
        [&, loop = detail::loops_in_use<F, element_of<Src>>().forward_drawn](std::size_t i, std::size_t n) {
            loop(&f, n, detail::elements(x.data() + i), detail::elements(y.data() + i), s.seed, s.first + i);
        });
}

/// diff_src[i] = diff_dst[i] f'(src[i], draw) with the draws that forward saw.
template <execution_policy P, class F, source Src, source_of<element_of<Src>> DiffDst,
          destination_of<element_of<Src>> DiffSrc>
    requires dispatchable<F, element_of<Src>> && stochastic_differentiable<F, computed_of<Src>>
void backward(P&&, const F& f, const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src,
              const rng::stream& s) {
    const auto x = actfn::detail::as_span(src);
    const auto dy = actfn::detail::as_span(diff_dst);
    const auto dx = actfn::detail::as_span(diff_src);
    actfn::detail::check_backward(f, x, dy, dx);
    actfn::detail::in_parts<P>(
        actfn::detail::whole_tiles(dx, s), dx.size_bytes(),
        [&, loop = detail::loops_in_use<F, element_of<Src>>().backward_drawn](std::size_t i, std::size_t n) {
            loop(&f, n, detail::elements(x.data() + i), detail::elements(dy.data() + i),
                 detail::elements(dx.data() + i), s.seed, s.first + i);
        });
}

} // namespace actfn::dispatch::inline ACTFN_ABI
