// Which functor computes what is rounded to halves.
#pragma once

#include <actfn/core/half.hpp>
#include <actfn/core/policy.hpp>
#include <actfn/core/scalar_ops.hpp>

#include <xsimd/xsimd.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

namespace actfn::inline ACTFN_ABI {

/// What loops over halves may err by, value and derivative, whatever the function: the error in ulp of the
/// half, and how many of all 65536 inputs do not give the half nearest to the exact result. Default
/// parameters; tests try every input of every function and hold both from both sides: the worst error comes
/// within resolution of ulp, which fused multiply-add makes smaller, and exactly so many are not nearest.
struct half_claim {
    double ulp;
    unsigned not_nearest;

    static constexpr double resolution = 0.00003;
};

/// The claim for a format; the most are those of leaky_relu, whose product is a float before it is a half.
template <half_format F>
inline constexpr half_claim half_error =
    F == half_format::binary16 ? half_claim{fused ? 0.50014 : 0.5002, 20} : half_claim{0.50001, 2};

namespace detail {

template <half T>
inline constexpr std::int16_t half_infinity =
    static_cast<std::int16_t>(half_bits<half_traits<T>::format>::infinity);

/// The functor whose loop over elements T is that of F: F itself; for halves the fast tier, if F has tiers
/// as ours have. Its 4 ULP of float are a 2000th part of binary16's last place.
template <class F, storable T>
struct tier_for {
    using type = F;
};

template <template <std::floating_point, accuracy> class F, std::floating_point C, accuracy A, half T>
    requires(sizeof(F<C, A>) == sizeof(F<C, accuracy::fast>) && std::is_trivially_copyable_v<F<C, A>> &&
             std::is_trivially_copyable_v<F<C, accuracy::fast>>)
struct tier_for<F<C, A>, T> {
    using type = F<C, accuracy::fast>;
};

/// The bits of halves as signed numbers, as many as a register has.
using bits_of_halves = xsimd::batch<std::int16_t>;

/// F computes halves of this kind on their bits, without a float: its results are its inputs or constants.
/// F says so of itself, and not of what is derived from it and may compute something else.
template <class F, class T>
concept works_on_bits =
    half<T> && std::same_as<typename F::on_bits_of, F> && requires(const bits_of_halves& b) {
        F::on_bits(b, half_infinity<T>);
        F::backward_on_bits(b, b, half_infinity<T>);
    };

/// f as that functor, with its parameters.
template <storable T, class F>
[[gnu::always_inline]] constexpr typename tier_for<F, T>::type as_tier_for(const F& f) noexcept {
    using G = typename tier_for<F, T>::type;
    if constexpr (std::same_as<F, G>)
        return f;
    else
        return __builtin_bit_cast(G, f);
}

} // namespace detail

} // namespace actfn::inline ACTFN_ABI
