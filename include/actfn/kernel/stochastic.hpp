// Loops of a stochastic activation over spans; the draws come from a stream and are never stored.
#pragma once

#include <actfn/kernel/checks.hpp>
#include <actfn/kernel/sweep.hpp>
#include <actfn/rng/draws.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

/// sweep() with draws: body(at, i, draws) for the elements from i on, where at.load(draws) reads draws
/// s.first + i and following.
template <class F, storable T, class Body>
inline void sweep_draws(const rng::stream& s, std::size_t n, const Body& body) noexcept {
    alignas(64) compute_type<T> tile[rng::tile_size];
    for (std::size_t i = 0; i < n;) {
        const std::uint64_t k = s.first + i;
        const std::size_t offset = k % rng::tile_size;
        const std::size_t count = std::min(rng::tile_size - offset, n - i);
        rng::fill_tile<F::draws>(s.seed, k / rng::tile_size, tile, offset, offset + count);
        sweep<registers_of<F>, T, false>(count, [&, draws = tile + offset](auto at)
                                                    __attribute__((always_inline)) { body(at, i, draws); });
        i += count;
    }
}

template <class F, class T>
void forward_loop(const F& f, std::size_t n, const T* src, T* dst, const rng::stream& s) noexcept {
    sweep_draws<F, T>(s, n, [=](auto at, std::size_t i, const auto* draws) __attribute__((always_inline)) {
        at.store(dst + i, f(at.load(src + i), at.load(draws)));
    });
}

template <class F, class T>
void backward_loop(const F& f, std::size_t n, const T* src, const T* diff_dst, T* diff_src,
                   const rng::stream& s) noexcept {
    sweep_draws<F, T>(s, n, [=](auto at, std::size_t i, const auto* draws) __attribute__((always_inline)) {
        at.store(diff_src + i, at.load(diff_dst + i) * f.derivative(at.load(src + i), at.load(draws)));
    });
}

} // namespace detail

/// dst[i] = f(src[i], draw) with draw number s.first + i of the stream: a function of the seed and that
/// number alone, whatever the cut into calls, the instruction set or the thread.
///
/// Sizes, aliasing and errors as the deterministic forward.
template <class F, source Src, destination_of<element_of<Src>> Dst>
    requires stochastic_activation<F, computed_of<Src>>
void forward(const F& f, const Src& src, Dst&& dst, const rng::stream& s) {
    const auto x = detail::as_span(src);
    const auto y = detail::as_span(dst);
    detail::check_forward(f, x, y);
    detail::forward_loop<F, element_of<Src>>(f, x.size(), x.data(), y.data(), s);
}

/// diff_src[i] = diff_dst[i] f'(src[i], draw) with the draws that forward(f, src, dst, s) saw: they are made
/// again.
///
/// Sizes, aliasing and errors as the deterministic backward.
template <class F, source Src, source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
    requires stochastic_differentiable<F, computed_of<Src>>
void backward(const F& f, const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src, const rng::stream& s) {
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    const auto dx = detail::as_span(diff_src);
    detail::check_backward(f, x, dy, dx);
    detail::backward_loop<F, element_of<Src>>(f, x.size(), x.data(), dy.data(), dx.data(), s);
}

} // namespace actfn::inline ACTFN_ABI
