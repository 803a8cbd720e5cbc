// Outputs too large for the caches are stored past them; nothing else changes.
#include "support/halves.hpp"
#include "support/tally.hpp"

#include <actfn/functions/elu.hpp>
#include <actfn/functions/relu.hpp>
#include <actfn/kernel/elementwise.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <span>
#include <vector>

using namespace support;

namespace {

constexpr std::size_t least = ACTFN_STREAM_BYTES;
constexpr std::size_t margin = 64; // elements around every span that no loop may touch

/// margin + offset elements, then those that loops work on, then the rest of margin.
template <class T>
struct large {
    std::vector<T> memory;
    std::size_t offset, n;

    large(std::size_t count, std::size_t at, T x)
        : memory(count + 2 * margin, x), offset(margin + at), n(count) {}

    std::span<T> span() { return std::span<T>(memory).subspan(offset, n); }
    std::span<T> part(std::size_t first) {
        return span().subspan(first, std::min<std::size_t>(4099, n - first));
    }
    bool margins_are(T x) const {
        for (std::size_t i = 0; i < memory.size(); ++i)
            if ((i < offset || i >= offset + n) && !same(memory[i], x)) return false;
        return true;
    }
};

/// run(whole spans) against run(pieces too small to be streamed).
template <class T, class Run>
void compare_with_pieces(const char* loop, std::size_t n, std::size_t offset, std::size_t offset2, Run run) {
    using C = actfn::compute_type<T>;
    const T zero = T(0.0f), untouched = T(-77.0f);
    large<T> src(n, 3, zero), diff(n, 5, zero), dst(n, offset, untouched), dst2(n, offset2, untouched);
    large<T> expected(n, 0, untouched), expected2(n, 0, untouched);
    for (std::size_t i = 0; i < n; ++i) {
        src.span()[i] = T(C(0.001) * static_cast<C>(static_cast<int>(i * 7919 % 20011) - 10000));
        diff.span()[i] = T(C(0.01) * static_cast<C>(i % 101) - C(0.3));
    }
    run(src.span(), diff.span(), dst.span(), dst2.span());
    for (std::size_t i = 0; i < n; i += 4099)
        run(src.part(i), diff.part(i), expected.part(i), expected2.part(i));
    tally wrong;
    for (std::size_t i = 0; i < n; ++i)
        if (!same(dst.span()[i], expected.span()[i]) || !same(dst2.span()[i], expected2.span()[i]))
            wrong.add(loop, "element", i, "of", n, "at offset", offset, "is", static_cast<C>(dst.span()[i]),
                      static_cast<C>(dst2.span()[i]));
    CHECK(wrong.report() == "");
    CHECK(dst.margins_are(untouched));
    CHECK(dst2.margins_are(untouched));
}

template <class F, class T = typename F::value_type>
void check_loops() {
    const F f;
    using in = std::span<T>;
    const std::size_t n = least / sizeof(T) + 37;
    for (const std::size_t offset : {0u, 1u, 15u}) {
        compare_with_pieces<T>("forward", n, offset, 0, [&](in x, in, in y, in) { actfn::forward(f, x, y); });
        compare_with_pieces<T>("backward", n, offset, 0,
                               [&](in x, in dy, in dx, in) { actfn::backward(f, x, dy, dx); });
        compare_with_pieces<T>("backward_from_output", n, offset, 0,
                               [&](in x, in dy, in dx, in) { actfn::backward_from_output(f, x, dy, dx); });
        for (const std::size_t offset2 : {offset, offset + 1})
            compare_with_pieces<T>("forward_and_derivative", n, offset, offset2,
                                   [&](in x, in, in y, in d) { actfn::forward_and_derivative(f, x, y, d); });
    }
}

} // namespace

TEMPLATE_TEST_CASE("a loop that stores past the caches gives the same bits and writes nothing else",
                   "[kernel][forward][derivative]", actfn::relu<float>, actfn::elu<float>,
                   actfn::relu<double>) {
    check_loops<TestType>();
}

TEST_CASE("a loop over halves that stores past the caches does the same", "[kernel][forward][derivative]") {
    check_loops<actfn::relu<float>, actfn::float16>();
    check_loops<actfn::elu<float>, actfn::bfloat16>(); // more registers in flight
}

TEST_CASE("only large outputs that do not take their input's place are stored past the caches", "[kernel]") {
    using actfn::detail::nowhere, actfn::detail::stream_from;
    constexpr std::size_t n = least / sizeof(float), lanes = xsimd::batch<float>::size;
    std::vector<float> memory(2 * n + 3 * lanes);
    const std::size_t misplaced = reinterpret_cast<std::uintptr_t>(memory.data()) / sizeof(float) % lanes;
    const std::span<float> aligned = std::span(memory).subspan((lanes - misplaced) % lanes);
    const auto dst = aligned.first(n), second = aligned.subspan(n + lanes - n % lanes, n);
    const std::span<const float> src = second, same_place = dst;
    if constexpr (actfn::detail::can_stream<xsimd::batch<float>>) {
        CHECK(stream_from(0, dst, dst, src) == 0);
        CHECK(stream_from(0, aligned.subspan(1, n), aligned.subspan(1, n), src) == lanes - 1);
        CHECK(stream_from(0, dst.first(n / 2), second.first(n / 2)) == 0);
    }
    CHECK(stream_from(0, dst.first(n - 1), dst.first(n - 1), src) == nowhere);
    CHECK(stream_from(0, dst, dst, same_place) == nowhere);
    CHECK(stream_from(0, dst, dst, src, same_place) == nowhere);
    CHECK(stream_from(0, dst, aligned.subspan(n + 1, n)) == nowhere);
    if constexpr (actfn::detail::can_stream<xsimd::batch<float>>)
        CHECK(stream_from(n, dst.first(5), dst.first(5), src) == 0); // a part of n elements
    CHECK(stream_from(n - 1, dst.first(5), dst.first(5), src) == nowhere);
    CHECK(stream_from(0, dst.first(n / 2 - 1), second.first(n / 2 - 1)) == nowhere);
}
