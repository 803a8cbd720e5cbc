// The cost of every kernel of every peer, interleaved: direction/function/type/peer/size. What from_output
// takes is made by the peer's own forward.
#include "kernel.hpp"

#include "context.hpp"
#include "harness.hpp"

namespace {

constexpr std::size_t usual_columns = 1024, other_columns[] = {32, 128, 32768};
constexpr std::string_view of_rows[] = {"softmax", "log_softmax", "logsumexp"};

template <class T>
void add(const versus::kernel<T>& k, std::size_t bytes, std::string_view size,
         std::size_t columns = usual_columns) {
    const std::size_t n = bytes / sizeof(T);
    bench::add(bench::name<T>(to_string(k.way), k.function, k.peer, size), n, {}, [&k, n, columns] {
        versus::columns = columns;
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
    // Some can tell only when they have run, and threads are started for large arrays only.
    {
        const bench::arrays<float> a = bench::first<float>(std::size_t{1} << 20);
        for (const auto& k : versus::kernels<float>())
            k.bind({a.src.data(), a.diff_dst.data(), a.dst.data(), a.src.size()})();
    }
    for (const auto& [peer, about] : versus::peers()) {
        context["peer " + peer] = about();
        std::fprintf(stderr, "%-10s %s\n", peer.c_str(), context["peer " + peer].c_str());
    }
    context["missing"] = ACTFN_VERSUS_MISSING;
    context["threads"] = threads();
    return bench::run(argc, argv, context, [] {
        for (const bench::level& size : bench::levels)
            for (const auto& k : versus::kernels<float>()) add(k, size.bytes, size.name);
        const bench::level& middle = bench::levels[1];
        for (const auto& k : versus::kernels<double>()) add(k, middle.bytes, middle.name);
        for (const auto& k : versus::kernels<float>())
            if (std::ranges::find(of_rows, k.function) != std::end(of_rows))
                for (const std::size_t c : other_columns)
                    add(k, middle.bytes, std::to_string(c) + " columns", c);
    });
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
}
