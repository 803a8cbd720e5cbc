// Mistakes that isa_symbols.cmake has to find: each is one symbol for all instruction sets.
#include <xsimd/xsimd.hpp>

template <class T>
[[gnu::noinline]] T planted_leak(T x) {
    return x * x + T(1);
}

// Not enough: the 128-bit registers are those of the baseline, the instructions are not.
template <class A>
[[gnu::noinline]] int planted_arch(int x) {
    return x * x + 2;
}

int user_of_planted(int x);
#define ACTFN_TWICE(set) ACTFN_ONCE(set)
#define ACTFN_ONCE(set) user_of_planted_##set
int ACTFN_TWICE(ACTFN_DISPATCH_ISA)(int x);
int ACTFN_TWICE(ACTFN_DISPATCH_ISA)(int x) { return planted_leak(x) + planted_arch<xsimd::sse2>(x); }

extern volatile int planted_input;
static const int before_main = planted_input;
const int* planted_user();
const int* planted_user() { return &before_main; }
