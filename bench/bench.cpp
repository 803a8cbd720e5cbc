// The cost of every activation: throughput of the span loops on one core, beside ReLU and a copy.
//
// forward     forward(f, src, dst)
// derivative  forward_and_derivative(f, src, dst, derivative): the value comes with it
// backward    backward(f, src, diff_dst, diff_src)
//
// Stochastic ones take a stream and make their draws inside the loop, in both directions; for them there is
// no derivative. memcpy counts as forward. src is uniform on [-8, 8], diff_dst on [-1, 1], seed 42; all
// arrays are allocated and written to before. A benchmark is named direction/function/type/policy/size.
#include "context.hpp"

#include <actfn/actfn.hpp>
#include <benchmark/benchmark.h>

#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr actfn::rng::stream inputs{.seed = 42}, draws{.seed = 43};

/// Sizes of one array. The three of a backward pass have room in an L1 cache of 32 KiB, an L2 cache of 1 MiB.
struct level {
    std::string_view name;
    std::size_t bytes;
};
constexpr level levels[] = {{"L1", 8 << 10}, {"L2", 256 << 10}, {"DRAM", 64 << 20}};

std::string levels_text() {
    std::string text;
    for (const level& l : levels)
        text.append(text.empty() ? "" : ", ").append(l.name) += ' ' + std::to_string(l.bytes >> 10) + " KiB";
    return text;
}

template <class T>
struct arrays {
    std::span<const T> src, diff_dst;
    std::span<T> dst, other; // derivative or diff_src
};

/// The first n elements of four arrays that are made once and begin at cache lines.
template <class T>
arrays<T> first(std::size_t n) {
    using memory = std::vector<T, xsimd::aligned_allocator<T, 64>>;
    constexpr std::size_t all = std::rbegin(levels)->bytes / sizeof(T);
    static const auto uniform = [](actfn::rng::stream s, T bound) {
        memory m(all);
        actfn::rng::fill_uniform(s, m);
        for (T& x : m) x = bound * (2 * x - 1);
        return m;
    };
    static const memory src = uniform(inputs, 8), diff_dst = uniform(inputs.skip(all), 1);
    static memory dst(all), other(all);
    return {{src.data(), n}, {diff_dst.data(), n}, {dst.data(), n}, {other.data(), n}};
}

/// The name of F's policy, "-" if it has none, and nothing if it is not measured: of the kinks only the
/// default is.
template <class F>
constexpr std::string_view policy = "-";
template <template <class, actfn::accuracy> class F, class T, actfn::accuracy A>
constexpr std::string_view policy<F<T, A>> = A == actfn::accuracy::accurate ? "accurate" : "fast";
template <template <class, actfn::at_kink> class F, class T, actfn::at_kink K>
constexpr std::string_view policy<F<T, K>> = K == actfn::at_kink::left ? "left" : "";

template <class T>
constexpr std::string_view type_name = "float";
template <>
constexpr std::string_view type_name<double> = "double";

/// Registers run(arrays<T>) at every size.
template <class T, class Run>
void add(std::string_view direction, std::string_view function, std::string_view policy_name, Run run) {
    for (const level& size : levels) {
        std::string name;
        for (const std::string_view part : {direction, function, type_name<T>, policy_name, size.name})
            name.append(name.empty() ? "" : "/").append(part);
        const std::size_t n = size.bytes / sizeof(T);
        benchmark::RegisterBenchmark(name.c_str(), [run, n](benchmark::State& state) {
            const arrays<T> a = first<T>(n);
            for (auto _ : state) {
                run(a);
                benchmark::ClobberMemory();
            }
            state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n));
        });
    }
}

template <class F>
void add_activation() {
    using T = typename F::value_type;
    const auto name = F::about().name;
    add<T>("forward", name, policy<F>, [](const arrays<T>& a) { actfn::forward(F{}, a.src, a.dst); });
    add<T>("derivative", name, policy<F>,
           [](const arrays<T>& a) { actfn::forward_and_derivative(F{}, a.src, a.dst, a.other); });
    add<T>("backward", name, policy<F>,
           [](const arrays<T>& a) { actfn::backward(F{}, a.src, a.diff_dst, a.other); });
}

template <class F>
void add_stochastic() {
    using T = typename F::value_type;
    const auto name = F::about().name;
    add<T>("forward", name, policy<F>, [](const arrays<T>& a) { actfn::forward(F{}, a.src, a.dst, draws); });
    add<T>("backward", name, policy<F>,
           [](const arrays<T>& a) { actfn::backward(F{}, a.src, a.diff_dst, a.other, draws); });
}

template <class T>
void add_all() {
    add<T>("forward", "memcpy", "-",
           [](const arrays<T>& a) { std::memcpy(a.dst.data(), a.src.data(), a.src.size_bytes()); });
    actfn::activations<T>::for_each([]<class F>() {
        if constexpr (!policy<F>.empty()) add_activation<F>();
    });
    actfn::stochastic_activations<T>::for_each([]<class F>() { add_stochastic<F>(); });
}

} // namespace

int main(int argc, char** argv) {
    // Repetitions of all benchmarks in one random order, so that a slow minute hits all alike and their
    // ratios stand. Of a flag that is given twice, the last counts.
    std::vector<std::string> args{argv[0], "--benchmark_enable_random_interleaving=true",
                                  "--benchmark_repetitions=9", "--benchmark_min_time=0.03",
                                  "--benchmark_report_aggregates_only=true"};
    args.insert(args.end(), argv + 1, argv + argc);
    std::vector<char*> pointers;
    for (std::string& arg : args) pointers.push_back(arg.data());
    int count = static_cast<int>(pointers.size());

    benchmark::Initialize(&count, pointers.data());
    if (benchmark::ReportUnrecognizedArguments(count, pointers.data())) return 1;
    for (const auto& [key, value] : bench::context()) benchmark::AddCustomContext(key, value);
    benchmark::AddCustomContext("arrays", levels_text());
    add_all<float>();
    add_all<double>();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
