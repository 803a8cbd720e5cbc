// libtorch: ATen's out= functions on tensors that lie on the arrays. prelu has none: its time has the
// allocation of the result with it.
#include "kernel.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <torch/headeronly/version.h>

#include <cstring>

namespace {

using at::Tensor;
using versus::call, versus::direction;

struct tensors {
    Tensor x, dy, y, slope;
};

template <class T>
constexpr at::ScalarType type = sizeof(T) == sizeof(float) ? at::kFloat : at::kDouble;

/// Adds run(tensors&); with rows, x is a matrix, and y a vector of its rows if the function reduces them.
template <class T, class Run>
void add_shaped(const char* function, direction way, bool rows, bool reduces, Run run) {
    versus::kernels<T>().push_back(
        {"torch", function, way, [=](const versus::operands<T>& o) -> call {
             static thread_local const c10::InferenceMode guard(true);
             at::set_num_threads(versus::threads);
             const auto n = static_cast<std::int64_t>(o.n), c = static_cast<std::int64_t>(versus::columns);
             const std::vector<std::int64_t> shape =
                 rows ? std::vector<std::int64_t>{n / c, c} : std::vector<std::int64_t>{n};
             tensors t;
             t.x = at::from_blob(const_cast<T*>(o.src), shape, type<T>);
             if (o.diff_dst) t.dy = at::from_blob(const_cast<T*>(o.diff_dst), shape, type<T>);
             t.y = at::from_blob(o.dst, reduces ? std::vector<std::int64_t>{n / c} : shape, type<T>);
             t.slope = at::full({1}, versus::prelu_slope, type<T>);
             return [run, t]() mutable { run(t); };
         }});
}

template <class Run>
void add(const char* function, direction way, Run run) {
    add_shaped<float>(function, way, false, false, run);
    add_shaped<double>(function, way, false, false, run);
}

template <class Run>
void add_rows(const char* function, bool reduces, Run run) {
    add_shaped<float>(function, direction::forward, true, reduces, run);
    add_shaped<double>(function, direction::forward, true, reduces, run);
}

void give(tensors& t, const Tensor& result) {
    if (versus::results_wanted) std::memcpy(t.y.data_ptr(), result.data_ptr(), result.nbytes());
}

const int registered = [] {
    const direction f = direction::forward, b = direction::backward, o = direction::from_output;
    add("relu", f, [](tensors& t) { at::clamp_min_out(t.y, t.x, 0); }); // what at::relu calls
    add("leaky_relu", f, [](tensors& t) { at::leaky_relu_out(t.y, t.x, versus::leaky_slope); });
    add("prelu", f, [](tensors& t) { give(t, at::prelu(t.x, t.slope)); });
    add("elu", f, [](tensors& t) { at::elu_out(t.y, t.x, 1, 1, 1); });
    add("sigmoid", f, [](tensors& t) { at::sigmoid_out(t.y, t.x); });
    add("tanh", f, [](tensors& t) { at::tanh_out(t.y, t.x); });
    add("softplus", f, [](tensors& t) { at::softplus_out(t.y, t.x, 1, 20); });
    add("silu", f, [](tensors& t) { at::silu_out(t.y, t.x); });
    add("relu", b, [](tensors& t) { at::threshold_backward_out(t.y, t.dy, t.x, 0); });
    add("leaky_relu", b,
        [](tensors& t) { at::leaky_relu_backward_out(t.y, t.dy, t.x, versus::leaky_slope, false); });
    // Has a gradient of the slope for every element with it.
    add("prelu", b, [](tensors& t) {
        give(t, std::get<0>(at::_prelu_kernel_backward(t.dy, t.x, t.slope.expand_as(t.x))));
    });
    add("elu", b, [](tensors& t) { at::elu_backward_out(t.y, t.dy, 1, 1, 1, false, t.x); });
    add("softplus", b, [](tensors& t) { at::softplus_backward_out(t.y, t.dy, t.x, 1, 20); });
    add("silu", b, [](tensors& t) { at::silu_backward_out(t.y, t.dy, t.x); });
    add("elu", o, [](tensors& t) { at::elu_backward_out(t.y, t.dy, 1, 1, 1, true, t.x); });
    add("sigmoid", o, [](tensors& t) { at::sigmoid_backward_out(t.y, t.dy, t.x); });
    add("tanh", o, [](tensors& t) { at::tanh_backward_out(t.y, t.dy, t.x); });
    add_rows("softmax", false, [](tensors& t) { at::_softmax_out(t.y, t.x, 1, false); });
    add_rows("log_softmax", false, [](tensors& t) { at::_log_softmax_out(t.y, t.x, 1, false); });
    add_rows("logsumexp", true, [](tensors& t) { at::logsumexp_out(t.y, t.x, 1, false); });
    versus::peers().emplace_back(
        "torch", [] { return std::string(TORCH_VERSION) + ", CPU capability " + at::get_cpu_capability(); });
    return 0;
}();

} // namespace
