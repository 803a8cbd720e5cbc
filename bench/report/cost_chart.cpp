#include "charts.hpp"
#include "markdown.hpp"

#include <algorithm>

namespace report {

namespace {

constexpr double row_height = 17, head_height = 40;

struct measured {
    std::string label, function, variant;
    double forward;
};

/// 0.039, 0.56, 1.6
std::string two_digits(double v) {
    char text[32];
    std::snprintf(text, sizeof text, v < 0.0995 ? "%.3f" : v < 0.995 ? "%.2f" : "%.1f", v);
    return text;
}

/// The cheapest first.
std::vector<measured> by_cost(const results& r) {
    std::vector<measured> all;
    for (const row& at : r.rows)
        if (const auto ns = r.cost("forward", at.function, "float", at.variant, "L1"))
            if (at.function != "memcpy") all.push_back({at.label, at.function, at.variant, *ns});
    std::ranges::sort(all, {}, &measured::forward);
    return all;
}

} // namespace

plot::picture cost_chart(const results& r) {
    const std::vector<measured> all = by_cost(r);
    const double rows = static_cast<double>(all.size());
    const double copy = r.needed("forward", "memcpy", "float", "L1"),
                 relu = r.needed("forward", "relu", "float", "L1"),
                 sigmoid = r.needed("forward", "sigmoid", "float", "L1");
    // Logarithmic, with room for the names left of the first dot and for the number right of the last.
    const plot::axis y{"", rows + 2.5, -1.5},
        x{"", 0.5 * std::min(copy, all.front().forward), 4 * all.back().forward, true};

    plot::panel names{{"", 0, 1}, y, " "}; // with the height of a title, as the others
    names.axes = false;
    for (std::size_t i = 0; i < all.size(); ++i)
        names.notes.push_back({{0, static_cast<double>(i) + 0.25}, all[i].label, plot::ink::grey});
    names.notes.push_back(
        {{0, rows + 1.25},
         "ns per float element, arrays of 8 KiB, one core, logarithmic; through actfn::dispatch"});
    names.notes.push_back({{0, rows + 2.25}, r.provenance()});
    plot::picture p{"In the first-level cache, an accurate sigmoid costs as much as " +
                        std::to_string(std::lround(sigmoid / relu)) + " ReLUs",
                    {names}};
    for (const std::string direction : {"forward", "derivative", "backward", "from_output"}) {
        plot::panel panel{x, y, direction == "from_output" ? "from output" : direction};
        panel.axes = false;
        const auto upright = [&](double ns, plot::ink colour, const char* label, auto label_side) {
            panel.curves.push_back({{{ns, -0.6}, {ns, rows - 0.5}}, colour, "", plot::mark::dashes});
            panel.notes.push_back({{ns, -0.8}, label, colour, label_side});
        };
        // The labels of copy and ReLU stand on the far sides of their lines.
        const bool forward = direction == "forward", copy_first = copy < relu;
        if (forward) upright(copy, plot::ink::grey, "copy", copy_first ? plot::note::end : plot::note::start);
        if (const auto here = r.cost(direction, "relu", "float", "L1"))
            upright(*here, plot::ink::orange, "ReLU",
                    forward && !copy_first ? plot::note::end : plot::note::start);
        plot::curve dots{{}, plot::ink::blue, "", plot::mark::dots};
        for (std::size_t i = 0; i < all.size(); ++i)
            if (const auto ns = r.cost(direction, all[i].function, "float", all[i].variant, "L1")) {
                const double at = static_cast<double>(i);
                dots.points.push_back({*ns, at});
                panel.notes.push_back({{*ns * 1.25, at + 0.25}, two_digits(*ns), plot::ink::blue});
            }
        panel.curves.push_back(dots);
        p.panels.push_back(panel);
    }
    p.columns = p.panels.size();
    p.row_height = (rows + 4) * row_height + head_height;
    return p;
}

} // namespace report
