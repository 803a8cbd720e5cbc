// All instruction sets with fused multiply-add give the same bits: bfloat16.
#include "properties/same_bits.hpp"

ACTFN_FOR_EACH(support::on_halves,
               "all instruction sets with fused multiply-add give the same bits on bfloat16",
               "[half][forward][derivative]") {
    support::compare_bits_of_halves<actfn::bfloat16, F>();
}
