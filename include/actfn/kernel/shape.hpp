// What the layouts of arrays share: their sizes, checked, and what is said when they do not fit.
#pragma once

#include <actfn/kernel/span.hpp>

#include <initializer_list>

namespace actfn::inline ACTFN_ABI::detail {

/// The extents of an array, outermost first.
using shape = std::initializer_list<std::size_t>;

inline std::string text_of(const shape& extents) {
    std::string text = "the layout";
    for (const char* before = " "; const std::size_t n : extents)
        text += before + std::to_string(n), before = " x ";
    return text;
}

/// name has as many elements as an array of that shape.
inline void require_shape(const char* loop, const char* name, std::size_t elements, const shape& extents) {
    std::size_t size = 1;
    for (const std::size_t n : extents)
        if (__builtin_mul_overflow(size, n, &size))
            fail(loop, text_of(extents) + " has more elements than can be counted");
    if (elements == size) return;
    fail(loop, std::string(name) + " has " + std::to_string(elements) + " elements, " + text_of(extents) +
                   " has " + std::to_string(size));
}

} // namespace actfn::inline ACTFN_ABI::detail
