// This library, on the best instruction set of the running CPU: both tiers.
#include "kernel.hpp"
#include "per_isa.hpp"

#include <actfn/dispatch.hpp>
#if ACTFN_VERSUS_THREADS
#include <actfn/parallel.hpp>
#endif

#include <span>

namespace {

namespace best = actfn::dispatch;
using versus::direction;

/// loop(policy...) as the comparison wants it: without a policy on one thread.
void on_threads(auto loop) {
#if ACTFN_VERSUS_THREADS
    if (versus::threads > 1) return loop(std::execution::par);
#endif
    loop();
}

template <class F>
void add(const char* peer) {
    using T = typename F::value_type;
    using in = std::span<const T>;
    using out = std::span<T>;
    static const std::string name(F::about().name);
    versus::add<T>(peer, name.c_str(), direction::forward, [](const T* x, const T*, T* y, std::size_t n) {
        on_threads([=](auto... policy) { best::forward(policy..., F{}, in(x, n), out(y, n)); });
    });
    versus::add<T>(peer, name.c_str(), direction::backward,
                   [](const T* x, const T* dy, T* dx, std::size_t n) {
                       on_threads([=](auto... policy) {
                           best::backward(policy..., F{}, in(x, n), in(dy, n), out(dx, n));
                       });
                   });
    if constexpr (actfn::differentiable_from_output<F, T>)
        versus::add<T>(peer, name.c_str(), direction::from_output,
                       [](const T* y, const T* dy, T* dx, std::size_t n) {
                           best::backward_from_output(F{}, in(y, n), in(dy, n), out(dx, n));
                       });
}

template <class T>
void add_row(const char* name, typename bench::row_loops<T>::loop* bench::row_loops<T>::* loop) {
    versus::kernels<T>().push_back(
        {"actfn", name, direction::forward, [loop](const versus::operands<T>& o) -> versus::call {
             return [o, run = bench::rows_in_use<T>().*loop] {
                 run(o.src, o.dst, o.n / versus::columns, versus::columns);
             };
         }});
}

template <class T>
void add_all() {
    const auto tiers = []<template <class, actfn::accuracy> class F>() {
        add<F<T, actfn::accuracy::accurate>>("actfn");
        add<F<T, actfn::accuracy::fast>>("actfn fast");
    };
    add<actfn::relu<T>>("actfn");
    add<actfn::leaky_relu<T>>("actfn");
    add<actfn::prelu<T>>("actfn");
    tiers.template operator()<actfn::sigmoid>();
    tiers.template operator()<actfn::tanh>();
    tiers.template operator()<actfn::softplus>();
    tiers.template operator()<actfn::elu>();
    tiers.template operator()<actfn::silu>();
    add_row<T>("softmax", &bench::row_loops<T>::softmax);
    add_row<T>("log_softmax", &bench::row_loops<T>::log_softmax);
    add_row<T>("logsumexp", &bench::row_loops<T>::logsumexp);
}

const int registered = [] {
    add_all<float>();
    add_all<double>();
    versus::peers().emplace_back("actfn", [] { return std::string(best::to_string(best::active())); });
    return 0;
}();

} // namespace
