// The instruction sets that actfn::dispatch is compiled for, and which of them is in use.
#pragma once

#include <span>
#include <string_view>

// No inline namespace: these names are the same in translation units of any instruction set.
namespace actfn::dispatch {

/// An instruction set that there are loops for. Elsewhere than on x86-64 there is the baseline alone.
enum class isa {
    baseline, ///< what every CPU of the architecture has: SSE2 on x86-64, NEON on AArch64
    avx2,     ///< AVX2, FMA and F16C
    avx512    ///< AVX-512 F, CD, DQ, BW and VL, with AVX2, FMA and F16C
};

/// "baseline", "avx2" or "avx512".
std::string_view to_string(isa set) noexcept;

/// The instruction sets that this CPU and its operating system can run, the best one last.
std::span<const isa> available() noexcept;

/// The one in use: the last that was forced, else the one that the environment variable ACTFN_ISA names, else
/// the best. The environment is read once, by the first call here that needs it. Throws std::invalid_argument
/// if ACTFN_ISA names none that is available.
isa active();

/// Uses this one from now on, in all threads; calls that run already finish as they began. Throws
/// std::invalid_argument, and changes nothing, unless it is one of available().
void force(isa set);

/// The same by name.
void force(std::string_view name);

} // namespace actfn::dispatch
