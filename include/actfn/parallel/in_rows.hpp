// How functions of rows are cut: what is asked of their operands, and their parts.
#pragma once

#include <actfn/parallel/parts.hpp>
#include <actfn/reductions/matrix_layout.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// Rows first to first + n of a matrix.
template <class T>
std::span<T> rows_of(std::span<T> matrix, std::size_t columns, std::size_t first, std::size_t n) noexcept {
    return matrix.subspan(first * columns, n * columns);
}

/// body(first, n) for parts of the rows of a matrix that has been checked.
template <class P, class T, class Body>
void in_rows(std::span<T> matrix, const matrix_layout& layout, const Body& body) {
    const std::size_t row = std::max<std::size_t>(layout.columns * sizeof(T), 1);
    in_parts<P>({layout.rows, std::max<std::size_t>(part_bytes / row, 1), 0}, matrix.size_bytes(), body);
}

/// loop(src, layout, dst) on parts.
template <class P, class X, class Y, class Loop>
void each_to_row(const char* name, std::span<X> src, const matrix_layout& layout, std::span<Y> dst,
                 const Loop& loop) {
    const named x{"src", src};
    const named y{"dst", dst};
    require_layout(name, x, layout);
    require_operands(name, y, x);
    in_rows<P>(src, layout, [&](std::size_t r, std::size_t n) {
        loop(rows_of(src, layout.columns, r, n), matrix_layout{n, layout.columns},
             rows_of(dst, layout.columns, r, n));
    });
}

/// loop(dst, diff_dst, layout, diff_src) on parts.
template <class P, class Y, class Dy, class Dx, class Loop>
void each_from_output(const char* name, std::span<Y> dst, std::span<Dy> diff_dst, const matrix_layout& layout,
                      std::span<Dx> diff_src, const Loop& loop) {
    const named y{"dst", dst};
    const named dx{"diff_src", diff_src};
    require_layout(name, y, layout);
    require_operands(name, dx, y, named{"diff_dst", diff_dst});
    in_rows<P>(dst, layout, [&](std::size_t r, std::size_t n) {
        loop(rows_of(dst, layout.columns, r, n), rows_of(diff_dst, layout.columns, r, n),
             matrix_layout{n, layout.columns}, rows_of(diff_src, layout.columns, r, n));
    });
}

/// loop(src, layout, dst) on parts, where dst has one element for each row.
template <class P, class X, class Y, class Loop>
void each_to_element(const char* name, std::span<X> src, const matrix_layout& layout, std::span<Y> dst,
                     const Loop& loop) {
    const named x{"src", src};
    const named y{"dst", dst};
    require_layout(name, x, layout);
    require_rows(name, y, layout);
    require_apart(name, y, x);
    in_rows<P>(src, layout, [&](std::size_t r, std::size_t n) {
        loop(rows_of(src, layout.columns, r, n), matrix_layout{n, layout.columns}, dst.subspan(r, n));
    });
}

/// loop(src, diff, layout, diff_src) on parts, where diff has one element for each row.
template <class P, class X, class D, class Dx, class Loop>
void each_from_element(const char* name, std::span<X> src, std::span<D> diff, const matrix_layout& layout,
                       std::span<Dx> diff_src, const Loop& loop) {
    const named x{"src", src};
    const named d{"diff", diff};
    const named dx{"diff_src", diff_src};
    require_layout(name, x, layout);
    require_rows(name, d, layout);
    require_operands(name, dx, x);
    require_apart(name, dx, d);
    in_rows<P>(src, layout, [&](std::size_t r, std::size_t n) {
        loop(rows_of(src, layout.columns, r, n), diff.subspan(r, n), matrix_layout{n, layout.columns},
             rows_of(diff_src, layout.columns, r, n));
    });
}

} // namespace actfn::inline ACTFN_ABI::detail
