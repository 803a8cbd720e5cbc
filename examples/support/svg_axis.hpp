// The numbers of a picture: those of its axes, to be read, and those of its paths.
#pragma once

#include "plot.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace plot::detail {

/// Without zeros at the end.
inline std::string trimmed(std::string text) {
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

inline std::string fixed(double v, int decimals) {
    std::array<char, 400> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), v, std::chars_format::fixed, decimals);
    return trimmed({text.data(), end.ptr});
}

/// For the attributes: tenths are enough.
inline std::string px(double v) { return fixed(v, 1); }

/// For the axes: 0.05, or 10⁻⁷, with the minus sign of typography.
inline std::string tick_text(const axis& a, double v) {
    static constexpr std::array<const char*, 10> raised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    const double exponent = std::log10(v);
    if (a.log && std::abs(exponent) > 3.5) {
        std::string text = exponent < 0 ? "10⁻" : "10";
        for (const char digit : std::to_string(std::lround(std::abs(exponent))))
            text += raised[static_cast<std::size_t>(digit - '0')];
        return text;
    }
    std::string text = v < 0 ? "−" : "";
    return text += fixed(std::abs(v), 4);
}

/// As many letters as a reader sees: the bytes that begin one.
inline double letters(const std::string& text) {
    return static_cast<double>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

/// At most n + 1 or so round numbers, or powers of ten.
inline std::vector<double> ticks(const axis& a, double n) {
    if (!a.ticks.empty()) return a.ticks;
    std::vector<double> at;
    if (a.log) {
        const double first = std::ceil(std::log10(a.lower) - 1e-9), last = std::log10(a.upper) + 1e-9;
        const double step = std::max(1.0, std::ceil((last - first) / n));
        for (double e = first; e <= last; e += step) at.push_back(std::pow(10, e));
    } else {
        const double least = (a.upper - a.lower) / n, power = std::pow(10, std::floor(std::log10(least)));
        const double step = power * (least > 5 * power ? 10 : least > 2 * power ? 5 : least > power ? 2 : 1);
        for (double k = std::ceil(a.lower / step - 1e-9); k * step <= a.upper + 1e-9 * step; ++k)
            at.push_back(k * step);
    }
    return at;
}

} // namespace plot::detail
