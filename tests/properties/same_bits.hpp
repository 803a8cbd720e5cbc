// All instruction sets with fused multiply-add give the same bits: every build compares its results with the
// same stored hashes.
#pragma once

#include "support/registry.hpp"
#include "support/stored_hashes.hpp"

#include <actfn/actfn.hpp>

#include <string>
#include <vector>

namespace support {

/// Compares the hash of all numbers of the vectors with the stored one.
inline void compare_hash(const std::string& title, const auto&... results) {
    static const stored_hashes stored{
#include "hashes.inc"
    };
    std::uint64_t h = 0;
    const auto mix_all = [&h](const auto& v) {
        for (const auto y : v) mix(h, y);
    };
    (mix_all(results), ...);
    compare(stored, "tests/properties/hashes.inc", title, h);
}

/// The special values, and a fixed stride through all of bit space.
template <class T>
std::vector<T> fixed_sweep() {
    std::vector<T> x = special<T>();
    const auto stride = std::numeric_limits<bits_t<T>>::max() / 200003;
    for (bits_t<T> i = 0; i < 200003; ++i) x.push_back(at_place<T>(static_cast<bits_t<T>>(i * stride)));
    // Half as many again where functions bend.
    append_stretches(x, T(-0x1p7), T(-0x1p-9), 50000);
    append_stretches(x, T(0x1p-9), T(0x1p7), 50000);
    return x;
}

/// Value and derivative of F.
template <class F>
void compare_bits() {
    using T = typename F::value_type;
    if constexpr (!actfn::fused) {
        SKIP("this build has no fused multiply-add");
    } else {
        const std::vector<T> x = fixed_sweep<T>();
        std::vector<T> y(x.size()), d(x.size());
        if constexpr (actfn::activation<F, T>) {
            actfn::forward_and_derivative(F{}, x, y, d);
        } else {
            const std::vector<T> ones(x.size(), T(1));
            const actfn::rng::stream s{.seed = seed, .first = 7};
            actfn::forward(F{}, x, y, s);
            actfn::backward(F{}, x, ones, d, s);
        }
        compare_hash(title<F>(), y, d);
    }
}

/// Value, derivative and gradient of all halves, where no rounding of a sum or product decides before.
template <class H, class F>
void compare_bits_of_halves() {
    if constexpr (!actfn::fused) {
        SKIP("this build has no fused multiply-add");
    } else {
        const std::vector<H> x = all_halves<H>(), diff(x.rbegin(), x.rend());
        std::vector<H> y(x.size()), d(x.size()), g(x.size());
        if constexpr (actfn::activation<F, float>) {
            actfn::forward_and_derivative(F{}, x, y, d);
            actfn::backward(F{}, x, diff, g);
        } else {
            const actfn::rng::stream s{.seed = seed, .first = 7};
            actfn::forward(F{}, x, y, s);
            actfn::backward(F{}, x, diff, g, s);
        }
        compare_hash(title<F>() + ", " + half_limits<H>::name, y, d, g);
    }
}

/// The functors of List whose tier is the accurate one: tiers share their loops over halves.
template <class... F>
auto accurate_only(actfn::type_list<F...>)
    -> actfn::concat<std::conditional_t<is_accurate<F>, actfn::type_list<F>, actfn::type_list<>>...>::type;
using on_halves = decltype(accurate_only(
    actfn::concat<deterministic<float>, actfn::stochastic_activations<float>>::type{}));

} // namespace support
