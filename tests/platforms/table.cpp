// Puts the results of run.sh into the README:
//   actfn_platform_table results.tsv README.md
// A line of results is processor, compiler, standard library, flags, xsimd, version of the compiler,
// result and date, with tabs between.
#include "support/passage.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

namespace {

std::string row(std::string line) {
    if (std::count(line.begin(), line.end(), '\t') != 7) throw std::runtime_error("not eight cells: " + line);
    std::string cells = "| ";
    for (const char c : line) cells += c == '\t' ? std::string(" | ") : std::string(1, c);
    return cells + " |\n";
}

} // namespace

int main(int argc, char** argv) try {
    if (argc != 3) return std::cerr << "usage: actfn_platform_table results.tsv README.md\n", 1;
    std::ifstream results(argv[1]), in(argv[2]);
    if (!results)
        throw std::runtime_error(std::string("no ") + argv[1] + "; tests/platforms/run.sh makes it");
    std::set<std::string> rows; // in order, whatever the order of the runs
    for (std::string line; std::getline(results, line);) rows.insert(row(line));
    std::string table =
        "| processor | compiler | standard library | flags | xsimd | version | result | date |\n"
        "|---|---|---|---|---|---|---|---|\n";
    for (const std::string& line : rows) table += line;
    std::ostringstream content;
    content << in.rdbuf();
    std::string readme = content.str();
    if (support::put_passage(readme, "platforms", "platform-table", table)) return 0;
    return std::ofstream(argv[2]) << readme ? 0 : 1;
} catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
}
