// The door of what works on rows: a matrix of contiguous rows, and what is asked of its operands.
#pragma once

#include <actfn/core/lane_ops.hpp>
#include <actfn/kernel/shape.hpp>

#include <algorithm>
#include <bit>

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

/// The claims for rows of up to 4096 elements, by element type and by whether the build has FMA. Halves are
/// floats until they are rounded: half an ulp of theirs is added to the claim for float.
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

/// A bound on the error of a gradient whose formula has a sum over the row: ulp of the correctly rounded
/// result, and sum(n) times the magnitudes of the n that are summed, times the share it is multiplied by. The
/// latter is all that is left where the formula's difference cancels. Tests hold ulp from both sides, as of
/// row_claim.
struct row_gradient_claim {
    double ulp;
    double once, each; ///< each: for every rounding of an element on its way through 32 sums in double

    constexpr double sum(std::size_t n) const noexcept {
        const auto roundings =
            (n - 1) / 32 + 1 + static_cast<std::size_t>(std::bit_width(std::min<std::size_t>(n - 1, 31)));
        return once + each * static_cast<double>(roundings);
    }
};

/// The claims for float and double.
struct row_gradient_claims {
    row_gradient_claim floats, doubles;

    template <std::floating_point T>
    constexpr row_gradient_claim of() const noexcept {
        return sizeof(T) == sizeof(float) ? floats : doubles;
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

/// How many rows at most are computed beside each other. Fewer and more cost rows of 32 columns a tenth.
inline constexpr std::size_t rows_together = 16;

/// body(first row, rows) for groups of rows that stay in the first-level cache.
template <class T, class Body>
void row_groups(const matrix_layout& layout, const Body& body) {
    const std::size_t fit = 16384 / sizeof(T) / std::max<std::size_t>(layout.columns, 1);
    const std::size_t most = std::clamp<std::size_t>(fit, 1, rows_together);
    for (std::size_t r = 0; r < layout.rows; r += most) body(r, std::min(most, layout.rows - r));
}

/// rows(src, dst, rows, columns) of all rows, once the operands fit.
template <class T, class Rows>
void each_row(const char* loop, std::span<const T> src, const matrix_layout& layout, std::span<T> dst,
              const Rows& rows) {
    const named x{"src", src};
    const named y{"dst", dst};
    require_layout(loop, x, layout);
    require_operands(loop, y, x);
    row_groups<T>(layout, [&](std::size_t r, std::size_t count) {
        rows(src.data() + r * layout.columns, dst.data() + r * layout.columns, count, layout.columns);
    });
}

/// row(dst, diff_dst, diff_src, columns) likewise, for gradients from the output.
template <class T, class Row>
void each_backward_row(const char* loop, std::span<const T> dst, std::span<const T> diff_dst,
                       const matrix_layout& layout, std::span<T> diff_src, const Row& row) {
    const named y{"dst", dst};
    const named dy{"diff_dst", diff_dst};
    const named dx{"diff_src", diff_src};
    require_layout(loop, y, layout);
    require_operands(loop, dx, y, dy);
    for (std::size_t r = 0, at = 0; r < layout.rows; ++r, at += layout.columns)
        row(dst.data() + at, diff_dst.data() + at, diff_src.data() + at, layout.columns);
}

} // namespace detail

} // namespace actfn::inline ACTFN_ABI
