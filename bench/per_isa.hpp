// What the benchmarks need of each instruction set and actfn::dispatch has no call for: the loops over rows,
// and what the functions claim there.
#pragma once

#include <actfn/dispatch.hpp>

#include <cstddef>

// No inline namespace, and so nothing but data and declarations: no function here may be compiled twice.
namespace bench {

/// The rows of a matrix, without the checks of the calls that users make, which cost nanoseconds. The result
/// of logsumexp is one element per row.
template <class T>
struct row_loops {
    using loop = void(const T* src, T* dst, std::size_t rows, std::size_t columns) noexcept;
    loop *softmax, *log_softmax, *logsumexp;
};

/// Bounds on the errors in ULP.
struct claims {
    double forward, derivative;
};

struct per_isa {
    row_loops<float> floats;
    row_loops<double> doubles;
    const claims* of_floats; ///< of activations<float>, in that order
};

#if defined(__x86_64__)
extern const per_isa per_isa_baseline, per_isa_avx2, per_isa_avx512;
inline constexpr const per_isa* by_isa[] = {&per_isa_baseline, &per_isa_avx2, &per_isa_avx512};
#else
extern const per_isa per_isa_baseline;
inline constexpr const per_isa* by_isa[] = {&per_isa_baseline};
#endif

/// Of the instruction set in use.
inline const per_isa& in_use() { return *by_isa[static_cast<int>(actfn::dispatch::active())]; }

template <class T>
const row_loops<T>& rows_in_use() {
    if constexpr (sizeof(T) == sizeof(float))
        return in_use().floats;
    else
        return in_use().doubles;
}

} // namespace bench
