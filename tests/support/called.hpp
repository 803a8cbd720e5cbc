// Activations that are called, not inlined.
#pragma once

namespace support {

/// F with its functions out of line. Kernels are inlined wherever they are called; a test calls them in many
/// places, and takes a third of the time to compile through this.
template <class F>
struct called : F {
    called() = default;
    explicit called(const F& f) : F(f) {}

    template <class... X>
    [[gnu::noinline]] auto operator()(const X&... x) const {
        return F::operator()(x...);
    }
    template <class... X>
    [[gnu::noinline]] auto derivative(const X&... x) const {
        return F::derivative(x...);
    }
    template <class... X>
    [[gnu::noinline]] auto value_and_derivative(const X&... x) const {
        return F::value_and_derivative(x...);
    }
    template <class X>
        requires requires(const F& f, const X& x) { f.derivative_from_output(x); }
    [[gnu::noinline]] auto derivative_from_output(const X& x) const {
        return F::derivative_from_output(x);
    }
};

} // namespace support
