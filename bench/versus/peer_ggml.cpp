// ggml's CPU backend, the best variant that it finds: graphs of one node, on the arrays. Forward only.
#include "kernel.hpp"

#include <ggml-backend.h>
#include <ggml-cpu.h>
#include <ggml.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace {

using operands = versus::operands<float>;
using node = ggml_tensor* (*)(ggml_context*, ggml_tensor*);

constexpr std::size_t row = 4096; // of elementwise functions, because ggml shares out by rows

/// One per thread, as it has memory of its own for a graph that runs.
ggml_backend_t backend() {
    static const bool loaded = [] {
        ggml_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
        ggml_backend_load_all();
        return true;
    }();
    static_cast<void>(loaded);
    static thread_local const ggml_backend_t own = [] {
        const ggml_backend_t b = ggml_backend_init_by_type(GGML_BACKEND_DEVICE_TYPE_CPU, nullptr);
        if (!b) throw std::runtime_error("ggml: no CPU backend");
        return b;
    }();
    return own;
}

void* of_backend(const char* function) {
    return ggml_backend_reg_get_proc_address(ggml_backend_dev_backend_reg(ggml_backend_get_device(backend())),
                                             function);
}

void add(const char* function, node make, bool of_rows = false) {
    versus::kernels<float>().push_back(
        {"ggml", function, versus::direction::forward, [=](const operands& o) -> versus::call {
             if (void* set = of_backend("ggml_backend_set_n_threads"))
                 reinterpret_cast<ggml_backend_set_n_threads_t>(set)(backend(), 1);
             ggml_init_params memory{};
             memory.mem_size = 8 * ggml_tensor_overhead() + ggml_graph_overhead();
             memory.no_alloc = true;
             const std::shared_ptr<ggml_context> context(ggml_init(memory), ggml_free);
             const std::size_t c = of_rows ? versus::columns : o.n % row == 0 ? row : o.n;
             ggml_tensor* x = ggml_new_tensor_2d(context.get(), GGML_TYPE_F32, static_cast<std::int64_t>(c),
                                                 static_cast<std::int64_t>(o.n / c));
             x->data = const_cast<float*>(o.src);
             ggml_tensor* y = make(context.get(), x);
             y->data = o.dst;
             ggml_cgraph* graph = ggml_new_graph(context.get());
             ggml_build_forward_expand(graph, y);
             return [context, graph, b = backend()] {
                 if (ggml_backend_graph_compute(b, graph) != GGML_STATUS_SUCCESS) std::abort();
             };
         }});
}

std::string about() {
    std::string text = ggml_version();
    if (void* list = of_backend("ggml_backend_get_features"))
        for (auto* f = reinterpret_cast<ggml_backend_get_features_t>(list)(
                 ggml_backend_dev_backend_reg(ggml_backend_get_device(backend())));
             f->name; ++f)
            text += std::string(", ") + f->name + "=" + f->value;
    return text;
}

const int registered = [] {
    add("relu", ggml_relu);
    add("leaky_relu", [](ggml_context* c, ggml_tensor* x) {
        return ggml_leaky_relu(c, x, static_cast<float>(versus::leaky_slope), false);
    });
    add("elu", ggml_elu);
    add("sigmoid", ggml_sigmoid);
    add("tanh", ggml_tanh);
    add("softplus", ggml_softplus);
    add("silu", ggml_silu);
    add("softmax", ggml_soft_max, true);
    versus::peers().emplace_back("ggml", about);
    return 0;
}();

} // namespace
