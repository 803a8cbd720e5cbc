// Learn: a sum of ReLUs comes as close to a smooth function as you like; a sum of lines does not.
//
// max(x - t, 0) is the Green's function of the second derivative: for every smooth g on [0, 1]
//     g(x) = g(0) + g'(0) x + the integral of g''(t) max(x - t, 0) over t from 0 to 1,
// Taylor's formula with the remainder as an integral. Replace that integral by a Riemann sum of n terms, and
// what stands there is a layer of n ReLUs, with thresholds t and output weights g''(t) / n. Nothing is learnt
// or fitted. Its error falls as the midpoint rule's does, with n^-2. Steps do the same with g', but theirs
// falls with n^-1 only: that is the theorem of Cybenko 1989 and Hornik 1991, with numbers.
#include "support/claims.hpp"
#include "support/svg.hpp"

#include <actfn/actfn.hpp>

#include <numbers>
#include <string>
#include <utility>

namespace {

constexpr double pi = std::numbers::pi;

// The function to approximate, and its derivatives.
double g(double x) { return std::sin(2 * pi * x) + x * x; }
double g1(double x) { return 2 * pi * std::cos(2 * pi * x) + 2 * x; }
double g2(double x) { return -4 * pi * pi * std::sin(2 * pi * x) + 2; }

/// The sum over n units of weight(t) f(x - t) / n, with t in the middles of n equal pieces.
template <class F>
double units(const F& f, double (*weight)(double), int n, double x) {
    double sum = 0;
    for (int i = 0; i < n; ++i) {
        const double t = (i + 0.5) / n;
        sum += weight(t) * f(x - t) / n;
    }
    return sum;
}

double by_relus(int n, double x) { return g(0) + g1(0) * x + units(actfn::relu<double>{}, g2, n, x); }
double by_steps(int n, double x) { return g(0) + units(actfn::heaviside<double>{}, g1, n, x); }

double largest_error(double (*sum)(int, double), int n) {
    double worst = 0;
    for (int i = 0; i <= 5000; ++i) worst = std::max(worst, std::abs(sum(n, i / 5000.) - g(i / 5000.)));
    return worst;
}

} // namespace

int main(int argc, char** argv) {
    using plot::ink, plot::mark;
    example::claims claim;
    const actfn::relu<double> f;
    claim("ReLU is not linear: f(-1) + f(1) = 1, f(-1 + 1) = 0", f(-1.) + f(1.) == 1 && f(-1. + 1.) == 0);

    std::vector<plot::point> relus, steps;
    bool squared = true;
    example::row("units", "steps", "ReLUs", "ReLUs, / 4");
    for (int n = 4; n <= 512; n *= 2) {
        const double before = relus.empty() ? 0 : relus.back().y;
        steps.push_back({static_cast<double>(n), largest_error(by_steps, n)});
        relus.push_back({static_cast<double>(n), largest_error(by_relus, n)});
        example::row(n, steps.back().y, relus.back().y, before / 4);
        if (n >= 16) squared = squared && std::abs(relus.back().y / (before / 4) - 1) < 0.1;
    }
    claim("twice the ReLUs, a quarter of the error, within 10 % from 16 on", squared);
    claim("512 ReLUs are 100 times closer than 512 steps", relus.back().y < steps.back().y / 100);

    const plot::axis x{"x", 0, 1}, n{"units", 4, 512, true, {4, 8, 16, 32, 64, 128, 256, 512}};
    plot::write(
        example::directory(argc, argv) / "approximate_anything.svg",
        {.title = "Twice the ReLUs, a quarter of the error",
         .panels = {
             {.x = x,
              .y = {"g(x) = sin 2πx + x², and sums of n ReLUs that nobody fitted", -1, 1.8},
              .curves = {{plot::graph(x, 200, g), ink::grey, "g"},
                         {plot::graph(x, 400, [](double v) { return by_relus(4, v); }), ink::teal, "n = 4"},
                         {plot::graph(x, 400, [](double v) { return by_relus(8, v); }), ink::blue, "n = 8"}}},
             {.x = n,
              .y = {"largest error", 1e-5, 10, true},
              .curves = {{steps, ink::orange, "steps: 1/n"}, {relus, ink::blue, "ReLUs: 1/n²"}}}}});
    return claim.exit_code();
}
