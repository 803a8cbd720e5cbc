// What the tables share: cells, and columns that line up.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

namespace report {

using line = std::vector<std::string>;

/// Three digits: "0.512", "12.3", "1.7e+04"; "∞".
inline std::string number(double v) {
    if (std::isinf(v)) return "∞";
    char text[32];
    std::snprintf(text, sizeof text, v < 10 ? "%.3f" : v < 9999.5 ? "%.4g" : "%.1e", v);
    return text;
}

/// The first column to the left, numbers to the right.
inline std::string table(const line& head, const std::vector<line>& body) {
    const auto letters = [](const std::string& s) {
        return static_cast<std::size_t>(std::ranges::count_if(s, [](char c) { return (c & 0xc0) != 0x80; }));
    };
    std::vector<line> lines{head, line(head.size(), "--:")};
    lines[1][0] = "---";
    lines.insert(lines.end(), body.begin(), body.end());
    std::vector<std::size_t> widths(head.size());
    for (const line& l : lines)
        for (std::size_t c = 0; c < l.size(); ++c) widths[c] = std::max(widths[c], letters(l[c]));

    std::string text;
    for (const line& l : lines) {
        for (std::size_t c = 0; c < l.size(); ++c) {
            const std::string padding(widths[c] - letters(l[c]), ' ');
            text += "| " + (c == 0 ? l[c] + padding : padding + l[c]) + ' ';
        }
        text += "|\n";
    }
    return text;
}

} // namespace report
