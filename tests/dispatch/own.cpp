// Its loops; compiled by actfn_add_isa_objects().
#include "own.hpp"

#include <actfn/dispatch/instructions.hpp>

ACTFN_DISPATCH_DEFINE(squareplus_float, float, own::squareplus<float>);
ACTFN_DISPATCH_DEFINE(squareplus_double, double, own::squareplus<double>);
