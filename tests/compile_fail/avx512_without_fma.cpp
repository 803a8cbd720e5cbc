// expect: add -mfma -mf16c
// What GCC makes of -mavx512f alone.
#if !defined(ACTFN_COMPILE_FAIL_CONTROL)
#define __AVX512F__ 1
#undef __FMA__
#endif
#include <actfn/core/abi.hpp>
