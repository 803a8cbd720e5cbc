// Loops of an activation with a learnt parameter per channel.
#pragma once

#include <actfn/kernel/channel_layout.hpp>
#include <actfn/kernel/parameter_gradient.hpp>

#include <tuple>

namespace actfn::inline ACTFN_ABI {

/// forward with parameters[c] in channel c; the parameter that f itself has does not count.
///
/// src and dst have layout.size() elements, parameters layout.channels; dst may be src, parameters lie apart.
/// Errors as forward.
template <class F, source Parameters, source_of<element_of<Parameters>> Src,
          destination_of<element_of<Parameters>> Dst>
    requires learnable<F, element_of<Parameters>>
void forward_per_channel(const F& f, const channel_layout& layout, const Parameters& parameters,
                         const Src& src, Dst&& dst) {
    using T = element_of<Parameters>;
    constexpr auto loop = "forward_per_channel";
    const detail::named<const T> a{"parameters", detail::as_span(parameters)};
    const detail::named<const T> x{"src", detail::as_span(src)};
    const detail::named y{"dst", detail::as_span(dst)};
    detail::require_layout(loop, "src", x.span.size(), layout);
    detail::require_channels(loop, "parameters", a.span.size(), layout);
    detail::require_operands(loop, y, x);
    detail::require_apart(loop, y, a);
    detail::require_valid_parameters(loop, f, a.span);
    const auto [p, in, out] = std::tuple(a.span.data(), x.span.data(), y.span.data());
    detail::sweep_channels<detail::registers_of<F>, T>(
        layout,
        [=](auto at, std::size_t first, std::size_t c) __attribute__((always_inline)) {
            at.store(out + first, f.with_parameter(p[c])(at.load(in + first)));
        },
        [=](auto at, std::size_t first) __attribute__((always_inline)) {
            at.store(out + first, F::value_at(at.load(in + first), at.load(p)));
        });
}

/// backward with parameters[c] in channel c; conditions as forward_per_channel, diff_src may be src or
/// diff_dst.
template <class F, source Parameters, source_of<element_of<Parameters>> Src,
          source_of<element_of<Parameters>> DiffDst, destination_of<element_of<Parameters>> DiffSrc>
    requires learnable<F, element_of<Parameters>>
void backward_per_channel(const F& f, const channel_layout& layout, const Parameters& parameters,
                          const Src& src, const DiffDst& diff_dst, DiffSrc&& diff_src) {
    using T = element_of<Parameters>;
    constexpr auto loop = "backward_per_channel";
    const detail::named<const T> a{"parameters", detail::as_span(parameters)};
    const detail::named<const T> x{"src", detail::as_span(src)};
    const detail::named<const T> dy{"diff_dst", detail::as_span(diff_dst)};
    const detail::named dx{"diff_src", detail::as_span(diff_src)};
    detail::require_layout(loop, "src", x.span.size(), layout);
    detail::require_channels(loop, "parameters", a.span.size(), layout);
    detail::require_operands(loop, dx, x, dy);
    detail::require_apart(loop, dx, a);
    detail::require_valid_parameters(loop, f, a.span);
    const auto [p, in, diff, out] = std::tuple(a.span.data(), x.span.data(), dy.span.data(), dx.span.data());
    detail::sweep_channels<detail::registers_of<F>, T>(
        layout,
        [=](auto at, std::size_t first, std::size_t c) __attribute__((always_inline)) {
            at.store(out + first,
                     at.load(diff + first) * f.with_parameter(p[c]).derivative(at.load(in + first)));
        },
        [=](auto at, std::size_t first) __attribute__((always_inline)) {
            at.store(out + first, at.load(diff + first) * F::derivative_at(at.load(in + first), at.load(p)));
        });
}

/// diff_parameters[c] = the sum over channel c of diff_dst df/da(src), a = parameters[c]: each channel as
/// parameter_gradient sums a span that holds the channel's elements in order.
///
/// diff_parameters has layout.channels elements and lies apart from src and diff_dst; it may be parameters.
/// Errors as forward_per_channel.
template <class F, source Parameters, source_of<element_of<Parameters>> Src,
          source_of<element_of<Parameters>> DiffDst, destination_of<element_of<Parameters>> DiffParameters>
    requires learnable<F, element_of<Parameters>>
void parameter_gradient_per_channel(const F& f, const channel_layout& layout, const Parameters& parameters,
                                    const Src& src, const DiffDst& diff_dst,
                                    DiffParameters&& diff_parameters) {
    using T = element_of<Parameters>;
    constexpr auto loop = "parameter_gradient_per_channel";
    const detail::named<const T> a{"parameters", detail::as_span(parameters)};
    const detail::named<const T> x{"src", detail::as_span(src)};
    const detail::named<const T> dy{"diff_dst", detail::as_span(diff_dst)};
    const detail::named da{"diff_parameters", detail::as_span(diff_parameters)};
    detail::require_layout(loop, "src", x.span.size(), layout);
    detail::require_same_size(loop, dy, x);
    detail::require_channels(loop, "parameters", a.span.size(), layout);
    detail::require_operands(loop, da, a);
    detail::require_apart(loop, da, x);
    detail::require_apart(loop, da, dy);
    detail::require_valid_parameters(loop, f, a.span);
    const std::size_t outer = layout.size() == 0 ? 0 : layout.outer;
    for (std::size_t c = 0; c < layout.channels; ++c) {
        detail::gradient_sum sum;
        for (std::size_t o = 0; o < outer; ++o) {
            const std::size_t first = (o * layout.channels + c) * layout.inner;
            sum.add(f.with_parameter(a.span[c]), x.span.data() + first, dy.span.data() + first, layout.inner);
        }
        da.span[c] = static_cast<T>(sum.total());
    }
}

} // namespace actfn::inline ACTFN_ABI
