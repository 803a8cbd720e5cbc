// The loops of the registry on elements of type double, for one instruction set.
#include <actfn/dispatch/instructions.hpp>

namespace actfn::dispatch {

extern const registered_rows<double> ACTFN_DISPATCH_JOIN(doubles, ACTFN_DISPATCH_ISA);
constinit const registered_rows<double>
    ACTFN_DISPATCH_JOIN(doubles, ACTFN_DISPATCH_ISA) = rows_of<double>(registered<double>{});

} // namespace actfn::dispatch
