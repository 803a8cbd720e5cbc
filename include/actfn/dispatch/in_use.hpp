// From a functor to its loops on the instruction set in use.
#pragma once

#include <actfn/dispatch/registered.hpp>
#include <actfn/kernel/checks.hpp>

namespace actfn::dispatch {

/// in_use, chosen if it is not yet; throws as active() does.
const tables& choose(this_registry);

} // namespace actfn::dispatch

namespace actfn::dispatch::inline ACTFN_ABI::detail {

/// What stands in the tables for elements T: T itself; for halves under any name, one name.
template <storable T>
struct tabled {
    using type = T;
};

template <half T>
struct tabled<T> {
    using type = stored_half<actfn::detail::half_traits<T>::format>;
};

/// Elements as the tables' loops take them.
template <class T>
[[gnu::always_inline]] inline auto* elements(T* p) noexcept {
    using E = typename tabled<std::remove_const_t<T>>::type;
    return reinterpret_cast<std::conditional_t<std::is_const_v<T>, const E*, E*>>(p);
}

template <class T>
[[gnu::always_inline]] inline auto* elements(std::span<T> s) noexcept {
    return elements(s.data());
}

/// The loops of F in use.
template <class F, class T>
[[gnu::always_inline]] inline const loops<typename tabled<T>::type>& loops_in_use() {
    const tables* t = in_use.load(std::memory_order_relaxed);
    if (t == nullptr) [[unlikely]]
        t = &choose(this_registry{});
    constexpr std::size_t i = index_of<F>(registered<T>{});
    if constexpr (i == registered<T>::size)
        return *own_loops<F>::by_isa[static_cast<std::size_t>(t->set)];
    else if constexpr (std::is_same_v<T, float>)
        return t->floats[i];
    else if constexpr (std::is_same_v<T, double>)
        return t->doubles[i];
    else if constexpr (std::is_same_v<typename tabled<T>::type, binary16>)
        return t->binary16s[i];
    else
        return t->bfloat16s[i];
}

} // namespace actfn::dispatch::inline ACTFN_ABI::detail
