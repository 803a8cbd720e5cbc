#include "charts.hpp"
#include "labels.hpp"
#include "markdown.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace report {

namespace {

constexpr const char* smooth[] = {"sigmoid", "tanh", "softplus", "elu", "silu"};
constexpr double least_ulp = 0.4, limit = 16, top = 160;
// Errors above the limit are drawn in turn on these lines, so that the words beside them have room.
constexpr double above[] = {110, 66, 40, 25};

struct dot {
    std::string label;
    double ns, ulp;
    bool ours;

    plot::ink colour() const { return ours ? plot::ink::blue : plot::ink::grey; }
};

constexpr double infinite = std::numeric_limits<double>::infinity();

plot::panel panel_of(const std::string& function, std::vector<dot> dots, const plot::axis& x,
                     const plot::axis& y) {
    // Ours choose their places first, then the others from the left.
    std::ranges::sort(dots, {}, [](const dot& d) { return std::pair(!d.ours, d.ns); });
    std::vector<plot::point> places;
    std::size_t high = 0;
    for (const dot& d : dots)
        places.push_back({d.ns, d.ulp > limit ? above[high++ % std::size(above)] : d.ulp});
    plot::panel p{x, y, function};
    plot::curve ours{{}, plot::ink::blue, "", plot::mark::dots},
        others{{}, plot::ink::grey, "", plot::mark::dots};
    labels words(p, places);
    for (std::size_t i = 0; i < dots.size(); ++i) {
        (dots[i].ours ? ours : others).points.push_back(places[i]);
        words.place(p, places[i], dots[i].label, dots[i].colour());
    }
    p.curves.insert(p.curves.end(), {others, ours});
    double least = infinite, most = 0;
    for (const dot& d : dots)
        if (d.ulp > limit) least = std::min(least, d.ulp), most = std::max(most, d.ulp);
    if (most > 0) {
        p.curves.push_back({{{x.lower, limit}, {x.upper, limit}}, plot::ink::red, "", plot::mark::dashes});
        p.notes.push_back({{x.upper, 0.7 * limit},
                           "above: " + number(least) + (least < most ? " to " + number(most) : ""),
                           plot::ink::red,
                           plot::note::end});
    }
    return p;
}

/// With the lines of text in the place after the last panel.
plot::picture picture_of(const std::string& title, const std::map<std::string, std::vector<dot>>& dots,
                         const std::vector<std::string>& text) {
    double least = infinite, most = 0;
    for (const auto& [function, of_it] : dots)
        for (const dot& d : of_it) {
            least = std::min(least, d.ns);
            most = std::max(most, d.ns);
        }
    const plot::axis x{"", least / 2, most * 1.6, true, {0.1, 0.2, 0.5, 1, 2, 5, 10, 20}};
    const plot::axis y{"", least_ulp, top, true, {0.5, 1, 2, 4, 8}};
    plot::picture p{title, {}, 2, 240};
    for (const char* function : smooth)
        if (dots.contains(function)) p.panels.push_back(panel_of(function, dots.at(function), x, y));
    for (plot::panel& panel : p.panels) {
        std::erase_if(panel.x.ticks, [&](double t) { return t < x.lower || t > x.upper; });
        panel.y.label = "largest error in ULP";
        panel.x.label = "ns per float element";
    }
    plot::panel words{{"", 0, 1}, {"", 11, 0}};
    words.axes = false;
    for (const std::string& t : text)
        words.notes.push_back({{0.06, 2 + static_cast<double>(words.notes.size())}, t, plot::ink::grey});
    p.panels.push_back(words);
    return p;
}

/// Rounded up, as it is said to hold.
std::string bound(double ulp) { return number(std::ceil(100 * ulp) / 100).substr(0, 4); }

/// What a dot is, and where the numbers are from, in lines that fit.
std::vector<std::string> explained(const results& r, std::vector<std::string> text) {
    text.push_back("ns: arrays of 256 KiB, one core.");
    std::string line;
    for (std::size_t from = 0, to; from < r.provenance().size(); from = to + 2) {
        to = std::min(r.provenance().find(", ", from), r.provenance().size());
        const std::string part = r.provenance().substr(from, to - from);
        if (!line.empty() && line.size() + part.size() > 50) text.push_back(line + ','), line.clear();
        line += (line.empty() ? "" : ", ") + part;
    }
    text.push_back(line);
    return text;
}

} // namespace

plot::picture accuracy_chart(const results& r, const errors& e, const std::string& direction) {
    std::map<std::string, std::vector<dot>> dots;
    double accurate = 0, fast = 0;
    std::size_t others = 0, far = 0;
    for (const error& f : e.found) {
        if (f.direction != direction) continue;
        const auto ns = r.cost(f.direction, f.function, "float", f.peer, "L2");
        if (!ns) continue;
        const bool is_ours = f.peer.starts_with("actfn");
        dots[f.function].push_back({f.nan > 0 ? f.peer + " (NaN)" : f.peer, *ns, f.max_ulp_normal, is_ours});
        if (is_ours)
            (f.peer == "actfn" ? accurate : fast) =
                std::max(f.peer == "actfn" ? accurate : fast, f.max_ulp_normal);
        else
            ++others, far += f.max_ulp_normal > 4;
    }
    const std::string what = direction == "forward" ? "" : "Derivatives: ";
    return picture_of(
        what + "actfn within " + bound(accurate) + " ULP, fast within " + bound(fast) + "; " +
            std::to_string(far) + " of " + std::to_string(others) + " others beyond 4",
        dots,
        explained(r, {direction == "forward" ? "Down is accurate, left is fast."
                                             : "Derivatives from x. Down is accurate, left is fast.",
                      "ULP: the largest error over " + e.tried() + ",",
                      "where neither x nor the exact result is 0 or subnormal."}));
}

plot::picture claim_chart(const results& r) {
    double accurate = 0, fast = 0;
    std::map<std::string, std::vector<dot>> dots;
    for (const row& at : r.rows) {
        const auto claim = r.claim.find("forward/" + at.function + "/float/" + at.variant + "/L2");
        const auto ns = r.cost("forward", at.function, "float", at.variant, "L2");
        if (claim == r.claim.end() || !ns || (at.variant != "accurate" && at.variant != "fast")) continue;
        dots[at.function].push_back({at.variant, *ns, claim->second, true});
        double& largest = at.variant == "accurate" ? accurate : fast;
        largest = std::max(largest, claim->second);
    }
    return picture_of("The accurate tier errs by at most " + bound(accurate) + " ULP, the fast one by " +
                          bound(fast),
                      dots, explained(r, {"ULP: what the functions claim, and tests hold."}));
}

} // namespace report
