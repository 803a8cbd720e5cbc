// The loops of the registry on elements of type bfloat16, for one instruction set.
#include <actfn/dispatch/instructions.hpp>

namespace actfn::dispatch {

extern const registered_rows<bfloat16> ACTFN_DISPATCH_JOIN(bfloat16s, ACTFN_DISPATCH_ISA);
constinit const registered_rows<bfloat16>
    ACTFN_DISPATCH_JOIN(bfloat16s, ACTFN_DISPATCH_ISA) = rows_of<bfloat16>(registered<bfloat16>{});

} // namespace actfn::dispatch
