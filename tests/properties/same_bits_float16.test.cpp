// All instruction sets with fused multiply-add give the same bits: float16.
#include "properties/same_bits.hpp"

ACTFN_FOR_EACH(support::on_halves,
               "all instruction sets with fused multiply-add give the same bits on float16",
               "[half][forward][derivative]") {
    support::compare_bits_of_halves<actfn::float16, F>();
}
