// Where words go in a picture that is full of them.
#pragma once

#include <plot.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace report {

/// Words beside dots, where they cover neither another dot nor other words, if there is such a place.
class labels {
public:
    labels(const plot::panel& p, const std::vector<plot::point>& dots) : x_(p.x), y_(p.y) {
        for (const plot::point& d : dots) dots_.push_back(at(d));
    }
    /// Adds them to p, with a line to the dot where they are not beside it.
    void place(plot::panel& p, const plot::point& d, const std::string& words, plot::ink colour) {
        const double length = letter * static_cast<double>(words.size());
        const plot::point here = at(d);
        std::optional<box> best;
        double least = 0;
        for (const double down : {4.0, -4.0, 12.0, 17.0, -10.0, 24.0, -18.0, 31.0, -26.0, 38.0})
            for (const double right : {7.0, -7.0 - length, -length / 2}) {
                const box b{here.x + right, here.y + down - 10, here.x + right + length, here.y + down + 2};
                const double cost = covered(b, here) + outside(b) + 2 * std::abs(down - 4);
                if (!best || cost < least) best = b, least = cost;
            }
        taken_.push_back(*best);
        p.notes.push_back({from_pixels({best->left, best->bottom - 2}), words, colour});
        const plot::point nearest{std::clamp(here.x, best->left, best->right),
                                  std::clamp(here.y, best->top + 2, best->bottom)};
        if (std::hypot(nearest.x - here.x, nearest.y - here.y) > 8)
            p.curves.push_back({{d, from_pixels(nearest)}, colour});
    }

private:
    struct box {
        double left, top, right, bottom;
    };
    static constexpr double width = 320, height = 180, letter = 7.2; // about, for two panels side by side

    plot::point at(const plot::point& d) const {
        return {x_.position(d.x) * width, (1 - y_.position(d.y)) * height};
    }
    plot::point from_pixels(plot::point p) const {
        const auto along = [](const plot::axis& a, double t) {
            return a.lower * std::pow(a.upper / a.lower, t);
        };
        return {along(x_, p.x / width), along(y_, 1 - p.y / height)};
    }
    static double overlap(const box& a, const box& b) {
        return std::max(0.0, std::min(a.right, b.right) - std::max(a.left, b.left)) *
               std::max(0.0, std::min(a.bottom, b.bottom) - std::max(a.top, b.top));
    }
    /// How much of other words and of other dots, and of the place beside these, where theirs would be.
    double covered(const box& b, const plot::point& own) const {
        double area = 0;
        for (const box& t : taken_) area += overlap(b, t);
        for (const plot::point& d : dots_) {
            const bool near = std::abs(d.x - own.x) + std::abs(d.y - own.y) < 1;
            area += near ? overlap(b, {d.x - 4, d.y - 4, d.x + 4, d.y + 4})
                         : overlap(b, {d.x - 9, d.y - 6, d.x + 9, d.y + 6});
        }
        return area;
    }
    static double outside(const box& b) {
        return 20 * (std::max(0.0, -b.left) + std::max(0.0, b.right - width) + std::max(0.0, -b.top) +
                     std::max(0.0, b.bottom - height));
    }

    plot::axis x_, y_;
    std::vector<plot::point> dots_;
    std::vector<box> taken_;
};

} // namespace report
