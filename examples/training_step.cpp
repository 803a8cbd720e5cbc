// Learn: where activations stand in training; two dense layers learn XOR by gradient descent.
#include <actfn/actfn.hpp>

#include <cstddef>
#include <iomanip>
#include <iostream>
#include <vector>

namespace {

/// Rows are samples, columns are units; row-major.
struct matrix {
    std::size_t rows, columns;
    std::vector<float> data = std::vector<float>(rows * columns);

    float& operator()(std::size_t r, std::size_t c) { return data[r * columns + c]; }
    float operator()(std::size_t r, std::size_t c) const { return data[r * columns + c]; }
};

/// y = f(x W + b).
template <class F>
struct dense {
    matrix weights, bias{1, weights.columns};
    F f{};
    matrix x{}, z{}; // what backward needs of forward: the inputs of the layer and of the activation

    matrix forward(const matrix& input) {
        x = input;
        z = {x.rows, weights.columns};
        for (std::size_t r = 0; r < z.rows; ++r)
            for (std::size_t c = 0; c < z.columns; ++c) {
                z(r, c) = bias(0, c);
                for (std::size_t k = 0; k < x.columns; ++k) z(r, c) += x(r, k) * weights(k, c);
            }
        matrix y{z.rows, z.columns};
        actfn::forward(f, z.data, y.data);
        return y;
    }

    /// From the gradient of y to that of x; takes a step down the gradients of weights and bias on the way.
    matrix backward(const matrix& diff_y, float rate) {
        matrix diff_z{z.rows, z.columns};
        actfn::backward(f, z.data, diff_y.data, diff_z.data);

        matrix diff_x{x.rows, x.columns};
        for (std::size_t r = 0; r < x.rows; ++r)
            for (std::size_t k = 0; k < x.columns; ++k)
                for (std::size_t c = 0; c < z.columns; ++c) diff_x(r, k) += diff_z(r, c) * weights(k, c);
        for (std::size_t r = 0; r < x.rows; ++r)
            for (std::size_t c = 0; c < z.columns; ++c) {
                bias(0, c) -= rate * diff_z(r, c);
                for (std::size_t k = 0; k < x.columns; ++k) weights(k, c) -= rate * x(r, k) * diff_z(r, c);
            }
        return diff_x;
    }
};

matrix random(std::size_t rows, std::size_t columns, const actfn::rng::stream& s) {
    matrix m{rows, columns};
    actfn::rng::fill_normal(s, m.data);
    return m;
}

} // namespace

int main() {
    const matrix inputs{4, 2, {0, 0, 0, 1, 1, 0, 1, 1}};
    const matrix targets{4, 1, {0, 1, 1, 0}};

    dense<actfn::tanh<float>> hidden{random(2, 4, {.seed = 1})};
    dense<actfn::sigmoid<float>> output{random(4, 1, {.seed = 2})};

    std::cout << std::fixed << std::setprecision(3);
    matrix y = targets;
    for (int step = 0; step <= 400; ++step) {
        y = output.forward(hidden.forward(inputs));

        // The mean of the squared errors, and its gradient.
        float loss = 0;
        matrix diff_y = y;
        for (std::size_t i = 0; i < y.data.size(); ++i) {
            const float error = y.data[i] - targets.data[i];
            loss += error * error / 4;
            diff_y.data[i] = error / 2;
        }
        if (step % 100 == 0) std::cout << "step " << std::setw(3) << step << "  loss " << loss << '\n';

        hidden.backward(output.backward(diff_y, 2), 2);
    }
    for (std::size_t r = 0; r < inputs.rows; ++r)
        std::cout << std::setprecision(0) << inputs(r, 0) << " xor " << inputs(r, 1) << " = "
                  << std::setprecision(1) << y(r, 0) << '\n';
}
