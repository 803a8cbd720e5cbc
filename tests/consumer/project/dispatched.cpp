// The smallest program that uses actfn::dispatch: fails if a ReLU is none, or twice 2 is not 4.
#include "own.hpp"

#include <array>

int main() {
    const std::array<float, 3> x{-1.0f, 0.0f, 2.0f};
    std::array<float, 3> y{}, z{};
    for (const auto set : actfn::dispatch::available()) {
        actfn::dispatch::force(set);
        actfn::dispatch::forward(actfn::relu<float>{}, x, y);
        actfn::dispatch::forward(consumer::twice{}, x, z);
        if (y != std::array<float, 3>{0.0f, 0.0f, 2.0f} || z != std::array<float, 3>{-2.0f, 0.0f, 4.0f})
            return 1;
    }
    return 0;
}
