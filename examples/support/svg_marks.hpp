// What stands in a panel: words, curves and small images.
#pragma once

#include "svg_axis.hpp"
#include "svg_style.hpp"

#include <ostream>

namespace plot::detail {

/// A rectangle, in units of the picture.
struct box {
    double left, top, width, height;

    /// Where a point of a panel is within this box.
    point inside(const panel& p, point at) const {
        return {p.x.position(at.x) * width, (1 - p.y.position(at.y)) * height};
    }
};

/// Words with a colour and, maybe, more CSS classes.
inline void text(std::ostream& svg, point at, const std::string& words, const char* colour,
                 const char* classes = "") {
    if (words.empty()) return;
    svg << "<text class=\"" << colour << classes << "\" x=\"" << px(at.x) << "\" y=\"" << px(at.y) << "\">";
    for (const char c : words)
        if (c == '&')
            svg << "&amp;";
        else if (c == '<')
            svg << "&lt;";
        else
            svg << c;
    svg << "</text>\n";
}

/// Leaves out what lies within a tenth of a straight line between its neighbours (Ramer, Douglas, Peucker).
inline void simplify(const std::vector<point>& p, std::size_t first, std::size_t last,
                     std::vector<point>& kept) {
    const point a = p[first], d{p[last].x - a.x, p[last].y - a.y};
    double farthest = 0.1 * std::hypot(d.x, d.y);
    std::size_t corner = last;
    for (std::size_t i = first + 1; i < last; ++i)
        if (const double area = std::abs(d.x * (p[i].y - a.y) - d.y * (p[i].x - a.x)); area > farthest) {
            farthest = area;
            corner = i;
        }
    if (corner != last) {
        simplify(p, first, corner, kept);
        simplify(p, corner, last, kept);
    } else {
        kept.push_back(p[last]);
    }
}

/// From point to point, relative in whole tenths, so that errors do not add up.
inline void path(std::ostream& svg, const std::vector<point>& points, bool dots) {
    long x = 0, y = 0;
    const char* command = "M";
    for (const point& p : points) {
        const long to_x = std::lround(10 * p.x), to_y = std::lround(10 * p.y);
        const double dx = static_cast<double>(to_x - x) / 10, dy = static_cast<double>(to_y - y) / 10;
        svg << command << px(dx) << (dy < 0 ? "" : " ") << px(dy) << (dots ? "h0" : "");
        command = dots ? "m" : "l";
        x = to_x;
        y = to_y;
    }
}

inline void draw(std::ostream& svg, const curve& c, const panel& p, const box& b) {
    static constexpr std::array<const char*, 3> marks{"", " dashes", " dots"};
    svg << "<path class=\"" << name(c.colour) << marks[static_cast<std::size_t>(c.as)] << "\" d=\"";
    std::vector<point> run;
    const auto finish = [&] {
        if (run.empty()) return;
        std::vector<point> kept{run.front()};
        simplify(run, 0, run.size() - 1, kept);
        path(svg, c.as == mark::dots ? run : kept, c.as == mark::dots);
        run.clear();
    };
    for (const point& at : c.points) {
        const point q = b.inside(p, at);
        if (std::isfinite(q.x) && std::isfinite(q.y))
            run.push_back({q.x, std::clamp(q.y, -9 * b.height, 9 * b.height)});
        else
            finish();
    }
    finish();
    svg << "\"/>\n";
}

/// Four shades of one colour, each a path of squares.
inline void draw(std::ostream& svg, const image& i, const panel& p, const box& b) {
    const point corner = b.inside(p, i.at);
    svg << "<g class=\"fill " << name(i.colour) << "\" transform=\"translate(" << px(corner.x) << ' '
        << px(corner.y) << ")scale(" << px(i.pixel) << ")\"><path opacity=\".12\" d=\"M0 0h" << i.columns
        << 'v' << i.shades.size() / i.columns << "H0z\"/>";
    for (long shade = 1; shade <= 4; ++shade) {
        svg << "<path opacity=\"" << fixed(static_cast<double>(shade) / 4, 2) << "\" d=\"";
        for (std::size_t k = 0; k < i.shades.size(); ++k)
            if (std::lround(4 * i.shades[k]) == shade)
                svg << 'M' << k % i.columns << ' ' << k / i.columns << "h1v1h-1z";
        svg << "\"/>";
    }
    svg << "</g>\n";
}

} // namespace plot::detail
