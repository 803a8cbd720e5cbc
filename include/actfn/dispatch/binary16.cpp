// The loops of the registry on elements of type binary16, for one instruction set.
#include <actfn/dispatch/instructions.hpp>

namespace actfn::dispatch {

extern const registered_rows<binary16> ACTFN_DISPATCH_JOIN(binary16s, ACTFN_DISPATCH_ISA);
constinit const registered_rows<binary16>
    ACTFN_DISPATCH_JOIN(binary16s, ACTFN_DISPATCH_ISA) = rows_of<binary16>(registered<binary16>{});

} // namespace actfn::dispatch
