// A hundred million doubles through every smooth activation: all of bit space, and densely where functions
// bend, saturate, become subnormal, and where they err most. Holds the claims, and writes a table beside that
// of floats.
//   actfn_exhaustive_doubles [table.md [function [inputs]]]
#include "support/registry.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/actfn.hpp>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#ifndef ACTFN_TEST_HAS_QUAD
#error "the reference for double needs __float128 and a C library with functions of it (glibc)"
#endif

namespace {

using support::worst;

constexpr std::size_t block = 1 << 14;

/// Number i of a fixed sequence of well-mixed words (Steele, Lea, Flood 2014, SplitMix64).
std::uint64_t word(std::uint64_t i) {
    std::uint64_t z = support::seed + (i + 1) * 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

/// Uniform on [a, b).
double between(double a, double b, std::uint64_t w) {
    return a + (b - a) * std::ldexp(static_cast<double>(w >> 11), -53);
}

/// Input number i, taken by turns from where it matters.
double input(std::uint64_t i, const std::vector<double>& worst_known) {
    const std::uint64_t w = word(i);
    switch (i % 8) {
    case 0:
        return support::at_place<double>(w); // bit space
    case 1:
        return std::copysign(std::exp2(between(-30, 10, w)), w & 1 ? 1.0 : -1.0);
    case 2:
        return between(-1, 1, w);
    case 3:
        return between(-10, 10, w);
    case 4:
        return between(-45, 45, w); // saturation: 1 - e^-37 rounds to 1
    case 5:
        return between(-760, -690, w); // e^x becomes subnormal, then 0
    case 6:
        return between(-380, -345, w); // the same for e^2x
    default: {
        const double centre = worst_known[w % worst_known.size()];
        return centre * (1 + std::ldexp(between(-1, 1, word(~i)), -static_cast<int>(w >> 8 & 31)));
    }
    }
}

/// The worst of one direction, and how often it was looked up in quad precision.
struct findings {
    worst<double> error;
    std::uint64_t doubtful = 0;
    double reference_error = 0;

    void join(const findings& other) {
        error.note(other.error.error, other.error.at);
        doubtful += other.doubtful;
        reference_error = std::max(reference_error, other.reference_error);
    }
};

/// Errors near the claim are taken again on 113 bits, and so is every thousandth one, to see that long double
/// is not off further than doubt.
template <class Quad>
void note(findings& f, double x, double result, long double exact, bool exact_holds, double claim,
          bool sampled, Quad quad) {
    double error = support::ulp_error(result, exact);
    if (!exact_holds || sampled || !(error <= claim - support::doubt)) {
        const double better = quad();
        if (exact_holds) f.reference_error = std::max(f.reference_error, std::fabs(error - better));
        error = better;
        ++f.doubtful;
    }
    f.error.note(error, x);
}

template <class F>
void run_block(std::uint64_t first, const std::vector<double>& known, findings& forward,
               findings& derivative) {
    std::vector<double> x(block), y(block), d(block);
    for (std::size_t i = 0; i < block; ++i) {
        x[i] = input(first + i, known);
        if (!std::isfinite(x[i])) x[i] = 0; // what these give is a test of its own
    }
    const F f;
    actfn::forward_and_derivative(f, x, y, d);
    for (std::size_t i = 0; i < block; ++i) {
        const auto exact = support::truth(f, x[i]);
        const bool sampled = i % 1024 == 0;
        note(forward, x[i], y[i], exact.value, true, F::forward_error().ulp, sampled,
             [&] { return support::ulp_error(y[i], support::quad_truth(f, x[i]).value); });
        note(derivative, x[i], d[i], exact.derivative, support::truth_tells_derivative<F>(x[i]),
             F::derivative_error().ulp, sampled,
             [&] { return support::ulp_error(d[i], support::quad_truth(f, x[i]).derivative); });
    }
}

bool holds(const std::string& title, const char* direction, const actfn::error_claim& claim,
           const findings& f) {
    if (f.error.error > claim.ulp)
        std::fprintf(stderr, "%s: %s: claims only %g ULP, found %.5f at %s\n", title.c_str(), direction,
                     claim.ulp, f.error.error, support::text(f.error.at).c_str());
    if (f.reference_error > support::doubt)
        std::fprintf(stderr, "%s: %s: long double is off by %.5f ULP, more than %g\n", title.c_str(),
                     direction, f.reference_error, support::doubt);
    return f.error.error <= claim.ulp && f.reference_error <= support::doubt;
}

template <class F>
bool run(std::uint64_t inputs, std::ostream& table) {
    const std::string title = support::title<F>();
    const std::vector<double> known{F::forward_error().worst_at, F::derivative_error().worst_at};
    findings forward, derivative;
    std::mutex joining;
    std::atomic<std::uint64_t> next = 0;
    std::vector<std::jthread> threads;
    for (unsigned t = 0; t < std::max(1u, std::thread::hardware_concurrency()); ++t) {
        threads.emplace_back([&] {
            findings here, here_derivative;
            for (std::uint64_t first; (first = next.fetch_add(block)) < inputs;) {
                run_block<F>(first, known, here, here_derivative);
                if (first / block % (inputs / block / 4 + 1) == 0)
                    std::fprintf(stderr, "%s %d %%\n", title.c_str(), static_cast<int>(100 * first / inputs));
            }
            const std::lock_guard lock(joining);
            forward.join(here);
            derivative.join(here_derivative);
        });
    }
    threads.clear();
    char line[512];
    std::snprintf(line, sizeof line, "| %s | %.3f | `%s` | %.3f | `%s` |\n", title.c_str(),
                  forward.error.error, support::text(forward.error.at).c_str(), derivative.error.error,
                  support::text(derivative.error.at).c_str());
    table << line;
    std::printf("%s: %llu inputs, taken again in quad precision %llu, long double off by at most %.5f ULP\n",
                title.c_str(), static_cast<unsigned long long>(inputs),
                static_cast<unsigned long long>(forward.doubtful + derivative.doubtful),
                std::max(forward.reference_error, derivative.reference_error));
    const bool value_holds = holds(title, "forward", F::forward_error(), forward);
    return holds(title, "derivative", F::derivative_error(), derivative) && value_holds;
}

} // namespace

int main(int argc, char** argv) {
    const std::string only = argc > 2 ? argv[2] : "";
    const std::uint64_t inputs = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 100'000'000;
    std::ostringstream table;
    table << "| function | max ULP | at | derivative: max ULP | at |\n|---|--:|---|--:|---|\n";
    bool ok = true, any = false;
    actfn::activations<double>::for_each([&]<class F>() {
        // The ReLU family is exact but for one product.
        if (F::about().kink || (!only.empty() && only != F::about().name)) return;
        any = true;
        ok &= run<F>(inputs, table);
    });
    if (!any) return std::fprintf(stderr, "no smooth activation is called %s\n", only.c_str()), 1;
    std::fputs(table.str().c_str(), stdout);
    if (argc > 1 && !(std::ofstream(argv[1]) << table.str()))
        return std::fprintf(stderr, "cannot write %s\n", argv[1]), 1;
    return ok ? 0 : 1;
}
