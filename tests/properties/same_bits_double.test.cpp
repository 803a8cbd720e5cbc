// All instruction sets with fused multiply-add give the same bits: double.
#include "properties/same_bits.hpp"

ACTFN_FOR_EACH(support::deterministic<double>,
               "all instruction sets with fused multiply-add give the same bits", "[forward][derivative]") {
    support::compare_bits<F>();
}

ACTFN_FOR_EACH(actfn::stochastic_activations<double>,
               "all instruction sets with fused multiply-add give the same bits",
               "[forward][derivative][rng]") {
    support::compare_bits<F>();
}
