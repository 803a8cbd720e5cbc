// What a dispatched call costs beside the direct one, compiled for about the same instruction set: the
// medians of many runs in turn.
#include <actfn/actfn.hpp>
#include <actfn/dispatch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace {

template <class Call>
double nanoseconds(Call call) {
    constexpr int calls = 1000;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i) {
        call();
        asm volatile("" ::: "memory");
    }
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count() / calls;
}

double median(std::vector<double> v) {
    std::nth_element(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2), v.end());
    return v[v.size() / 2];
}

template <class F>
void compare(const F& f, std::size_t n) {
    const std::vector<float> x(n, 0.5f);
    std::vector<float> y(n);
    std::vector<double> direct, dispatched;
    for (int run = 0; run < 501; ++run) {
        direct.push_back(nanoseconds([&] { actfn::forward(f, x, y); }));
        dispatched.push_back(nanoseconds([&] { actfn::dispatch::forward(f, x, y); }));
    }
    std::printf("%-11s n = %4zu: %7.2f ns + %.2f ns\n", std::string(F::about().name).c_str(), n,
                median(direct), median(dispatched) - median(direct));
}

} // namespace

int main() {
#if defined(__AVX512VL__) && defined(__AVX512DQ__)
    actfn::dispatch::force("avx512");
#elif defined(__AVX2__) && defined(__FMA__)
    actfn::dispatch::force("avx2");
#else
    actfn::dispatch::force("baseline");
#endif
    std::puts("forward of n floats, and what it costs more through actfn::dispatch:");
    for (const std::size_t n : {0u, 1u, 16u, 100u}) {
        compare(actfn::relu<float>{}, n);
        compare(actfn::prelu<float>{.slope = 0.5f}, n);
        compare(actfn::softplus<float>{.beta = 2}, n);
    }
}
