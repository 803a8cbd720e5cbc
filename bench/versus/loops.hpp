// Plain loops over <cmath>. Two translation units with different flags include it; all of it is in an unnamed
// namespace, so that the linker cannot take one's code for the other's.
#pragma once

#include "compose.hpp"

#include <cstring>

namespace {

template <class S>
struct scalars {
    using value_type = S;
    using V = S;
    static constexpr std::size_t width = 1;
    static V load(const S* p) { return *p; }
    static void store(S* p, V v) { *p = v; }
    static V pick(bool first, auto a, auto b) { return first ? a() : b(); }
    static S max_of(V v) { return v; }
    static S sum_of(V v) { return v; }
    static V exp(V x) { return std::exp(x); }
    static V expm1(V x) { return std::expm1(x); }
    static V log1p(V x) { return std::log1p(x); }
    static V tanh(V x) { return std::tanh(x); }
};

template <class T>
void copy(const T* src, const T*, T* dst, std::size_t n) {
    std::memcpy(dst, src, n * sizeof(T));
}

void add_loops(const char* peer, const char* about) {
    versus::compose<scalars<float>>::add_all(peer);
    versus::compose<scalars<double>>::add_all(peer);
    versus::peers().emplace_back(peer, [about] { return std::string(about) + ", " + __VERSION__; });
}

} // namespace
