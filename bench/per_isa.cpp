// Compiled once per instruction set, by actfn_add_isa_objects().
#include "per_isa.hpp"

#include <actfn/dispatch/instructions.hpp>
#include <actfn/reductions/log_softmax.hpp>
#include <actfn/reductions/logsumexp.hpp>
#include <actfn/reductions/softmax.hpp>

namespace bench::inline ACTFN_ABI {

template <class T>
constexpr row_loops<T> loops{
    [](const T* src, T* dst, std::size_t rows, std::size_t columns) noexcept {
        for (std::size_t at = 0; at < rows * columns; at += columns)
            actfn::detail::softmax_row<actfn::detail::extra_logit::none>(
                src + at, dst + at, columns, [](const auto& v) __attribute__((always_inline)) { return v; });
    },
    [](const T* src, T* dst, std::size_t rows, std::size_t columns) noexcept {
        for (std::size_t at = 0; at < rows * columns; at += columns)
            actfn::detail::log_softmax_row(src + at, dst + at, columns);
    },
    [](const T* src, T* dst, std::size_t rows, std::size_t columns) noexcept {
        for (std::size_t r = 0; r < rows; ++r)
            dst[r] =
                actfn::detail::logsumexp_row<actfn::detail::extra_logit::none>(src + r * columns, columns);
    }};

template <class... F>
struct claims_of {
    static constexpr claims row[] = {{F::forward_error().ulp, F::derivative_error().ulp}...};
    consteval explicit claims_of(actfn::type_list<F...>) {}
};

} // namespace bench::inline ACTFN_ABI

namespace bench {

extern const per_isa ACTFN_DISPATCH_JOIN(per_isa, ACTFN_DISPATCH_ISA);
constinit const per_isa ACTFN_DISPATCH_JOIN(per_isa, ACTFN_DISPATCH_ISA){
    loops<float>, loops<double>, decltype(claims_of(actfn::activations<float>{}))::row};

} // namespace bench
