// Eigen's array expressions, one for each function.
#include "kernel.hpp"

#include <Eigen/Core>

#include <cmath>

namespace {

using versus::direction;

template <class T>
using in = Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>>;
template <class T>
using out = Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>;

template <class T>
constexpr T leaky = static_cast<T>(versus::leaky_slope);
template <class T>
constexpr T prelu = static_cast<T>(versus::prelu_slope);

Eigen::Index length(std::size_t n) { return static_cast<Eigen::Index>(n); }

/// Adds dst = expression(x), or expression(x, dy); stateless, so that it is a plain loop.
template <class T, class Expression>
void add(const char* function, direction way, Expression) {
    versus::add<T>("eigen", function, way, [](const T* src, const T* diff_dst, T* dst, std::size_t n) {
        const in<T> x(src, length(n));
        out<T> y(dst, length(n));
        if constexpr (std::is_invocable_v<Expression, in<T>>)
            y = Expression{}(x);
        else
            y = Expression{}(x, in<T>(diff_dst, length(n)));
    });
}

template <class T, class Row>
void add_rows(const char* function, Row) {
    versus::add<T>("eigen", function, direction::forward, [](const T* src, const T*, T* dst, std::size_t n) {
        for (std::size_t r = 0; r < n; r += versus::columns)
            Row{}(in<T>(src + r, length(versus::columns)), dst, r);
    });
}

template <class T>
T log_of_row(const in<T>& x) {
    const T m = x.maxCoeff();
    return m + std::log((x - m).exp().sum());
}

template <class T>
void add_all() {
    const direction f = direction::forward, b = direction::backward, o = direction::from_output;
    add<T>("relu", f, [](const auto& x) { return x.cwiseMax(T(0)); });
    // Without select, which is scalar in 5.0, wherever that is faster.
    add<T>("leaky_relu", f, [](const auto& x) { return x.cwiseMax(x * leaky<T>); });
    add<T>("prelu", f, [](const auto& x) { return x.cwiseMax(x * prelu<T>); });
    add<T>("elu", f, [](const auto& x) { return (x > T(0)).select(x, x.expm1()); });
    add<T>("sigmoid", f, [](const auto& x) { return x.logistic(); });
    add<T>("tanh", f, [](const auto& x) { return x.tanh(); });
    add<T>("softplus", f, [](const auto& x) { return (x > T(20)).select(x, x.exp().log1p()); });
    add<T>("silu", f, [](const auto& x) { return x * x.logistic(); });
    add<T>("relu", b, [](const auto& x, const auto& dy) { return dy * (x > T(0)).template cast<T>(); });
    add<T>("leaky_relu", b,
           [](const auto& x, const auto& dy) { return (x > T(0)).select(dy, dy * leaky<T>); });
    add<T>("prelu", b, [](const auto& x, const auto& dy) { return (x > T(0)).select(dy, dy * prelu<T>); });
    add<T>("elu", b, [](const auto& x, const auto& dy) { return (x > T(0)).select(dy, dy * x.exp()); });
    add<T>("sigmoid", b,
           [](const auto& x, const auto& dy) { return dy * x.logistic() * (T(1) - x.logistic()); });
    add<T>("tanh", b, [](const auto& x, const auto& dy) { return dy * (T(1) - x.tanh().square()); });
    add<T>("softplus", b, [](const auto& x, const auto& dy) { return dy * x.logistic(); });
    add<T>("silu", b, [](const auto& x, const auto& dy) {
        return dy * x.logistic() * (T(1) + x * (T(1) - x.logistic()));
    });
    add<T>("elu", o, [](const auto& y, const auto& dy) { return (y > T(0)).select(dy, dy * (y + T(1))); });
    add<T>("sigmoid", o, [](const auto& y, const auto& dy) { return dy * y * (T(1) - y); });
    add<T>("tanh", o, [](const auto& y, const auto& dy) { return dy * (T(1) - y.square()); });
    add_rows<T>("softmax", [](const in<T>& x, T* dst, std::size_t r) {
        out<T> y(dst + r, x.size());
        y = (x - x.maxCoeff()).exp();
        y *= 1 / y.sum();
    });
    add_rows<T>("log_softmax", [](const in<T>& x, T* dst, std::size_t r) {
        out<T>(dst + r, x.size()) = x - log_of_row<T>(x);
    });
    add_rows<T>("logsumexp",
                [](const in<T>& x, T* dst, std::size_t r) { dst[r / versus::columns] = log_of_row<T>(x); });
}

const int registered = [] {
    add_all<float>();
    add_all<double>();
    versus::peers().emplace_back("eigen", [] {
#ifdef EIGEN_VERSION_STRING
        const std::string version = EIGEN_VERSION_STRING;
#else
        const std::string version = std::to_string(EIGEN_WORLD_VERSION) + '.' +
                                    std::to_string(EIGEN_MAJOR_VERSION) + '.' +
                                    std::to_string(EIGEN_MINOR_VERSION);
#endif
        return version + ", " + Eigen::SimdInstructionSetsInUse() + ", packets of " +
               std::to_string(Eigen::internal::packet_traits<float>::size) + " floats";
    });
    return 0;
}();

} // namespace
