// What every loop refuses at its door: the message says which and by how much, and nothing is written.
#include "support/message.hpp"

#include <actfn/functions/prelu.hpp>
#include <actfn/functions/relu.hpp>
#include <actfn/functions/rrelu.hpp>
#include <actfn/functions/sigmoid.hpp>
#include <actfn/functions/softplus.hpp>
#include <actfn/kernel/elementwise.hpp>
#include <actfn/kernel/per_channel.hpp>
#include <actfn/kernel/stochastic.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using support::message;

namespace {

using span = std::span<float>;

/// A loop by name, with its inputs and outputs called as in messages.
struct loop {
    std::string name;
    std::vector<std::string> reads, writes;
    std::function<void(const std::vector<span>& reads, const std::vector<span>& writes)> call;
};

const actfn::sigmoid<float> f;
const actfn::rrelu<float> noisy;
const actfn::prelu<float> learnt;
const actfn::rng::stream draws{.seed = 7};

actfn::channel_layout rows(std::size_t n) { return {n, 1, 1}; }
const std::array<float, 1> slopes{0.25f};

/// Every loop that reads and writes spans of one size.
const std::vector<loop>& loops() {
    static const std::vector<loop> all{
        {"forward", {"src"}, {"dst"}, [](const auto& r, const auto& w) { actfn::forward(f, r[0], w[0]); }},
        {"backward",
         {"src", "diff_dst"},
         {"diff_src"},
         [](const auto& r, const auto& w) { actfn::backward(f, r[0], r[1], w[0]); }},
        {"backward_from_output",
         {"dst", "diff_dst"},
         {"diff_src"},
         [](const auto& r, const auto& w) { actfn::backward_from_output(f, r[0], r[1], w[0]); }},
        {"forward_and_derivative",
         {"src"},
         {"dst", "derivative"},
         [](const auto& r, const auto& w) { actfn::forward_and_derivative(f, r[0], w[0], w[1]); }},
        {"forward",
         {"src"},
         {"dst"},
         [](const auto& r, const auto& w) { actfn::forward(noisy, r[0], w[0], draws); }},
        {"backward",
         {"src", "diff_dst"},
         {"diff_src"},
         [](const auto& r, const auto& w) { actfn::backward(noisy, r[0], r[1], w[0], draws); }},
        {"forward_per_channel",
         {"src"},
         {"dst"},
         [](const auto& r, const auto& w) {
             actfn::forward_per_channel(learnt, rows(r[0].size()), slopes, r[0], w[0]);
         }},
        {"backward_per_channel",
         {"src", "diff_dst"},
         {"diff_src"},
         [](const auto& r, const auto& w) {
             actfn::backward_per_channel(learnt, rows(r[0].size()), slopes, r[0], r[1], w[0]);
         }},
    };
    return all;
}

constexpr std::size_t n = 10;

/// Buffers of their own for every operand, all of them -7, and whether they still are.
struct buffers {
    std::vector<std::vector<float>> memory;
    std::vector<span> reads, writes;

    explicit buffers(const loop& l)
        : memory(l.reads.size() + l.writes.size(), std::vector<float>(3 * n, -7)) {
        for (std::size_t k = 0; k < l.reads.size(); ++k) reads.push_back(span(memory[k]).subspan(n, n));
        for (std::size_t k = 0; k < l.writes.size(); ++k)
            writes.push_back(span(memory[l.reads.size() + k]).subspan(n, n));
    }

    bool untouched() const {
        for (const auto& m : memory)
            if (m != std::vector<float>(3 * n, -7)) return false;
        return true;
    }
};

std::string shared(const std::string& loop, const std::string& written, const std::string& read,
                   std::size_t count, const char* end) {
    return "actfn::" + loop + ": " + written + " and " + read + " share " + std::to_string(count) +
           " of 10 elements; they must " + end;
}

} // namespace

TEST_CASE("sizes that differ are refused, with the difference", "[kernel]") {
    for (const loop& l : loops()) {
        // All but the first operand, one after the other.
        for (std::size_t k = 1; k < l.reads.size() + l.writes.size(); ++k) {
            for (const std::size_t size : {0u, 7u, 12u}) {
                buffers b(l);
                const bool read = k < l.reads.size();
                span& s = read ? b.reads[k] : b.writes[k - l.reads.size()];
                s = span(s.data(), size);
                const std::string name = read ? l.reads[k] : l.writes[k - l.reads.size()];
                const std::string by =
                    size > n ? std::to_string(size - n) + " too many" : std::to_string(n - size) + " too few";
                CHECK(message([&] { l.call(b.reads, b.writes); }) ==
                      "actfn::" + l.name + ": " + name + " has " + std::to_string(size) + " elements, " +
                          l.reads[0] + " has 10: " + by);
                CHECK(b.untouched());
            }
        }
    }
}

