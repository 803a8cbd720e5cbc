// Loops for a learnt parameter: its gradient, and one parameter per channel.
#pragma once

#include <actfn/kernel/elementwise.hpp>

#include <tuple>

namespace actfn::inline ACTFN_ABI {

/// The shape (outer, channels, inner) of a contiguous array whose element (o, c, i) has index (o channels +
/// c) inner + i: NCHW is {batch, channels, height width}, NHWC is {batch height width, channels, 1}.
struct channel_layout {
    std::size_t outer, channels, inner;

    constexpr std::size_t size() const noexcept { return outer * channels * inner; }
};

namespace detail {

/// Partial sums of a gradient: term i goes to sum i % 32, in double, and the sums are added pairwise at the
/// end, so that the order of additions is one for every instruction set. The products of floats are exact.
struct gradient_sum {
    static constexpr std::size_t width = 32;
    double sums[width] = {};
    std::size_t terms = 0;

    template <class F, class T>
    [[gnu::always_inline]] void add(const F& f, const T* src, const T* diff_dst, std::size_t n) noexcept {
        for (std::size_t i = 0; i < n;) {
            const std::size_t slot = terms % width;
            const std::size_t count = std::min(width - slot, n - i);
            if (count == width)
                add_terms(f, src + i, diff_dst + i, 0, std::integral_constant<std::size_t, width>{});
            else
                add_terms(f, src + i, diff_dst + i, slot, count);
            i += count;
            terms += count;
        }
    }

    double total() const noexcept {
        double s[width];
        std::copy(sums, sums + width, s);
        for (std::size_t half = width / 2; half > 0; half /= 2)
            for (std::size_t k = 0; k < half; ++k) s[k] += s[k + half];
        return s[0];
    }

private:
    template <class F, class T>
    [[gnu::always_inline]] void add_terms(const F& f, const T* src, const T* diff_dst, std::size_t slot,
                                          auto count) noexcept {
        for (std::size_t k = 0; k < count; ++k)
            sums[slot + k] = madd(static_cast<double>(diff_dst[k]),
                                  static_cast<double>(f.parameter_derivative(src[k])), sums[slot + k]);
    }
};

inline void require_layout(const char* loop, const char* name, std::size_t elements,
                           const channel_layout& layout) {
    std::size_t rows = 0, size = 0;
    if (__builtin_mul_overflow(layout.outer, layout.channels, &rows) ||
        __builtin_mul_overflow(rows, layout.inner, &size))
        fail(loop, "the layout " + std::to_string(layout.outer) + " x " + std::to_string(layout.channels) +
                       " x " + std::to_string(layout.inner) + " has more elements than can be counted");
    if (elements == size) return;
    fail(loop, std::string(name) + " has " + std::to_string(elements) + " elements, the layout " +
                   std::to_string(layout.outer) + " x " + std::to_string(layout.channels) + " x " +
                   std::to_string(layout.inner) + " has " + std::to_string(layout.size()));
}

inline void require_channels(const char* loop, const char* name, std::size_t elements,
                             const channel_layout& layout) {
    if (elements == layout.channels) return;
    fail(loop, std::string(name) + " has " + std::to_string(elements) + " elements, the layout has " +
                   std::to_string(layout.channels) + " channels");
}

template <class F, class T>
void require_valid_parameters(const char* loop, const F& f, std::span<const T> parameters) {
    for (std::size_t c = 0; c < parameters.size(); ++c) {
        try {
            require_valid(f.with_parameter(parameters[c]));
        } catch (const std::invalid_argument& e) {
            fail(loop, "parameter " + std::to_string(c) + ": " + e.what());
        }
    }
}

/// body(at, first, a) for every run of elements that begins at first and has parameter a: a T for a channel's
/// run, lanes where the channels themselves lie side by side.
template <std::size_t N, class T, class Channel, class Across>
inline void sweep_channels(const channel_layout& layout, const Channel& channel,
                           const Across& across) noexcept {
    const std::size_t outer = layout.size() == 0 ? 0 : layout.outer;
    for (std::size_t o = 0; o < outer; ++o) {
        const std::size_t row = o * layout.channels * layout.inner;
        if (layout.inner == 1) {
            sweep<N, T>(layout.channels, [&](auto at) __attribute__((always_inline)) { across(at, row); });
        } else {
            for (std::size_t c = 0; c < layout.channels; ++c)
                sweep<N, T>(layout.inner, [&](auto at) __attribute__((always_inline)) {
                    channel(at, row + c * layout.inner, c);
                });
        }
    }
}

} // namespace detail

/// The sum over i of diff_dst[i] df/da(src[i]), a the learnt parameter: its gradient.
///
/// Summed in double in one fixed order, so the same bits on every instruction set with fused multiply-add,
/// for float on every one. Sizes and errors as forward; 0 for no elements.
template <class F, source Src, source_of<element_of<Src>> DiffDst>
    requires learnable<F, element_of<Src>>
[[nodiscard]] element_of<Src> parameter_gradient(const F& f, const Src& src, const DiffDst& diff_dst) {
    const detail::named x{"src", detail::as_span(src)};
    const detail::named dy{"diff_dst", detail::as_span(diff_dst)};
    detail::require_same_size("parameter_gradient", dy, x);
    detail::require_valid(f);
    detail::gradient_sum sum;
    sum.add(f, x.span.data(), dy.span.data(), x.span.size());
    return static_cast<element_of<Src>>(sum.total());
}

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
