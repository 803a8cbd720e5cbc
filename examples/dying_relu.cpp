// Learn: steps that are too large kill ReLUs for good; units with a slope on both sides survive them.
//
// A ReLU that is off for every sample has no gradient, so no step ever brings it back (Maas, Hannun, Ng 2013,
// "Rectifier nonlinearities improve neural network acoustic models", who give it a slope of 0.01 there: Leaky
// ReLU). One large step is enough to push it over: the higher the learning rate, the more are dead after
// training. PReLU (He and others 2015), RReLU (Xu and others 2015) have a slope, too; ELU (Clevert and others
// 2015) has one that vanishes far below 0. Dead: no sample has a derivative of more than 0.001. The table
// ends where some stop learning at all: at rate 1 ELU diverges, and PReLU at 1.5.
#include "support/claims.hpp"
#include "support/network.hpp"
#include "support/svg.hpp"

using plot::ink;

namespace {

constexpr std::size_t width = 64;
constexpr int epochs = 20;
const example::samples data = example::two_spirals(256, 1, 0.02f, 1);
const std::vector<double> rates{0.03, 0.1, 0.2, 0.3, 0.5, 0.7};

/// The share of dead units in the second hidden layer after training, in percent.
template <class F>
double dead(float rate) {
    example::network<F> n({2, width, width, 2}, std::sqrt(2.f), 1);
    for (int epoch = 0; epoch < epochs; ++epoch) train_epoch(n, data, 16, rate);
    evaluate(n, data);

    auto& hidden = n.hidden[1];
    example::matrix slope = hidden.z;
    if constexpr (example::layer<F>::random)
        actfn::backward(hidden.f.expected(), hidden.z.data, std::vector<float>(slope.data.size(), 1),
                        slope.data);
    else
        actfn::backward(hidden.f, hidden.z.data, std::vector<float>(slope.data.size(), 1), slope.data);
    const example::matrix units = transposed(slope);
    double count = 0;
    for (std::size_t u = 0; u < width; ++u)
        if (std::ranges::none_of(units.row(u), [](float d) { return std::abs(d) > 0.001f; })) count += 1;
    return 100 * count / width;
}

template <class F>
std::vector<plot::point> dead_by_rate(const char* name) {
    std::vector<plot::point> points;
    for (const double rate : rates) points.push_back({rate, dead<F>(static_cast<float>(rate))});
    example::row(name, points[0].y, points[1].y, points[2].y, points[3].y, points[4].y, points[5].y);
    return points;
}

} // namespace

int main(int argc, char** argv) {
    example::row("dead in %, rate:", rates[0], rates[1], rates[2], rates[3], rates[4], rates[5]);
    const auto relu = dead_by_rate<actfn::relu<float>>("ReLU");
    const auto elu = dead_by_rate<actfn::elu<float>>("ELU");
    const auto leaky = dead_by_rate<actfn::leaky_relu<float>>("Leaky ReLU");
    const auto prelu = dead_by_rate<actfn::prelu<float>>("PReLU");
    const auto rrelu = dead_by_rate<actfn::rrelu<float>>("RReLU");

    example::claims claim;
    claim("ReLU: more than 15 % are dead after training with rate 0.7, less than 5 % with 0.03",
          relu.back().y > 15 && relu.front().y < 5);
    claim("the others: none",
          std::ranges::all_of(std::array{elu, leaky, prelu, rrelu}, [](const auto& points) {
              return std::ranges::all_of(points, [](const plot::point& p) { return p.y == 0; });
          }));

    plot::write(example::directory(argc, argv) / "dying_relu.svg",
                {.title = "The higher the learning rate, the more ReLUs die",
                 .panels = {{.x = {"learning rate", 0, 0.7},
                             .y = {"dead units of the second layer after training, %", 0, 30},
                             .curves = {{relu, ink::blue, "ReLU"},
                                        {elu, ink::red, "ELU"},
                                        {leaky, ink::teal, "Leaky ReLU"},
                                        {prelu, ink::green, "PReLU"},
                                        {rrelu, ink::gold, "RReLU"}}}}});
    return claim.exit_code();
}
