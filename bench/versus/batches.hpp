// What the SIMD libraries share: registers, by way of xsimd's batch of the best architecture compiled for.
#pragma once

#include "compose.hpp"

#include <xsimd/xsimd.hpp>

namespace versus {

template <class S>
struct batches {
    using value_type = S;
    using V = xsimd::batch<S>;
    static constexpr std::size_t width = V::size;
    static V load(const S* p) { return V::load_unaligned(p); }
    static void store(S* p, const V& v) { v.store_unaligned(p); }
    static V pick(const typename V::batch_bool_type& first, auto a, auto b) {
        return xsimd::select(first, V(a()), V(b()));
    }
    static S max_of(const V& v) { return xsimd::reduce_max(v); }
    static S sum_of(const V& v) { return xsimd::reduce_add(v); }
};

} // namespace versus
