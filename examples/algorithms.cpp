// Learn: a functor is a callable like any other, so the standard algorithms and views take it.
#include <actfn/actfn.hpp>

#include <algorithm>
#include <functional>
#include <iomanip>
#include <iostream>
#include <numeric>
#include <ranges>
#include <vector>

int main() {
    const actfn::elu<double> f{.alpha = 2};
    const std::vector<double> src{-3, -1, 0, 0.5, 2};
    std::vector<double> a(src.size()), b(src.size()), c(src.size());

    std::transform(src.begin(), src.end(), a.begin(), f);
    std::ranges::transform(src, b.begin(), f);
    actfn::forward(f, src, c); // the same bits, with SIMD
    std::cout << "three ways, one result: " << (a == c && b == c ? "yes" : "no") << '\n';

    // Lazily, one after the other.
    const actfn::tanh<double> g;
    std::cout << std::fixed << std::setprecision(4) << "g(f(x))";
    for (const double y : src | std::views::transform(f) | std::views::transform(g)) std::cout << "  " << y;
    std::cout << '\n';

    // A member that is a template goes into a lambda.
    const double slopes = std::transform_reduce(src.begin(), src.end(), 0.0, std::plus<>{},
                                                [f](double x) { return f.derivative(x); });
    std::cout << "sum of slopes " << slopes << '\n';
}
