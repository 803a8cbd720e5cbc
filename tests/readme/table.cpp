// The README's table of functions, from what each activation says about itself:
//   actfn_readme_table README.md           exits with 1 if the table there is another
//   actfn_readme_table README.md --write   puts it there
#include <actfn/registry.hpp>

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

namespace {

constexpr std::string_view begin = "<!-- functions: made by the target readme-table -->\n",
                           end = "<!-- end of functions -->";

std::string number(double x) {
    if (x == actfn::infinity) return "∞";
    if (x == -actfn::infinity) return "-∞";
    std::ostringstream text;
    text << x;
    return text.str();
}

// A bar would end the cell.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
    return escaped;
}

std::string table() {
    std::string lines = "| function | f(x) | f'(x) | range | kink | source |\n|---|---|---|---|---|---|\n";
    std::string last;
    const auto add = [&]<class F>() {
        constexpr actfn::facts about = F::about();
        if (about.name == last) return; // another policy of the same function
        last = about.name;
        lines += "| `" + last + "` | " + cell(about.formula) + " | " + cell(about.derivative) + " | [" +
                 number(about.range.lower) + ", " + number(about.range.upper) + "] | " +
                 (about.kink ? "at " + number(*about.kink) : "none") + " | " + cell(about.source) + " |\n";
    };
    actfn::activations<float>::for_each(add);
    actfn::stochastic_activations<float>::for_each(add);
    return lines;
}

} // namespace

int main(int argc, char** argv) {
    const bool write = argc == 3 && argv[2] == std::string("--write");
    if (argc != 2 && !write) return std::cerr << "usage: actfn_readme_table README.md [--write]\n", 1;
    std::ifstream in(argv[1]);
    std::ostringstream content;
    content << in.rdbuf();
    std::string readme = content.str();
    const auto first = readme.find(begin), last = readme.find(end);
    if (first == std::string::npos || last == std::string::npos || last < first)
        return std::cerr << argv[1] << ": no lines \"" << begin << "\" and \"" << end << "\"\n", 1;
    const auto from = first + begin.size();
    if (readme.substr(from, last - from) == table()) return 0;
    if (!write)
        return std::cerr << argv[1] << ": the table of functions is old; build the target readme-table\n", 1;
    readme.replace(from, last - from, table());
    return std::ofstream(argv[1]) << readme ? 0 : 1;
}
