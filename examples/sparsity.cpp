// Learn: a random ReLU network is half zeros, exactly zero, in every layer; no other activation has that.
//
// Glorot, Bordes, Bengio 2011, "Deep sparse rectifier neural networks", section 3: after a symmetric random
// initialisation half of the hidden units are off for any one input, and which half depends on the input. A
// zero needs no multiplication in the next layer, and within the active half the network is linear. So it is
// scale invariant, too: max(0, a x) = a max(0, x) for a > 0, and without biases the whole network is.
#include "support/claims.hpp"
#include "support/network.hpp"
#include "support/svg.hpp"

#include <algorithm>

using plot::ink;

namespace {

constexpr std::size_t width = 256, depth = 10, batch = 100;
const example::matrix inputs = example::normal_matrix(batch, width, 1, {.seed = 1});

template <class F>
example::network<F> random_network() {
    return {std::vector<std::size_t>(depth + 2, width), std::sqrt(2.f), 2};
}

/// The share of exact zeros, in percent, in each layer.
template <class F>
std::vector<plot::point> zeros() {
    auto n = random_network<F>();
    std::vector<plot::point> share;
    example::matrix y = inputs;
    for (auto& l : n.hidden) {
        y = l.forward(y);
        share.push_back({static_cast<double>(share.size() + 1), 100 * actfn::sparsity(y.data)});
    }
    return share;
}

/// The outputs for the inputs times a.
template <class F>
example::matrix outputs(float a) {
    example::matrix x = inputs;
    for (float& v : x.data) v *= a;
    return random_network<F>().forward(x);
}

/// How much larger outputs become when inputs are a times as large, from a = 1/100 to 100.
template <class F>
std::vector<plot::point> growth() {
    std::vector<plot::point> points;
    const double usual = example::mean_square(outputs<F>(1).data);
    for (const double a : {0.01, 0.1, 1., 10., 100.})
        points.push_back(
            {a, std::sqrt(example::mean_square(outputs<F>(static_cast<float>(a)).data) / usual)});
    return points;
}

} // namespace

int main(int argc, char** argv) {
    const auto relu = zeros<actfn::relu<float>>(), leaky = zeros<actfn::leaky_relu<float>>(),
               elu = zeros<actfn::elu<float>>(), sigmoid = zeros<actfn::sigmoid<float>>();
    example::row("zeros in %, layer", "ReLU", "Leaky ReLU", "ELU", "sigmoid");
    for (std::size_t i = 0; i < depth; ++i)
        example::row(i + 1, relu[i].y, leaky[i].y, elu[i].y, sigmoid[i].y);

    example::claims claim;
    claim("ReLU: between 45 and 55 % zeros in every layer",
          std::ranges::all_of(relu, [](const plot::point& p) { return p.y > 45 && p.y < 55; }));
    claim("the others: none", std::ranges::all_of(std::array{leaky, elu, sigmoid}, [](const auto& layers) {
              return std::ranges::all_of(layers, [](const plot::point& p) { return p.y == 0; });
          }));

    // A power of two changes no digits, so that the bits can be compared.
    example::matrix scaled = outputs<actfn::relu<float>>(1);
    for (float& v : scaled.data) v *= 8;
    claim("ReLU: 8 times the inputs give 8 times the outputs, to the last bit",
          outputs<actfn::relu<float>>(8).data == scaled.data);

    plot::write(example::directory(argc, argv) / "sparsity.svg",
                {.title = "Half of a random ReLU network is off, and the rest is linear",
                 .panels = {{.x = {"layer", 1, depth, false, {1, 5, 10}},
                             .y = {"exact zeros, % of all units and inputs", 0, 100},
                             .curves = {{relu, ink::blue, "ReLU"},
                                        {leaky, ink::teal, "Leaky ReLU"},
                                        {elu, ink::red, "ELU"},
                                        {sigmoid, ink::orange, "sigmoid"}}},
                            {.x = {"inputs times", 0.01, 100, true},
                             .y = {"outputs grow by a factor of", 0.01, 100, true},
                             .curves = {{growth<actfn::relu<float>>(), ink::blue, "ReLU"},
                                        {growth<actfn::elu<float>>(), ink::red, "ELU"},
                                        {growth<actfn::sigmoid<float>>(), ink::orange, "sigmoid"}}}}});
    return claim.exit_code();
}
