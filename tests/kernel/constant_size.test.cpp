// Arrays of a size that the compiler knows. GCC 12 at -O3 then follows the loops behind the array's end, and
// warns of what it finds there if it cannot see that they do not get so far: no warnings is half of the test.
#include "support/bits.hpp"

#include <actfn/functions/relu.hpp>
#include <actfn/functions/tanh.hpp>
#include <actfn/kernel/elementwise.hpp>
#include <actfn/reductions/maxout.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace {

// Of their own, and by pointers, so that the size is all that the compiler knows.
template <std::size_t N, class F, class T>
[[gnu::noinline]] void forward(const F& f, const T* src, T* dst) {
    actfn::forward(f, std::span<const T>(src, N), std::span<T>(dst, N));
}
template <std::size_t N, class F, class T>
[[gnu::noinline]] void backward(const F& f, const T* src, const T* diff_dst, T* diff_src) {
    actfn::backward(f, std::span<const T>(src, N), std::span<const T>(diff_dst, N),
                    std::span<T>(diff_src, N));
}

template <std::size_t N, class F>
void check(const F& f) {
    using T = F::value_type;
    INFO(N << " elements");
    std::array<T, N> src, ones, dst, diff_src;
    ones.fill(1);
    for (std::size_t i = 0; i < N; ++i) src[i] = T(i) / 8 - T(N) / 16;
    forward<N>(f, src.data(), dst.data());
    backward<N>(f, src.data(), ones.data(), diff_src.data());
    for (std::size_t i = 0; i < N; ++i) {
        REQUIRE(support::bits(dst[i]) == support::bits(f(src[i])));
        REQUIRE(support::bits(diff_src[i]) == support::bits(f.derivative(src[i])));
    }
}

} // namespace

// A functor has one size only, or the loops would become functions of n again.
TEST_CASE("a size known to the compiler changes nothing") {
    check<2048>(actfn::relu<float>{});
    check<1024>(actfn::relu<double>{});
    check<1000>(actfn::relu<float, actfn::at_kink::right>{});
    check<10>(actfn::relu<double, actfn::at_kink::right>{});
    check<100>(actfn::tanh<float, actfn::accuracy::fast>{});
    check<1>(actfn::tanh<double, actfn::accuracy::fast>{});
}

TEST_CASE("a size known to the compiler changes no maxout") {
    std::array<float, 64> src;
    std::array<float, 32> dst;
    for (std::size_t i = 0; i < src.size(); ++i) src[i] = static_cast<float>(i * 37 % 64);
    actfn::maxout(src, 2, dst);
    for (std::size_t i = 0; i < dst.size(); ++i) REQUIRE(dst[i] == std::max(src[2 * i], src[2 * i + 1]));
}
