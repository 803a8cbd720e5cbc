// Uses a template of actfn on its own, and the ones that two.cpp uses as well.
#include <actfn/actfn.hpp>

#include <cmath>
#include <vector>

int wrong_in_one();

int wrong_in_one() {
    std::vector<float> x, y(1003);
    for (int i = 0; i < 1003; ++i) x.push_back(static_cast<float>(i - 501) / 50.0f);

    int wrong = 0;
    actfn::forward(actfn::sigmoid<float>{}, x, y);
    for (std::size_t i = 0; i < x.size(); ++i)
        wrong += std::abs(y[i] - 1.0f / (1.0f + std::exp(-x[i]))) > 1e-6f;
    actfn::forward(actfn::elu<float>{}, x, y);
    for (std::size_t i = 0; i < x.size(); ++i)
        wrong += std::abs(y[i] - (x[i] > 0 ? x[i] : std::expm1(x[i]))) > 1e-5f;
    return wrong;
}
