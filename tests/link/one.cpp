// Uses a template of actfn on its own, and the ones that two.cpp uses as well.
#include <actfn/actfn.hpp>

#include <vector>

int wrong_in_one();

// A single number is computed here, inlined; a loop is a function that the linker may take from the other
// unit, whose bits differ where one of the two has fused multiply-add, and most in the fast tier.
int wrong_in_one() {
    std::vector<float> x, y(1003);
    for (int i = 0; i < 1003; ++i) x.push_back(static_cast<float>(i - 501) / 50.0f);

    int wrong = 0;
    const actfn::sigmoid<float, actfn::accuracy::fast> sigmoid;
    actfn::forward(sigmoid, x, y);
    for (std::size_t i = 0; i < x.size(); ++i) wrong += y[i] != sigmoid(x[i]);
    const actfn::elu<float> elu;
    actfn::forward(elu, x, y);
    for (std::size_t i = 0; i < x.size(); ++i) wrong += y[i] != elu(x[i]);
    return wrong;
}
