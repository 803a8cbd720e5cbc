// The tables of the comparison with other libraries.
#include "markdown.hpp"
#include "tables.hpp"

#include <set>
#include <stdexcept>

namespace report {

namespace {

struct what {
    std::string function, direction;
    std::string label() const {
        return direction == "forward" ? function : function + (direction == "backward" ? " ′" : " ′(y)");
    }
};

std::vector<std::string> peers_of(const results& r) {
    std::vector<std::string> peers;
    for (const row& at : r.rows)
        if (std::ranges::find(peers, at.variant) == peers.end()) peers.push_back(at.variant);
    return peers;
}

/// Functions in order, each in all directions.
std::vector<what> all_of(const results& r) {
    std::vector<what> all;
    for (const row& at : r.rows)
        if (std::ranges::find(all, at.function, &what::function) == all.end())
            for (const char* direction : {"forward", "backward", "from_output"})
                all.push_back({at.function, direction});
    return all;
}

/// The cost of each by peer, the least in bold with all that is within 3 % of it.
std::string speeds(const results& r, const std::vector<what>& wanted, const std::string& type,
                   const std::string& size) {
    const std::vector<std::string> peers = peers_of(r);
    line head{type + ", " + size};
    head.insert(head.end(), peers.begin(), peers.end());
    std::vector<line> body;
    for (const what& w : wanted) {
        double least = std::numeric_limits<double>::infinity();
        int compared = 0;
        for (const std::string& p : peers)
            if (const auto ns = r.cost(w.direction, w.function, type, p, size))
                least = std::min(least, *ns), compared += !p.starts_with("actfn");
        line cells{w.label()};
        for (const std::string& p : peers) {
            const auto ns = r.cost(w.direction, w.function, type, p, size);
            cells.push_back(!ns ? "-" : *ns <= 1.03 * least ? "**" + number(*ns) + "**" : number(*ns));
        }
        if (compared > 0) body.push_back(cells);
    }
    return table(head, body) + '\n';
}

std::string accuracies(const results& r, const errors& e, const std::vector<what>& wanted) {
    const std::vector<std::string> peers = peers_of(r);
    line head{"max ULP"};
    head.insert(head.end(), peers.begin(), peers.end());
    std::vector<line> body;
    for (const what& w : wanted) {
        line cells{w.label()};
        for (const std::string& p : peers) {
            const error* found = e.of(w.direction, w.function, p);
            cells.push_back(!found           ? "-"
                            : found->nan     ? number(found->max_ulp_normal) + " NaN"
                            : found->flushed ? number(found->max_ulp_normal) + " †"
                                             : number(found->max_ulp_normal));
        }
        if (std::ranges::count(cells, "-") + 1 < std::ssize(cells)) body.push_back(cells);
    }
    return table(head, body) + '\n';
}

std::string said(const results& r, const errors& e) {
    const std::string missing = r.context.contains("missing") ? r.context.at("missing") : "";
    return "**" + r.provenance() + "**" + (missing.empty() ? "" : "; not found: " + missing) +
           "\n\nns per element on one core, median of " + std::to_string(r.repetitions) +
           " interleaved runs, bold: within 3 % of the best. Errors over " + e.tried() +
           ", where neither x nor the exact result is 0 or subnormal; †: there are results that it wrongly "
           "flushes to 0; NaN: some finite x gives NaN; of functions of rows over random rows of 1024 "
           "elements, where an ulp of a logarithm counts as that of 1/4 at least. ′ is the backward pass "
           "from x, ′(y) that from the output.\n\n";
}

std::string all_errors(const errors& e) {
    std::vector<line> body;
    for (const error& f : e.found)
        body.push_back({what{f.function, f.direction}.label() + ' ' + f.peer, number(f.max_ulp),
                        '`' + f.at + '`', number(f.max_ulp_normal), '`' + f.at_normal + '`',
                        std::to_string(f.misrounded), std::to_string(f.flushed), std::to_string(f.nan)});
    return table({"function, peer", "max ULP", "at", "normal results: max ULP", "at", "not correctly rounded",
                  "wrongly 0", "NaN"},
                 body);
}

} // namespace

std::string versus_page(const results& r, const errors& e) {
    std::string text = "# Beside other libraries\n\n" + said(r, e);
    for (const std::string& p : peers_of(r))
        if (const auto about = r.context.find("peer " + p); about != r.context.end())
            text += "- " + p + ": " + about->second + '\n';
    text +=
        "\nSize of an array: " + r.said("arrays") +
        "; functions of rows have 1024 columns there, and with others L2's array. A call's own cost is "
        "included; "
        "in L1 it is most of what a library with operators takes for a cheap function, and scalar loops with "
        "branches gain there, as the same inputs come again. Threads of the process: " +
        r.said("threads") + ".\n\n";
    const std::vector<what> all = all_of(r);
    for (const char* size : {"L1", "L2", "DRAM"}) text += speeds(r, all, "float", size);
    for (const char* size : {"32 columns", "128 columns", "32768 columns"})
        text += speeds(r, all, "float", size);
    return text + speeds(r, all, "double", "L2") + accuracies(r, e, all) + all_errors(e);
}

std::string threads_table(const results& r) {
    // A size as threads.cpp names it: "64 MiB, 2 threads".
    const auto less = [](const std::string& a, const std::string& b) { return std::stoi(a) < std::stoi(b); };
    std::set<std::string, decltype(less)> sizes, threads;
    for (const auto& [name, ns] : r.ns) {
        const std::string both = name.substr(name.rfind('/') + 1);
        const auto comma = both.find(", ");
        if (comma == std::string::npos) throw std::runtime_error("no number of threads in " + name);
        sizes.insert(both.substr(0, comma)), threads.insert(both.substr(comma + 2));
    }
    const std::vector<std::string> peers = peers_of(r);
    line head{"float"};
    for (const std::string& p : peers)
        for (const std::string& t : threads) head.push_back(p + ", " + t);
    std::vector<line> body;
    for (const std::string& size : sizes)
        for (const what& w : all_of(r)) {
            line cells{w.label() + ", " + size};
            for (const std::string& p : peers)
                for (const std::string& t : threads) {
                    const auto ns = r.cost(w.direction, w.function, "float", p, size + ", " + t);
                    cells.push_back(ns ? number(*ns) : "-");
                }
            if (std::ranges::count(cells, "-") + 1 < std::ssize(cells)) body.push_back(cells);
        }
    return "\n## Threads\n\n" + r.provenance() + ". ns per element on the wall, median of " +
           std::to_string(r.repetitions) + " interleaved runs, each library with its own threads.\n\n" +
           table(head, body);
}

std::string versus_summary(const results& r, const errors& e) {
    std::vector<what> shown;
    for (const char* function : {"sigmoid", "tanh", "softplus", "elu", "silu"})
        for (const char* direction : {"forward", "backward"}) shown.push_back({function, direction});
    for (const char* function : {"softmax", "log_softmax", "logsumexp"})
        shown.push_back({function, "forward"});
    return said(r, e) + "Arrays of 256 KiB of float, in the second-level cache; rows of 1024.\n\n" +
           speeds(r, shown, "float", "L2") + accuracies(r, e, shown);
}

} // namespace report
