// Batches of floats of the architectures that this build can run give the bits of scalars.
#include "support/lanes.hpp"

ACTFN_FOR_EACH(support::deterministic<float>,
               "a batch of any architecture gives the bits of a scalar in every lane",
               "[forward][derivative]") {
    CAPTURE(support::seed);
    CHECK(support::compare_architectures<F>(support::native_architectures{}) == "");
}
