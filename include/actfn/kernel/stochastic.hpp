// Loops of a stochastic activation over spans; the draws come from a stream and are never stored.
#pragma once

#include <actfn/kernel/span.hpp>
#include <actfn/kernel/sweep.hpp>
#include <actfn/rng/draws.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

/// sweep() with draws: body(at, i, draws) for the elements from i on, where at.load(draws) reads draws
/// s.first + i and following.
template <class F, std::floating_point T, class Body>
inline void sweep_draws(const rng::stream& s, std::size_t n, const Body& body) noexcept {
    alignas(64) T tile[rng::tile_size];
    for (std::size_t i = 0; i < n;) {
        const std::uint64_t k = s.first + i;
        const std::size_t offset = k % rng::tile_size;
        const std::size_t count = std::min(rng::tile_size - offset, n - i);
        rng::fill_tile<F::draws>(s.seed, k / rng::tile_size, tile, offset, offset + count);
        sweep<registers_of<F>, T>(count, [&, draws = tile + offset](auto at)
                                             __attribute__((always_inline)) { body(at, i, draws); });
        i += count;
    }
}

} // namespace detail

/// dst[i] = f(src[i], draw) with draw number s.first + i of the stream: a function of the seed and that
/// number alone, whatever the cut into calls, the instruction set or the thread.
///
/// Sizes, aliasing and errors as the deterministic forward.
template <class F, source Src, destination_of<element_of<Src>> Dst>
    requires stochastic_activation<F, element_of<Src>>
void forward(const F& f, const Src& src, Dst&& dst, const rng::stream& s) {
    using T = element_of<Src>;
    const detail::named x{"src", detail::as_span(src)};
    const detail::named y{"dst", detail::as_span(dst)};
    detail::require_operands("forward", y, x);
    detail::require_valid(f);
    detail::sweep_draws<F, T>(
        s, x.span.size(),
        [f, in = x.span.data(), out = y.span.data()](auto at, std::size_t i, const T* draws)
            __attribute__((always_inline)) { at.store(out + i, f(at.load(in + i), at.load(draws))); });
}

/// diff_src[i] = diff_dst[i] f'(src[i], draw) with the draws that forward(f, src, dst, s) saw: they are made
/// again.
///
/// Sizes, aliasing and errors as the deterministic backward.
template <class F, source Src, source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
    requires stochastic_differentiable<F, element_of<Src>>
void backward(const F& f, const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src, const rng::stream& s) {
    using T = element_of<Src>;
    const detail::named x{"src", detail::as_span(src)};
    const detail::named dy{"diff_dst", detail::as_span(diff_dst)};
    const detail::named dx{"diff_src", detail::as_span(diff_src)};
    detail::require_operands("backward", dx, x, dy);
    detail::require_valid(f);
    detail::sweep_draws<F, T>(s, x.span.size(),
                              [f, in = x.span.data(), diff = dy.span.data(), out = dx.span.data()](
                                  auto at, std::size_t i, const T* draws) __attribute__((always_inline)) {
                                  at.store(out + i,
                                           at.load(diff + i) * f.derivative(at.load(in + i), at.load(draws)));
                              });
}

} // namespace actfn::inline ACTFN_ABI
