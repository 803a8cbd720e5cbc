// Every function of rows, by what it reads and writes.
#pragma once

#include <actfn/reductions/log_softmax.hpp>
#include <actfn/reductions/maxout.hpp>

#include <span>

namespace support {

/// each(name, call) for everything that reads a, or a and b, and writes as many elements to c: call(layout,
/// a, b, c). What has one element for each row takes it from b, or writes c[0] to c[rows - 1].
template <class T, class Each>
void for_each_row_loop(Each each) {
    using actfn::matrix_layout;
    using in = std::span<const T>;
    using out = std::span<T>;
    each("softmax", [](matrix_layout l, in a, in, out c) { actfn::softmax(a, l, c); });
    each("softmax0", [](matrix_layout l, in a, in, out c) { actfn::softmax0(a, l, c); });
    each("log_softmax", [](matrix_layout l, in a, in, out c) { actfn::log_softmax(a, l, c); });
    each("softmax_backward", [](matrix_layout l, in a, in b, out c) { actfn::softmax_backward(a, b, l, c); });
    each("log_softmax_backward",
         [](matrix_layout l, in a, in b, out c) { actfn::log_softmax_backward(a, b, l, c); });
    each("logsumexp_backward",
         [](matrix_layout l, in a, in b, out c) { actfn::logsumexp_backward(a, b.first(l.rows), l, c); });
    each("logsumexp0_backward",
         [](matrix_layout l, in a, in b, out c) { actfn::logsumexp0_backward(a, b.first(l.rows), l, c); });
    each("logsumexp", [](matrix_layout l, in a, in, out c) { actfn::logsumexp(a, l, c.first(l.rows)); });
    each("logsumexp0", [](matrix_layout l, in a, in, out c) { actfn::logsumexp0(a, l, c.first(l.rows)); });
    each("maxout", [](matrix_layout l, in a, in, out c) {
        if (l.columns > 0) actfn::maxout(a, l.columns, c.first(l.rows));
    });
    each("maxout_backward", [](matrix_layout l, in a, in b, out c) {
        if (l.columns > 0) actfn::maxout_backward(a, l.columns, b.first(l.rows), c);
    });
}

} // namespace support
