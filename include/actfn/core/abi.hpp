// The namespace that keeps code compiled for different instruction sets apart, and a region without GCC 12's
// false warnings.
#pragma once

// Every CPU with AVX-512 has both, but GCC's -mavx512f alone takes neither for granted. That would be another
// library under the same names below, and one whose errors nobody measured: GCC fuses there as it sees fit.
#if defined(__AVX512F__) && !(defined(__FMA__) && defined(__F16C__))
#error "actfn: AVX-512 without fused multiply-add or conversion of halves; add -mfma -mf16c, or take -march"
#endif

/// Name of the inline namespace that everything in actfn lives in. An inline function compiled twice with
/// different -m flags is one symbol to the linker, which may then keep the AVX-512 one for a CPU without
/// AVX-512; with the instruction set in its name each translation unit keeps its own.
#if defined(__AVX512VBMI2__) && defined(__AVX512VNNI__)
#define ACTFN_ABI isa_avx512_vbmi2
#elif defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define ACTFN_ABI isa_avx512
#elif defined(__AVX512F__)
#define ACTFN_ABI isa_avx512f
#elif defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)
#define ACTFN_ABI isa_avx2_fma_f16c
#elif defined(__AVX2__) && defined(__FMA__)
#define ACTFN_ABI isa_avx2_fma
#elif defined(__AVX2__)
#define ACTFN_ABI isa_avx2
#elif defined(__AVX__) && defined(__FMA__)
#define ACTFN_ABI isa_avx_fma
#elif defined(__AVX__)
#define ACTFN_ABI isa_avx
#elif defined(__SSE4_2__)
#define ACTFN_ABI isa_sse4_2
#elif defined(__SSE4_1__)
#define ACTFN_ABI isa_sse4_1
#elif defined(__SSSE3__)
#define ACTFN_ABI isa_ssse3
#elif defined(__SSE3__)
#define ACTFN_ABI isa_sse3
#elif defined(__ARM_FEATURE_SVE)
#define ACTFN_ABI isa_sve
#else
#define ACTFN_ABI isa_baseline
#endif

// GCC up to 12 takes the deliberately undefined vectors of its own AVX-512 header for uninitialised
// variables, and says so at every place that such a function ends up in, a user's too. Between these two GCC
// 12 does not.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
#define ACTFN_UNDEFINED_VECTORS                                                                              \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wmaybe-uninitialized\"")               \
        _Pragma("GCC diagnostic ignored \"-Wuninitialized\"")
#define ACTFN_UNDEFINED_VECTORS_END _Pragma("GCC diagnostic pop")
#else
#define ACTFN_UNDEFINED_VECTORS
#define ACTFN_UNDEFINED_VECTORS_END
#endif
