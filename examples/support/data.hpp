// What the examples learn: two spirals, and small images of digits.
#pragma once

#include "matrix.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <stdexcept>
#include <string>

namespace example {

/// One sample in each row, with its class.
struct samples {
    matrix x;
    std::vector<std::size_t> labels;

    std::size_t size() const { return labels.size(); }

    samples part(std::size_t first, std::size_t n) const {
        const auto from = static_cast<std::ptrdiff_t>(first), to = static_cast<std::ptrdiff_t>(first + n);
        const auto width = static_cast<std::ptrdiff_t>(x.columns);
        return {{n, x.columns, {x.data.begin() + from * width, x.data.begin() + to * width}},
                {labels.begin() + from, labels.begin() + to}};
    }
};

/// n points on two arms that wind around each other, in an order that mixes them: not linearly separable by
/// far. Source: Lang, Witbrock 1988, Learning to tell two spirals apart.
inline samples two_spirals(std::size_t n, float turns, float noise, std::uint64_t seed) {
    samples s{{n, 2}, std::vector<std::size_t>(n)};
    const matrix away = normal_matrix(n, 2, noise, {.seed = seed});
    for (std::size_t i = 0; i < n; ++i) {
        const float t = actfn::rng::uniform<float>({.seed = seed + 1}, i);
        const float angle = 2 * std::numbers::pi_v<float> * turns * std::sqrt(t),
                    radius = std::sqrt(t) * 1.5f;
        const float side = i % 2 == 0 ? 1.f : -1.f;
        s.x(i, 0) = side * radius * std::cos(angle) + away(i, 0);
        s.x(i, 1) = side * radius * std::sin(angle) + away(i, 1);
        s.labels[i] = i % 2;
    }
    return s;
}

/// Ten digits of 8 x 8 pixels, 0 or 1.
inline samples glyphs() {
    static constexpr std::array<const char*, 8> drawn{
        "..####.....##.....####....####......##..######....###...######....####....####..",
        ".##..##...###....##..##..##..##....###..##.......##.........##...##..##..##..##.",
        ".##..##....##........##......##...####..##......##.........##....##..##..##..##.",
        ".##.###....##.......##.....###...##.##..#####...#####......##.....####....#####.",
        ".###.##....##......##........##.##..##......##..##..##....##.....##..##......##.",
        ".##..##....##.....##.........##.#######.....##..##..##....##.....##..##......##.",
        ".##..##....##....##......##..##.....##..##..##..##..##...##......##..##.....##..",
        "..####....####...######...####......##...####....####....##.......####....###...",
    };
    samples s{{10, 64}, {}};
    for (std::size_t digit = 0; digit < 10; ++digit) {
        s.labels.push_back(digit);
        for (std::size_t k = 0; k < 64; ++k)
            s.x(digit, k) = drawn[k / 8][8 * digit + k % 8] == '#' ? 1.f : 0.f;
    }
    return s;
}

/// n of the glyphs in turn, each with normal noise of its own in every pixel.
inline samples noisy_glyphs(std::size_t n, float deviation, std::uint64_t seed) {
    const samples clean = glyphs();
    samples s{normal_matrix(n, 64, deviation, {.seed = seed}), {}};
    for (std::size_t i = 0; i < n; ++i) {
        s.labels.push_back(i % 10);
        add_scaled(s.x.row(i), 1, clean.x.row(i % 10));
    }
    return s;
}

/// Handwritten digits, 8 x 8 pixels from 0 to 1: lines of 64 numbers from 0 to 16 and the digit, with commas.
/// Source: Alpaydin, Kaynak 1998, Optical recognition of handwritten digits, UCI, CC BY 4.0; Debian's
/// python3-sklearn has it as digits.csv.gz.
inline samples handwritten_digits(const std::filesystem::path& csv) {
    std::ifstream in(csv);
    samples s{{0, 64}, {}};
    double number = 0;
    for (std::size_t k = 0; in >> number; ++k, in.ignore()) {
        if (k % 65 < 64)
            s.x.data.push_back(static_cast<float>(number / 16));
        else
            s.labels.push_back(static_cast<std::size_t>(number));
    }
    s.x.rows = s.labels.size();
    if (s.size() == 0 || s.x.data.size() != 64 * s.size())
        throw std::runtime_error(csv.string() + " has no lines of 64 pixels and a digit");
    return s;
}

} // namespace example
