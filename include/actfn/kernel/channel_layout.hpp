// The shape of an array with channels: what is asked of it, and how its channels are walked.
#pragma once

#include <actfn/kernel/shape.hpp>
#include <actfn/kernel/sweep.hpp>

namespace actfn::inline ACTFN_ABI {

/// The shape (outer, channels, inner) of a contiguous array whose element (o, c, i) has index (o channels +
/// c) inner + i: NCHW is {batch, channels, height width}, NHWC is {batch height width, channels, 1}.
struct channel_layout {
    std::size_t outer, channels, inner;

    constexpr std::size_t size() const noexcept { return outer * channels * inner; }
};

namespace detail {

inline void require_layout(const char* loop, const char* name, std::size_t elements,
                           const channel_layout& layout) {
    require_shape(loop, name, elements, {layout.outer, layout.channels, layout.inner});
}

inline void require_channels(const char* loop, const char* name, std::size_t elements,
                             const channel_layout& layout) {
    if (elements == layout.channels) return;
    fail(loop, std::string(name) + " has " + std::to_string(elements) + " elements, the layout has " +
                   std::to_string(layout.channels) + " channels");
}

template <class F, class T>
void require_valid_parameters(const char* loop, const F& f, std::span<T> parameters) {
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

} // namespace actfn::inline ACTFN_ABI
