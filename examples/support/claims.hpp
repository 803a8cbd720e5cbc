// What every example with a picture has: a table, claims that its numbers have to meet, and a place for the
// picture.
#pragma once

#include <filesystem>
#include <iomanip>
#include <iostream>
#include <string_view>

namespace example {

/// Prints one line of a table, the first cell to the left, numbers with four digits.
template <class First, class... Cells>
void row(const First& first, const Cells&... cells) {
    std::cout << std::setprecision(4) << std::left << std::setw(24) << first << std::right;
    ((std::cout << ' ' << std::setw(11) << cells), ...);
    std::cout << '\n';
}

/// Says of each claim whether it holds; a test looks at the exit code.
class claims {
    bool all_hold = true;

public:
    void operator()(std::string_view what, bool holds) {
        std::cout << (holds ? "holds: " : "DOES NOT HOLD: ") << what << '\n';
        all_hold = all_hold && holds;
    }

    int exit_code() const { return all_hold ? 0 : 1; }
};

/// Where pictures go: the program's first argument, or else the current directory.
inline std::filesystem::path directory(int argc, char** argv) { return argc > 1 ? argv[1] : "."; }

} // namespace example
