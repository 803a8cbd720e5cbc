// The functions as textbooks write them, once for every library that has exp, tanh and the like but no
// activations. M supplies the lane type V with its width, load and store, pick(mask, a, b), max_of and sum_of
// the lanes, and the elementary functions; a and b are functions, so that a scalar M computes one of them
// only.
#pragma once

#include "kernel.hpp"

#include <cmath>

namespace versus {

template <class M>
struct compose {
    using T = typename M::value_type;
    using V = typename M::V;
    static constexpr std::size_t N = M::width;

    static V c(double constant) { return V(static_cast<T>(constant)); }
    static V positive(V x, auto a, auto b) { return M::pick(x > c(0), a, b); }
    static V logistic(V x) { return c(1) / (c(1) + M::exp(c(0) - x)); }
    static V leaky(V x, V times, double slope) {
        return positive(x, [&] { return times; }, [&] { return times * c(slope); });
    }

    static V relu(V x) {
        return positive(x, [&] { return x; }, [] { return c(0); });
    }
    static V leaky_relu(V x) { return leaky(x, x, leaky_slope); }
    static V prelu(V x) { return leaky(x, x, prelu_slope); }
    static V elu(V x) {
        return positive(x, [&] { return x; }, [&] { return M::expm1(x); });
    }
    static V softplus(V x) {
        return positive(x - c(20), [&] { return x; }, [&] { return M::log1p(M::exp(x)); });
    }
    static V silu(V x) { return x * logistic(x); }

    static V d_relu(V x, V dy) {
        return positive(x, [&] { return dy; }, [] { return c(0); });
    }
    static V d_leaky_relu(V x, V dy) { return leaky(x, dy, leaky_slope); }
    static V d_prelu(V x, V dy) { return leaky(x, dy, prelu_slope); }
    static V d_elu(V x, V dy) {
        return positive(x, [&] { return dy; }, [&] { return dy * M::exp(x); });
    }
    static V d_sigmoid(V x, V dy) { return d_sigmoid_of(logistic(x), dy); }
    static V d_tanh(V x, V dy) { return d_tanh_of(M::tanh(x), dy); }
    static V d_softplus(V x, V dy) { return dy * logistic(x); }
    static V d_silu(V x, V dy) {
        const V s = logistic(x);
        return dy * (s * (c(1) + x * (c(1) - s)));
    }
    static V d_elu_of(V y, V dy) {
        return positive(y, [&] { return dy; }, [&] { return dy * (y + c(1)); });
    }
    static V d_sigmoid_of(V y, V dy) { return dy * (y * (c(1) - y)); }
    static V d_tanh_of(V y, V dy) { return dy * (c(1) - y * y); }

    template <V (*f)(V)>
    static void map(const T* __restrict src, const T*, T* __restrict dst, std::size_t n) {
        for (std::size_t i = 0; i < n; i += N) M::store(dst + i, f(M::load(src + i)));
    }
    template <V (*f)(V, V)>
    static void map2(const T* __restrict src, const T* __restrict diff_dst, T* __restrict dst,
                     std::size_t n) {
        for (std::size_t i = 0; i < n; i += N) M::store(dst + i, f(M::load(src + i), M::load(diff_dst + i)));
    }

    static T largest(const T* x) {
        V m = M::load(x);
        for (std::size_t i = N, n = columns; i < n; i += N) {
            const V v = M::load(x + i);
            m = M::pick(v > m, [&] { return v; }, [&] { return m; });
        }
        return M::max_of(m);
    }
    /// The sum of exp(x - m), each of which goes to use.
    static T sum(const T* x, T m, auto use) {
        V s(T(0));
        for (std::size_t i = 0, n = columns; i < n; i += N) {
            const V e = M::exp(M::load(x + i) - V(m));
            use(i, e);
            s = s + e;
        }
        return M::sum_of(s);
    }
    static void softmax(const T* __restrict src, const T*, T* __restrict dst, std::size_t n) {
        for (std::size_t r = 0, c = columns; r < n; r += c) {
            T* y = dst + r;
            const V share(1 /
                          sum(src + r, largest(src + r), [&](std::size_t i, V e) { M::store(y + i, e); }));
            for (std::size_t i = 0; i < c; i += N) M::store(y + i, M::load(y + i) * share);
        }
    }
    static T log_of_row(const T* x) {
        const T m = largest(x);
        return m + std::log(sum(x, m, [](std::size_t, V) {}));
    }
    static void log_softmax(const T* __restrict src, const T*, T* __restrict dst, std::size_t n) {
        for (std::size_t r = 0, c = columns; r < n; r += c) {
            const V log(log_of_row(src + r));
            for (std::size_t i = 0; i < c; i += N) M::store(dst + r + i, M::load(src + r + i) - log);
        }
    }
    static void logsumexp(const T* __restrict src, const T*, T* __restrict dst, std::size_t n) {
        for (std::size_t r = 0; r < n; r += columns) dst[r / columns] = log_of_row(src + r);
    }

    static void add_all(const char* peer) {
        const auto forward = [&](const char* f, auto loop) { add<T>(peer, f, direction::forward, loop); };
        const auto backward = [&](const char* f, auto loop) { add<T>(peer, f, direction::backward, loop); };
        const auto output = [&](const char* f, auto loop) { add<T>(peer, f, direction::from_output, loop); };
        forward("relu", map<relu>);
        forward("leaky_relu", map<leaky_relu>);
        forward("prelu", map<prelu>);
        forward("elu", map<elu>);
        forward("sigmoid", map<logistic>);
        forward("tanh", map<M::tanh>);
        forward("softplus", map<softplus>);
        forward("silu", map<silu>);
        forward("softmax", softmax);
        forward("log_softmax", log_softmax);
        forward("logsumexp", logsumexp);
        backward("relu", map2<d_relu>);
        backward("leaky_relu", map2<d_leaky_relu>);
        backward("prelu", map2<d_prelu>);
        backward("elu", map2<d_elu>);
        backward("sigmoid", map2<d_sigmoid>);
        backward("tanh", map2<d_tanh>);
        backward("softplus", map2<d_softplus>);
        backward("silu", map2<d_silu>);
        output("elu", map2<d_elu_of>);
        output("sigmoid", map2<d_sigmoid_of>);
        output("tanh", map2<d_tanh_of>);
    }
};

} // namespace versus
