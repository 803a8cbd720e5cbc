// How far a run of benchmarks is.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace bench {

/// Says on stderr how much of the run is done. What the library itself would print comes only at the end, as
/// all repetitions are in one random order.
class progress {
public:
    void expect(const std::string& name) { names_.push_back(name); }

    void begin(int repetitions) {
        std::string filter = benchmark::GetBenchmarkFilter();
        const bool all = filter.empty() || filter == "all", inverted = filter.starts_with('-');
        const std::regex pattern(filter.substr(inverted ? 1 : 0));
        for (const std::string& n : names_)
            if (all || std::regex_search(n, pattern) != inverted) expected_ += repetitions;
    }

    /// A benchmark ran. Those that search for its number of iterations are no repetitions.
    void note(const std::string& name, benchmark::IterationCount iterations) {
        auto& last = last_[name];
        // The one that the search ends with is not seen to be one; its first stands for it.
        if (last == iterations || last == 0) ++done_;
        last = iterations;
        const int percent = expected_ == 0 ? 0 : static_cast<int>(100 * done_ / expected_);
        if (percent / step > percent_ / step) std::fprintf(stderr, "%3d %% of the run\n", percent);
        percent_ = std::max(percent, percent_);
    }

private:
    static constexpr int step = 5;
    std::vector<std::string> names_;
    std::map<std::string, benchmark::IterationCount> last_;
    long expected_ = 0, done_ = 0;
    int percent_ = 0;
};

inline progress& the_progress() {
    static progress p;
    return p;
}

} // namespace bench
