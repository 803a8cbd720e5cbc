// From a functor to its loops on the instruction set in use.
#pragma once

#include <actfn/dispatch/registered.hpp>
#include <actfn/kernel/checks.hpp>

namespace actfn::dispatch {

/// in_use, chosen if it is not yet; throws as active() does.
const tables& choose(this_registry);

} // namespace actfn::dispatch

namespace actfn::dispatch::inline ACTFN_ABI::detail {

/// The loops of F in use.
template <class F, class T>
[[gnu::always_inline]] inline const loops<T>& loops_in_use() {
    const tables* t = in_use.load(std::memory_order_relaxed);
    if (t == nullptr) [[unlikely]]
        t = &choose(this_registry{});
    constexpr std::size_t i = index_of<F>(registered<T>{});
    if constexpr (i == registered<T>::size)
        return *own_loops<F>::by_isa[static_cast<std::size_t>(t->set)];
    else if constexpr (std::is_same_v<T, float>)
        return t->floats[i];
    else
        return t->doubles[i];
}

} // namespace actfn::dispatch::inline ACTFN_ABI::detail
