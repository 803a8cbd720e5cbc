// Learn: what every activation of the library looks like, and how to fold over all of them.
//
// The registry is a list of types, and each type says of itself what it is called and what part of the line
// shows it. A new activation appears here by its row in the registry. Stochastic ones are shown as draws.
#include "support/claims.hpp"
#include "support/svg.hpp"

#include <actfn/actfn.hpp>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

namespace {

using plot::ink, plot::mark;

std::vector<plot::point> points(const std::vector<float>& x, const std::vector<float>& y) {
    std::vector<plot::point> p;
    for (std::size_t i = 0; i < x.size(); ++i)
        p.push_back({static_cast<double>(x[i]), static_cast<double>(y[i])});
    return p;
}

/// One activation in its window: value and derivative.
template <class F>
plot::panel panel_of() {
    constexpr actfn::facts about = F::about();
    constexpr bool random = actfn::stochastic_activation<F, float>;
    constexpr std::size_t n = random ? 60 : 480;
    std::vector<float> x(n + 1), value(n + 1), derivative(n + 1);
    for (std::size_t i = 0; i <= n; ++i)
        x[i] = static_cast<float>(about.window.lower + (about.window.upper - about.window.lower) *
                                                           static_cast<double>(i) / static_cast<double>(n));
    if constexpr (random) {
        const actfn::rng::stream draws{.seed = 1};
        actfn::forward(F{}, x, value, draws);
        actfn::backward(F{}, x, std::vector<float>(n + 1, 1), derivative, draws);
    } else {
        actfn::forward_and_derivative(F{}, x, value, derivative);
    }
    const mark as = random ? mark::dots : mark::line;
    return {
        .x = {"", about.window.lower, about.window.upper, false, {about.window.lower, 0, about.window.upper}},
        .y = {"", -1.3, 2.3, false, {-1, 0, 1, 2}},
        .title = std::string(about.name),
        .curves = {{points(x, derivative), ink::orange, "", as}, {points(x, value), ink::blue, "", as}}};
}

} // namespace

int main(int argc, char** argv) {
    plot::picture gallery{.title = "Every activation: value (blue) and derivative (orange)",
                          .panels = {},
                          .columns = 4,
                          .row_height = 150};
    std::set<std::string_view> names;
    const auto add = [&]<class F>() {
        if (!names.insert(F::about().name).second) return; // another policy of the same function
        std::cout << std::left << std::setw(28) << F::about().name << F::about().formula << '\n';
        gallery.panels.push_back(panel_of<F>());
    };
    actfn::activations<float>::for_each(add);
    actfn::stochastic_activations<float>::for_each(add);
    actfn::evaluations<float>::for_each(add);
    const auto drawn =
        static_cast<std::size_t>(std::ranges::count_if(gallery.panels, [](const plot::panel& p) {
            const auto& value = p.curves.back().points;
            const auto [low, high] = std::ranges::minmax(value, {}, &plot::point::y);
            return low.y < high.y;
        }));
    plot::write(example::directory(argc, argv) / "gallery.svg", gallery);

    example::claims claim;
    claim("every name of the registry has its panel, and a curve that is not flat", drawn == names.size());
    return claim.exit_code();
}
