// Learn: what is always positive is a bias to the next layer; ELU's negative values take the mean towards 0.
//
// Clevert, Unterthiner, Hochreiter 2015, "Fast and accurate deep network learning by exponential linear units
// (ELUs)", sections 2 and 3: a mean activation that is not 0 adds a constant to every unit of the next layer
// (bias shift), and takes part of the signal away: what all inputs have in common tells none from another. In
// a deep random network that shift accumulates. Shown: the mean over its root mean square, and how much of
// the square of the pre-activations is common to all inputs.
#include "support/claims.hpp"
#include "support/network.hpp"
#include "support/svg.hpp"

using plot::ink;

namespace {

constexpr std::size_t width = 200, depth = 20, batch = 100;

struct shifts {
    std::vector<plot::point> mean;   ///< of the activations, over their root mean square
    std::vector<plot::point> common; ///< the share of z^2 that is the square of the batch mean, in percent
};

/// In each layer of a random network that keeps the mean square of z at 1, so that all activations are used
/// over the same part of the line.
template <class F>
shifts shifts_of() {
    shifts s;
    example::matrix y = example::normal_matrix(batch, width, 1, {.seed = 1});
    for (std::size_t l = 0; l < depth; ++l) {
        const double scale = std::sqrt(example::mean_square(y.data) * width);
        example::layer<F> hidden{
            {example::normal_matrix(width, width, static_cast<float>(1 / scale), {.seed = 2 + l})}};
        y = hidden.forward(y);

        double common = 0;
        const example::matrix units = example::transposed(hidden.z);
        for (std::size_t u = 0; u < width; ++u) common += std::pow(example::mean(units.row(u)), 2) / width;
        const double at = static_cast<double>(l + 1);
        s.mean.push_back({at, example::mean(y.data) / std::sqrt(example::mean_square(y.data))});
        s.common.push_back({at, 100 * common / example::mean_square(hidden.z.data)});
    }
    return s;
}

} // namespace

int main(int argc, char** argv) {
    const shifts relu = shifts_of<actfn::relu<float>>(), leaky = shifts_of<actfn::leaky_relu<float>>(),
                 elu = shifts_of<actfn::elu<float>>(), tanh = shifts_of<actfn::tanh<float>>(),
                 sigmoid = shifts_of<actfn::sigmoid<float>>();

    example::row("mean / rms, layer", "sigmoid", "ReLU", "Leaky ReLU", "ELU", "tanh");
    for (const std::size_t i : {0u, 4u, 9u, 19u})
        example::row(i + 1, sigmoid.mean[i].y, relu.mean[i].y, leaky.mean[i].y, elu.mean[i].y,
                     tanh.mean[i].y);
    example::row("common in %, layer");
    for (const std::size_t i : {0u, 4u, 9u, 19u})
        example::row(i + 1, sigmoid.common[i].y, relu.common[i].y, leaky.common[i].y, elu.common[i].y,
                     tanh.common[i].y);

    example::claims claim;
    bool halved = true;
    for (std::size_t i = 0; i < depth; ++i) halved = halved && std::abs(elu.mean[i].y) < relu.mean[i].y / 2;
    claim("ELU's mean is less than half of ReLU's in every layer", halved);
    claim(
        "after 20 layers more of ReLU's signal is common to all inputs than of ELU's, by 20 points at least",
        relu.common.back().y > elu.common.back().y + 20);

    const auto curves = [&](auto part) {
        return std::vector<plot::curve>{{part(sigmoid), ink::orange, "sigmoid"},
                                        {part(relu), ink::blue, "ReLU"},
                                        {part(leaky), ink::teal, "Leaky ReLU"},
                                        {part(elu), ink::red, "ELU"},
                                        {part(tanh), ink::violet, "tanh"}};
    };
    plot::write(example::directory(argc, argv) / "mean_activation.svg",
                {.title = "ELU's negative values keep means nearer 0, and layers from shifting",
                 .panels = {{.x = {"layer", 1, depth, false, {1, 5, 10, 15, 20}},
                             .y = {"mean activation / root mean square", -0.2, 1},
                             .curves = curves([](const shifts& s) { return s.mean; })},
                            {.x = {"layer", 1, depth, false, {1, 5, 10, 15, 20}},
                             .y = {"common to all inputs, % of the pre-activations' square", 0, 100},
                             .curves = curves([](const shifts& s) { return s.common; })}}});
    return claim.exit_code();
}
