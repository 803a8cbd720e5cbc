#include "charts.hpp"
#include "markdown.hpp"

#include <algorithm>

namespace report {

namespace {

/// "L1" and the like, or "512KiB", in KiB.
std::optional<double> kib(const results& r, const std::string& size) {
    if (size.ends_with("KiB")) return std::stod(size);
    const std::string& levels = r.said("arrays"); // "L1 8 KiB, L2 256 KiB, ..."
    const auto at = levels.find(size + ' ');
    return at == std::string::npos ? std::nullopt : std::optional(std::stod(levels.substr(at + size.size())));
}

plot::curve curve_of(const results& r, const std::string& function, const std::string& variant) {
    plot::curve c{{}, plot::ink::grey, function};
    const std::string start = "forward/" + function + "/float/" + variant + '/';
    for (auto it = r.ns.lower_bound(start); it != r.ns.end() && it->first.starts_with(start); ++it)
        if (const auto size = kib(r, it->first.substr(start.size()))) c.points.push_back({*size, it->second});
    std::ranges::sort(c.points, {}, &plot::point::x);
    return c;
}

} // namespace

plot::picture size_chart(const results& r) {
    plot::panel panel{{"KiB of the input, and as many of the output", 4, 65536, true, {4, 32, 256, 2048}},
                      {"ns per float element", 0.015, 1.2, true, {0.02, 0.05, 0.1, 0.2, 0.5, 1}}};
    constexpr plot::ink inks[] = {plot::ink::grey,   plot::ink::orange, plot::ink::teal,
                                  plot::ink::violet, plot::ink::blue,   plot::ink::red};
    for (const row& at : r.rows) {
        if (at.label != at.function) continue;
        plot::curve c = curve_of(r, at.function, at.variant);
        if (c.points.size() < 4) continue; // one that is measured at the three sizes of the tables only
        c.colour = inks[panel.curves.size() % std::size(inks)];
        if (c.label == "memcpy") c.label = "copy", c.as = plot::mark::dashes;
        for (const plot::point& at_size : c.points) panel.y.upper = std::max(panel.y.upper, 1.1 * at_size.y);
        panel.curves.push_back(c);
    }
    panel.notes.push_back({{4.5, 1.1 * panel.y.lower}, r.provenance(), plot::ink::grey});
    // Beside the ticks, which have no better names for these.
    const double below = panel.y.lower * std::pow(panel.y.upper / panel.y.lower, -16.0 / 270);
    for (const double mib : {16, 64})
        panel.notes.push_back({{1024 * mib, below},
                               std::to_string(std::lround(mib)) + " MiB",
                               plot::ink::grey,
                               plot::note::middle});
    const auto times = [&](const char* size) {
        return r.needed("forward", "sigmoid", "float", size) / r.needed("forward", "memcpy", "float", size);
    };
    return {"In memory an accurate sigmoid costs " + number(times("DRAM")).substr(0, 3) +
                " copies, in the first-level cache " + std::to_string(std::lround(times("L1"))),
            {panel},
            1,
            360};
}

} // namespace report
