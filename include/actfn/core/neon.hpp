// Operations of AArch64 registers that xsimd only approximates: its float division and square root are
// iterations made for 32-bit NEON, some ULP off.
#pragma once

#include <actfn/core/scalar_ops.hpp>

namespace actfn::inline ACTFN_ABI::detail {

#if XSIMD_WITH_NEON64
/// A batch of float in an AArch64 register.
template <class T, class A>
concept neon_float = std::same_as<T, float> && std::derived_from<A, xsimd::neon64>;

template <class T, class A>
    requires neon_float<T, A>
[[gnu::always_inline]] inline xsimd::batch<T, A> neon_divided(const xsimd::batch<T, A>& a,
                                                              const xsimd::batch<T, A>& b) noexcept {
    return vdivq_f32(a, b);
}

template <class T, class A>
    requires neon_float<T, A>
[[gnu::always_inline]] inline xsimd::batch<T, A> neon_sqrt(const xsimd::batch<T, A>& x) noexcept {
    return vsqrtq_f32(x);
}
#endif

} // namespace actfn::inline ACTFN_ABI::detail
