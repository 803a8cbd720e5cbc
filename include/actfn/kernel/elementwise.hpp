// Loops of a deterministic activation over spans.
#pragma once

#include <actfn/kernel/span.hpp>
#include <actfn/kernel/sweep.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

template <class F, class V>
[[gnu::always_inline]] inline value_and_slope<V> both(const F& f, const V& x) noexcept {
    if constexpr (requires { f.value_and_derivative(x); }) {
        const auto b = f.value_and_derivative(x);
        return {b.value, b.derivative};
    } else {
        return {f(x), f.derivative(x)};
    }
}

} // namespace detail

/// dst[i] = f(src[i]).
///
/// Spans of one size, from 0, at any alignment; dst may be src. The same bits as f on a scalar and on a
/// batch, at every index and length. Throws std::invalid_argument, with nothing written, where sizes differ,
/// dst overlaps src in part, or a parameter of f is outside its domain. From ACTFN_STREAM_BYTES of output on
/// the results are stored past the caches, unless dst is src.
template <class F, source Src, destination_of<element_of<Src>> Dst>
    requires activation<F, element_of<Src>>
void forward(const F& f, const Src& src, Dst&& dst) {
    using T = element_of<Src>;
    const detail::named x{"src", detail::as_span(src)};
    const detail::named y{"dst", detail::as_span(dst)};
    detail::require_operands("forward", y, x);
    detail::require_valid(f);
    detail::sweep<detail::registers_of<F>, T>(
        x.span.size(),
        [f, in = x.span.data(), out = y.span.data()](auto at)
            __attribute__((always_inline)) { at.store(out, f(at.load(in))); },
        detail::stream_from(y.span, y.span, x.span));
}

/// diff_src[i] = diff_dst[i] f'(src[i]).
///
/// Sizes, aliasing and errors as forward; diff_src may be diff_dst or src.
template <class F, source Src, source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
    requires differentiable<F, element_of<Src>>
void backward(const F& f, const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    using T = element_of<Src>;
    const detail::named x{"src", detail::as_span(src)};
    const detail::named dy{"diff_dst", detail::as_span(diff_dst)};
    const detail::named dx{"diff_src", detail::as_span(diff_src)};
    detail::require_operands("backward", dx, x, dy);
    detail::require_valid(f);
    detail::sweep<detail::registers_of<F>, T>(
        x.span.size(),
        [f, in = x.span.data(), diff = dy.span.data(), out = dx.span.data()](auto at)
            __attribute__((always_inline)) { at.store(out, at.load(diff) * f.derivative(at.load(in))); },
        detail::stream_from(dx.span, dx.span, x.span, dy.span));
}

/// diff_src[i] = diff_dst[i] f'(x) for the x with f(x) = dst[i]: for a forward pass that was done in place.
/// Only for functors with derivative_from_output, which states what precision is lost.
///
/// Sizes, aliasing and errors as forward; diff_src may be diff_dst or dst.
template <class F, source Dst, source_of<element_of<Dst>> DiffDst, destination_of<element_of<Dst>> DiffSrc>
    requires differentiable_from_output<F, element_of<Dst>>
void backward_from_output(const F& f, const Dst& dst, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    using T = element_of<Dst>;
    const detail::named y{"dst", detail::as_span(dst)};
    const detail::named dy{"diff_dst", detail::as_span(diff_dst)};
    const detail::named dx{"diff_src", detail::as_span(diff_src)};
    detail::require_operands("backward_from_output", dx, y, dy);
    detail::require_valid_from_output(f);
    detail::sweep<detail::registers_of<F>, T>(
        y.span.size(),
        [f, in = y.span.data(), diff = dy.span.data(), out = dx.span.data()](auto at) __attribute__((
            always_inline)) { at.store(out, at.load(diff) * f.derivative_from_output(at.load(in))); },
        detail::stream_from(dx.span, dx.span, y.span, dy.span));
}

/// dst[i] = f(src[i]) and derivative[i] = f'(src[i]), for less than the price of both.
///
/// Sizes and errors as forward; dst or derivative may be src, but not each other.
template <class F, source Src, destination_of<element_of<Src>> Dst,
          destination_of<element_of<Src>> Derivative>
    requires differentiable<F, element_of<Src>>
void forward_and_derivative(const F& f, const Src& src, Dst&& dst, Derivative&& derivative) {
    using T = element_of<Src>;
    const detail::named x{"src", detail::as_span(src)};
    const detail::named y{"dst", detail::as_span(dst)};
    const detail::named d{"derivative", detail::as_span(derivative)};
    detail::require_operands("forward_and_derivative", y, x);
    detail::require_operands("forward_and_derivative", d, x);
    detail::require_apart("forward_and_derivative", y, d);
    detail::require_valid(f);
    detail::sweep<detail::registers_of<F>, T>(
        x.span.size(),
        [f, in = x.span.data(), value = y.span.data(), slope = d.span.data()](auto at)
            __attribute__((always_inline)) {
                const auto b = detail::both(f, at.load(in));
                at.store(value, b.value);
                at.store(slope, b.derivative);
            },
        detail::stream_from(y.span, d.span, x.span));
}

} // namespace actfn::inline ACTFN_ABI
