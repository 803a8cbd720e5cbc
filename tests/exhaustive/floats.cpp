// Every float there is, through every activation of the registry: the worst error, how many results are not
// correctly rounded, where an increasing function decreases, and a hash of all results. Holds the claims from
// both sides and writes the table that the README shows.
//   actfn_exhaustive_floats [table.md [function]]
#include "support/registry.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/actfn.hpp>

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

using support::worst;

constexpr std::size_t block = 1 << 12;   // floats computed together
constexpr std::uint64_t piece = 1 << 24; // floats that one thread takes at a time
constexpr std::uint64_t pieces = (std::uint64_t{1} << 32) / piece;

/// What one direction of one activation did on a piece of the line, or on all of it.
struct findings {
    worst<float> error;
    std::uint64_t misrounded = 0, decreasing = 0, hash = 0;

    void note(float x, float result, double exact) {
        const float nearest = static_cast<float>(exact);
        if (result == nearest && (exact == static_cast<double>(result) || error.error >= 0.5)) return;
        if (result != nearest && !(std::isnan(result) && std::isnan(nearest))) ++misrounded;
        error.note(support::ulp_error(result, exact), x);
    }

    // Pieces are joined in order, so that the hash does not depend on the threads.
    void join(const findings& next) {
        error.note(next.error.error, next.error.at);
        misrounded += next.misrounded;
        decreasing += next.decreasing;
        hash = (hash ^ next.hash) * 0x9e3779b97f4a7c15;
    }
};

/// h and a block of results; every lane by itself, which the compiler makes registers of.
std::uint64_t hashed(std::uint64_t h, const float* y) {
    std::array<std::uint32_t, 16> lanes{};
    for (std::size_t i = 0; i < block; i += lanes.size())
        for (std::size_t k = 0; k < lanes.size(); ++k)
            lanes[k] = lanes[k] * 0x9e3779b1u +
                       (y[i + k] != y[i + k] ? 0x7fc00000u : std::bit_cast<std::uint32_t>(y[i + k]));
    for (const std::uint32_t lane : lanes) h = (std::rotl(h, 7) ^ lane) * 0x9e3779b97f4a7c15;
    return h;
}

/// What the exact results of a block round to, where its two ends tell: one number, or x itself. Within a
/// block, 4096 neighbours of one sign and one binade, an increasing activation of the registry and its
/// derivative are monotone, and so is f(x) - x, as no slope exceeds 1.
struct settled {
    bool constant = false, identity = false;
    bool exactly = false; // not only after rounding
    float value = 0;

    settled() = default;
    settled(float first, float last, double exact_first, double exact_last)
        : constant(static_cast<float>(exact_first) == static_cast<float>(exact_last)),
          identity(static_cast<float>(exact_first) == first && static_cast<float>(exact_last) == last),
          value(static_cast<float>(exact_first)) {
        exactly = constant
                      ? exact_first == static_cast<double>(value) && exact_last == exact_first
                      : exact_first == static_cast<double>(first) && exact_last == static_cast<double>(last);
    }

    /// Whether all results are what they have to be and can be left out of findings: where a claim is below
    /// half an ulp, only exact ones.
    bool passes(const float* x, const float* result, const findings& f) const {
        if (!(constant || identity) || (!exactly && f.error.error < 0.5)) return false;
        std::size_t wrong = 0;
        if (constant)
            for (std::size_t i = 0; i < block; ++i) wrong += result[i] != value;
        else
            for (std::size_t i = 0; i < block; ++i) wrong += result[i] != x[i];
        return wrong == 0;
    }
};

/// One row of the registry, its type erased.
struct row {
    std::string title;
    bool increasing;
    actfn::error_claim forward_claim, derivative_claim;
    void (*compute)(const float* x, float* y, float* d);
    std::vector<findings> forward = std::vector<findings>(pieces), derivative = std::vector<findings>(pieces);
};

/// Rows with one definition; the exact values are computed once for all of them.
struct group {
    support::dual<double> (*exact)(float x);
    bool (*has_derivative)(float x); // and the reference tells it
    bool increasing;
    std::vector<row> rows;
};

std::map<std::string, group> groups_of_registry(const std::string& only) {
    std::map<std::string, group> groups;
    actfn::activations<float>::for_each([&]<class F>() {
        const std::string name(F::about().name);
        if (!only.empty() && only != name) return;
        // The value at a jump is the policy's.
        group& g = groups[F::about().jump ? support::title<F>() : name];
        g.exact = [](float x) { return support::truth(F{}, x); };
        g.increasing = F::about().increasing;
        g.has_derivative = [](float x) {
            return !support::is_kink<F>(x) && support::truth_tells_derivative<F>(x);
        };
        g.rows.push_back({support::title<F>(), F::about().increasing, F::forward_error(),
                          F::derivative_error(), [](const float* x, float* y, float* d) {
                              actfn::forward_and_derivative(F{}, std::span(x, block), std::span(y, block),
                                                            std::span(d, block));
                          }});
    });
    return groups;
}

