// The architectures that a test looks at: each register length this build has, rather than each of its
// fifteen names.
#pragma once

#include <actfn/rng/draws.hpp>

#include <string>
#include <vector>

namespace architectures {

/// Calls f with an architecture for every kind of register, and with the default one.
template <class F>
void for_each(F f) {
#if XSIMD_WITH_SSE2
    f(xsimd::sse2());
#endif
#if XSIMD_WITH_AVX
    f(xsimd::avx());
#endif
#if XSIMD_WITH_AVX2
    f(xsimd::avx2());
#endif
#if XSIMD_WITH_AVX512F
    f(xsimd::avx512f());
#endif
    f(xsimd::default_arch());
}

/// n draws by way of fill. Kept out of line, or a test of all architectures becomes one function that takes
/// minutes to compile.
template <actfn::noise Kind, class T, class A>
[[gnu::noinline]] std::vector<T> filled(const actfn::rng::stream& s, std::size_t n, A) {
    std::vector<T> draws(n);
    actfn::rng::fill<Kind, A>(s, draws);
    return draws;
}

} // namespace architectures
