// Learn: a functor takes a number, a SIMD register or an array, and gives the same bits in all three.
#include <actfn/actfn.hpp>

#include <iomanip>
#include <iostream>
#include <vector>

int main() {
    const actfn::sigmoid<float> f;
    std::cout << std::fixed << std::setprecision(4);

    // A number.
    std::cout << "f(1) = " << f(1.0f) << ", f'(1) = " << f.derivative(1.0f) << '\n';

    // A SIMD register, value and derivative for little more than the price of one.
    const xsimd::batch<float> ones(1);
    const auto [value, derivative] = f.value_and_derivative(ones);
    std::cout << "lane 0: " << value.get(0) << ", " << derivative.get(0) << '\n';

    // An array: a span, vector, std::array or anything else that is contiguous. dst may be src itself.
    const std::vector<float> src{-4, -2, 0, 1, 8}, diff_dst{1, 1, 1, 1, 10};
    std::vector<float> dst(src.size()), diff_src(src.size());
    actfn::forward(f, src, dst);
    actfn::backward(f, src, diff_dst, diff_src); // diff_src[i] = diff_dst[i] f'(src[i])

    std::cout << "     x    f(x)  gradient\n";
    for (std::size_t i = 0; i < src.size(); ++i)
        std::cout << std::setw(6) << std::setprecision(0) << src[i] << std::setprecision(4) << std::setw(8)
                  << dst[i] << std::setw(10) << diff_src[i] << '\n';

    const bool same = dst[3] == f(1.0f) && dst[3] == value.get(0);
    std::cout << "the same bits: " << (same ? "yes" : "no") << '\n';
}
