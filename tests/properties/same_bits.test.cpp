// All instruction sets with fused multiply-add give the same bits: every build compares its results with the
// same stored hashes.
#include "support/halves.hpp"
#include "support/registry.hpp"

#include <actfn/actfn.hpp>

#include <cstdio>
#include <map>
#include <string>

using namespace support;

namespace {

/// Hashes of value and derivative by title, as the test itself prints them where one is missing.
const std::map<std::string, std::uint64_t> stored{
#include "hashes.inc"
};

template <class T>
std::uint64_t hashed(std::uint64_t h, const std::vector<T>& v) {
    // NaNs are one: which of them comes back is left open.
    for (const T y : v) h = (std::rotl(h, 7) ^ (y != y ? 1 : std::uint64_t{bits(y)})) * 0x9e3779b97f4a7c15;
    return h;
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

[[maybe_unused]] void compare(const std::string& title, std::uint64_t hash) {
    char line[128];
    std::snprintf(line, sizeof line, "{\"%s\", 0x%016llx},", title.c_str(),
                  static_cast<unsigned long long>(hash));
    const auto found = stored.find(title);
    if (found == stored.end()) {
        FAIL_CHECK("tests/properties/hashes.inc lacks the line\n" << line);
        return;
    }
    INFO(line);
    CHECK(found->second == hash);
}

} // namespace

ACTFN_FOR_EACH(every_activation, "all instruction sets with fused multiply-add give the same bits",
               "[forward][derivative]") {
    using T = typename F::value_type;
    if constexpr (!actfn::fused) {
        SKIP("this build has no fused multiply-add");
    } else {
        const std::vector<T> x = fixed_sweep<T>();
        std::vector<T> y(x.size()), d(x.size());
        actfn::forward_and_derivative(F{}, x, y, d);
        compare(title<F>(), hashed(hashed(0, y), d));
    }
}

ACTFN_FOR_EACH(every_stochastic_activation, "all instruction sets with fused multiply-add give the same bits",
               "[forward][derivative][rng]") {
    using T = typename F::value_type;
    if constexpr (!actfn::fused) {
        SKIP("this build has no fused multiply-add");
    } else {
        const std::vector<T> x = fixed_sweep<T>(), ones(x.size(), T(1));
        std::vector<T> y(x.size()), d(x.size());
        const actfn::rng::stream s{.seed = seed, .first = 7};
        actfn::forward(F{}, x, y, s);
        actfn::backward(F{}, x, ones, d, s);
        compare(title<F>(), hashed(hashed(0, y), d));
    }
}

namespace {

/// Value, derivative and gradient of all halves, where no rounding of a sum or product decides before.
template <class H, class F>
void compare_halves() {
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
        compare(title<F>() + ", " + half_limits<H>::name, hashed(hashed(hashed(0, y), d), g));
    }
}

/// Tiers share their loops over halves.
template <class... F>
auto accurate_only(actfn::type_list<F...>)
    -> actfn::concat<std::conditional_t<is_accurate<F>, actfn::type_list<F>, actfn::type_list<>>...>::type;
using on_halves = decltype(accurate_only(
    actfn::concat<deterministic<float>, actfn::stochastic_activations<float>>::type{}));

} // namespace

ACTFN_FOR_EACH(on_halves, "all instruction sets with fused multiply-add give the same bits on halves",
               "[half][forward][derivative]") {
    compare_halves<actfn::float16, F>();
    compare_halves<actfn::bfloat16, F>();
}
