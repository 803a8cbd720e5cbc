// The README's tables of functions and of parameters, from what each activation says about itself:
//   actfn_readme_table README.md           exits with 1 if a table there is another
//   actfn_readme_table README.md --write   puts them there
#include "support/passage.hpp"

#include <actfn/registry.hpp>

#include <fstream>
#include <iostream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>

namespace {

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

std::string functions() {
    std::string lines = "| function | f(x) | f'(x) | range | kink | source |\n|---|---|---|---|---|---|\n";
    std::string last;
    const auto add = [&]<class F>() {
        constexpr actfn::facts about = F::about();
        if (about.name == last) return; // another policy of the same function
        last = about.name;
        lines += "| `" + last + "` | " + cell(about.formula) + " | " + cell(about.derivative) + " | [" +
                 number(about.range.lower) + ", " + number(about.range.upper) + "] | " +
                 (about.kink   ? "at " + number(*about.kink)
                  : about.jump ? "jumps at " + number(*about.jump)
                               : "none") +
                 " | " + cell(about.source) + " |\n";
    };
    actfn::activations<float>::for_each(add);
    actfn::stochastic_activations<float>::for_each(add);
    actfn::evaluations<float>::for_each(add);
    return lines;
}

/// What has to hold of a parameter, from the message "function: parameter must be ..., is nan" of f.
std::string domain(const auto& f) {
    try {
        f();
    } catch (const std::invalid_argument& e) {
        const std::string message = e.what();
        const auto from = message.find("must be ") + 8, to = message.rfind(", is ");
        return message.substr(from, to - from);
    }
    return "";
}

template <class F>
std::string row(float F::* parameter, std::string_view name, std::string_view meaning) {
    F f;
    const float usual = f.*parameter;
    f.*parameter = std::numeric_limits<float>::quiet_NaN();
    const std::string loops = domain([&] { f.check(); });
    std::string interval = loops;
    if constexpr (requires { f.check_from_output(); })
        interval += "; " + domain([&] { f.check_from_output(); });
    if constexpr (requires { f.expected(); })
        if (const std::string other = domain([&] { f.expected().check(); }); other != loops)
            interval += "; " + other + " for expected()";
    return "| `" + std::string(F::about().name) + "` | `" + std::string(name) + "` | " +
           number(static_cast<double>(usual)) + " | " + interval + " | " + std::string(meaning) + " |\n";
}

/// The rows of F's parameters in table are as many as it has.
template <class F>
void require_rows(const std::string& table) {
    const std::string start = "\n| `" + std::string(F::about().name) + "` ";
    std::size_t rows = 0;
    for (auto at = table.find(start); at != std::string::npos; at = table.find(start, at + 1)) ++rows;
    if (rows != (std::is_empty_v<F> ? 0 : sizeof(F) / sizeof(float)))
        throw std::runtime_error("the rows of parameters of " + std::string(F::about().name) + " are " +
                                 std::to_string(rows));
}

std::string parameters() {
    using namespace actfn;
    const std::string_view slope = "the derivative for x < 0", lower = "the smallest a",
                           upper = "a stays below it";
    const std::string table =
        "| function | parameter | default | has to be | meaning |\n|---|---|---|---|---|\n" +
        row(&softplus<float>::beta, "beta", "sharpness, in 1 / units of x") +
        row(&elu<float>::alpha, "alpha", "minus the limit at -∞; the derivative at 0") +
        row(&rescaled_sigmoid<float>::k, "k", "steepness, in 1 / units of x; the derivative at 0 is k / 4") +
        row(&leaky_relu<float>::slope, "slope", slope) + row(&prelu<float>::slope, "slope", slope) +
        row(&rrelu<float>::lower, "lower", lower) + row(&rrelu<float>::upper, "upper", upper) +
        row(&rrelu_divisor<float>::lower, "lower", lower) +
        row(&rrelu_divisor<float>::upper, "upper", upper) +
        row(&noisy_relu_sigma<float>::sigma, "sigma", "standard deviation of the noise, in units of x");
    const auto check = [&]<class F>() { require_rows<F>(table); };
    activations<float>::for_each(check);
    stochastic_activations<float>::for_each(check);
    return table;
}

} // namespace

int main(int argc, char** argv) try {
    const bool write = argc == 3 && argv[2] == std::string("--write");
    if (argc != 2 && !write) return std::cerr << "usage: actfn_readme_table README.md [--write]\n", 1;
    std::ifstream in(argv[1]);
    std::ostringstream content;
    content << in.rdbuf();
    std::string readme = content.str();
    const std::string target = "readme-table";
    const bool same_functions = support::put_passage(readme, "functions", target, functions());
    const bool same_parameters = support::put_passage(readme, "parameters", target, parameters());
    if (same_functions && same_parameters) return 0;
    if (!write) return std::cerr << argv[1] << ": a table is old; build the target readme-table\n", 1;
    return std::ofstream(argv[1]) << readme ? 0 : 1;
} catch (const std::exception& e) {
    std::cerr << argv[1] << ": " << e.what() << '\n';
    return 1;
}
