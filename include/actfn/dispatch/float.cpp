// The loops of the registry on elements of type float, for one instruction set.
#include <actfn/dispatch/instructions.hpp>

namespace actfn::dispatch {

extern const registered_rows<float> ACTFN_DISPATCH_JOIN(floats, ACTFN_DISPATCH_ISA);
constinit const registered_rows<float>
    ACTFN_DISPATCH_JOIN(floats, ACTFN_DISPATCH_ISA) = rows_of<float>(registered<float>{});

} // namespace actfn::dispatch
