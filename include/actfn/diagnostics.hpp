// What to look at in a layer that does not learn: its zeros, dead units, saturation, spread, and what its
// activations leave of a gradient.
#pragma once

#include <actfn/reductions/log_derivative.hpp>
#include <actfn/reductions/summary.hpp>
#include <actfn/reductions/units.hpp>
