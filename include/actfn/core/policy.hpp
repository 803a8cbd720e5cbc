// The choices that are types: how accurate, which derivative at a kink, which noise.
#pragma once

#include <actfn/core/abi.hpp>

namespace actfn::inline ACTFN_ABI {

/// The tier of a smooth activation; a promise with a number, which forward_error() and derivative_error()
/// state.
enum class accuracy {
    accurate, ///< at most 1 ULP, forward and derivative (1.5 where the build has no fused multiply-add)
    fast      ///< float at most 4 ULP; subnormal results and the tails are kept as in the other
};

/// Which derivative holds at a kink: the one from the left, the one from the right, or their mean. For ReLU
/// left, 0, trains best: Bertoin, Bolte, Gerchinovitz, Pauwels 2021, arXiv 2106.12915.
enum class at_kink { left, right, mean };

/// The kind of draw that a stochastic activation takes beside x.
enum class noise {
    uniform, ///< uniform on (0, 1)
    normal   ///< standard normal
};

} // namespace actfn::inline ACTFN_ABI
