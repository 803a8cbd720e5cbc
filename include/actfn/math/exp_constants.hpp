// The numbers behind exp.
#pragma once

#include <actfn/math/polynomial.hpp>

namespace actfn::inline ACTFN_ABI::math::detail {

template <class T>
struct exp_constants;

template <>
struct exp_constants<float> {
    static constexpr float log2_e = 0x1.715476p0f;
    // log(2) in two parts; the upper has 16 bits, so that its product with any quotient is exact.
    static constexpr float ln2_hi = 0x1.62e4p-1f;
    static constexpr float ln2_lo = 0x1.7f7d1cp-20f;
    // log(2) rounded up to 21 bits, and log(2) less that. n ln2 and every |z| > 0.3465 are multiples of
    // 2^-25, so z - n ln2, which is below 1/2, is exact, and so are the halves; nearer to 0 n is 0.
    static constexpr float ln2 = 0x1.62e43p-1f;
    static constexpr float ln2_rest = -0x1.05c61p-29f;
    static constexpr float unscale = 0x1p-64f;
    // Adding it rounds to an integer n and leaves n + 64, biased as an exponent, in the lowest bits.
    static constexpr float to_integer = 0x1.8p23f + (127 + 64);
    // The same for n itself.
    static constexpr float to_plain = 0x1.8p23f + 127;
    // The largest -z for which 2^(n + 64) is still normal; exp is 2^-187 there, and times 4 (tanh') still far
    // from a subnormal.
    static constexpr float lowest = -130.0f;
    // The largest -z for which 2^n itself is normal.
    static constexpr float lowest_plain = -87.0f;
    // (exp(r) - 1 - r) / r on |r| <= 0.3468 by fpminimax in tests/derivations/exp.sollya, weight 1, r^1 to
    // r^5 and r^6: error relative to r 2^-26.1 and 2^-31.0; to exp(r) 2^-27.6 and 2^-32.7.
    static constexpr std::array<float, 5> tail{0x1p-1f, 0x1.5554aep-3f, 0x1.5554ep-5f, 0x1.1228ep-7f,
                                               0x1.6d5694p-10f};
    static constexpr std::array<float, 6> long_tail{0x1p-1f,       0x1.555556p-3f, 0x1.5554fp-5f,
                                                    0x1.110fep-7f, 0x1.6d438p-10f, 0x1.a293d6p-13f};
    // r coth(r / 2) in r^2 for the fast tier, by the same script, weight r: error of (q + r) / (q - r),
    // relative to exp(r), 2^-30.8. With two coefficients, 2^-21.1.
    static constexpr std::array<float, 3> coth{0x1p1f, 0x1.555512p-3f, -0x1.6a8742p-9f};
};

template <>
struct exp_constants<double> {
    static constexpr double log2_e = 0x1.71547652b82fep0;
    // 42 bits, as above.
    static constexpr double ln2_hi = 0x1.62e42fefa38p-1;
    static constexpr double ln2_lo = 0x1.ef35793c7673p-45;
    // The same with 49 bits and 2^-54.
    static constexpr double ln2 = 0x1.62e42fefa39fp-1;
    static constexpr double ln2_rest = -0x1.950d871319ffp-54;
    static constexpr double unscale = 0x1p-512;
    static constexpr double to_integer = 0x1.8p52 + (1023 + 512);
    static constexpr double to_plain = 0x1.8p52 + 1023;
    static constexpr double lowest = -1062.0;
    static constexpr double lowest_plain = -708.0;
    // As above, r^1 to r^10 and r^11: error relative to r 2^-55.6 and 2^-61.6; to exp(r) 2^-57.2 and 2^-63.
    static constexpr std::array<double, 10> tail{
        0x1.0000000000005p-1,  0x1.555555555555cp-3,  0x1.55555555520dbp-5,  0x1.111111110e814p-7,
        0x1.6c16c17f40ff2p-10, 0x1.a01a01b56b244p-13, 0x1.a019a662c2515p-16, 0x1.71ddeaf978af7p-19,
        0x1.28a2d3291b1dap-22, 0x1.af752a371a884p-26};
    static constexpr std::array<double, 11> long_tail{0x1p-1,
                                                      0x1.5555555555559p-3,
                                                      0x1.5555555555558p-5,
                                                      0x1.111111110f648p-7,
                                                      0x1.6c16c16c14f51p-10,
                                                      0x1.a01a01b00bb42p-13,
                                                      0x1.a01a01ade0ef1p-16,
                                                      0x1.71ddf7f54ebb6p-19,
                                                      0x1.27e4caf514046p-22,
                                                      0x1.af5f60e30d745p-26,
                                                      0x1.1f8dec537ea3dp-29};
    // Error 2^-62.2; with five coefficients 2^-52.3.
    static constexpr std::array<double, 6> coth{0x1p1,
                                                0x1.555555555552bp-3,
                                                -0x1.6c16c16bd7fa6p-9,
                                                0x1.1566aabb3177ep-14,
                                                -0x1.bbd39ef80bf97p-20,
                                                0x1.6344573058763p-25};
};

} // namespace actfn::inline ACTFN_ABI::math::detail
