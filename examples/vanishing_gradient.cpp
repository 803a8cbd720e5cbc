// Learn: a sigmoid takes three quarters of the gradient in every layer; what keeps it alive over fifty.
//
// Hochreiter 1991, "Untersuchungen zu dynamischen neuronalen Netzen"; Bengio, Simard, Frasconi 1994: the
// gradient of the inputs is a product with one factor f'(z) W per layer. sigmoid' is at most 1/4, so fifty
// layers leave at most 4^-50 of it. Three ways out, all measured here at the start of training:
//   - slope 1: ReLU (Glorot, Bordes, Bengio 2011), Leaky ReLU, ELU, and near 0 tanh;
//   - the sigmoid rescaled to slope 1 at 0, 1 / (1 + e^-4x) (Xu, Huang, Li 2016): much less is lost, not
//   little;
//   - batch normalisation before the sigmoid (Ioffe, Szegedy 2015): it divides by the small deviation that
//   the
//     sigmoid left, in the gradient as well, which makes up for the small slope.
#include "support/claims.hpp"
#include "support/network.hpp"
#include "support/svg.hpp"

using example::matrix, plot::ink;

namespace {

constexpr std::size_t width = 128, depth = 50, batch = 64;

/// Every unit to mean 0 and variance 1 over the batch; here units are rows.
struct batch_normalisation {
    matrix normal;
    std::vector<float> scale = std::vector<float>(width);

    matrix forward(const matrix& z) {
        normal = z;
        for (std::size_t u = 0; u < width; ++u) {
            const auto row = normal.row(u);
            const auto mean = static_cast<float>(example::mean(row));
            for (float& v : row) v -= mean;
            scale[u] = 1 / std::sqrt(static_cast<float>(example::mean_square(row)) + 1e-12f);
            for (float& v : row) v *= scale[u];
        }
        return normal;
    }

    /// The gradient loses its mean and its part along the normalised values: neither changes the output.
    matrix backward(matrix diff) const {
        for (std::size_t u = 0; u < width; ++u) {
            const auto d = diff.row(u);
            const auto y = normal.row(u);
            double along = 0;
            for (std::size_t i = 0; i < batch; ++i) along += static_cast<double>(d[i] * y[i]) / batch;
            const auto mean = static_cast<float>(example::mean(d));
            for (std::size_t i = 0; i < batch; ++i)
                d[i] = scale[u] * (d[i] - mean - y[i] * static_cast<float>(along));
        }
        return diff;
    }
};

/// What is done to z before the activation.
enum class before { nothing, centring, normalising };

/// The norm of the gradient, over its norm at the output, for 0 to depth layers before it.
template <class F>
std::vector<plot::point> norms(float gain, before b = before::nothing) {
    auto n = example::network<F>(std::vector<std::size_t>(depth + 2, width), gain, 1);
    std::vector<batch_normalisation> norm(depth);
    matrix y = example::normal_matrix(batch, width, 1, {.seed = 2});
    for (std::size_t l = 0; l < depth; ++l) {
        auto& [affine, f, noise, z] = n.hidden[l];
        if (b == before::centring && l > 0) // inputs have mean 0, outputs of a sigmoid have 1/2
            for (std::size_t k = 0; k < width; ++k)
                example::add_scaled(affine.bias.data, -0.5f, affine.weights.row(k));
        z = affine.forward(y);
        if (b == before::normalising) z = transposed(norm[l].forward(transposed(z)));
        actfn::forward(f, z.data, y.data);
    }

    matrix diff = example::normal_matrix(batch, width, 1, {.seed = 3});
    std::vector<plot::point> points{{0, 1}};
    const double first = example::mean_square(diff.data);
    for (std::size_t l = depth; l-- > 0;) {
        auto& [affine, f, noise, z] = n.hidden[l];
        actfn::backward(f, z.data, diff.data, diff.data);
        if (b == before::normalising) diff = transposed(norm[l].backward(transposed(diff)));
        diff = affine.backward(diff, 0);
        points.push_back(
            {static_cast<double>(depth - l), std::sqrt(example::mean_square(diff.data) / first)});
    }
    return points;
}

} // namespace

int main(int argc, char** argv) {
    const float he = std::sqrt(2.f);
    const std::vector<plot::curve> curves{
        {norms<actfn::sigmoid<float>>(1), ink::orange, "sigmoid"},
        {norms<actfn::rescaled_sigmoid<float>>(1), ink::green, "sigmoid of 4x"},
        {norms<actfn::rescaled_sigmoid<float>>(1, before::centring), ink::green, "sigmoid of 4x, centred"},
        {norms<actfn::sigmoid<float>>(1, before::normalising), ink::gold, "sigmoid, normalised"},
        {norms<actfn::tanh<float>>(1), ink::violet, "tanh"},
        {norms<actfn::relu<float>>(he), ink::blue, "ReLU"},
        {norms<actfn::leaky_relu<float>>(he), ink::teal, "Leaky ReLU"},
        {norms<actfn::elu<float>>(he), ink::red, "ELU"}};

    example::row("gradient, layers:", 1, 10, 25, 50, "per layer");
    for (const plot::curve& c : curves)
        example::row(c.label, c.points[1].y, c.points[10].y, c.points[25].y, c.points[50].y,
                     std::pow(c.points[50].y, 1. / depth));

    example::claims claim;
    const auto left = [&](std::size_t curve) { return curves[curve].points.back().y; };
    claim("sigmoid: less than 4^-50 of the gradient is left", left(0) < std::pow(0.25, depth));
    claim("slope 1 at 0: 10^15 times as much, but less than 10^-6, as z is not around 0",
          left(1) > 1e15 * left(0) && left(1) < 1e-6);
    bool kept = true;
    for (std::size_t i = 2; i < curves.size(); ++i) kept = kept && left(i) > 0.01 && left(i) < 100;
    claim("the others keep it within a factor of 100", kept);

    plot::write(example::directory(argc, argv) / "vanishing_gradient.svg",
                {.title = "Fifty layers of sigmoids leave 10⁻³² of the gradient; here is what keeps it",
                 .panels = {{.x = {"layers back from the output", 0, depth},
                             .y = {"norm of the gradient, 1 at the output", 1e-32, 1e4, true},
                             .curves = curves}},
                 .row_height = 360});
    return claim.exit_code();
}
