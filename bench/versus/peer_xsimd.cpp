// xsimd's own elementary functions.
#include "batches.hpp"

namespace {

template <class S>
struct stock : versus::batches<S> {
    using V = xsimd::batch<S>;
    static V exp(V x) { return xsimd::exp(x); }
    static V expm1(V x) { return xsimd::expm1(x); }
    static V log1p(V x) { return xsimd::log1p(x); }
    static V tanh(V x) { return xsimd::tanh(x); }
};

const int registered = [] {
    versus::compose<stock<float>>::add_all("xsimd");
    versus::compose<stock<double>>::add_all("xsimd");
    versus::peers().emplace_back("xsimd", [] {
        return std::to_string(XSIMD_VERSION_MAJOR) + '.' + std::to_string(XSIMD_VERSION_MINOR) + ", " +
               xsimd::default_arch::name();
    });
    return 0;
}();

} // namespace
