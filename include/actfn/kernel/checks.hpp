// What each loop asks for before it begins; apart from the loops, which may run in another translation unit.
#pragma once

#include <actfn/kernel/channel_layout.hpp>

namespace actfn::inline ACTFN_ABI::detail {

template <class F, class X, class Y>
void check_forward(const F& f, std::span<X> src, std::span<Y> dst) {
    require_operands("forward", named{"dst", dst}, named{"src", src});
    require_valid(f);
}

template <class F, class X, class Dy, class Dx>
void check_backward(const F& f, std::span<X> src, std::span<Dy> diff_dst, std::span<Dx> diff_src) {
    require_operands("backward", named{"diff_src", diff_src}, named{"src", src}, named{"diff_dst", diff_dst});
    require_valid(f);
}

template <class F, class Y, class Dy, class Dx>
void check_backward_from_output(const F& f, std::span<Y> dst, std::span<Dy> diff_dst,
                                std::span<Dx> diff_src) {
    require_operands("backward_from_output", named{"diff_src", diff_src}, named{"dst", dst},
                     named{"diff_dst", diff_dst});
    require_valid_from_output(f);
}

template <class F, class X, class Y, class D>
void check_forward_and_derivative(const F& f, std::span<X> src, std::span<Y> dst, std::span<D> derivative) {
    const named x{"src", src};
    const named y{"dst", dst};
    const named d{"derivative", derivative};
    require_operands("forward_and_derivative", y, x);
    require_operands("forward_and_derivative", d, x);
    require_apart("forward_and_derivative", y, d);
    require_valid(f);
}

template <class F, class X, class Dy>
void check_parameter_gradient(const F& f, std::span<X> src, std::span<Dy> diff_dst) {
    require_same_size("parameter_gradient", named{"diff_dst", diff_dst}, named{"src", src});
    require_valid(f);
}

template <class F, class A, class X, class Y>
void check_forward_per_channel(const F& f, const channel_layout& layout, std::span<A> parameters,
                               std::span<X> src, std::span<Y> dst) {
    constexpr auto loop = "forward_per_channel";
    const named y{"dst", dst};
    require_layout(loop, "src", src.size(), layout);
    require_channels(loop, "parameters", parameters.size(), layout);
    require_operands(loop, y, named{"src", src});
    require_apart(loop, y, named{"parameters", parameters});
    require_valid_parameters(loop, f, parameters);
}

template <class F, class A, class X, class Dy, class Dx>
void check_backward_per_channel(const F& f, const channel_layout& layout, std::span<A> parameters,
                                std::span<X> src, std::span<Dy> diff_dst, std::span<Dx> diff_src) {
    constexpr auto loop = "backward_per_channel";
    const named dx{"diff_src", diff_src};
    require_layout(loop, "src", src.size(), layout);
    require_channels(loop, "parameters", parameters.size(), layout);
    require_operands(loop, dx, named{"src", src}, named{"diff_dst", diff_dst});
    require_apart(loop, dx, named{"parameters", parameters});
    require_valid_parameters(loop, f, parameters);
}

template <class F, class A, class X, class Dy, class Da>
void check_parameter_gradient_per_channel(const F& f, const channel_layout& layout, std::span<A> parameters,
                                          std::span<X> src, std::span<Dy> diff_dst,
                                          std::span<Da> diff_parameters) {
    constexpr auto loop = "parameter_gradient_per_channel";
    const named x{"src", src};
    const named dy{"diff_dst", diff_dst};
    const named da{"diff_parameters", diff_parameters};
    require_layout(loop, "src", src.size(), layout);
    require_same_size(loop, dy, x);
    require_channels(loop, "parameters", parameters.size(), layout);
    require_operands(loop, da, named{"parameters", parameters});
    require_apart(loop, da, x);
    require_apart(loop, da, dy);
    require_valid_parameters(loop, f, parameters);
}

} // namespace actfn::inline ACTFN_ABI::detail
