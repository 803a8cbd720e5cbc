// Loops of a learnt parameter on threads.
#pragma once

#include <actfn/kernel/per_channel.hpp>
#include <actfn/parallel/parts.hpp>

namespace actfn::inline ACTFN_ABI {

namespace detail {

/// sum(first, n) over n terms, by blocks on threads; added in the order of the loop without threads, so the
/// same bits. The sums of some hundred blocks fit on the stack.
template <class P, class Sum>
double sum_of_blocks(std::size_t n, std::size_t bytes, const Sum& sum) {
    if (!takes_threads<P> || bytes < ACTFN_PARALLEL_BYTES) return sum(std::size_t{0}, n);
    constexpr std::size_t most = 512;
    double sums[most], total = 0;
    for (std::size_t first = 0; first < n; first += most * gradient_block) {
        const cuts blocks{std::min(most * gradient_block, n - first), gradient_block, 0};
        in_parts<P>(blocks, bytes, [&](std::size_t i, std::size_t count) {
            sums[i / gradient_block] = sum(first + i, count);
        });
        for (std::size_t k = 0; k < blocks.count(); ++k) total += sums[k];
    }
    return total;
}

/// channel_gradient for every channel: by blocks of a channel, if these are many, else by channels.
template <class P, class F, class T, class Sum>
void gradients_of_channels(const F& f, const channel_layout& layout, const compute_type<T>* parameters,
                           const T* src, const T* diff_dst, compute_type<T>* diff_parameters,
                           const Sum& sum) {
    const std::size_t of_channel = layout.outer * layout.inner * sizeof(T);
    if (of_channel >= ACTFN_PARALLEL_BYTES) {
        const auto parallel_sum = [&](const F& g, elements_of_parameter of, std::size_t, std::size_t n,
                                      const T* x, const T* dy) {
            return sum_of_blocks<P>(n, of_channel, [&](std::size_t first, std::size_t count) {
                return sum(g, of, first, count, x, dy);
            });
        };
        for (std::size_t c = 0; c < layout.channels; ++c)
            diff_parameters[c] = channel_gradient(f, layout, c, parameters, src, diff_dst, parallel_sum);
    } else {
        const std::size_t size = std::max<std::size_t>(part_bytes / std::max<std::size_t>(of_channel, 1), 1);
        in_parts<P>(
            {layout.channels, size, 0}, layout.size() * sizeof(T), [&](std::size_t first, std::size_t count) {
                for (std::size_t c = first; c < first + count; ++c)
                    diff_parameters[c] = channel_gradient(f, layout, c, parameters, src, diff_dst, sum);
            });
    }
}

} // namespace detail

/// The sum over i of diff_dst[i] df/da(src[i]), a the learnt parameter; as forward on threads.
template <execution_policy P, class F, source Src, source_of<element_of<Src>> DiffDst>
    requires learnable<F, computed_of<Src>>
[[nodiscard]] computed_of<Src> parameter_gradient(P&&, const F& f, const Src& src, const DiffDst& diff_dst) {
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    detail::check_parameter_gradient(f, x, dy);
    return static_cast<computed_of<Src>>(detail::sum_of_blocks<P>(
        x.size(), x.size_bytes(), [&, all = x.size()](std::size_t first, std::size_t n) {
            return detail::parameter_gradient_loop(f, {all, all}, first, n, x.data(), dy.data());
        }));
}

/// forward with parameters[c] in channel c; as forward on threads.
template <execution_policy P, class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          destination_of<element_of<Src>> Dst>
    requires learnable<F, element_of<Parameters>>
void forward_per_channel(P&&, const F& f, const channel_layout& layout, const Parameters& parameters,
                         const Src& src, Dst&& dst) {
    const auto a = detail::as_span(parameters);
    const auto x = detail::as_span(src);
    const auto y = detail::as_span(dst);
    detail::check_forward_per_channel(f, layout, a, x, y);
    detail::in_parts<P>(y, [&](std::size_t i, std::size_t n) {
        detail::forward_per_channel_loop<F, element_of<Src>>(f, layout.channels, layout.inner, i, n, a.data(),
                                                             x.data(), y.data());
    });
}

/// backward with parameters[c] in channel c; as forward on threads.
template <execution_policy P, class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          source_of<element_of<Src>> DiffDst, destination_of<element_of<Src>> DiffSrc>
    requires learnable<F, element_of<Parameters>>
void backward_per_channel(P&&, const F& f, const channel_layout& layout, const Parameters& parameters,
                          const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    const auto a = detail::as_span(parameters);
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    const auto dx = detail::as_span(diff_src);
    detail::check_backward_per_channel(f, layout, a, x, dy, dx);
    detail::in_parts<P>(dx, [&](std::size_t i, std::size_t n) {
        detail::backward_per_channel_loop<F, element_of<Src>>(f, layout.channels, layout.inner, i, n,
                                                              a.data(), x.data(), dy.data(), dx.data());
    });
}

/// diff_parameters[c] = the sum over channel c of diff_dst df/da(src), a = parameters[c]; as forward on
/// threads.
template <execution_policy P, class F, source Parameters, source_computed_as<element_of<Parameters>> Src,
          source_of<element_of<Src>> DiffDst, destination_of<element_of<Parameters>> DiffParameters>
    requires learnable<F, element_of<Parameters>>
void parameter_gradient_per_channel(P&&, const F& f, const channel_layout& layout,
                                    const Parameters& parameters, const Src& src, const DiffDst& diff_dst,
                                    DiffParameters&& diff_parameters) {
    const auto a = detail::as_span(parameters);
    const auto x = detail::as_span(src);
    const auto dy = detail::as_span(diff_dst);
    const auto da = detail::as_span(diff_parameters);
    detail::check_parameter_gradient_per_channel(f, layout, a, x, dy, da);
    const auto sum = [](const auto&... operands) { return detail::parameter_gradient_loop(operands...); };
    detail::gradients_of_channels<P>(f, layout, a.data(), x.data(), dy.data(), da.data(), sum);
}

} // namespace actfn::inline ACTFN_ABI
