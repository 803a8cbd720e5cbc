// Learn: softplus is a ReLU with a rounded corner; its derivative is the logistic function, whose limit is
// the step, and in many variables it is LSE0+, a rounded max(0, x, y, ...).
//
// softplus(x) = log(1 + e^(beta x)) / beta lies above max(x, 0), by log 2 / beta at the corner and less
// elsewhere: Dugas, Bengio, Belisle, Nadeau, Garcia 2001, "Incorporating second-order functional knowledge
// for better option pricing"; beside the rectifier in Glorot, Bordes, Bengio 2011. In two variables log(1 +
// e^x + e^y) lies above max(0, x, y) by log 3 at most: LSE0+ of Nielsen and Hadjeres 2019.
#include "support/claims.hpp"
#include "support/svg.hpp"

#include <actfn/actfn.hpp>

#include <array>
#include <limits>

using plot::ink, plot::mark;

namespace {

const plot::axis line{"x", -3, 3};

double above_relu(double beta) {
    double most = 0;
    for (const auto& [x, y] : plot::graph(line, 600, actfn::softplus<double>{.beta = beta}))
        most = std::max(most, y - actfn::relu<double>{}(x));
    return most;
}

/// Where log(1 + e^x + e^y) = level: solved for y up to the diagonal x = y, and mirrored there.
std::vector<plot::point> contour(double level) {
    const plot::axis half{"", -5, std::log(std::expm1(level) / 2)};
    auto points = plot::graph(half, 100, [&](double x) { return std::log(std::expm1(level) - std::exp(x)); });
    for (std::size_t i = points.size() - 1; i-- > 0;) points.push_back({points[i].y, points[i].x});
    return points;
}

} // namespace

int main(int argc, char** argv) {
    example::claims claim;
    plot::panel values{.x = line, .y = {"softplus: towards ReLU", 0, 3}};
    plot::panel slopes{.x = line, .y = {"its derivative: towards the step", 0, 1}};
    const std::array inks{ink::pink, ink::violet, ink::teal};
    std::size_t i = 0;
    bool corner = true, logistic = true;

    example::row("beta", "above ReLU", "times beta", "f'(0.1)");
    for (const double beta : {1., 2., 4., 8., 64., 1024.}) {
        const actfn::softplus<double> f{.beta = beta};
        const actfn::rescaled_sigmoid<double> s{.k = beta};
        const double above = above_relu(beta);
        example::row(beta, above, beta * above, f.derivative(0.1));
        corner = corner && std::abs(beta * above - std::log(2.)) < 1e-12;
        for (const auto& [x, slope] : plot::graph(line, 600, [&](double x) { return f.derivative(x); }))
            logistic =
                logistic && std::abs(slope - s(x)) <= 4 * std::numeric_limits<double>::epsilon() * slope;
        if (beta != 1 && beta != 2 && beta != 8) continue;
        const std::string name = "β = " + std::to_string(static_cast<int>(beta));
        values.curves.push_back({plot::graph(line, 200, f), inks[i], name});
        slopes.curves.push_back(
            {plot::graph(line, 200, [&](double x) { return f.derivative(x); }), inks[i++]});
    }
    claim("softplus is above ReLU by log 2 / beta, at the corner", corner);
    claim("its derivative is the logistic function of beta x, within 4 epsilon", logistic);
    claim("that one is a step in the limit: at beta = 1024 less than 1e-40 at -0.1, 1 at 0.1",
          actfn::softplus<double>{.beta = 1024}.derivative(-0.1) < 1e-40 &&
              actfn::softplus<double>{.beta = 1024}.derivative(0.1) == 1);

    // LSE0+ on a grid, against max(0, x, y), its own one-variable case, and the mean of neighbours.
    const auto lse0 = [](double x, double y) { return actfn::logsumexp0(std::array{x, y}); };
    bool above = true, convex = true;
    for (double x = -5; x <= 5; x += 0.25)
        for (double y = -5; y <= 5; y += 0.25) {
            const double v = lse0(x, y), largest = std::max({0., x, y});
            above = above && v > largest && v < largest + std::log(3.) + 1e-12;
            convex = convex && lse0(x - 0.5, y) + lse0(x + 0.5, y) > 2 * v &&
                     lse0(x, y - 0.5) + lse0(x, y + 0.5) > 2 * v;
        }
    claim("LSE0+ lies above max(0, x, y), by log 3 at most", above);
    claim("LSE0+ is convex along both variables", convex);
    claim("in one variable it is softplus: 0.6931 at 0",
          actfn::logsumexp0(std::array{0.}) == actfn::softplus<double>{}(0.));

    plot::panel plane{.x = {"x", -4, 4}, .y = {"y at log(1 + eˣ + eʸ) = 0.5, 1, 2, 3", -4, 4}};
    for (const double level : {0.5, 1., 2., 3.}) {
        plane.curves.push_back({{{-4, level}, {level, level}, {level, -4}}, ink::grey, "", mark::dashes});
        plane.curves.push_back({contour(level), ink::pink});
    }
    plane.notes = {{{-3.8, 3.25}, "dashed: max(0, x, y)"}};
    values.curves.push_back({{{-3, 0}, {0, 0}, {3, 3}}, ink::grey, "", mark::dashes});
    slopes.curves.push_back({{{-3, 0}, {0, 0}, {0, 1}, {3, 1}}, ink::grey, "", mark::dashes});
    plot::write(example::directory(argc, argv) / "smooth_rectifier.svg",
                {.title = "A ReLU with a rounded corner, in one variable and in two",
                 .panels = {values, slopes, plane}});
    return claim.exit_code();
}
