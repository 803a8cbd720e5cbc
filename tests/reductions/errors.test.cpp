// What the functions of rows refuse at their door: the message says which and by how much, and nothing is
// written.
#include "reductions/every_loop.hpp"
#include "support/message.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using support::message;

namespace {

using span = std::span<float>;

/// 100 elements, of which none may have been written.
struct memory {
    std::vector<float> all = std::vector<float>(100, 0.5f);

    span part(std::size_t first, std::size_t n) { return span(all).subspan(first, n); }
    bool unwritten() const { return all == std::vector<float>(100, 0.5f); }
};

} // namespace

TEST_CASE("a row's operands that differ in size are refused", "[kernel]") {
    memory m;
    const auto a = m.part(0, 10), b = m.part(20, 9), c = m.part(40, 10), d = m.part(60, 12);
    CHECK(message([&] { actfn::softmax(a, b); }) ==
          "actfn::softmax: dst has 9 elements, src has 10: 1 too few");
    CHECK(message([&] { actfn::softmax0(a, d); }) ==
          "actfn::softmax0: dst has 12 elements, src has 10: 2 too many");
    CHECK(message([&] { actfn::log_softmax(a, d); }) ==
          "actfn::log_softmax: dst has 12 elements, src has 10: 2 too many");
    CHECK(message([&] { actfn::softmax_backward(a, b, c); }) ==
          "actfn::softmax_backward: diff_dst has 9 elements, dst has 10: 1 too few");
    CHECK(message([&] { actfn::softmax_backward(a, c, d); }) ==
          "actfn::softmax_backward: diff_src has 12 elements, dst has 10: 2 too many");
    CHECK(message([&] { actfn::log_softmax_backward(a, b, c); }) ==
          "actfn::log_softmax_backward: diff_dst has 9 elements, dst has 10: 1 too few");
    CHECK(message([&] { actfn::logsumexp_backward(a, 1.0f, b); }) ==
          "actfn::logsumexp_backward: diff_src has 9 elements, src has 10: 1 too few");
    CHECK(message([&] { actfn::logsumexp0_backward(a, 1.0f, b); }) ==
          "actfn::logsumexp0_backward: diff_src has 9 elements, src has 10: 1 too few");
    CHECK(m.unwritten());
}

TEST_CASE("what is not of the layout is refused", "[kernel]") {
    memory m;
    const auto a = m.part(0, 10), two = m.part(20, 2), three = m.part(30, 3), c = m.part(40, 10);
    const actfn::matrix_layout wrong{2, 6}, right{2, 5}, endless{std::size_t{1} << 40, std::size_t{1} << 40};
    const auto all_say = [&](const actfn::matrix_layout& l, const std::string& what) {
        const auto say = [&](const char* name, const char* first, auto call) {
            std::string expected = "actfn::" + std::string(name) + ": ";
            expected += what.starts_with("the") ? what : first + what;
            CHECK(message(call) == expected);
        };
        say("softmax", "src", [&] { actfn::softmax(a, l, c); });
        say("softmax0", "src", [&] { actfn::softmax0(a, l, c); });
        say("log_softmax", "src", [&] { actfn::log_softmax(a, l, c); });
        say("softmax_backward", "dst", [&] { actfn::softmax_backward(a, a, l, c); });
        say("log_softmax_backward", "dst", [&] { actfn::log_softmax_backward(a, a, l, c); });
        say("logsumexp", "src", [&] { actfn::logsumexp(a, l, two); });
        say("logsumexp0", "src", [&] { actfn::logsumexp0(a, l, two); });
        say("logsumexp_backward", "src", [&] { actfn::logsumexp_backward(a, two, l, c); });
        say("logsumexp0_backward", "src", [&] { actfn::logsumexp0_backward(a, two, l, c); });
    };
    all_say(wrong, " has 10 elements, the layout 2 x 6 has 12");
    all_say(endless, "the layout 1099511627776 x 1099511627776 has more elements than can be counted");
    CHECK(message([&] { actfn::logsumexp(a, right, three); }) ==
          "actfn::logsumexp: dst has 3 elements, the layout 2 x 5 has 2 rows");
    CHECK(message([&] { actfn::logsumexp0(a, right, three); }) ==
          "actfn::logsumexp0: dst has 3 elements, the layout 2 x 5 has 2 rows");
    CHECK(message([&] { actfn::logsumexp_backward(a, three, right, c); }) ==
          "actfn::logsumexp_backward: diff has 3 elements, the layout 2 x 5 has 2 rows");
    CHECK(m.unwritten());
}

