// All activations, in one list: what tests, benches and tables fold over. A new activation is one header and
// its row here.
#pragma once

#include <actfn/functions/elu.hpp>
#include <actfn/functions/heaviside.hpp>
#include <actfn/functions/leaky_relu.hpp>
#include <actfn/functions/linear.hpp>
#include <actfn/functions/log_sigmoid.hpp>
#include <actfn/functions/noisy_relu.hpp>
#include <actfn/functions/noisy_relu_expected.hpp>
#include <actfn/functions/noisy_relu_sigma.hpp>
#include <actfn/functions/noisy_relu_sigma_expected.hpp>
#include <actfn/functions/prelu.hpp>
#include <actfn/functions/relu.hpp>
#include <actfn/functions/rescaled_sigmoid.hpp>
#include <actfn/functions/rrelu.hpp>
#include <actfn/functions/rrelu_divisor.hpp>
#include <actfn/functions/sigmoid.hpp>
#include <actfn/functions/silu.hpp>
#include <actfn/functions/softplus.hpp>
#include <actfn/functions/tanh.hpp>

#include <tuple>

namespace actfn::inline ACTFN_ABI {

/// A list of types.
template <class... F>
struct type_list {
    static constexpr std::size_t size = sizeof...(F);

    /// Calls f.template operator()<F>() for each type in turn.
    template <class G>
    static constexpr void for_each(G&& g) {
        (g.template operator()<F>(), ...);
    }
};

/// Joins type lists.
template <class... L>
struct concat;

template <class... A>
struct concat<type_list<A...>> {
    using type = type_list<A...>;
};

template <class... A, class... B, class... L>
struct concat<type_list<A...>, type_list<B...>, L...> {
    using type = typename concat<type_list<A..., B...>, L...>::type;
};

namespace detail {

template <template <class, accuracy> class F, class T>
using by_accuracy = type_list<F<T, accuracy::accurate>, F<T, accuracy::fast>>;

template <template <class, at_kink> class F, class T>
using by_kink = type_list<F<T, at_kink::left>, F<T, at_kink::right>, F<T, at_kink::mean>>;

} // namespace detail

/// The deterministic activations of element type T, every tier and kink policy, defaults first.
template <std::floating_point T>
using activations = typename concat<detail::by_accuracy<sigmoid, T>,          //
                                    detail::by_accuracy<tanh, T>,             //
                                    detail::by_accuracy<softplus, T>,         //
                                    detail::by_accuracy<elu, T>,              //
                                    detail::by_accuracy<silu, T>,             //
                                    detail::by_accuracy<log_sigmoid, T>,      //
                                    detail::by_accuracy<rescaled_sigmoid, T>, //
                                    detail::by_kink<relu, T>,                 //
                                    detail::by_kink<leaky_relu, T>,           //
                                    detail::by_kink<prelu, T>,                //
                                    detail::by_kink<heaviside, T>,            //
                                    type_list<linear<T>>>::type;

/// The stochastic ones, every convention and gradient.
template <std::floating_point T>
using stochastic_activations = type_list<rrelu<T>, rrelu_divisor<T>, //
                                         noisy_relu<T, noise_gradient::reparameterised>,
                                         noisy_relu<T, noise_gradient::constant>, noisy_relu_sigma<T>>;

/// Deterministic ones that exist only as the evaluation of a stochastic one. Their errors are a few ULP.
template <std::floating_point T>
using evaluations = type_list<noisy_relu_expected<T>, noisy_relu_sigma_expected<T>>;

} // namespace actfn::inline ACTFN_ABI
