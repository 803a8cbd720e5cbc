// All instruction sets with fused multiply-add give the same bits: float.
#include "properties/same_bits.hpp"

ACTFN_FOR_EACH(support::deterministic<float>,
               "all instruction sets with fused multiply-add give the same bits", "[forward][derivative]") {
    support::compare_bits<F>();
}

ACTFN_FOR_EACH(actfn::stochastic_activations<float>,
               "all instruction sets with fused multiply-add give the same bits",
               "[forward][derivative][rng]") {
    support::compare_bits<F>();
}