TEST_CASE("a partial overlap of what is read and what is written is refused, in both directions",
          "[kernel]") {
    for (const loop& l : loops()) {
        for (std::size_t r = 0; r < l.reads.size(); ++r) {
            for (std::size_t w = 0; w < l.writes.size(); ++w) {
                for (std::ptrdiff_t shift = -static_cast<std::ptrdiff_t>(n);
                     shift <= static_cast<std::ptrdiff_t>(n); ++shift) {
                    buffers b(l);
                    b.writes[w] = span(b.reads[r].data() + shift, n);
                    CAPTURE(l.name, l.reads[r], l.writes[w], shift);
                    const std::string said = message([&] { l.call(b.reads, b.writes); });
                    const auto common = n - static_cast<std::size_t>(shift < 0 ? -shift : shift);
                    if (shift == 0 || common == 0) { // one span, or next to each other
                        CHECK(said == "");
                        CHECK_FALSE(b.untouched());
                    } else {
                        CHECK(said ==
                              shared(l.name, l.writes[w], l.reads[r], common, "be one span or lie apart"));
                        CHECK(b.untouched());
                    }
                }
            }
        }
    }
}

TEST_CASE("an overlap by part of an element is one element", "[kernel]") {
    alignas(float) std::array<std::byte, 30 * sizeof(float)> memory{};
    const std::span<const float> a(reinterpret_cast<const float*>(memory.data()), n);
    // Only addresses are compared here, so that one may lie within an element.
    const std::span<const float> b(reinterpret_cast<const float*>(memory.data() + 4 * sizeof(float)), n);
    CHECK(actfn::detail::common_elements(a, b) == 6);
    CHECK(actfn::detail::common_elements(b, a) == 6);
    CHECK(actfn::detail::common_elements(a, a) == n);
    CHECK(actfn::detail::common_elements(a, a.subspan(0, 0)) == 0);
    const std::span<const std::byte> bytes(memory.data() + 9 * sizeof(float) + 1, 5);
    CHECK(actfn::detail::common_elements(a, bytes) == 1);
}

TEST_CASE("two outputs may not share elements, nor be one", "[kernel]") {
    for (std::ptrdiff_t shift = -static_cast<std::ptrdiff_t>(n); shift <= static_cast<std::ptrdiff_t>(n);
         ++shift) {
        const loop& l = loops()[3];
        buffers b(l);
        b.writes[1] = span(b.writes[0].data() + shift, n);
        const auto common = n - static_cast<std::size_t>(shift < 0 ? -shift : shift);
        const std::string said = message([&] { l.call(b.reads, b.writes); });
        CAPTURE(shift);
        CHECK(said == (common == 0 ? "" : shared(l.name, "dst", "derivative", common, "lie apart")));
        CHECK(b.untouched() == (common != 0));
    }
}

TEST_CASE("a parameter outside its domain is refused, with its value", "[kernel]") {
    const std::vector<float> src(n, 1.0f);
    std::vector<float> dst(n, 7.0f), other(n, 7.0f);
    const actfn::softplus<float> bad{.beta = -2.5f};
    const std::string said = "softplus: beta must be from 2^-32 to 2^32, is -2.5";
    CHECK(message([&] { actfn::forward(bad, src, dst); }) == said);
    CHECK(message([&] { actfn::backward(bad, src, src, dst); }) == said);
    CHECK(message([&] { actfn::backward_from_output(bad, src, src, dst); }) == said);
    CHECK(message([&] { actfn::forward_and_derivative(bad, src, dst, other); }) == said);
    const actfn::prelu<float> nan{.slope = std::numeric_limits<float>::quiet_NaN()};
    CHECK(message([&] { (void)actfn::parameter_gradient(nan, src, src); }) ==
          "prelu: slope must be finite, is nan");
    const std::array<float, 2> two{0.25f, std::numeric_limits<float>::infinity()};
    const actfn::channel_layout halves{1, 2, n / 2};
    std::array<float, 2> gradients{7, 7};
    const auto channel = [](const char* loop) {
        return std::string("actfn::") + loop + ": parameter 1: prelu: slope must be finite, is inf";
    };
    CHECK(message([&] { actfn::forward_per_channel(learnt, halves, two, src, dst); }) ==
          channel("forward_per_channel"));
    CHECK(message([&] { actfn::backward_per_channel(learnt, halves, two, src, src, dst); }) ==
          channel("backward_per_channel"));
    CHECK(message([&] { actfn::parameter_gradient_per_channel(learnt, halves, two, src, src, gradients); }) ==
          channel("parameter_gradient_per_channel"));
    CHECK(message([&] {
              actfn::forward(actfn::rrelu<float>{.lower = 0.5f, .upper = 0.25f}, src, dst, draws);
          }) == "rrelu: upper must be at least lower and less than 1, is 0.25 with lower 0.5");
    CHECK(dst == std::vector<float>(n, 7.0f));
    CHECK(other == dst);
    CHECK(gradients == std::array<float, 2>{7, 7});
    // No elements are no excuse.
    CHECK(message([&] { actfn::forward(bad, span(), span()); }) == said);
}

