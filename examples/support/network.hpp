// Dense layers and plain gradient descent, for any activation of the library. training_step.cpp has the same
// in its simplest form, in one file.
#pragma once

#include "data.hpp"
#include "matrix.hpp"

namespace example {

/// Stochastic activations draw in training and take their expectation in evaluation.
enum class mode { training, evaluation };

/// y = x W + b.
struct dense {
    matrix weights, bias{1, weights.columns};
    matrix x{}; // what backward needs of forward

    matrix forward(const matrix& input) {
        x = input;
        matrix y = product(x, weights);
        for (std::size_t r = 0; r < y.rows; ++r) add_scaled(y.row(r), 1, bias.row(0));
        return y;
    }

    /// From the gradient of y to that of x; takes a step down those of weights and bias on the way.
    matrix backward(const matrix& diff_y, float rate) {
        matrix diff_x = product(diff_y, transposed(weights));
        add_scaled(weights.data, -rate, product(transposed(x), diff_y).data);
        for (std::size_t r = 0; r < diff_y.rows; ++r) add_scaled(bias.row(0), -rate, diff_y.row(r));
        return diff_x;
    }
};

/// y = f(x W + b). PReLU's slope is learnt, one for the layer: by the mean of what its units ask for, as
/// their sum would take larger steps than any weight.
template <class F>
struct layer {
    static constexpr bool random = actfn::stochastic_activation<F, float>;

    dense affine;
    F f{};
    actfn::rng::stream noise{};
    matrix z{}; // what f was applied to

    matrix forward(const matrix& x, mode m = mode::training) {
        z = affine.forward(x);
        matrix y = z;
        if constexpr (!random)
            actfn::forward(f, z.data, y.data);
        else if (m == mode::training)
            actfn::forward(f, z.data, y.data, noise);
        else
            actfn::forward(f.expected(), z.data, y.data);
        return y;
    }

    matrix backward(const matrix& diff_y, float rate) {
        matrix diff_z = z;
        if constexpr (random) {
            actfn::backward(f, z.data, diff_y.data, diff_z.data, noise);
            noise = noise.skip(z.data.size()); // the next step takes other draws
        } else {
            actfn::backward(f, z.data, diff_y.data, diff_z.data);
        }
        if constexpr (actfn::learnable<F, float>)
            f.slope -=
                rate / static_cast<float>(z.columns) * actfn::parameter_gradient(f, z.data, diff_y.data);
        return affine.backward(diff_z, rate);
    }
};

/// Hidden layers of one activation, and a linear one whose outputs are the logits of the classes.
template <class F>
struct network {
    std::vector<layer<F>> hidden;
    dense output;

    /// widths: of the inputs, of each hidden layer, of the outputs. Weights are normal with the variance
    /// gain^2 / inputs: a gain of 1 suits units with slope 1 around 0 (Glorot, Bengio 2010), sqrt(2) those of
    /// which half are off (He and others 2015).
    network(const std::vector<std::size_t>& widths, float gain, std::uint64_t seed, const F& f = {}) {
        actfn::rng::stream s{.seed = seed};
        for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
            const float deviation = gain / std::sqrt(static_cast<float>(widths[i]));
            dense d{normal_matrix(widths[i], widths[i + 1], deviation, s)};
            s = s.skip(d.weights.data.size());
            if (i + 2 < widths.size())
                hidden.push_back({std::move(d), f, {.seed = seed + 1000 * (i + 1)}});
            else
                output = std::move(d);
        }
    }

    matrix forward(const matrix& x, mode m = mode::training) {
        matrix y = x;
        for (auto& l : hidden) y = l.forward(y, m);
        return output.forward(y);
    }

    /// Takes a step; to the gradient of the inputs.
    matrix backward(const matrix& diff, float rate) {
        matrix d = output.backward(diff, rate);
        for (std::size_t i = hidden.size(); i-- > 0;) d = hidden[i].backward(d, rate);
        return d;
    }
};

/// The mean of -log(softmax(logits)[label]) over the samples, and its gradient.
struct cross_entropy {
    double loss = 0, right = 0; ///< right: the share of samples whose label has the largest logit
    matrix diff;

    cross_entropy(const matrix& logits, std::span<const std::size_t> labels) : diff(logits) {
        const actfn::matrix_layout layout{logits.rows, logits.columns};
        matrix log_share = logits, diff_log{logits.rows, logits.columns};
        actfn::log_softmax(logits.data, layout, log_share.data);
        const float share = 1 / static_cast<float>(logits.rows);
        for (std::size_t r = 0; r < logits.rows; ++r) {
            loss -= static_cast<double>(share * log_share(r, labels[r]));
            diff_log(r, labels[r]) = -share;
            const auto row = logits.row(r);
            if (std::ranges::max_element(row) - row.begin() == static_cast<std::ptrdiff_t>(labels[r]))
                right += static_cast<double>(share);
        }
        actfn::log_softmax_backward(log_share.data, diff_log.data, layout, diff.data);
    }
};

/// Once through the data in steps of batch samples; the mean of their losses.
template <class F>
double train_epoch(network<F>& n, const samples& data, std::size_t batch, float rate) {
    double loss = 0;
    for (std::size_t first = 0; first + batch <= data.size(); first += batch) {
        const samples part = data.part(first, batch);
        const cross_entropy e(n.forward(part.x), part.labels);
        n.backward(e.diff, rate);
        loss += e.loss;
    }
    return loss / static_cast<double>(data.size() / batch);
}

template <class F>
cross_entropy evaluate(network<F>& n, const samples& data, mode m = mode::evaluation) {
    return {n.forward(data.x, m), data.labels};
}

} // namespace example
