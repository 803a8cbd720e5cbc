// Learn: an Eigen expression takes a functor with unaryExpr, and the memory of an Eigen array is a span.
#include <Eigen/Core>
#include <actfn/actfn.hpp>

#include <iostream>
#include <span>

namespace {

/// The elements of a matrix, in the order they have in memory.
template <class M>
auto elements(M& m) {
    return std::span(m.data(), static_cast<std::size_t>(m.size()));
}

} // namespace

int main() {
    const actfn::softplus<float> f;
    Eigen::MatrixXf weights(2, 3), x(3, 2);
    weights << 1, -2, 0.5f, 0.25f, 1, -1;
    x << 1, -1, 2, 0, 0.5f, 3;
    const Eigen::Vector2f bias(0.5f, -0.5f);

    // In an expression: element by element, without a temporary for the argument.
    const Eigen::MatrixXf y = ((weights * x).colwise() + bias).unaryExpr(f);

    // Over the memory: with SIMD, in place.
    Eigen::MatrixXf z = (weights * x).colwise() + bias;
    actfn::forward(f, elements(z), elements(z));

    const Eigen::IOFormat format(4, 0, "  ", "\n");
    std::cout << z.format(format) << '\n';
    std::cout << "both ways the same: " << (y == z ? "yes" : "no") << '\n';
}
