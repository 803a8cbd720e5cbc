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
        actfn::detail::row_groups<T>({rows, columns}, [&](std::size_t first, std::size_t n) {
            const std::size_t at = first * columns;
            actfn::detail::softmax_of_rows<actfn::detail::extra_logit::none>(
                src + at, dst + at, n, columns,
                [](const auto& v, std::size_t) __attribute__((always_inline)) { return v; });
        });
    },
    [](const T* src, T* dst, std::size_t rows, std::size_t columns) noexcept {
        actfn::detail::row_groups<T>({rows, columns}, [&](std::size_t first, std::size_t n) {
            actfn::detail::log_softmax_of_rows(src + first * columns, dst + first * columns, n, columns);
        });
    },
    [](const T* src, T* dst, std::size_t rows, std::size_t columns) noexcept {
        actfn::detail::row_groups<T>({rows, columns}, [&](std::size_t first, std::size_t n) {
            actfn::detail::logsumexp_of_rows<actfn::detail::extra_logit::none>(src + first * columns,
                                                                               dst + first, n, columns);
        });
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
