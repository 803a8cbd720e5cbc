// The shape of an array with channels: what is asked of it, and how its channels are walked.
#pragma once

#include <actfn/kernel/shape.hpp>

#include <algorithm>

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

/// run(i, count, c) for elements first to first + n of an array with channels, in runs of neighbours that
/// begin at i and belong to channel c; if inner is 1, each to the channel after the one before.
template <class Run>
void each_run(std::size_t channels, std::size_t inner, std::size_t first, std::size_t n,
              const Run& run) noexcept {
    if (n == 0) return;
    const std::size_t length = inner == 1 ? channels : inner, end = first + n;
    std::size_t left = length - first % length;
    for (std::size_t i = first, c = first / inner % channels; i < end;) {
        const std::size_t count = std::min(left, end - i);
        run(i, count, c);
        i += count, left = length;
        c = inner == 1 || c + 1 == channels ? 0 : c + 1;
    }
}

} // namespace detail

} // namespace actfn::inline ACTFN_ABI
