// Highway's contrib/math for the instruction set compiled for.
#include "batches.hpp"

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>
#include <hwy/targets.h>

namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class S>
struct highway : versus::batches<S> {
    using V = xsimd::batch<S>;
    using D = hn::ScalableTag<S>;
    static_assert(hn::MaxLanes(D()) == V::size);
    static hn::Vec<D> in(V x) { return hn::Vec<D>{x.data}; }
    static V out(hn::Vec<D> v) { return V(v.raw); }
    // Exp and Expm1 ask for at most 104 and 706. In this order Min, on x86, keeps a NaN.
    static hn::Vec<D> range(V x) { return hn::Min(hn::Set(D(), sizeof(S) == 4 ? S(104) : S(706)), in(x)); }
    static V exp(V x) { return out(hn::Exp(D(), range(x))); }
    static V expm1(V x) { return out(hn::Expm1(D(), range(x))); }
    static V log1p(V x) { return out(hn::Log1p(D(), in(x))); }
    static V tanh(V x) { return out(hn::Tanh(D(), in(x))); }
};

const int registered = [] {
    versus::compose<highway<float>>::add_all("highway");
    versus::compose<highway<double>>::add_all("highway");
    versus::peers().emplace_back("highway", [] {
        return std::to_string(HWY_MAJOR) + '.' + std::to_string(HWY_MINOR) + ", " +
               hwy::TargetName(HWY_STATIC_TARGET);
    });
    return 0;
}();

} // namespace
