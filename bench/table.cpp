// Table of a benchmark run: actfn_bench_table <in.json> <out.md> writes it and prints it.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using nlohmann::json;

/// A function under one policy; a line of the table.
struct row {
    std::string function, policy, label;
};

struct results {
    std::map<std::string, double> ns_per_element; // by direction/function/type/policy/size
    std::vector<row> rows;                        // as they were registered
    int repetitions = 0;
};

const json& field(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) {
        const std::string owner = object.is_object() ? object.value("run_name", "the file") : "the file";
        throw std::runtime_error("no field '" + std::string(key) + "' in " + owner);
    }
    return *found;
}

std::vector<std::string> split(const std::string& name) {
    std::vector<std::string> parts;
    std::istringstream text(name);
    for (std::string part; std::getline(text, part, '/');) parts.push_back(part);
    return parts;
}

/// Adds the row unless it is there. The first policy of a function is the default and goes without saying.
void add_row(std::vector<row>& rows, const std::string& function, const std::string& policy) {
    bool is_default = true;
    for (const row& r : rows) {
        if (r.function != function) continue;
        if (r.policy == policy) return;
        is_default = false;
    }
    rows.push_back({function, policy, is_default ? function : function + ' ' + policy});
}

/// The median of each benchmark, or its time if it ran only once.
results read(const json& run) {
    // Random interleaving ends them in any order.
    std::vector<json> benchmarks = field(run, "benchmarks");
    std::ranges::sort(benchmarks, {}, [](const json& b) { return field(b, "family_index").get<int>(); });

    results r;
    for (const json& b : benchmarks) {
        const bool is_aggregate = field(b, "run_type") == "aggregate";
        if (is_aggregate && field(b, "aggregate_name") != "median") continue;
        const std::string name = field(b, "run_name");
        const auto parts = split(name);
        if (parts.size() != 5)
            throw std::runtime_error("'" + name + "' is not direction/function/type/policy/size");

        const double speed = field(b, "items_per_second");
        if (!(speed > 0)) throw std::runtime_error("no speed above 0 in " + name);
        if (is_aggregate) r.ns_per_element.erase(name);
        r.ns_per_element.try_emplace(name, 1e9 / speed);
        add_row(r.rows, parts[1], parts[3]);
        r.repetitions = field(b, "repetitions");
    }
    return r;
}

/// "0.412 (5.1x)": ns per element and how many times that of ReLU; "-" if it was not measured.
std::string cell(const results& r, const row& at, const std::string& direction, const std::string& type,
                 const std::string& size) {
    const auto find = [&](const row& f) {
        return r.ns_per_element.find(direction + '/' + f.function + '/' + type + '/' + f.policy + '/' + size);
    };
    const auto cost = find(at), none = r.ns_per_element.end();
    if (cost == none) return "-";
    const auto relu = std::ranges::find(r.rows, "relu", &row::function);
    if (relu == r.rows.end() || find(*relu) == none)
        throw std::runtime_error("no relu to compare '" + cost->first + "' with");

    const double times = cost->second / find(*relu)->second;
    std::array<char, 64> text;
    std::snprintf(text.data(), text.size(), times < 9.95 ? "%.3f (%.1fx)" : "%.3f (%.0fx)", cost->second,
                  times);
    return text.data();
}

/// Markdown of a table: the first column to the left, numbers to the right.
std::string aligned(const std::vector<std::vector<std::string>>& lines) {
    std::vector<std::size_t> widths(lines[0].size());
    for (const auto& line : lines)
        for (std::size_t c = 0; c < line.size(); ++c) widths[c] = std::max(widths[c], line[c].size());

    std::string text;
    for (const auto& line : lines) {
        for (std::size_t c = 0; c < line.size(); ++c) {
            const std::string padding(widths[c] - line[c].size(), ' ');
            text += "| " + (c == 0 ? line[c] + padding : padding + line[c]) + ' ';
        }
        text += "|\n";
    }
    return text;
}

/// The table of one size; empty if nothing of that size was measured.
std::string table(const results& r, const std::string& size) {
    std::vector<std::vector<std::string>> lines{
        {size, "float forward", "derivative", "backward", "double forward", "derivative", "backward"},
        {"---", "--:", "--:", "--:", "--:", "--:", "--:"}};
    for (const row& at : r.rows) {
        std::vector<std::string> line{at.label};
        for (const char* type : {"float", "double"})
            for (const char* direction : {"forward", "derivative", "backward"})
                line.push_back(cell(r, at, direction, type, size));
        if (std::ranges::count(line, "-") < 6) lines.push_back(line);
    }
    return lines.size() > 2 ? aligned(lines) + '\n' : "";
}

std::string markdown(const json& run) {
    const json& context = field(run, "context");
    const auto said = [&](const char* key) { return field(context, key).get<std::string>(); };
    const results r = read(run);

    std::string text = "**" + said("cpu") + ", " + said("compiler") + ", -march: " + said("march") +
                       ", xsimd " + said("xsimd") + " (" + said("instruction_set") + "), actfn " +
                       said("actfn") + "**\n\nns per element on one core, ";
    text +=
        r.repetitions == 1 ? "one run" : "median of " + std::to_string(r.repetitions) + " interleaved runs";
    text += "; in parentheses, times the cost of ReLU in the same column.\n"
            "Derivative: value and derivative together. Stochastic functions make their draws in the loop.\n"
            "Size of an array: " +
            said("arrays") + ".\n\n";
    for (const char* size : {"L1", "L2", "DRAM"}) text += table(r, size);
    if (r.rows.empty()) throw std::runtime_error("no benchmarks in it");
    return text;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: actfn_bench_table <in.json> <out.md>\n";
        return 1;
    }
    try {
        std::ifstream in(argv[1]);
        if (!in) throw std::runtime_error("cannot be opened");
        const std::string text = markdown(json::parse(in));
        std::ofstream out(argv[2]);
        if (!(out << text << std::flush))
            throw std::runtime_error(std::string(argv[2]) + " cannot be written");
        std::cout << text;
    } catch (const std::exception& e) {
        std::cerr << "actfn_bench_table: " << argv[1] << ": " << e.what() << '\n';
        return 1;
    }
}
