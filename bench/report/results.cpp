#include "results.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace report {

namespace {

using nlohmann::json;

json parse(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error("cannot be opened");
    return json::parse(in);
}

/// read(what is in the file); what goes wrong there is said with the name of the file.
auto read_from(const std::filesystem::path& file, auto read) {
    try {
        return read(parse(file));
    } catch (const std::exception& e) {
        throw std::runtime_error(file.string() + ": " + e.what());
    }
}

const json& field(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) {
        const std::string owner = object.is_object() ? object.value("run_name", "the file") : "the file";
        throw std::runtime_error("no field '" + std::string(key) + "' in " + owner);
    }
    return *found;
}

/// What Google Benchmark adds to the name of what is timed on the wall.
constexpr std::string_view wall_time = "/real_time";

std::vector<std::string> split(const std::string& name) {
    std::vector<std::string> parts;
    std::istringstream text(name);
    for (std::string part; std::getline(text, part, '/');) parts.push_back(part);
    return parts;
}

void add_row(std::vector<row>& rows, const std::string& function, const std::string& variant) {
    bool is_default = true;
    for (const row& r : rows) {
        if (r.function != function) continue;
        if (r.variant == variant) return;
        is_default = false;
    }
    rows.push_back({function, variant, is_default ? function : function + ' ' + variant});
}

} // namespace

const std::string& results::said(const std::string& key) const {
    const auto found = context.find(key);
    if (found == context.end()) throw std::runtime_error("the run does not say its " + key);
    return found->second;
}

std::string results::provenance() const {
    return said("cpu") + ", " + said("instruction_set") + ", " + said("compiler") + " " + said("flags") +
           ", xsimd " + said("xsimd") + ", actfn " + said("actfn") + ", " + said("date").substr(0, 10);
}

double results::needed(const std::string& direction, const std::string& function, const std::string& type,
                       const std::string& size) const {
    if (const auto found = cost(direction, function, type, size)) return *found;
    throw std::runtime_error("not measured: " + direction + " of " + function + ", " + type + ", " + size);
}

namespace {

results results_of(const json& run) {
    // Random interleaving ends them in any order.
    std::vector<json> benchmarks = field(run, "benchmarks");
    std::ranges::sort(benchmarks, {}, [](const json& b) { return field(b, "family_index").get<int>(); });

    results r;
    for (const auto& [key, value] : field(run, "context").items())
        if (value.is_string()) r.context[key] = value;
    for (const json& b : benchmarks) {
        const bool is_aggregate = field(b, "run_type") == "aggregate";
        if (is_aggregate && field(b, "aggregate_name") != "median") continue;
        std::string name = field(b, "run_name");
        if (name.ends_with(wall_time)) name.resize(name.size() - wall_time.size());
        const auto parts = split(name);
        if (parts.size() != 5)
            throw std::runtime_error("'" + name + "' is not direction/function/type/variant/size");

        const double speed = field(b, "items_per_second");
        if (!(speed > 0)) throw std::runtime_error("no speed above 0 in " + name);
        if (is_aggregate) r.ns.erase(name);
        r.ns.try_emplace(name, 1e9 / speed);
        if (b.contains("max_ulp")) r.claim[name] = b["max_ulp"];
        add_row(r.rows, parts[1], parts[3]);
        r.repetitions = field(b, "repetitions");
    }
    if (r.rows.empty()) throw std::runtime_error("no benchmarks in it");
    return r;
}

errors errors_of(const json& all) {
    const auto ulp = [](const json& e) {
        return e.is_null() ? std::numeric_limits<double>::infinity() : e.get<double>();
    };
    errors read{field(all, "every"), {}};
    for (const json& e : field(all, "results"))
        read.found.push_back({field(e, "peer"), field(e, "function"), field(e, "direction"),
                              ulp(field(e, "max_ulp")), ulp(field(e, "max_ulp_normal")), field(e, "at"),
                              field(e, "at_normal"), field(e, "misrounded"), field(e, "nan"),
                              field(e, "flushed")});
    return read;
}

} // namespace

results read_results(const std::filesystem::path& file) { return read_from(file, results_of); }

errors read_errors(const std::filesystem::path& file) { return read_from(file, errors_of); }

} // namespace report
