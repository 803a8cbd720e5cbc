// Every function of rows that writes a span.
#pragma once

#include <actfn/actfn.hpp>

template <class Src, class Dst>
void call_every_row_function(const Src& src, Dst& dst) {
    const actfn::matrix_layout layout{.rows = 2, .columns = 4};
    actfn::softmax(src, dst);
    actfn::softmax(src, layout, dst);
    actfn::softmax0(src, dst);
    actfn::softmax0(src, layout, dst);
    actfn::log_softmax(src, dst);
    actfn::log_softmax(src, layout, dst);
    actfn::softmax_backward(src, src, dst);
    actfn::softmax_backward(src, src, layout, dst);
    actfn::log_softmax_backward(src, src, dst);
    actfn::log_softmax_backward(src, src, layout, dst);
    actfn::logsumexp(src, layout, dst);
    actfn::logsumexp0(src, layout, dst);
    actfn::logsumexp_backward(src, 1, dst);
    actfn::logsumexp_backward(src, src, layout, dst);
    actfn::logsumexp0_backward(src, 1, dst);
    actfn::logsumexp0_backward(src, src, layout, dst);
    actfn::maxout(src, 4, dst);
    actfn::maxout_backward(src, 4, src, dst);
}
