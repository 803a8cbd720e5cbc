// The smallest program that uses actfn: fails if a ReLU is none.
#include <actfn/actfn.hpp>

#include <array>

int main() {
    const std::array<float, 3> x{-1.0f, 0.0f, 2.0f};
    std::array<float, 3> y{};
    actfn::forward(actfn::relu<float>{}, x, y);
    return y == std::array<float, 3>{0.0f, 0.0f, 2.0f} ? 0 : 1;
}
