// The rows of reference.hpp; compiled once as baseline and once as fused, as ACTFN_REFERENCE says.
#include "dispatch/reference.hpp"

#include <actfn/dispatch/instructions.hpp>

namespace reference::inline ACTFN_ABI {

using actfn::dispatch::loops;

// Not inlined: each kernel is compiled once.
template <class F, class... T>
[[gnu::noinline]] auto value(const F& f, const T&... x) {
    return f(x...);
}
template <class F, class... T>
[[gnu::noinline]] auto derivative(const F& f, const T&... x) {
    return f.derivative(x...);
}

template <class F>
const F& as(const void* f) {
    return *static_cast<const F*>(f);
}

template <class F, class T>
consteval loops<T> scalars_of() {
    loops<T> row{};
    if constexpr (actfn::differentiable<F, T>) {
        row.forward = [](const void* f, std::size_t n, const T* src, T* dst, std::size_t) noexcept {
            for (std::size_t i = 0; i < n; ++i) dst[i] = value(as<F>(f), src[i]);
        };
        row.backward = [](const void* f, std::size_t n, const T* src, const T* diff_dst, T* diff_src,
                          std::size_t) noexcept {
            for (std::size_t i = 0; i < n; ++i) diff_src[i] = diff_dst[i] * derivative(as<F>(f), src[i]);
        };
        row.forward_and_derivative = [](const void* f, std::size_t n, const T* src, T* dst, T* slope,
                                        std::size_t) noexcept {
            for (std::size_t i = 0; i < n; ++i) {
                dst[i] = value(as<F>(f), src[i]);
                slope[i] = derivative(as<F>(f), src[i]);
            }
        };
    }
    if constexpr (actfn::differentiable_from_output<F, T>)
        row.backward_from_output = [](const void* f, std::size_t n, const T* dst, const T* diff_dst,
                                      T* diff_src, std::size_t) noexcept {
            for (std::size_t i = 0; i < n; ++i)
                diff_src[i] = diff_dst[i] * as<F>(f).derivative_from_output(dst[i]);
        };
    if constexpr (actfn::stochastic_activation<F, T>) {
        row.forward_drawn = [](const void* f, std::size_t n, const T* src, T* dst, std::uint64_t seed,
                               std::uint64_t first) noexcept {
            for (std::size_t i = 0; i < n; ++i)
                dst[i] = value(as<F>(f), src[i], actfn::rng::draw<F::draws, T>({seed, first}, i));
        };
        row.backward_drawn = [](const void* f, std::size_t n, const T* src, const T* diff_dst, T* diff_src,
                                std::uint64_t seed, std::uint64_t first) noexcept {
            for (std::size_t i = 0; i < n; ++i)
                diff_src[i] = diff_dst[i] *
                              derivative(as<F>(f), src[i], actfn::rng::draw<F::draws, T>({seed, first}, i));
        };
    }
    if constexpr (actfn::learnable<F, T>) {
        using S = std::size_t;
        row.parameter_gradient = [](const void* f, S run, S stride, S first, S n, const T* src,
                                    const T* diff_dst) noexcept {
            return actfn::detail::parameter_gradient_loop(as<F>(f), {run, stride}, first, n, src, diff_dst);
        };
        row.forward_per_channel = [](const void* f, S channels, S inner, S first, S n, const T* parameters,
                                     const T* src, T* dst) noexcept {
            for (S i = first; i < first + n; ++i)
                dst[i] = value(as<F>(f).with_parameter(parameters[i / inner % channels]), src[i]);
        };
        row.backward_per_channel = [](const void* f, S channels, S inner, S first, S n, const T* parameters,
                                      const T* src, const T* diff_dst, T* diff_src) noexcept {
            for (S i = first; i < first + n; ++i)
                diff_src[i] = diff_dst[i] *
                              derivative(as<F>(f).with_parameter(parameters[i / inner % channels]), src[i]);
        };
    }
    return row;
}

template <class T, class... F>
consteval auto scalars_of(actfn::type_list<F...>) {
    return actfn::dispatch::rows<T, sizeof...(F)>{{scalars_of<F, T>()...}};
}

constexpr auto floats = scalars_of<float>(actfn::dispatch::registered<float>{});
constexpr auto doubles = scalars_of<double>(actfn::dispatch::registered<double>{});

} // namespace reference::inline ACTFN_ABI

constinit const std::span<const actfn::dispatch::loops<float>> //
    reference::ACTFN_DISPATCH_JOIN(floats, ACTFN_REFERENCE) = reference::floats.row;
constinit const std::span<const actfn::dispatch::loops<double>> //
    reference::ACTFN_DISPATCH_JOIN(doubles, ACTFN_REFERENCE) = reference::doubles.row;
