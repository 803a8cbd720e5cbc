// What a picture of the examples is made of: panels side by side, with curves, dots, words and small images.
// svg.hpp draws it.
//
// Why not gnuplot or the like: the pictures are committed and shown in a README, so they have to be a few
// kilobytes of text, follow the reader's light or dark mode and have words at the curves in place of a
// legend; and the tests draw them, on machines that have a compiler and nothing else.
#pragma once

#include <cmath>
#include <string>
#include <vector>

namespace plot {

/// Colours, in a light and a dark shade each.
enum class ink { blue, orange, green, red, violet, teal, gold, pink, grey };

enum class mark { line, dashes, dots };

struct point {
    double x, y;
};

/// One axis of a panel; a logarithmic one has lower > 0.
struct axis {
    std::string label; ///< with its unit
    double lower, upper;
    bool log = false;
    std::vector<double> ticks = {}; ///< empty: chosen

    /// Where v is, 0 at the lower end and 1 at the upper.
    double position(double v) const {
        return log ? std::log(v / lower) / std::log(upper / lower) : (v - lower) / (upper - lower);
    }
};

struct curve {
    std::vector<point> points; ///< one with a number that is not finite, or cannot be on a log axis, is a gap
    ink colour;
    std::string label = {}; ///< stands at its right end
    mark as = mark::line;
};

/// Words at a place in the panel, from there to the right, around it, or up to there.
struct note {
    point at;
    std::string text;
    ink colour = ink::grey;
    enum { start, middle, end } anchor = start;
};

/// Pixels between 0 and 1, row by row, the upper left corner at a place in the panel.
struct image {
    point at;
    double pixel; ///< size of a pixel, in units of the picture: its width is 800
    std::size_t columns;
    std::vector<float> shades;
    ink colour = ink::blue;
};

struct panel {
    axis x, y;
    std::string title = {};
    std::vector<curve> curves = {};
    std::vector<note> notes = {};
    std::vector<image> images = {};
    bool axes = true;
};

struct picture {
    std::string title; ///< what the picture says
    std::vector<panel> panels;
    std::size_t columns = panels.size();
    double row_height = 300;
};

/// The points (x, f(x)) for n + 1 places from one end of the axis to the other.
template <class F>
std::vector<point> graph(const axis& a, std::size_t n, const F& f) {
    std::vector<point> points;
    for (std::size_t i = 0; i <= n; ++i) {
        const double t = static_cast<double>(i) / static_cast<double>(n);
        const double x = a.log ? a.lower * std::pow(a.upper / a.lower, t) : a.lower + (a.upper - a.lower) * t;
        points.push_back({x, f(x)});
    }
    return points;
}

} // namespace plot
