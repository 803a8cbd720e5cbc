// Loops of a deterministic activation over spans.
#pragma once

#include <actfn/kernel/checks.hpp>
#include <actfn/kernel/half_tier.hpp>
#include <actfn/kernel/sweep.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

// The loops behind the checks, on n elements: all there are, or a part of spans of `whole` elements, which
// are then stored past the caches or not as one.

template <class F, class T>
void forward_loop(const F& f, std::size_t n, const T* src, T* dst, std::size_t whole = 0) noexcept {
    const std::size_t streamed = stream_from(whole, std::span(dst, n), std::span(dst, n), std::span(src, n));
    if constexpr (works_on_bits<F, T>) {
        sweep<1, T, false, bits_of_halves>(
            n,
            [=](auto at)
                __attribute__((always_inline)) { at.store(dst, F::on_bits(at.load(src), half_infinity<T>)); },
            streamed);
    } else {
        const auto g = as_tier_for<T>(f);
        sweep<loop_registers<registers_of<decltype(g)>, T>, T>(
            n, [=](auto at) __attribute__((always_inline)) { at.store(dst, g(at.load(src))); }, streamed);
    }
}

template <class F, class T>
void backward_loop(const F& f, std::size_t n, const T* src, const T* diff_dst, T* diff_src,
                   std::size_t whole = 0) noexcept {
    const std::size_t streamed = stream_from(whole, std::span(diff_src, n), std::span(diff_src, n),
                                             std::span(src, n), std::span(diff_dst, n));
    if constexpr (works_on_bits<F, T>) {
        sweep<1, T, false, bits_of_halves>(
            n,
            [=](auto at) __attribute__((always_inline)) {
                at.store(diff_src, F::backward_on_bits(at.load(src), at.load(diff_dst), half_infinity<T>));
            },
            streamed);
    } else {
        const auto g = as_tier_for<T>(f);
        sweep<loop_registers<derivative_registers_of<decltype(g)>, T>, T>(
            n,
            [=](auto at) __attribute__((always_inline)) {
                at.store(diff_src, at.load(diff_dst) * g.derivative(at.load(src)));
            },
            streamed);
    }
}

template <class F, class T>
void backward_from_output_loop(const F& f, std::size_t n, const T* dst, const T* diff_dst, T* diff_src,
                               std::size_t whole = 0) noexcept {
    const auto g = as_tier_for<T>(f);
    sweep<loop_registers<from_output_registers_of<decltype(g)>, T>, T>(
        n,
        [=](auto at) __attribute__((always_inline)) {
            at.store(diff_src, at.load(diff_dst) * g.derivative_from_output(at.load(dst)));
        },
        stream_from(whole, std::span(diff_src, n), std::span(diff_src, n), std::span(dst, n),
                    std::span(diff_dst, n)));
}

template <class F, class T>
void forward_and_derivative_loop(const F& f, std::size_t n, const T* src, T* dst, T* derivative,
                                 std::size_t whole = 0) noexcept {
    const auto g = as_tier_for<T>(f);
    sweep<loop_registers<both_registers_of<decltype(g)>, T>, T>(
        n,
        [=](auto at) __attribute__((always_inline)) {
            const auto x = at.load(src);
            // No struct made of another: GCC 12 keeps its members on the stack.
            if constexpr (requires { g.value_and_derivative(x); }) {
                const auto b = g.value_and_derivative(x);
                at.store(dst, b.value);
                at.store(derivative, b.derivative);
            } else {
                at.store(dst, g(x));
                at.store(derivative, g.derivative(x));
            }
        },
        stream_from(whole, std::span(dst, n), std::span(derivative, n), std::span(src, n)));
}

} // namespace detail

/// dst[i] = f(src[i]).
///
/// f is a functor of float, or of double for spans of it. Halves are computed with as float and rounded once;
/// for a functor with tiers in the fast one, whichever f has.
///
/// Spans of one size, from 0, at any alignment; dst may be src. The same bits as f on a scalar and on a
/// batch, at every index and length. Throws std::invalid_argument, with nothing written, where sizes differ,
/// dst overlaps src in part, or a parameter of f is outside its domain. From ACTFN_STREAM_BYTES of output on
/// the results are stored past the caches, unless dst is src.
template <class F, source Src, destination_of<element_of<Src>> Dst>
    requires activation<F, computed_of<Src>>
void forward(const F& f, const Src& src, Dst&& dst) {
    const auto x = detail::as_span(src);
    const auto y = detail::as_span(dst);
    detail::check_forward(f, x, y);
    detail::forward_loop<F, element_of<Src>>(f, x.size(), x.data(), y.data());
}

/// diff_src[i] = diff_dst[i] f'(src[i]).
///
/// Sizes, aliasing and errors as forward; diff_src may be diff_dst or src.
template <class F, source Src, source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
    requires differentiable<F, computed_of<Src>>
void backward(const F& f, const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    const auto dx = detail::as_span(diff_src);
    detail::check_backward(f, x, dy, dx);
    detail::backward_loop<F, element_of<Src>>(f, x.size(), x.data(), dy.data(), dx.data());
}

/// diff_src[i] = diff_dst[i] f'(x) for the x with f(x) = dst[i]: for a forward pass that was done in place.
/// Only for functors with derivative_from_output, which states what precision is lost.
///
/// Sizes, aliasing and errors as forward; diff_src may be diff_dst or dst.
template <class F, source Dst, source_of<element_of<Dst>> DiffDst, destination_of<element_of<Dst>> DiffSrc>
    requires differentiable_from_output<F, computed_of<Dst>>
void backward_from_output(const F& f, const Dst& dst, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto y = detail::as_span(dst);
    const auto dy = detail::as_span(diff_dst);
    const auto dx = detail::as_span(diff_src);
    detail::check_backward_from_output(f, y, dy, dx);
    detail::backward_from_output_loop<F, element_of<Dst>>(f, y.size(), y.data(), dy.data(), dx.data());
}

/// dst[i] = f(src[i]) and derivative[i] = f'(src[i]), for less than the price of both.
///
/// Sizes and errors as forward; dst or derivative may be src, but not each other.
template <class F, source Src, destination_of<element_of<Src>> Dst,
          destination_of<element_of<Src>> Derivative>
    requires differentiable<F, computed_of<Src>>
void forward_and_derivative(const F& f, const Src& src, Dst&& dst, Derivative&& derivative) {
    const auto x = detail::as_span(src);
    const auto y = detail::as_span(dst);
    const auto d = detail::as_span(derivative);
    detail::check_forward_and_derivative(f, x, y, d);
    detail::forward_and_derivative_loop<F, element_of<Src>>(f, x.size(), x.data(), y.data(), d.data());
}

} // namespace actfn::inline ACTFN_ABI
