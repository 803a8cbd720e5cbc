// The smallest program that uses actfn::parallel: fails if a ReLU is none.
#include <actfn/parallel.hpp>

#include <algorithm>
#include <vector>

int main() {
    const std::vector<float> x(1 << 20, -1.0f);
    std::vector<float> y(x.size(), 2.0f);
    actfn::forward(std::execution::par, actfn::relu<float>{}, x, y);
    return std::ranges::all_of(y, [](float v) { return v == 0; }) ? 0 : 1;
}
