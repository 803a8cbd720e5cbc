// Which instruction set is in use, who says so, and what is said where it is not there.
#include "support/message.hpp"

#include <actfn/actfn.hpp>
#include <actfn/dispatch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace dispatch = actfn::dispatch;
using dispatch::isa;
using support::message;

namespace {

std::string available_names() {
    std::string names;
    for (const isa set : dispatch::available())
        names += (names.empty() ? "" : ", ") + std::string(dispatch::to_string(set));
    return names;
}

} // namespace

TEST_CASE("each available instruction set can be forced, by value and by name", "[dispatch]") {
    const auto sets = dispatch::available();
    REQUIRE_FALSE(sets.empty());
    CHECK(sets.front() == isa::baseline);
    for (const isa set : sets) {
        dispatch::force(set);
        CHECK(dispatch::active() == set);
        dispatch::force(sets.front());
        dispatch::force(dispatch::to_string(set));
        CHECK(dispatch::active() == set);
    }
}

TEST_CASE("an instruction set that is not there is refused, and nothing changes", "[dispatch]") {
    dispatch::force(isa::baseline);
    const std::string end = " is not available here; available: " + available_names();
    CHECK(message([] { dispatch::force("avx1024"); }) == "actfn::dispatch: \"avx1024\"" + end);
    CHECK(message([] { dispatch::force(""); }) == "actfn::dispatch: \"\"" + end);
    CHECK(message([] { dispatch::force(static_cast<isa>(7)); }) == "actfn::dispatch: isa 7" + end);
    CHECK(message([] { dispatch::force(static_cast<isa>(-1)); }) == "actfn::dispatch: isa -1" + end);
    // The first that is not there: one that this CPU lacks, or none at all.
    const auto next = static_cast<isa>(dispatch::available().size());
    const std::string name = next > isa::avx512 ? "isa 3" : std::string(dispatch::to_string(next));
    CHECK(message([&] { dispatch::force(next); }) == "actfn::dispatch: " + name + end);
    CHECK(dispatch::active() == isa::baseline);
}

TEST_CASE("what the loops refuse, they refuse with the words of the direct ones", "[dispatch]") {
    const std::vector<float> x(10, 1.0f), nine(9, 1.0f), slopes(2, 0.25f);
    std::vector<float> y(10, 7.0f), other(10, 7.0f), two(2, 7.0f);
    const actfn::channel_layout halves{1, 2, 5};
    const actfn::rng::stream s{.seed = 1};
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> bad_slopes{0.25f, nan};
    const actfn::prelu<float> p;
    const std::span<float> late = std::span(y).subspan(1, 9), early = std::span(y).first(9);
    int cases = 0;
    // Each mistake with both, by name: there are no pointers to templates.
#define CHECK_ALIKE(...)                                                                                     \
    do {                                                                                                     \
        const std::string direct = message([&] {                                                             \
            using namespace actfn;                                                                           \
            (void)actfn::__VA_ARGS__;                                                                        \
        });                                                                                                  \
        CHECK_FALSE(direct.empty());                                                                         \
        CHECK(message([&] { (void)dispatch::__VA_ARGS__; }) == direct);                                      \
        ++cases;                                                                                             \
    } while (false)
    CHECK_ALIKE(forward(actfn::sigmoid<float>{}, nine, y));
    CHECK_ALIKE(forward(actfn::sigmoid<float>{}, early, late));
    CHECK_ALIKE(forward(actfn::softplus<float>{.beta = -2}, x, y));
    CHECK_ALIKE(forward(actfn::rrelu<float>{.lower = 0.5f, .upper = 0.25f}, x, y, s));
    CHECK_ALIKE(forward(actfn::rrelu<float>{}, nine, y, s));
    CHECK_ALIKE(backward(actfn::tanh<float>{}, x, nine, y));
    CHECK_ALIKE(backward(actfn::softplus<float>{.beta = nan}, x, x, y));
    CHECK_ALIKE(backward(actfn::rrelu<float>{}, x, nine, y, s));
    CHECK_ALIKE(backward_from_output(actfn::elu<float>{.alpha = -1}, x, x, y));
    CHECK_ALIKE(backward_from_output(actfn::elu<float>{}, x, nine, y));
    CHECK_ALIKE(forward_and_derivative(actfn::relu<float>{}, x, y, y));
    CHECK_ALIKE(parameter_gradient(p, x, nine));
    CHECK_ALIKE(parameter_gradient(actfn::prelu<float>{.slope = nan}, x, x));
    CHECK_ALIKE(forward_per_channel(p, halves, slopes, nine, y));
    CHECK_ALIKE(forward_per_channel(p, halves, bad_slopes, x, y));
    CHECK_ALIKE(backward_per_channel(p, halves, nine, x, x, y));
    CHECK_ALIKE(parameter_gradient_per_channel(p, halves, slopes, x, nine, two));
    CHECK_ALIKE(parameter_gradient_per_channel(p, halves, slopes, x, x, y));
#undef CHECK_ALIKE
    CHECK(cases == 18);
    CHECK(y == std::vector<float>(10, 7.0f));
    CHECK(two == std::vector<float>(2, 7.0f));
}

TEST_CASE("calls may run while another thread forces", "[dispatch]") {
    const std::vector<float> x(100, -1.0f);
    std::vector<std::thread> threads;
    std::vector<std::vector<float>> y(4, std::vector<float>(100));
    for (auto& out : y)
        threads.emplace_back([&] {
            for (int k = 0; k < 200; ++k) dispatch::forward(actfn::leaky_relu<float>{.slope = 0.5f}, x, out);
        });
    for (int k = 0; k < 200; ++k)
        for (const isa set : dispatch::available()) dispatch::force(set);
    for (auto& t : threads) t.join();
    for (const auto& out : y) CHECK(out == std::vector<float>(100, -0.5f));
}
