// SLEEF's functions of 1.0 ULP, those for the instruction set compiled for, called directly; and its faster
// tanh of 3.5 ULP, which of the functions needed here is the only one there is.
#include "batches.hpp"

#include <sleef.h>

#if defined(__AVX512F__)
#define SLEEF_FLOAT(f, u) Sleef_##f##f16_##u##avx512f
#define SLEEF_DOUBLE(f, u) Sleef_##f##d8_##u##avx512f
#define SLEEF_SET "avx512f"
#elif defined(__AVX2__) && defined(__FMA__)
#define SLEEF_FLOAT(f, u) Sleef_##f##f8_##u##avx2
#define SLEEF_DOUBLE(f, u) Sleef_##f##d4_##u##avx2
#define SLEEF_SET "avx2"
#elif defined(__SSE4_1__)
#define SLEEF_FLOAT(f, u) Sleef_##f##f4_##u##sse4
#define SLEEF_DOUBLE(f, u) Sleef_##f##d2_##u##sse4
#define SLEEF_SET "sse4"
#elif defined(__aarch64__)
#define SLEEF_FLOAT(f, u) Sleef_##f##f4_##u##advsimd
#define SLEEF_DOUBLE(f, u) Sleef_##f##d2_##u##advsimd
#define SLEEF_SET "advsimd"
#else
#define SLEEF_FLOAT(f, u) Sleef_##f##f4_##u##sse2
#define SLEEF_DOUBLE(f, u) Sleef_##f##d2_##u##sse2
#define SLEEF_SET "sse2"
#endif

namespace {

struct floats : versus::batches<float> {
    static V exp(V x) { return SLEEF_FLOAT(exp, u10)(x); }
    static V expm1(V x) { return SLEEF_FLOAT(expm1, u10)(x); }
    static V log1p(V x) { return SLEEF_FLOAT(log1p, u10)(x); }
    static V tanh(V x) { return SLEEF_FLOAT(tanh, u10)(x); }
    static V tanh_u35(V x) { return SLEEF_FLOAT(tanh, u35)(x); }
};

struct doubles : versus::batches<double> {
    static V exp(V x) { return SLEEF_DOUBLE(exp, u10)(x); }
    static V expm1(V x) { return SLEEF_DOUBLE(expm1, u10)(x); }
    static V log1p(V x) { return SLEEF_DOUBLE(log1p, u10)(x); }
    static V tanh(V x) { return SLEEF_DOUBLE(tanh, u10)(x); }
    static V tanh_u35(V x) { return SLEEF_DOUBLE(tanh, u35)(x); }
};

template <class M>
void add_u35() {
    versus::add<typename M::value_type>("sleef u35", "tanh", versus::direction::forward,
                                        versus::compose<M>::template map<M::tanh_u35>);
}

const int registered = [] {
    versus::compose<floats>::add_all("sleef");
    versus::compose<doubles>::add_all("sleef");
    add_u35<floats>();
    add_u35<doubles>();
    versus::peers().emplace_back("sleef", [] {
        return std::to_string(SLEEF_VERSION_MAJOR) + '.' + std::to_string(SLEEF_VERSION_MINOR) +
               ", " SLEEF_SET " called directly";
    });
    return 0;
}();

} // namespace
