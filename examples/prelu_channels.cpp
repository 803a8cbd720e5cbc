// Learn: PReLU with a slope of its own in every channel, and one step of learning for the slopes.
#include <actfn/actfn.hpp>

#include <iomanip>
#include <iostream>
#include <string_view>
#include <vector>

namespace {

void print(std::string_view name, const std::vector<float>& values) {
    std::cout << std::setw(12) << name;
    for (const float v : values) std::cout << std::setw(9) << v;
    std::cout << '\n';
}

} // namespace

int main() {
    // Two images with two channels of 1 x 3 pixels, NCHW.
    const actfn::channel_layout layout{.outer = 2, .channels = 2, .inner = 3};
    const std::vector<float> src{-2, 1,  -4, 3,  -1, 2, //
                                 8,  -6, -2, -5, 4,  -3};
    std::vector<float> slopes{0.25f, 0.5f};
    const actfn::prelu<float> f; // its own slope is not used here

    std::vector<float> dst(src.size());
    actfn::forward_per_channel(f, layout, slopes, src, dst);

    // The loss is the sum of all outputs, so its gradient is 1 everywhere.
    const std::vector<float> diff_dst(src.size(), 1);
    std::vector<float> diff_src(src.size()), diff_slopes(slopes.size());
    actfn::backward_per_channel(f, layout, slopes, src, diff_dst, diff_src);
    actfn::parameter_gradient_per_channel(f, layout, slopes, src, diff_dst, diff_slopes);

    std::cout << std::fixed << std::setprecision(3);
    print("src", src);
    print("dst", dst);
    print("diff_src", diff_src);
    print("slopes", slopes);
    print("diff_slopes", diff_slopes);

    for (std::size_t c = 0; c < slopes.size(); ++c) slopes[c] -= 0.01f * diff_slopes[c];
    print("new slopes", slopes);
}
