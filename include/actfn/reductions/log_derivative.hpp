// The product of derivatives along the layers of a network, as a logarithm.
#pragma once

#include <actfn/kernel/checks.hpp>
#include <actfn/kernel/sweep.hpp>
#include <actfn/math/log.hpp>

#include <algorithm>

namespace actfn::inline ACTFN_ABI {

/// log_product[i] += log|f'(src[i])|: begun with zeros and called once for each layer, log_product[i] is the
/// logarithm of the factor by which the activations alone scale a gradient on its way back through unit i.
/// The product itself would underflow: log(1/4) for each sigmoid at best. Hochreiter 1991, Untersuchungen zu
/// dynamischen neuronalen Netzen; Bengio, Simard, Frasconi 1994.
///
/// A derivative 0 gives -inf, which stays; NaN gives NaN. Error of one call, in absolute terms: where f' is
/// normal, f's derivative_error in units of epsilon; math::log_error in ulp of the logarithm; half an ulp of
/// the sum. Sizes and errors as forward; log_product and src lie apart. For a src of halves log_product has
/// floats.
template <class F, source Src, destination_of<computed_of<Src>> LogProduct>
    requires differentiable<F, computed_of<Src>>
void accumulate_log_derivative(const F& f, const Src& src, LogProduct&& log_product) {
    using T = element_of<Src>;
    const detail::named x{"src", detail::as_span(src)};
    const detail::named sum{"log_product", detail::as_span(log_product)};
    detail::require_same_size("accumulate_log_derivative", sum, x);
    detail::require_apart("accumulate_log_derivative", sum, x);
    detail::require_valid(f);
    // The logarithm has registers of its own to keep.
    detail::sweep<std::min<std::size_t>(detail::registers_of<F>, 4), T, false>(
        x.span.size(), [f, p = x.span.data(), q = sum.span.data()](auto at) __attribute__((always_inline)) {
            at.store(q, at.load(q) + math::log(abs(f.derivative(at.load(p)))));
        });
}

} // namespace actfn::inline ACTFN_ABI
