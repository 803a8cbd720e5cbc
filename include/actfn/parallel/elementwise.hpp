// Loops of a deterministic activation on threads.
#pragma once

#include <actfn/kernel/elementwise.hpp>
#include <actfn/parallel/parts.hpp>

namespace actfn::inline ACTFN_ABI {

/// dst[i] = f(src[i]), by the threads of the standard library: forward(std::execution::par, f, src, dst).
///
/// Conditions, errors and bits are those of the call without a policy, for any number of threads; the checks
/// come first, on the calling thread. Less than ACTFN_PARALLEL_BYTES stays there altogether. Each thread
/// takes parts that are cut at lines of the cache. Throws std::bad_alloc, too, where the standard library
/// runs out of memory.
template <execution_policy P, class F, source Src, destination_of<element_of<Src>> Dst>
    requires activation<F, computed_of<Src>>
void forward(P&&, const F& f, const Src& src, Dst&& dst) {
    const auto x = detail::as_span(src);
    const auto y = detail::as_span(dst);
    detail::check_forward(f, x, y);
    detail::in_parts<P>(y, [&](std::size_t i, std::size_t n) {
        detail::forward_loop<F, element_of<Src>>(f, n, x.data() + i, y.data() + i, x.size());
    });
}

/// diff_src[i] = diff_dst[i] f'(src[i]); as forward.
template <execution_policy P, class F, source Src, source_of<element_of<Src>> DiffDst,
          destination_of<element_of<Src>> DiffSrc>
    requires differentiable<F, computed_of<Src>>
void backward(P&&, const F& f, const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    const auto dx = detail::as_span(diff_src);
    detail::check_backward(f, x, dy, dx);
    detail::in_parts<P>(dx, [&](std::size_t i, std::size_t n) {
        detail::backward_loop<F, element_of<Src>>(f, n, x.data() + i, dy.data() + i, dx.data() + i, x.size());
    });
}

/// diff_src[i] = diff_dst[i] f'(x) for the x with f(x) = dst[i]; as forward.
template <execution_policy P, class F, source Dst, source_of<element_of<Dst>> DiffDst,
          destination_of<element_of<Dst>> DiffSrc>
    requires differentiable_from_output<F, computed_of<Dst>>
void backward_from_output(P&&, const F& f, const Dst& dst, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto y = detail::as_span(dst);
    const auto dy = detail::as_span(diff_dst);
    const auto dx = detail::as_span(diff_src);
    detail::check_backward_from_output(f, y, dy, dx);
    detail::in_parts<P>(dx, [&](std::size_t i, std::size_t n) {
        detail::backward_from_output_loop<F, element_of<Dst>>(f, n, y.data() + i, dy.data() + i,
                                                              dx.data() + i, y.size());
    });
}

/// dst[i] = f(src[i]) and derivative[i] = f'(src[i]); as forward.
template <execution_policy P, class F, source Src, destination_of<element_of<Src>> Dst,
          destination_of<element_of<Src>> Derivative>
    requires differentiable<F, computed_of<Src>>
void forward_and_derivative(P&&, const F& f, const Src& src, Dst&& dst, Derivative&& derivative) {
    const auto x = detail::as_span(src);
    const auto y = detail::as_span(dst);
    const auto d = detail::as_span(derivative);
    detail::check_forward_and_derivative(f, x, y, d);
    detail::in_parts<P>(y, [&](std::size_t i, std::size_t n) {
        detail::forward_and_derivative_loop<F, element_of<Src>>(f, n, x.data() + i, y.data() + i,
                                                                d.data() + i, x.size());
    });
}

} // namespace actfn::inline ACTFN_ABI
