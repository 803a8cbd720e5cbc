// What the functions of rows are found to err by: every kernel on the same rows, against the definition in
// double.
#pragma once

#include "findings.hpp"
#include "kernel.hpp"

#include <xsimd/xsimd.hpp>

#include <algorithm>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace versus {

inline constexpr std::size_t row_matrices = 2000, row_length = 1024;
inline constexpr const char* row_functions[] = {"softmax", "log_softmax", "logsumexp"};

/// Near 0 a logarithm has lost the digits of what it is the difference of: an ulp counts as that of 1/4 at
/// least.
inline double least_row_ulp(const std::string& function) { return function == "softmax" ? 0 : 0x1p-25; }

/// block elements in rows, and what is exact for them. Some shares are subnormal.
class row_matrix {
public:
    using array = std::vector<float, xsimd::aligned_allocator<float, 64>>;

    void draw(std::mt19937_64& random) {
        const auto uniform = [&](double a, double b) { return std::uniform_real_distribution(a, b)(random); };
        for (std::size_t first = 0; first < block; first += row_length) {
            const double offset = uniform(-30, 30), spread = std::exp2(uniform(-3, 6));
            const double a = uniform(-1, 0), b = uniform(-1, 0);
            const int kind = static_cast<int>(uniform(0, 3));
            for (std::size_t i = first; i < first + row_length; ++i) {
                // Two values, whose errors do not average out; one far above the others; all over the range.
                const double at = kind == 0                 ? (i % 7 == 3 ? a : b)
                                  : kind == 1 && i == first ? 0.5
                                                            : uniform(-1, 0);
                x[i] = static_cast<float>(offset + spread * at);
            }
            const auto row = x.begin() + static_cast<std::ptrdiff_t>(first);
            const double largest = static_cast<double>(*std::max_element(row, row + row_length));
            double sum = 0;
            for (std::size_t i = first; i < first + row_length; ++i)
                sum += std::exp(static_cast<double>(x[i]) - largest);
            const double log = std::log(sum);
            logsumexp[first / row_length] = largest + log;
            for (std::size_t i = first; i < first + row_length; ++i) {
                const double below = static_cast<double>(x[i]) - largest;
                softmax[i] = std::exp(below) / sum;
                log_softmax[i] = below - log;
            }
        }
    }
    std::span<const double> exact(const std::string& function) const {
        if (function == "softmax") return softmax;
        if (function == "log_softmax") return log_softmax;
        if (function == "logsumexp") return logsumexp;
        throw std::logic_error("no definition of " + function);
    }

    array x = array(block);

private:
    std::vector<double> softmax = std::vector<double>(block), log_softmax = softmax,
                        logsumexp = std::vector<double>(block / row_length);
};

/// Of each kernel of any of row_functions, in order.
inline std::vector<findings> row_errors(const std::vector<const kernel<float>*>& kernels) {
    columns = row_length;
    std::mt19937_64 random(1);
    row_matrix m;
    row_matrix::array out(block);
    std::vector<call> calls;
    for (const auto* k : kernels) calls.push_back(k->bind({m.x.data(), nullptr, out.data(), block}));
    std::vector<findings> found(kernels.size());
    for (std::size_t r = 0; r < row_matrices; ++r) {
        m.draw(random);
        for (std::size_t k = 0; k < kernels.size(); ++k) {
            calls[k]();
            const auto exact = m.exact(kernels[k]->function);
            found[k].note(std::span(m.x).first(exact.size()), std::span(out).first(exact.size()), exact,
                          least_row_ulp(kernels[k]->function));
        }
    }
    return found;
}

} // namespace versus
