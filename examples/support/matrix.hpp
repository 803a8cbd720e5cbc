// As much linear algebra as the examples need.
#pragma once

#include <actfn/actfn.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace example {

/// Row-major. In networks rows are samples and columns are units.
struct matrix {
    std::size_t rows = 0, columns = 0;
    std::vector<float> data = std::vector<float>(rows * columns);

    float& operator()(std::size_t r, std::size_t c) { return data[r * columns + c]; }
    float operator()(std::size_t r, std::size_t c) const { return data[r * columns + c]; }
    std::span<float> row(std::size_t r) { return std::span(data).subspan(r * columns, columns); }
    std::span<const float> row(std::size_t r) const { return std::span(data).subspan(r * columns, columns); }
};

/// Independent normal numbers; their draws are rows columns many from s.first on.
inline matrix normal_matrix(std::size_t rows, std::size_t columns, float deviation,
                            const actfn::rng::stream& s) {
    matrix m{rows, columns};
    actfn::rng::fill_normal(s, m.data);
    for (float& v : m.data) v *= deviation;
    return m;
}

inline matrix transposed(const matrix& a) {
    matrix t{a.columns, a.rows};
    for (std::size_t r = 0; r < a.rows; ++r)
        for (std::size_t c = 0; c < a.columns; ++c) t(c, r) = a(r, c);
    return t;
}

/// y += factor x.
inline void add_scaled(std::span<float> y, float factor, std::span<const float> x) {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] += factor * x[i];
}

/// a b. The inner loop runs along rows, so that the compiler can use SIMD.
inline matrix product(const matrix& a, const matrix& b) {
    matrix p{a.rows, b.columns};
    for (std::size_t r = 0; r < a.rows; ++r)
        for (std::size_t k = 0; k < a.columns; ++k) add_scaled(p.row(r), a(r, k), b.row(k));
    return p;
}

/// The mean of all elements, and that of their squares, in double: the smallest gradients have squares that a
/// float cannot hold.
inline double mean(std::span<const float> v) {
    double sum = 0;
    for (const float x : v) sum += static_cast<double>(x);
    return sum / static_cast<double>(v.size());
}

inline double mean_square(std::span<const float> v) {
    double sum = 0;
    for (const float x : v) sum += static_cast<double>(x) * static_cast<double>(x);
    return sum / static_cast<double>(v.size());
}

} // namespace example
