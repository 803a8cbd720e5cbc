// Learn: an activation of your own is a plain struct; written once on lanes, it works in every loop.
#include <actfn/actfn.hpp>

#include <array>
#include <iomanip>
#include <iostream>
#include <stdexcept>

namespace {

/// Squareplus: f(x) = (x + sqrt(x^2 + b)) / 2, f'(x) = f(x) / sqrt(x^2 + b). b > 0 rounds the corner of a
/// ReLU. Source: Barron 2021, Squareplus: a softplus-like algebraic rectifier, arXiv 2112.11687.
template <std::floating_point T = float>
struct squareplus {
    T b = 4;

    // V is a T, or an xsimd::batch of them.
    template <actfn::lanes_of<T> V>
    V operator()(const V& x) const noexcept {
        return value(x, root(x));
    }

    template <actfn::lanes_of<T> V>
    V derivative(const V& x) const noexcept {
        const V r = root(x);
        return value(x, r) / r;
    }

    // Every loop calls it, if it is there, before anything is written.
    void check() const {
        if (!(b > 0)) throw std::invalid_argument("squareplus: b must be greater than 0");
    }

private:
    template <actfn::lanes_of<T> V>
    V root(const V& x) const noexcept {
        return actfn::sqrt(actfn::madd(x, x, V(b)));
    }

    // For x < 0 the sum would cancel; b / (sqrt(x^2 + b) - x) is the same.
    template <actfn::lanes_of<T> V>
    V value(const V& x, const V& r) const noexcept {
        return V(T(0.5)) * actfn::select(x < V(0), V(b) / (r - x), r + x);
    }
};

static_assert(actfn::differentiable<squareplus<float>, float>);

} // namespace

int main() {
    const std::array<float, 5> src{-1000, -3, 0, 3, 1000};
    std::array<float, 5> dst{}, derivative{};
    actfn::forward_and_derivative(squareplus<float>{}, src, dst, derivative);

    std::cout << std::fixed;
    for (std::size_t i = 0; i < src.size(); ++i)
        std::cout << "x = " << std::setprecision(0) << std::setw(5) << src[i] << std::setprecision(4)
                  << "   f = " << std::setw(9) << dst[i] << "   f' = " << derivative[i] << '\n';

    try {
        actfn::forward(squareplus<float>{.b = -1}, src, dst);
    } catch (const std::invalid_argument& e) {
        std::cout << e.what() << '\n';
    }
}