/// Floats number first to first + piece in the order -NaN, -inf, ..., -0, 0, ..., inf, NaN.
void run_piece(group& g, std::uint64_t number) {
    std::vector<float> x(block), y(block), d(block);
    std::vector<support::dual<double>> truth(block, support::dual<double>(0));
    std::vector<float> last(g.rows.size(), -std::numeric_limits<float>::infinity());
    for (std::uint64_t first = number * piece; first < (number + 1) * piece; first += block) {
        for (std::size_t i = 0; i < block; ++i)
            x[i] = support::at_place<float>(static_cast<std::uint32_t>(first + i));
        settled value, slope;
        const bool ordinary = g.increasing && std::isfinite(x.front()) && std::isfinite(x.back());
        if (ordinary) {
            const auto begin = g.exact(x.front()), end = g.exact(x.back());
            value = {x.front(), x.back(), begin.value, end.value};
            if (g.has_derivative(x.front()) && g.has_derivative(x.back()))
                slope = {x.front(), x.back(), begin.derivative, end.derivative};
        }
        bool known = false;
        for (std::size_t r = 0; r < g.rows.size(); ++r) {
            row& the = g.rows[r];
            findings& forward = the.forward[number];
            findings& derivative = the.derivative[number];
            the.compute(x.data(), y.data(), d.data());
            forward.hash = hashed(forward.hash, y.data());
            derivative.hash = hashed(derivative.hash, d.data());
            for (std::size_t i = 0; i < block; ++i) {
                if (y[i] < last[r]) ++forward.decreasing;
                if (!std::isnan(y[i])) last[r] = y[i];
            }
            const bool value_passes = value.passes(x.data(), y.data(), forward),
                       slope_passes = slope.passes(x.data(), d.data(), derivative);
            if (value_passes && slope_passes) continue;
            if (!known)
                for (std::size_t i = 0; i < block; ++i) truth[i] = g.exact(x[i]);
            known = true;
            for (std::size_t i = 0; i < block; ++i) {
                const bool nan = std::isnan(x[i]);
                if (!value_passes) forward.note(x[i], y[i], nan ? static_cast<double>(x[i]) : truth[i].value);
                if (!slope_passes && g.has_derivative(x[i]))
                    derivative.note(x[i], d[i], nan ? static_cast<double>(x[i]) : truth[i].derivative);
            }
        }
    }
}

findings joined(const std::vector<findings>& parts) {
    findings all;
    for (const findings& f : parts) all.join(f);
    return all;
}

/// Whether the claim is held and reached; says so if not.
bool holds(const std::string& title, const char* direction, const actfn::error_claim& claim,
           const findings& f) {
    const bool within = f.error.error <= claim.ulp,
               reached = f.error.error >= claim.ulp - actfn::error_claim::resolution<float>;
    if (!within || !reached) {
        std::fprintf(stderr, "%s: %s: %s %g ULP, found %.4f at %s\n", title.c_str(), direction,
                     within ? "claims needlessly" : "claims only", claim.ulp, f.error.error,
                     support::text(f.error.at).c_str());
    }
    return within && reached;
}

void write_row(std::ostream& table, const row& r, const findings& f, const findings& d) {
    char line[512];
    std::snprintf(line, sizeof line, "| %s | %.3f | `%s` | %llu | %.3f | `%s` | %llu | %s |\n",
                  r.title.c_str(), f.error.error, support::text(f.error.at).c_str(),
                  static_cast<unsigned long long>(f.misrounded), d.error.error,
                  support::text(d.error.at).c_str(), static_cast<unsigned long long>(d.misrounded),
                  r.increasing ? std::to_string(f.decreasing).c_str() : "-");
    table << line;
    std::printf("%s: hash of all values %016llx, of all derivatives %016llx\n", r.title.c_str(),
                static_cast<unsigned long long>(f.hash), static_cast<unsigned long long>(d.hash));
}

} // namespace

int main(int argc, char** argv) {
    std::ostringstream table;
    table << "| function | max ULP | at | not correctly rounded | derivative: max ULP | at | not correctly "
             "rounded | steps down |\n|---|--:|---|--:|--:|---|--:|--:|\n";
    bool ok = true;
    auto groups = groups_of_registry(argc > 2 ? argv[2] : "");
    if (groups.empty()) return std::fprintf(stderr, "no activation is called %s\n", argv[2]), 1;
    for (auto& [name, g] : groups) {
        std::atomic<std::uint64_t> next = 0;
        std::vector<std::jthread> threads;
        for (unsigned t = 0; t < std::max(1u, std::thread::hardware_concurrency()); ++t) {
            threads.emplace_back([&] {
                for (std::uint64_t number; (number = next++) < pieces;) {
                    run_piece(g, number);
                    if ((number + 1) % (pieces / 16) == 0)
                        std::fprintf(stderr, "%s %d / 16\n", name.c_str(),
                                     static_cast<int>((number + 1) / (pieces / 16)));
                }
            });
        }
        threads.clear();
        for (const row& r : g.rows) {
            const findings f = joined(r.forward), d = joined(r.derivative);
            ok &= holds(r.title, "forward", r.forward_claim, f);
            ok &= holds(r.title, "derivative", r.derivative_claim, d);
            write_row(table, r, f, d);
        }
    }
    std::fputs(table.str().c_str(), stdout);
    if (argc > 1 && !(std::ofstream(argv[1]) << table.str()))
        return std::fprintf(stderr, "cannot write %s\n", argv[1]), 1;
    return ok ? 0 : 1;
}
