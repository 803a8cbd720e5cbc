// The results of a run, from Google Benchmark's JSON, and the errors that the comparison found.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace report {

/// A function under one policy or, in the comparison, of one peer.
struct row {
    std::string function, variant, label; ///< label: without the first variant of a function, its default
};

struct results {
    std::map<std::string, std::string> context;
    std::map<std::string, double> ns;    ///< per element, by direction/function/type/variant/size
    std::map<std::string, double> claim; ///< bound on the error in ULP; the same key
    std::vector<row> rows;               ///< as they were registered
    int repetitions = 0;

    std::optional<double> cost(const std::string& direction, const std::string& function,
                               const std::string& type, const std::string& variant,
                               const std::string& size) const {
        const auto found = ns.find(direction + '/' + function + '/' + type + '/' + variant + '/' + size);
        return found == ns.end() ? std::nullopt : std::optional(found->second);
    }
    /// That of the function's default.
    std::optional<double> cost(const std::string& direction, const std::string& function,
                               const std::string& type, const std::string& size) const {
        for (const row& r : rows)
            if (r.function == function) return cost(direction, function, type, r.variant, size);
        return std::nullopt;
    }
    /// The same of what has to be there; throws std::runtime_error that names it if it is not.
    double needed(const std::string& direction, const std::string& function, const std::string& type,
                  const std::string& size) const;
    /// What the run says of itself under this key; throws likewise.
    const std::string& said(const std::string& key) const;
    /// One line about where the numbers come from.
    std::string provenance() const;
};

/// What one peer's kernel did over the floats; an error without bound is infinite.
struct error {
    std::string peer, function, direction;
    double max_ulp, max_ulp_normal; ///< normal: where neither x nor the exact result is subnormal
    std::string at, at_normal;
    std::uint64_t misrounded, nan, flushed;
};

struct errors {
    std::uint64_t every = 1; ///< k-th float was tried
    std::vector<error> found;

    std::string tried() const {
        return every == 1 ? "all finite floats" : "one float in " + std::to_string(every);
    }

    const error* of(const std::string& direction, const std::string& function,
                    const std::string& peer) const {
        for (const error& e : found)
            if (e.direction == direction && e.function == function && e.peer == peer) return &e;
        return nullptr;
    }
};

/// Both throw std::runtime_error that says what is wrong with the file.
results read_results(const std::filesystem::path& json);
errors read_errors(const std::filesystem::path& json);

} // namespace report
