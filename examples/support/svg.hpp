// Draws a picture as SVG: its colours follow the reader's light or dark mode, by CSS and without a script.
#pragma once

#include "svg_marks.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace plot {

namespace detail {

inline constexpr double width = 800, title_height = 36, letter = 6.7, line_height = 15;

/// The words at the ends of the curves, moved apart where they would touch.
inline void end_labels(std::ostream& svg, const panel& p, const box& b) {
    struct label {
        double y;
        const curve* of;
    };
    std::vector<label> labels;
    for (const curve& c : p.curves) {
        if (c.label.empty()) continue;
        double y = b.height / 2;
        for (const point& at : c.points)
            if (const point q = b.inside(p, at); q.x >= -1 && q.x <= b.width + 1 && std::isfinite(q.y))
                y = std::clamp(q.y, 0.0, b.height);
        labels.push_back({y, &c});
    }
    std::sort(labels.begin(), labels.end(),
              [](const label& u, const label& v) { return u.y < v.y || (u.y == v.y && u.of < v.of); });
    for (std::size_t i = 1; i < labels.size(); ++i)
        labels[i].y = std::max(labels[i].y, labels[i - 1].y + line_height);
    double lowest = b.height;
    for (std::size_t i = labels.size(); i-- > 0; lowest = labels[i].y - line_height)
        labels[i].y = std::min(labels[i].y, lowest);
    for (const label& l : labels)
        text(svg, {b.left + b.width + 6, b.top + l.y + 4}, l.of->label, name(l.of->colour));
}

inline void grid(std::ostream& svg, const panel& p, const box& b, const std::vector<double>& across,
                 const std::vector<double>& up) {
    svg << "<g class=\"grid\"><path d=\"";
    for (const double v : across)
        svg << 'M' << px(b.left + p.x.position(v) * b.width) << ' ' << px(b.top) << 'v' << px(b.height);
    for (const double v : up)
        svg << 'M' << px(b.left) << ' ' << px(b.top + (1 - p.y.position(v)) * b.height) << 'h' << px(b.width);
    svg << "\"/></g>\n";
    for (const double v : across)
        text(svg, {b.left + p.x.position(v) * b.width, b.top + b.height + 16}, tick_text(p.x, v), "grey",
             " middle");
    for (const double v : up)
        text(svg, {b.left - 6, b.top + (1 - p.y.position(v)) * b.height + 4}, tick_text(p.y, v), "grey",
             " end");
    text(svg, {b.left + b.width / 2, b.top + b.height + 32}, p.x.label, "grey", " middle");
}

inline void draw(std::ostream& svg, const panel& p, const box& cell) {
    // What stands around the axes decides how much room is left within.
    const std::vector<double> across = ticks(p.x, cell.width > 250 ? 5 : 3);
    const std::vector<double> up = ticks(p.y, cell.height > 200 ? 5 : 3);
    double left = 0, right = 0;
    for (const double v : up) left = std::max(left, letters(tick_text(p.y, v)));
    for (const curve& c : p.curves) right = std::max(right, letters(c.label));
    const double heads = (p.title.empty() ? 0 : 18) + (p.y.label.empty() ? 0 : 18);
    box b{cell.left + 12, cell.top + heads + 6, cell.width - 24, cell.height - heads - 14};
    if (p.axes) {
        b.left += letter * left + 8;
        b.width -= letter * left + 8 + (right > 0 ? letter * right : 4);
        b.height -= p.x.label.empty() ? 18 : 36;
    }

    text(svg, {cell.left + 12, cell.top + 12}, p.title, "text", " head");
    text(svg, {cell.left + 12, cell.top + heads - 6}, p.y.label, "grey");
    if (p.axes) grid(svg, p, b, across, up);
    svg << "<svg x=\"" << px(b.left) << "\" y=\"" << px(b.top) << "\" width=\"" << px(b.width)
        << "\" height=\"" << px(b.height) << "\">\n";
    for (const image& i : p.images) draw(svg, i, p, b);
    for (const curve& c : p.curves) draw(svg, c, p, b);
    svg << "</svg>\n";
    end_labels(svg, p, b);
    for (const note& n : p.notes) {
        static constexpr std::array<const char*, 3> anchors{"", " middle", " end"};
        const point at = b.inside(p, n.at);
        text(svg, {b.left + at.x, b.top + at.y}, n.text, name(n.colour),
             anchors[static_cast<std::size_t>(n.anchor)]);
    }
}

} // namespace detail

/// Writes the picture; std::runtime_error if that fails.
inline void write(const std::filesystem::path& file, const picture& p) {
    const double rows = static_cast<double>((p.panels.size() + p.columns - 1) / p.columns);
    const double cell = detail::width / static_cast<double>(p.columns);
    std::ofstream svg(file);
    svg << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << detail::px(detail::width) << ' '
        << detail::px(detail::title_height + rows * p.row_height) << "\">\n"
        << detail::style << "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n";
    detail::text(svg, {12, 23}, p.title, "text", " title");
    for (std::size_t i = 0; i < p.panels.size(); ++i)
        detail::draw(svg, p.panels[i],
                     {static_cast<double>(i % p.columns) * cell,
                      detail::title_height + static_cast<double>(i / p.columns) * p.row_height, cell,
                      p.row_height});
    if (!(svg << "</svg>\n" << std::flush)) throw std::runtime_error(file.string() + " cannot be written");
}

} // namespace plot
