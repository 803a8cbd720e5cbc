// A user of the dispatched loops and of the direct ones; compiled for two instruction sets, in one program.
#include <actfn/actfn.hpp>
#include <actfn/dispatch.hpp>

#include <vector>

int ACTFN_USER();

/// How many results are wrong.
int ACTFN_USER() {
    namespace dispatch = actfn::dispatch;
    std::vector<float> x, y(1003), z(1003);
    for (int i = 0; i < 1003; ++i) x.push_back(static_cast<float>(i - 501) / 50.0f);
    const std::vector<double> wide(x.begin(), x.end());
    std::vector<double> wide_y(1003);

    // Where both use fused multiply-add, or neither, the dispatched loop has the bits of the direct one.
    const bool same = actfn::fused == (dispatch::active() != dispatch::isa::baseline);
    int wrong = 0;
    const auto compare = [&] {
        for (std::size_t i = 0; i < y.size(); ++i) wrong += same ? y[i] != z[i] : !(y[i] - z[i] < 1e-5f);
    };
    const actfn::softplus<float> softplus{.beta = 2};
    dispatch::forward(softplus, x, y);
    actfn::forward(softplus, x, z);
    compare();
    const actfn::sigmoid<float, actfn::accuracy::fast> sigmoid;
    dispatch::backward(sigmoid, x, x, y);
    actfn::backward(sigmoid, x, x, z);
    compare();
    const actfn::noisy_relu<float> noisy;
    dispatch::forward(noisy, x, y, {.seed = 1});
    actfn::forward(noisy, x, z, {.seed = 1});
    compare();

    // The others: that they run here.
    dispatch::registered<float>::for_each([&]<class F>() {
        if constexpr (actfn::differentiable<F, float>)
            dispatch::forward_and_derivative(F{}, x, y, z);
        else
            dispatch::backward(F{}, x, x, y, {.seed = 2});
    });
    dispatch::registered<double>::for_each([&]<class F>() {
        if constexpr (actfn::differentiable<F, double>)
            dispatch::backward(F{}, wide, wide, wide_y);
        else
            dispatch::forward(F{}, wide, wide_y, {.seed = 2});
    });
    return wrong;
}
