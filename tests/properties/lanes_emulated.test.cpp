// Batches that xsimd emulates with arrays, which no CPU has, give the bits of scalars, too.
#define XSIMD_WITH_EMULATED 1
#undef XSIMD_ENABLE_XTL_COMPLEX // the emulated registers of xsimd 13.2 name a class that xtl does not have
#include "support/lanes.hpp"

ACTFN_FOR_EACH(support::every_activation, "an emulated batch gives the bits of a scalar in every lane",
               "[forward][derivative]") {
    CAPTURE(support::seed);
    CHECK(support::compare_architectures<F>(support::architectures<xsimd::emulated<128>>{}) == "");
}
