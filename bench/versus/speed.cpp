// The cost of every kernel of every peer, interleaved: direction/function/type/peer/size. What from_output
// takes is made by the peer's own forward.
#include "kernel.hpp"

#include "context.hpp"
#include "harness.hpp"

namespace {

template <class T>
void add(const versus::kernel<T>& k, const bench::level& size) {
    const std::size_t n = size.bytes / sizeof(T);
    bench::add(bench::name<T>(to_string(k.way), k.function, k.peer, size.name), n, {}, [&k, n] {
        const bench::arrays<T> a = bench::first<T>(n);
        const T *x = a.src.data(), *dy = a.diff_dst.data();
        T *y = a.dst.data(), *dx = a.other.data();
        if (k.way == versus::direction::forward) return k.bind({x, nullptr, y, n});
        if (k.way == versus::direction::backward) return k.bind({x, dy, dx, n});
        if (const auto* f = forward_of(k)) f->bind({x, nullptr, y, n})();
        return k.bind({y, dy, dx, n});
    });
}

/// As many threads as the process has; none of the peers is to have more than one.
std::string threads() {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("Threads:")) return line.substr(line.find_first_not_of(" \t", 8));
    return "unknown";
}

} // namespace

int main(int argc, char** argv) try {
    auto context = bench::context();
    // Some can tell only when they have run.
    alignas(64) static float x[versus::columns]{}, y[versus::columns];
    for (const auto& k : versus::kernels<float>()) k.bind({x, x, y, versus::columns})();
    for (const auto& [peer, about] : versus::peers()) {
        context["peer " + peer] = about();
        std::fprintf(stderr, "%-10s %s\n", peer.c_str(), context["peer " + peer].c_str());
    }
    context["missing"] = ACTFN_VERSUS_MISSING;
    context["threads"] = threads();
    return bench::run(argc, argv, context, [] {
        for (const bench::level& size : bench::levels)
            for (const auto& k : versus::kernels<float>()) add(k, size);
        for (const auto& k : versus::kernels<double>()) add(k, bench::levels[1]);
    });
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
}
