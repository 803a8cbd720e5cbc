// Uses a template of actfn on its own, and the ones that one.cpp uses as well.
#include <actfn/actfn.hpp>

#include <vector>

int wrong_in_two();

int wrong_in_two() {
    std::vector<float> x, y(517), ones(517, 1.0f);
    for (int i = 0; i < 517; ++i) x.push_back(static_cast<float>(i - 258) / 25.0f);

    int wrong = 0;
    const actfn::sigmoid<float, actfn::accuracy::fast> sigmoid;
    actfn::forward(sigmoid, x, y);
    for (std::size_t i = 0; i < x.size(); ++i) wrong += y[i] != sigmoid(x[i]);
    const actfn::tanh<float> tanh;
    actfn::backward(tanh, x, ones, y);
    for (std::size_t i = 0; i < x.size(); ++i) wrong += y[i] != tanh.derivative(x[i]);
    return wrong;
}
