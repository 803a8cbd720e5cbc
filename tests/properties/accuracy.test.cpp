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
    CHECK(error >= claim.ulp - actfn::error_claim::resolution);
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
    using W = wider<T>;
    const called<F> f;
    if constexpr (has_wider<T> && requires { f.derivative_from_output(T(0)); }) {
        constexpr double claim = F::derivative_error().ulp;
        constexpr bool exact = claim == 0;
        worst<T> seen;
        std::size_t held = 0;
        for (const T x : line<T>(100000)) {
            const T y = f(x);
            W at = static_cast<W>(x);
            auto e = f.definition(variable(at));
            for (int step = 0; step < 5 && e.value != static_cast<W>(y); ++step) {
                at += (static_cast<W>(y) - e.value) / e.derivative;
                e = f.definition(variable(at));
            }
            // The distance in x that is left, and what W cannot tell apart, have to be small against what
            // moves e.derivative by an ulp.
            const W left = std::fabs(e.value - static_cast<W>(y)) +
                           std::fabs(static_cast<W>(y)) * std::numeric_limits<W>::epsilon();
            const bool found =
                exact || left < e.derivative * static_cast<W>(std::numeric_limits<T>::epsilon()) / 16;
            if (!std::isfinite(y) || !found || is_kink<F>(at)) continue;
            ++held;
            seen.note(ulp_error(f.derivative_from_output(y), e.derivative), x);
        }
        // Exact stays exact. Otherwise two operations on y, each within one ulp, are added to what derivative
        // itself may err by.
        CAPTURE(seed, text(seen.at));
        CHECK(held > 0);
        CHECK(seen.error <= (exact ? 0 : claim + 2));
    }
}
