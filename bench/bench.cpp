// The cost of every activation: throughput of the loops over spans on one core, beside ReLU and a copy, on
// the best instruction set of this CPU or the one that ACTFN_ISA names.
//
// forward      forward(f, src, dst)
// derivative   forward_and_derivative(f, src, dst, derivative): the value comes with it
// backward     backward(f, src, diff_dst, diff_src)
// from_output  backward_from_output(f, dst, diff_dst, diff_src)
// row          a function of rows; its sizes are columns, of matrices of 256 KiB
//
// Of halves forward alone is measured. Stochastic ones take a stream and make their draws inside the loop, in
// both directions; for them there is no derivative. memcpy counts as forward. The inputs are those of
// harness.hpp.
#include "context.hpp"
#include "harness.hpp"
#include "per_isa.hpp"

#include <actfn/actfn.hpp>
#include <actfn/dispatch.hpp>

#include <algorithm>
#include <cstring>

namespace {

namespace best = actfn::dispatch;
using bench::arrays;

/// The name of F's policy, "-" if it has none, and nothing if it is not measured: of the kinks only the
/// default is.
template <class F>
constexpr std::string_view policy = "-";
template <template <class, actfn::accuracy> class F, class T, actfn::accuracy A>
constexpr std::string_view policy<F<T, A>> = A == actfn::accuracy::accurate ? "accurate" : "fast";
template <template <class, actfn::at_kink> class F, class T, actfn::at_kink K>
constexpr std::string_view policy<F<T, K>> = K == actfn::at_kink::left ? "left" : "";

/// Those whose cost is also measured over sizes from L1 to DRAM.
constexpr std::string_view swept[] = {"memcpy", "relu", "elu", "sigmoid", "softplus", "silu"};
constexpr std::size_t smallest_swept = 4 << 10;

std::string kib(std::size_t bytes) { return std::to_string(bytes >> 10) + "KiB"; }

/// Registers run(arrays<T>) at every size; ulp is its claim, 0 for none.
template <class T, class Run>
void add(std::string_view direction, std::string_view function, std::string_view variant, double ulp,
         Run run) {
    const auto at = [&](std::string_view size, std::size_t bytes) {
        const std::size_t n = bytes / sizeof(T);
        std::map<std::string, double> counters;
        if (ulp > 0) counters["max_ulp"] = ulp;
        bench::add(bench::name<T>(direction, function, variant, size), n, counters,
                   [run, n] { return [run, a = bench::first<T>(n)] { run(a); }; });
    };
    for (const bench::level& l : bench::levels) at(l.name, l.bytes);
    if (std::is_same_v<T, float> && direction == "forward" && variant != "fast" &&
        std::ranges::find(swept, function) != std::end(swept))
        for (std::size_t bytes = smallest_swept; bytes < std::rbegin(bench::levels)->bytes; bytes *= 2)
            if (std::ranges::find(bench::levels, bytes, &bench::level::bytes) == std::end(bench::levels))
                at(kib(bytes), bytes);
}

template <class F>
void add_activation(bench::claims ulp) {
    using T = typename F::value_type;
    const auto name = F::about().name;
    add<T>("forward", name, policy<F>, ulp.forward,
           [](const arrays<T>& a) { best::forward(F{}, a.src, a.dst); });
    add<T>("derivative", name, policy<F>, 0,
           [](const arrays<T>& a) { best::forward_and_derivative(F{}, a.src, a.dst, a.other); });
    add<T>("backward", name, policy<F>, ulp.derivative,
           [](const arrays<T>& a) { best::backward(F{}, a.src, a.diff_dst, a.other); });
    // That dst holds inputs does not matter to its speed: nothing there branches on values.
    if constexpr (actfn::differentiable_from_output<F, T>)
        add<T>("from_output", name, policy<F>, 0,
               [](const arrays<T>& a) { best::backward_from_output(F{}, a.src, a.diff_dst, a.other); });
}

/// Halves: the loops that read and write them, computed as float.
template <class T>
void add_halves() {
    actfn::activations<float>::for_each([]<class F>() {
        if constexpr (policy<F> == "-" || policy<F> == "accurate" || policy<F> == "left")
            add<T>("forward", F::about().name, policy<F>, 0,
                   [](const arrays<T>& a) { best::forward(F{}, a.src, a.dst); });
    });
}

template <class F>
void add_stochastic() {
    using T = typename F::value_type;
    const auto name = F::about().name;
    add<T>("forward", name, policy<F>, 0,
           [](const arrays<T>& a) { best::forward(F{}, a.src, a.dst, bench::draws); });
    add<T>("backward", name, policy<F>, 0,
           [](const arrays<T>& a) { best::backward(F{}, a.src, a.diff_dst, a.other, bench::draws); });
}

template <class T>
void add_rows() {
    constexpr std::size_t n = bench::levels[1].bytes / sizeof(T);
    const auto each = [](std::string_view function, typename bench::row_loops<T>::loop* loop) {
        for (const std::size_t columns : {32u, 128u, 1024u, 32768u})
            bench::add(bench::name<T>("row", function, "-", std::to_string(columns)), n, {}, [=] {
                return
                    [=, a = bench::first<T>(n)] { loop(a.src.data(), a.dst.data(), n / columns, columns); };
            });
    };
    const bench::row_loops<T>& rows = bench::rows_in_use<T>();
    each("softmax", rows.softmax);
    each("log_softmax", rows.log_softmax);
    each("logsumexp", rows.logsumexp);
}

template <class T>
void add_all() {
    add<T>("forward", "memcpy", "-", 0,
           [](const arrays<T>& a) { std::memcpy(a.dst.data(), a.src.data(), a.src.size_bytes()); });
    const bench::claims* claim = bench::in_use().of_floats;
    actfn::activations<T>::for_each([&]<class F>() {
        if constexpr (!policy<F>.empty())
            add_activation<F>(std::is_same_v<T, float> ? *claim : bench::claims{});
        ++claim;
    });
    actfn::evaluations<T>::for_each([]<class F>() { add_activation<F>({}); });
    actfn::stochastic_activations<T>::for_each([]<class F>() { add_stochastic<F>(); });
    add_rows<T>();
}

} // namespace

int main(int argc, char** argv) try {
    return bench::run(argc, argv, bench::context(), [] {
        add_all<float>();
        add_all<double>();
        add_halves<actfn::float16>();
        add_halves<actfn::bfloat16>();
    });
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
}
