// The polynomials behind the mean of a rectified normal.
#pragma once

#include <actfn/math/polynomial.hpp>

namespace actfn::inline ACTFN_ABI::math::detail {

// Phi(-a) = phi(a) M(a) with Mills' ratio M. On 0 <= a <= furthest, q = (a - 3) / (a + 3), relative error by
// fpminimax in tests/derivations/rectified_normal.sollya, q^0 first:
//     gap(q) = (1 - a M(a)) (a + 3)^2 / sqrt(2 pi), approximated directly, for 1 - a M(a) ~ a^-2 loses its
//     digits as a difference; mills(q) = M(a) (a + 3) / sqrt(2 pi).
// furthest is where phi(a), times 2^32 for a deviation that large, has long rounded to 0; lowest is an x
// where a has nearly come there under the logistic variance, and the mean rounded to 0.
template <class T>
struct rectified_normal_constants;

template <>
struct rectified_normal_constants<float> {
    static constexpr float density = static_cast<float>(0x1.9884533d43651p-2); // 1 / sqrt(2 pi) = 0.3989
    static constexpr float furthest = 16;
    static constexpr float lowest = -3.15f; // a = 15.5
    // Errors 2^-25.9 and 2^-25.3.
    static constexpr float gap_rest = -0x1.d3fb98p-26f;
    static constexpr std::array<float, 11> gap{
        0x1.3d08dp0f,   -0x1.7a8c0cp0f, 0x1.a9e7p-1f,    -0x1.2d768p-3f,  -0x1.64f8f6p-4f, 0x1.240f2cp-5f,
        0x1.d6d146p-7f, -0x1.9a4dbp-8f, -0x1.b35568p-9f, 0x1.7f8a5ep-11f, 0x1.2228d8p-11f};
    static constexpr float mills_rest = -0x1.731864p-26f;
    static constexpr std::array<float, 10> mills{
        0x1.754a76p-1f, -0x1.04c73p-1f,  0x1.d7136p-3f,    -0x1.8322d6p-5f,  -0x1.56ba2ap-7f,
        0x1.c6955p-8f,  0x1.0777f2p-10f, -0x1.f1f2b8p-11f, -0x1.8d7ed4p-13f, 0x1.fe54d4p-15f};
};

template <>
struct rectified_normal_constants<double> {
    static constexpr double density = 0x1.9884533d43651p-2;
    static constexpr double furthest = 40;
    static constexpr double lowest = -4.4; // a = 39.96
    // Errors 2^-56.1 and 2^-55.7.
    static constexpr double gap_rest = 0x1.1bfca9fa99d7cp-55;
    static constexpr std::array<double, 27> gap{
        0x1.3d08cf3a4ff3ep0,    -0x1.7a8c0b4bde253p0,   0x1.a9e739b88b137p-1,   -0x1.2d778673986a7p-3,
        -0x1.65142c36bc65fp-4,  0x1.2435c6cd2a096p-5,   0x1.db97ce25ce1aap-7,   -0x1.9dcbca2260c4dp-8,
        -0x1.e4ccbcf0f0378p-9,  0x1.8c44c3d185e91p-11,  0x1.09759e3f2f6b3p-10,  0x1.7684deb666791p-14,
        -0x1.d427f15200e43p-13, -0x1.a3efc9526cb9fp-14, 0x1.5c829073561f2p-16,  0x1.2c142b1f60117p-15,
        0x1.548771d94456dp-17,  -0x1.6c80ffb43a66ap-18, -0x1.87412a38690a9p-18, -0x1.7c8e8d6d0f991p-20,
        0x1.4859c30ebc88p-20,   0x1.2e098130cb4c9p-20,  0x1.3eed06edaf4adp-24,  -0x1.4d1598ad9f3a6p-22,
        -0x1.b1baf56707c7cp-24, 0x1.310c2978027dep-25,  0x1.2b0cd5f343cbdp-26};
    static constexpr double mills_rest = -0x1.9c3d6f5223058p-55;
    static constexpr std::array<double, 25> mills{
        0x1.754a751a56f4ap-1,   -0x1.04c7295a48f35p-1,  0x1.d71387c654cdfp-3,   -0x1.832dbf6991909p-5,
        -0x1.56d8e3d80000cp-7,  0x1.c8f52c316611ep-8,   0x1.0d608c959fb16p-10,  -0x1.12285ec9b7e71p-10,
        -0x1.0d09eb7aff5bbp-12, 0x1.43c9db49519a4p-13,  0x1.4a9075a4ea01fp-14,  -0x1.bc72a4372e6edp-17,
        -0x1.5b1b528f44db2p-16, -0x1.d86311ca1bf71p-19, 0x1.e89b064ddad51p-19,  0x1.2f8452085869fp-19,
        0x1.c3e06215c3c3bp-28,  -0x1.42da3c25c43p-21,   -0x1.223c1e637787p-22,  0x1.ba0b2c4db20c3p-25,
        0x1.8ad6a63837fe4p-24,  0x1.4b57e5ca5d8ccp-26,  -0x1.8b5c4d7928e05p-27, -0x1.72162164a9b88p-28,
        -0x1.aace3b8b0d9b7p-32};
};

} // namespace actfn::inline ACTFN_ABI::math::detail
