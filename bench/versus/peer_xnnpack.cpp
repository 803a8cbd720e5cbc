// XNNPACK's operators, created and set up outside of what is timed. For inference: forward only.
#include "kernel.hpp"

#include <xnnpack.h>

#include <limits>
#include <memory>
#include <stdexcept>

namespace {

using versus::call, versus::columns;
using operands = versus::operands<float>;
using unowned = xnn_operator_t;

void require(xnn_status status, const char* what) {
    if (status != xnn_status_success) throw std::runtime_error(std::string("xnnpack: ") + what + " failed");
}

/// Adds create(&op), reshape(op, n) and setup(op, operands), then runs; no thread pool.
template <class Create, class Reshape, class Setup>
void add(const char* function, Create create, Reshape reshape, Setup setup) {
    versus::kernels<float>().push_back(
        {"xnnpack", function, versus::direction::forward, [=](const operands& o) -> call {
             static const bool initialized = (require(xnn_initialize(nullptr), "initialize"), true);
             static_cast<void>(initialized);
             unowned op = nullptr;
             require(create(&op), "create");
             const std::shared_ptr<xnn_operator> owned(op, [](unowned p) { xnn_delete_operator(p); });
             require(reshape(op, o.n), "reshape");
             require(setup(op, o), "setup");
             return [owned] { require(xnn_run_operator(owned.get(), nullptr), "run"); };
         }});
}

void add_unary(const char* function, xnn_unary_operator type, xnn_unary_params parameters = {}) {
    add(
        function,
        [=](unowned* op) {
            return xnn_create_unary_elementwise_nc(type, xnn_datatype_fp32, xnn_datatype_fp32, &parameters,
                                                   nullptr, nullptr, 0, op);
        },
        [](unowned op, std::size_t n) { return xnn_reshape_unary_elementwise_nc(op, n, 1, 1, 1, nullptr); },
        [](unowned op, const operands& o) { return xnn_setup_unary_elementwise_nc(op, o.src, o.dst); });
}

void add_prelu() {
    static const float slope = static_cast<float>(versus::prelu_slope);
    add(
        "prelu",
        [](unowned* op) {
            return xnn_create_binary_elementwise_nd(xnn_binary_prelu, xnn_datatype_fp32, nullptr, nullptr,
                                                    nullptr, 0, op);
        },
        [](unowned op, std::size_t n) {
            const std::size_t one = 1;
            return xnn_reshape_binary_elementwise_nd(op, 1, &n, 1, &one, nullptr);
        },
        [](unowned op, const operands& o) {
            return xnn_setup_binary_elementwise_nd(op, o.src, &slope, o.dst);
        });
}

void add_softmax() {
    add(
        "softmax", [](unowned* op) { return xnn_create_softmax_nc_f32(0, op); },
        [](unowned op, std::size_t n) {
            return xnn_reshape_softmax_nc_f32(op, columns, columns, columns, n / columns, nullptr);
        },
        [](unowned op, const operands& o) { return xnn_setup_softmax_nc_f32(op, o.src, o.dst); });
}

const int registered = [] {
    xnn_unary_params p{};
    p.clamp.min = 0;
    p.clamp.max = std::numeric_limits<float>::infinity();
    add_unary("relu", xnn_unary_clamp, p);
    p.leaky_relu.negative_slope = static_cast<float>(versus::leaky_slope);
    add_unary("leaky_relu", xnn_unary_leaky_relu, p);
    p.elu.alpha = 1;
    add_unary("elu", xnn_unary_elu, p);
    add_unary("sigmoid", xnn_unary_sigmoid);
    add_unary("tanh", xnn_unary_tanh);
    add_prelu();
    add_softmax();
    versus::peers().emplace_back("xnnpack",
                                 [] { return "dispatches by itself and does not tell; no threads"; });
    return 0;
}();

} // namespace