TEST_CASE("a row's operands that overlap in part are refused", "[kernel]") {
    memory m;
    const auto a = m.part(0, 10), b = m.part(3, 10), c = m.part(40, 10), d = m.part(42, 10);
    const std::string share = "share 7 of 10 elements; they must be one span or lie apart";
    CHECK(message([&] { actfn::softmax(a, b); }) == "actfn::softmax: dst and src " + share);
    CHECK(message([&] { actfn::softmax0(a, b); }) == "actfn::softmax0: dst and src " + share);
    CHECK(message([&] { actfn::log_softmax(a, b); }) == "actfn::log_softmax: dst and src " + share);
    CHECK(message([&] { actfn::softmax_backward(a, c, b); }) ==
          "actfn::softmax_backward: diff_src and dst " + share);
    CHECK(
        message([&] { actfn::softmax_backward(a, c, d); }) ==
        "actfn::softmax_backward: diff_src and diff_dst share 8 of 10 elements; they must be one span or lie "
        "apart");
    CHECK(message([&] { actfn::log_softmax_backward(a, c, b); }) ==
          "actfn::log_softmax_backward: diff_src and dst " + share);
    CHECK(message([&] { actfn::logsumexp(a, {2, 5}, m.part(4, 2)); }) ==
          "actfn::logsumexp: dst and src share 2 of 2 elements; they must lie apart");
    CHECK(message([&] { actfn::logsumexp_backward(a, m.part(41, 2), {2, 5}, c); }) ==
          "actfn::logsumexp_backward: diff_src and diff share 2 of 10 elements; they must lie apart");
    CHECK(m.unwritten());
}

TEST_CASE("maxout refuses what does not fit its pieces", "[kernel]") {
    memory m;
    const auto a = m.part(0, 10), five = m.part(20, 5), four = m.part(30, 4), c = m.part(40, 10);
    CHECK(message([&] { actfn::maxout(a, 0, five); }) == "actfn::maxout: pieces must be positive, is 0");
    CHECK(message([&] { actfn::maxout(a, 2, four); }) ==
          "actfn::maxout: src has 10 elements, dst has 4 of 2 pieces each");
    CHECK(message([&] { actfn::maxout(a, 3, m.part(20, 3)); }) ==
          "actfn::maxout: src has 10 elements, dst has 3 of 3 pieces each");
    CHECK(message([&] { actfn::maxout(a, 2, m.part(4, 5)); }) ==
          "actfn::maxout: dst and src share 5 of 5 elements; they must lie apart");
    CHECK(message([&] { actfn::maxout_backward(a, 0, five, c); }) ==
          "actfn::maxout_backward: pieces must be positive, is 0");
    CHECK(message([&] { actfn::maxout_backward(a, 2, four, c); }) ==
          "actfn::maxout_backward: src has 10 elements, diff_dst has 4 of 2 pieces each");
    CHECK(message([&] { actfn::maxout_backward(a, 2, five, m.part(40, 9)); }) ==
          "actfn::maxout_backward: diff_src has 9 elements, src has 10: 1 too few");
    CHECK(message([&] { actfn::maxout_backward(a, 2, five, m.part(5, 10)); }) ==
          "actfn::maxout_backward: diff_src and src share 5 of 10 elements; they must be one span or lie "
          "apart");
    CHECK(message([&] { actfn::maxout_backward(a, 2, m.part(45, 5), c); }) ==
          "actfn::maxout_backward: diff_src and diff_dst share 5 of 10 elements; they must lie apart");
    CHECK(m.unwritten());
}
