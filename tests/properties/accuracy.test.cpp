// Every claim of forward_error() and derivative_error(), from both sides, against the definition on a wider
// type and on dual numbers.
#include "support/bits.hpp"
#include "support/called.hpp"
#include "support/registry.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

using namespace support;

namespace {

/// Where the results of f change from zero to subnormal, to normal, to infinite: the edges between the
/// numbers of v, to the last place.
template <class F, class T>
std::vector<T> edges(const F& f, const std::vector<T>& v) {
    const auto kind = [&](T x) {
        const auto zero_and_one = [](T y) { return std::fpclassify(y) * 2 + (y == 1); };
        return std::pair(zero_and_one(f(x)), zero_and_one(f.derivative(x)));
    };
    std::vector<T> found;
    for (std::size_t i = 1; i < v.size(); ++i) {
        if (kind(v[i - 1]) == kind(v[i])) continue;
        auto below = place(v[i - 1]), above = place(v[i]);
        while (above - below > 1) {
            const auto middle = below + (above - below) / 2;
            (kind(at_place<T>(middle)) == kind(v[i - 1]) ? below : above) = middle;
        }
        found.push_back(at_place<T>(above));
    }
    return found;
}

/// About two million floats, one million doubles; a sixteenth where all of them take 113 bits.
template <class F, class T = typename F::value_type>
std::vector<T> sweep(const F& f) {
    std::vector<T> centres = edges(f, line<T>(20000));
    for (double x :
         {F::forward_error().worst_at, F::derivative_error().worst_at, F::about().kink.value_or(0)})
        centres.push_back(static_cast<T>(x));
    return line<T>((sizeof(T) == 4 ? 2000000 : 1000000) / (truth_tells<F> ? 1 : 16), centres);
}

template <class F>
void check_witness(const char* direction, const actfn::error_claim& claim, double error) {
    INFO(direction << ": claimed " << claim.ulp << " ULP at " << text(claim.worst_at) << ", is " << error);
    CHECK(static_cast<double>(static_cast<typename F::value_type>(claim.worst_at)) == claim.worst_at);
    CHECK(error >= claim.ulp - actfn::error_claim::resolution<typename F::value_type>);
}

} // namespace

ACTFN_FOR_EACH(every_activation, "no result is further from the exact one than claimed",
               "[forward][derivative]") {
    using T = typename F::value_type;
    if constexpr (has_truth<F>) {
        const called<F> f;
        worst<T> value, derivative;
        for (const T x : sweep(f)) {
            const errors e = errors_at(f, x);
            value.note(e.value, x);
            if (!is_kink<F>(x) && derivative_is_told<F>(x)) derivative.note(e.derivative, x);
        }
        CAPTURE(seed, text(value.at), text(derivative.at));
        CHECK(value.error <= F::forward_error().ulp);
        CHECK(derivative.error <= F::derivative_error().ulp);
    } else {
        SKIP("there is no type that is wide enough");
    }
}

ACTFN_FOR_EACH(every_activation, "the claimed worst error is reached", "[forward][derivative]") {
    using T = typename F::value_type;
    if constexpr (has_truth<F>) {
        const called<F> f;
        // Volatile, for a compiler would compute the definition at a constant with a better library than the
        // sweep has.
        const volatile T forward_at = static_cast<T>(F::forward_error().worst_at);
        const volatile T derivative_at = static_cast<T>(F::derivative_error().worst_at);
        const T x = forward_at, z = derivative_at;
        check_witness<F>("forward", F::forward_error(), errors_at(f, x).value);
        if (derivative_is_told<F>(z))
            check_witness<F>("derivative", F::derivative_error(), errors_at(f, z).derivative);
    } else {
        SKIP("there is no type that is wide enough");
    }
}

// The oracle is f' at the x that the definition takes to y, found by Newton's method from the x that f took
// to y. Where f has come so close to a limit that y no longer tells x there is nothing to hold.
ACTFN_FOR_EACH(every_activation, "the derivative from the output is the one at the input", "[derivative]") {
    using T = typename F::value_type;
    using W = finest<T>;
    const called<F> f;
    if constexpr (has_wider<T> && requires { f.derivative_from_output(T(0)); }) {
        constexpr double claim = from_output_bound<F>();
        constexpr bool exact = claim == 0;
        // What is left of the way to y, and what W cannot tell apart there, may move f' by doubt at most:
        // |f''| is at most 2 f', and an ulp of f' at least epsilon / 2 of it. Where f' is exact, its pieces
        // are constant, and only the kink counts.
        const auto blur = static_cast<W>(std::ldexp(1.0, 1 - finest_digits<T>));
        constexpr double enough = doubt / 4 * static_cast<double>(std::numeric_limits<T>::epsilon());
        worst<T> seen;
        std::size_t held = 0;
        for (const T x : line<T>(100000)) {
            const T y = f(x);
            if (!std::isfinite(y)) continue;
            const W target = static_cast<W>(y);
            W at = static_cast<W>(x);
            auto e = f.definition(variable(at));
            const auto found = [&] {
                return elementary::fabs(e.value - target) + elementary::fabs(target) * blur <
                       e.derivative * static_cast<W>(enough);
            };
            for (int step = 0; step < 5 && (exact ? e.value != target : !found()); ++step) {
                at += (target - e.value) / e.derivative;
                e = f.definition(variable(at));
            }
            if ((!exact && !found()) || is_kink<F>(at)) continue;
            ++held;
            seen.note(ulp_error(f.derivative_from_output(y), e.derivative), x);
        }
        CAPTURE(seed, text(seen.at));
        CHECK(held > 0);
        CHECK(seen.error <= (exact ? 0 : claim + doubt));
        CHECK(seen.error >= least_share * claim);
    }
}
