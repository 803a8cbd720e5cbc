// What the tables are held to: the same rows, filled with plain loops over scalar calls.
#pragma once

#include <actfn/dispatch/registered.hpp>

#include <span>

namespace reference {

/// Compiled without and with fused multiply-add, whatever the tests are compiled for. The second may be
/// called only where the CPU has it.
extern const std::span<const actfn::dispatch::loops<float>> floats_baseline, floats_fused;
extern const std::span<const actfn::dispatch::loops<double>> doubles_baseline, doubles_fused;

} // namespace reference
