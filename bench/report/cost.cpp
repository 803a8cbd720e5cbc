// The tables of the cost of every activation.
#include "markdown.hpp"
#include "tables.hpp"

namespace report {

namespace {

constexpr const char* directions[] = {"forward", "derivative", "backward", "from_output"};

/// "0.512 (13x)": ns per element and how many times that of ReLU; "-" if it was not measured.
std::string cell(const results& r, const row& at, const std::string& direction, const std::string& type,
                 const std::string& size) {
    const auto cost = r.cost(direction, at.function, type, at.variant, size);
    if (!cost) return "-";
    char text[64];
    const double times = *cost / r.needed(direction, "relu", type, size);
    std::snprintf(text, sizeof text, times < 9.95 ? "%.3f (%.1fx)" : "%.3f (%.0fx)", *cost, times);
    return text;
}

/// The table of one size; empty if nothing of that size was measured.
std::string at_size(const results& r, const std::string& size, const std::vector<std::string>& types) {
    line head{size};
    for (const std::string& type : types)
        for (const std::string direction : directions)
            head.push_back((types.size() > 1 && direction == "forward" ? type + ' ' : "") +
                           (direction == "from_output" ? "from output" : direction));
    std::vector<line> body;
    for (const row& at : r.rows) {
        line cells{at.label};
        for (const std::string& type : types)
            for (const char* direction : directions) cells.push_back(cell(r, at, direction, type, size));
        if (std::ranges::count(cells, "-") + 1 < std::ssize(cells)) body.push_back(cells);
    }
    return body.empty() ? "" : table(head, body) + '\n';
}

std::string of_rows(const results& r) {
    const std::string columns[] = {"32", "128", "1024", "32768"};
    line head{"columns"};
    for (const char* type : {"float", "double"})
        for (const std::string& c : columns) head.push_back(c == columns[0] ? type + (' ' + c) : c);
    std::vector<line> body;
    for (const char* function : {"softmax", "log_softmax", "logsumexp"}) {
        line cells{function};
        for (const char* type : {"float", "double"})
            for (const std::string& c : columns) {
                const auto cost = r.cost("row", function, type, c);
                cells.push_back(cost ? number(*cost) : "-");
            }
        body.push_back(cells);
    }
    return table(head, body) + '\n';
}

/// Forward on halves, with the cost of floats beside it.
std::string of_halves(const results& r) {
    const std::string types[] = {"float", "float16", "bfloat16"};
    line head{"forward"};
    for (const std::string size : {"L1", "DRAM"})
        for (const std::string& type : types) head.push_back(type + ' ' + size);
    std::vector<line> body;
    for (const row& at : r.rows) {
        if (!r.cost("forward", at.function, types[1], at.variant, "L1")) continue;
        line cells{at.label};
        for (const std::string size : {"L1", "DRAM"})
            for (const std::string& type : types) {
                const auto cost = r.cost("forward", at.function, type, at.variant, size);
                cells.push_back(cost ? number(*cost) : "-");
            }
        body.push_back(cells);
    }
    return body.empty()
               ? ""
               : "Halves, forward; computed in the fast tier, beside the accurate one of float:\n\n" +
                     table(head, body) + '\n';
}

std::string said(const results& r) {
    return "**" + r.provenance() + "**\n\nns per element on one core, " +
           (r.repetitions == 1 ? "one run"
                               : "median of " + std::to_string(r.repetitions) + " interleaved runs") +
           ", through `actfn::dispatch`; in parentheses, times the cost of ReLU in the same column.\n"
           "Derivative: value and derivative together. From output: backward, given the output. "
           "Stochastic functions make their draws in the loop.\n";
}

} // namespace

std::string cost_page(const results& r) {
    std::string text = "# Cost\n\n" + said(r) + "Size of an array: " + r.said("arrays") + ".\n\n";
    for (const char* size : {"L1", "L2", "DRAM"}) text += at_size(r, size, {"float", "double"});
    return text + of_halves(r) + "Rows, matrices of 256 KiB:\n\n" + of_rows(r);
}

std::string cost_summary(const results& r) {
    return said(r) + "Arrays of 8 KiB of float, in the first-level cache.\n\n" + at_size(r, "L1", {"float"}) +
           "Functions of rows, compiled for the same instruction set (`actfn::dispatch` has no rows), ns per "
           "element of matrices of 256 KiB, by the number of columns:\n\n" +
           of_rows(r);
}

} // namespace report
