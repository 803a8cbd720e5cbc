// Uses a template of actfn on its own, and the ones that one.cpp uses as well.
#include <actfn/actfn.hpp>

#include <cmath>
#include <vector>

int wrong_in_two();

int wrong_in_two() {
    std::vector<float> x, y(517), ones(517, 1.0f);
    for (int i = 0; i < 517; ++i) x.push_back(static_cast<float>(i - 258) / 25.0f);

    int wrong = 0;
    actfn::forward(actfn::sigmoid<float>{}, x, y);
    for (std::size_t i = 0; i < x.size(); ++i)
        wrong += std::abs(y[i] - 1.0f / (1.0f + std::exp(-x[i]))) > 1e-6f;
    actfn::backward(actfn::tanh<float>{}, x, ones, y);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const float t = std::tanh(x[i]);
        wrong += std::abs(y[i] - (1.0f - t * t)) > 1e-6f;
    }
    return wrong;
}
