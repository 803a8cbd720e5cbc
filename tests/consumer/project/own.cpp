// Compiled once per instruction set.
#include "own.hpp"

#include <actfn/dispatch/instructions.hpp>

ACTFN_DISPATCH_DEFINE(consumer_twice, float, consumer::twice);
