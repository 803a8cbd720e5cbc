// Loops of a stochastic activation on threads, and draws.
#pragma once

#include <actfn/kernel/stochastic.hpp>
#include <actfn/parallel/parts.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

/// Parts that begin with a tile of draws, so that none is made twice.
template <class T>
cuts whole_tiles(std::span<T> dst, const rng::stream& s) noexcept {
    static_assert(part_bytes / sizeof(T) % rng::tile_size == 0);
    return {dst.size(), part_bytes / sizeof(T), s.first % rng::tile_size};
}

} // namespace detail

/// dst[i] = f(src[i], draw) with draw number s.first + i of the stream; as the deterministic forward on
/// threads.
template <execution_policy P, class F, source Src, destination_of<element_of<Src>> Dst>
    requires stochastic_activation<F, computed_of<Src>>
void forward(P&&, const F& f, const Src& src, Dst&& dst, const rng::stream& s) {
    const auto x = detail::as_span(src);
    const auto y = detail::as_span(dst);
    detail::check_forward(f, x, y);
    detail::in_parts<P>(detail::whole_tiles(y, s), y.size_bytes(), [&](std::size_t i, std::size_t n) {
        detail::forward_loop<F, element_of<Src>>(f, n, x.data() + i, y.data() + i, s.skip(i));
    });
}

/// diff_src[i] = diff_dst[i] f'(src[i], draw) with the draws that forward(f, src, dst, s) saw; as forward.
template <execution_policy P, class F, source Src, source_of<element_of<Src>> DiffDst,
          destination_of<element_of<Src>> DiffSrc>
    requires stochastic_differentiable<F, computed_of<Src>>
void backward(P&&, const F& f, const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src,
              const rng::stream& s) {
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    const auto dx = detail::as_span(diff_src);
    detail::check_backward(f, x, dy, dx);
    detail::in_parts<P>(detail::whole_tiles(dx, s), dx.size_bytes(), [&](std::size_t i, std::size_t n) {
        detail::backward_loop<F, element_of<Src>>(f, n, x.data() + i, dy.data() + i, dx.data() + i,
                                                  s.skip(i));
    });
}

namespace rng {

/// dst[i] = draw<Kind, T>(s, i) for all of dst.
template <noise Kind, execution_policy P, numbers R>
void fill(P&&, const stream& s, R&& dst) {
    const auto y = actfn::detail::as_span(dst);
    actfn::detail::in_parts<P>(actfn::detail::whole_tiles(y, s), y.size_bytes(),
                               [&](std::size_t i, std::size_t n) { fill<Kind>(s.skip(i), y.subspan(i, n)); });
}

/// dst[i] = uniform<T>(s, i) for all of dst, by threads.
template <execution_policy P, numbers R>
void fill_uniform(P&& policy, const stream& s, R&& dst) {
    fill<noise::uniform>(policy, s, dst);
}

/// dst[i] = normal<T>(s, i) for all of dst, by threads.
template <execution_policy P, numbers R>
void fill_normal(P&& policy, const stream& s, R&& dst) {
    fill<noise::normal>(policy, s, dst);
}

} // namespace rng

} // namespace actfn::inline ACTFN_ABI
