// The door of what works on rows: a matrix of contiguous rows, and what is asked of its operands.
#pragma once

#include <actfn/core/lane_ops.hpp>
#include <actfn/kernel/shape.hpp>

namespace actfn::inline ACTFN_ABI {

/// A matrix of contiguous rows: element (r, c) has index r columns + c.
struct matrix_layout {
    std::size_t rows, columns;

    constexpr std::size_t size() const noexcept { return rows * columns; }
};

/// A bound on the error of what is computed of a row: ulp of the correctly rounded result, where an ulp
/// counts as floor where it is smaller. Tests hold it from both sides: no result exceeds it, and some come
/// within three quarters of it.
struct row_claim {
    double ulp, floor;
};

/// The claims for rows of up to 4096 elements, by element type and by whether the build has FMA.
struct row_claims {
    row_claim fused_float, plain_float, fused_double, plain_double;

    template <std::floating_point T>
    constexpr row_claim of() const noexcept {
        if constexpr (sizeof(T) == sizeof(float))
            return fused ? fused_float : plain_float;
        else
            return fused ? fused_double : plain_double;
    }
};

namespace detail {

template <class T>
void require_layout(const char* loop, const named<T>& matrix, const matrix_layout& layout) {
    require_shape(loop, matrix.name, matrix.span.size(), {layout.rows, layout.columns});
}

/// One element for each row.
template <class T>
void require_rows(const char* loop, const named<T>& each, const matrix_layout& layout) {
    if (each.span.size() != layout.rows)
        fail(loop, std::string(each.name) + " has " + std::to_string(each.span.size()) + " elements, " +
                       text_of({layout.rows, layout.columns}) + " has " + std::to_string(layout.rows) +
                       " rows");
}

} // namespace detail

} // namespace actfn::inline ACTFN_ABI