TEST_CASE("a layout whose size overflows is refused, an empty one costs nothing", "[kernel]") {
    constexpr std::size_t half = ~(~std::size_t{0} >> 1);
    std::vector<float> none, two(2, 0.25f), gradients(2, 7.0f);
    CHECK(message([&] { actfn::forward_per_channel(learnt, {half, 2, 1}, two, none, none); }) ==
          "actfn::forward_per_channel: the layout " + std::to_string(half) +
              " x 2 x 1 has more elements than can be counted");
    // Each of these would run for years.
    actfn::forward_per_channel(learnt, {half / 2, 2, 0}, two, none, none);
    actfn::forward_per_channel(learnt, {half, 0, 5}, none, none, none);
    actfn::parameter_gradient_per_channel(learnt, {half / 2, 2, 0}, two, none, none, gradients);
    CHECK(gradients == std::vector<float>{0, 0});
}

TEST_CASE("a layout that does not fit is refused, with both sizes", "[kernel]") {
    const std::vector<float> src(24, 1.0f), three(3, 0.25f);
    std::vector<float> dst(24, 7.0f), gradients(3, 7.0f), four(4, 7.0f);
    CHECK(message([&] { actfn::forward_per_channel(learnt, {2, 3, 5}, three, src, dst); }) ==
          "actfn::forward_per_channel: src has 24 elements, the layout 2 x 3 x 5 has 30");
    CHECK(message([&] { actfn::forward_per_channel(learnt, {2, 4, 3}, three, src, dst); }) ==
          "actfn::forward_per_channel: parameters has 3 elements, the layout has 4 channels");
    CHECK(message([&] { actfn::backward_per_channel(learnt, {2, 3, 5}, three, src, src, dst); }) ==
          "actfn::backward_per_channel: src has 24 elements, the layout 2 x 3 x 5 has 30");
    CHECK(message([&] {
              actfn::parameter_gradient_per_channel(learnt, {2, 4, 3}, three, src, src, gradients);
          }) ==
          "actfn::parameter_gradient_per_channel: parameters has 3 elements, the layout has 4 channels");
    CHECK(message([&] { actfn::parameter_gradient_per_channel(learnt, {2, 3, 4}, three, src, src, four); }) ==
          "actfn::parameter_gradient_per_channel: diff_parameters has 4 elements, parameters has 3: 1 too "
          "many");
    CHECK(message([&] { (void)actfn::parameter_gradient(learnt, src, three); }) ==
          "actfn::parameter_gradient: diff_dst has 3 elements, src has 24: 21 too few");
    CHECK(dst == std::vector<float>(24, 7.0f));
    CHECK(gradients == std::vector<float>(3, 7.0f));
}

TEST_CASE("parameters lie apart from what is written", "[kernel]") {
    std::vector<float> all(24, 0.25f);
    const span parameters = span(all).first(3), src(all);
    std::vector<float> other(24, 0.5f);
    CHECK(message([&] { actfn::forward_per_channel(learnt, {2, 3, 4}, parameters, other, all); }) ==
          "actfn::forward_per_channel: dst and parameters share 3 of 24 elements; they must lie apart");
    CHECK(message([&] { actfn::backward_per_channel(learnt, {2, 3, 4}, parameters, other, other, all); }) ==
          "actfn::backward_per_channel: diff_src and parameters share 3 of 24 elements; they must lie apart");
    CHECK(message([&] {
              actfn::parameter_gradient_per_channel(learnt, {2, 3, 4}, span(other).first(3), src, other,
                                                    span(all).subspan(21));
          }) == "actfn::parameter_gradient_per_channel: diff_parameters and src share 3 of 3 elements; they "
                "must lie apart");
    CHECK(message([&] {
              actfn::parameter_gradient_per_channel(learnt, {2, 3, 4}, span(other).first(3), other, src,
                                                    span(all).subspan(21));
          }) == "actfn::parameter_gradient_per_channel: diff_parameters and diff_dst share 3 of 3 elements; "
                "they must lie apart");
    CHECK(all == std::vector<float>(24, 0.25f));
}
