// What the benchmarks share: arrays, sizes, names, and repetitions in one random order.
#pragma once

#include "progress.hpp"

#include <actfn/core/half_lanes.hpp>
#include <actfn/rng/draws.hpp>

#include <benchmark/benchmark.h>
#include <xsimd/xsimd.hpp>

#include <algorithm>
#include <cctype>
#include <concepts>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What Google Benchmark wants after a number of seconds; the build knows its version.
#ifndef ACTFN_BENCH_SECONDS
#define ACTFN_BENCH_SECONDS ""
#endif

namespace bench {

/// Sizes of one array. The three of a backward pass have room in an L1 cache of 32 KiB, an L2 cache of 1 MiB.
struct level {
    std::string_view name;
    std::size_t bytes;
};
inline constexpr level levels[] = {{"L1", 8 << 10}, {"L2", 256 << 10}, {"DRAM", 64 << 20}};

inline std::string levels_text() {
    std::string text;
    for (const level& l : levels)
        text.append(text.empty() ? "" : ", ").append(l.name) += ' ' + std::to_string(l.bytes >> 10) + " KiB";
    return text;
}

inline constexpr actfn::rng::stream inputs{.seed = 42}, draws{.seed = 43};

/// How long an array can be; to be set before the first is asked for.
inline std::size_t largest_bytes = std::rbegin(levels)->bytes;

template <class T>
struct arrays {
    std::span<const T> src, diff_dst; // uniform on [-8, 8] and on [-1, 1]
    std::span<T> dst, other;          // other: derivative or diff_src
};

/// The first n elements of four arrays that are made once, written to, and begin at cache lines.
template <class T>
arrays<T> first(std::size_t n) {
    using memory = std::vector<T, xsimd::aligned_allocator<T, 64>>;
    static const std::size_t all = largest_bytes / sizeof(T);
    using C = actfn::compute_type<T>;
    static const auto uniform = [](actfn::rng::stream s, C bound) {
        std::vector<C> units(all);
        actfn::rng::fill_uniform(s, units);
        memory m(all);
        std::ranges::transform(units, m.begin(), [&](C u) { return static_cast<T>(bound * (2 * u - 1)); });
        return m;
    };
    static const memory src = uniform(inputs, 8), diff_dst = uniform(inputs.skip(all), 1);
    static memory dst(all), other(all);
    return {{src.data(), n}, {diff_dst.data(), n}, {dst.data(), n}, {other.data(), n}};
}

template <class T>
constexpr std::string_view type_name = std::same_as<T, float>             ? "float"
                                       : std::same_as<T, double>          ? "double"
                                       : std::same_as<T, actfn::bfloat16> ? "bfloat16"
                                                                          : "float16";

/// The name of a benchmark, direction/function/type/variant/size; results.hpp takes it apart again.
template <class T>
std::string name(std::string_view direction, std::string_view function, std::string_view variant,
                 std::string_view size) {
    std::string text;
    for (const std::string_view part : {direction, function, type_name<T>, variant, size})
        text.append(text.empty() ? "" : "/").append(part);
    return text;
}

/// Registers prepare()(), of which the outer call alone is timed.
template <class Prepare>
auto add(const std::string& name, std::size_t elements, std::map<std::string, double> counters,
         Prepare prepare) {
    the_progress().expect(name);
    return benchmark::RegisterBenchmark(
        name.c_str(), [name, elements, counters = std::move(counters), prepare](benchmark::State& state) {
            const auto run = prepare();
            run();
            for (auto _ : state) {
                run();
                benchmark::ClobberMemory();
            }
            state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(elements));
            for (const auto& [key, value] : counters) state.counters[key] = value;
            the_progress().note(name, state.iterations());
        });
}

/// Says nothing but what went wrong; the results go to the file.
class quiet_reporter : public benchmark::BenchmarkReporter {
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>&) override {}
};

/// The body of main: registers with register_all() and runs. Repetitions of all benchmarks are in one random
/// order, so that a slow minute hits all alike and their ratios stand. With --benchmark_out=<file> nothing is
/// printed but the progress.
template <class Register>
int run(int argc, char** argv, const std::map<std::string, std::string>& context, Register register_all) {
    // Of a flag that is given twice, the last counts.
    std::vector<std::string> args{argv[0], "--benchmark_enable_random_interleaving=true",
                                  "--benchmark_repetitions=9", "--benchmark_min_time=0.01",
                                  "--benchmark_report_aggregates_only=true"};
    args.insert(args.end(), argv + 1, argv + argc);
    const std::string_view repetitions_flag = "--benchmark_repetitions=";
    int repetitions = 0;
    bool to_file = false;
    std::vector<char*> pointers;
    for (std::string& arg : args) {
        if (arg.starts_with(repetitions_flag)) repetitions = std::stoi(arg.substr(repetitions_flag.size()));
        if (arg.starts_with("--benchmark_min_time=") && std::isdigit(arg.back())) arg += ACTFN_BENCH_SECONDS;
        to_file |= arg.starts_with("--benchmark_out=");
        pointers.push_back(arg.data());
    }
    int count = static_cast<int>(pointers.size());
    benchmark::Initialize(&count, pointers.data());
    if (benchmark::ReportUnrecognizedArguments(count, pointers.data())) return 1;

    for (const auto& [key, value] : context) benchmark::AddCustomContext(key, value);
    benchmark::AddCustomContext("arrays", levels_text());
    register_all();
    the_progress().begin(repetitions);
    quiet_reporter quiet;
    if (to_file)
        benchmark::RunSpecifiedBenchmarks(&quiet);
    else
        benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}

} // namespace bench
