// The cost on one, two and all threads of this library, oneDNN and torch, on arrays that no cache holds, 1
// GiB in all: direction/function/float/peer/<size>, <threads>. Time is that on the wall.
#include "kernel.hpp"

#include "context.hpp"
#include "harness.hpp"

#include <tbb/global_control.h>

#include <algorithm>
#include <optional>
#include <set>
#include <thread>

namespace {

using versus::direction;

constexpr std::string_view peers[] = {"actfn", "onednn", "torch"};
constexpr std::string_view functions[] = {"relu", "sigmoid", "softplus", "elu"};
constexpr bench::level sizes[] = {{"64 MiB", 64 << 20}, {"256 MiB", 256 << 20}};

bool is_in(const auto& list, std::string_view name) {
    return std::ranges::find(list, name) != std::end(list);
}

std::string counted(int threads) { return std::to_string(threads) + (threads == 1 ? " thread" : " threads"); }

/// oneTBB's threads are told for as long as this lives; OpenMP's when a kernel is bound.
void allow(int threads) {
    static std::optional<tbb::global_control> limit;
    limit.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    versus::threads = threads;
}

void add(const versus::kernel<float>& k, const bench::level& size, int threads) {
    const std::size_t n = size.bytes / sizeof(float);
    const std::string where = std::string(size.name) + ", " + counted(threads);
    bench::add(bench::name<float>(to_string(k.way), k.function, k.peer, where), n, {}, [&k, n, threads] {
        allow(threads);
        const bench::arrays<float> a = bench::first<float>(n);
        return k.bind({a.src.data(), a.diff_dst.data(), a.other.data(), n});
    })->UseRealTime();
}

} // namespace

int main(int argc, char** argv) try {
    bench::largest_bytes = std::rbegin(sizes)->bytes;
    const int all = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    return bench::run(argc, argv, bench::context(), [all] {
        for (const bench::level& size : sizes)
            for (const auto& k : versus::kernels<float>())
                if (is_in(peers, k.peer) && is_in(functions, k.function) && k.way != direction::from_output)
                    for (const int threads : std::set{1, std::min(2, all), all}) add(k, size, threads);
    });
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
}
