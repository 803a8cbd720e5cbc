// oneDNN's eltwise, prelu and softmax primitives, made outside of what is timed.
#include "kernel.hpp"

#include <omp.h>
#include <oneapi/dnnl/dnnl.hpp>

#include <mutex>
#include <set>
#include <unordered_map>

namespace {

using dnnl::algorithm, dnnl::memory, dnnl::prop_kind;
using versus::call, versus::direction;
using operands = versus::operands<float>;
using arguments = std::unordered_map<int, memory>;

dnnl::engine& engine() {
    static dnnl::engine e(dnnl::engine::kind::cpu, 0);
    return e;
}

/// Which implementations oneDNN chose.
class chosen {
public:
    void note(const char* name) {
        const std::lock_guard lock(mutex_);
        names_.insert(name);
    }
    std::string text() {
        std::string all;
        for (const std::string& n : names_) all += ", " + n;
        return all;
    }

private:
    std::mutex mutex_;
    std::set<std::string> names_;
} implementations;

memory::desc shape(const memory::dims& dims) {
    return {dims, memory::data_type::f32,
            dims.size() == 1   ? memory::format_tag::a
            : dims.size() == 2 ? memory::format_tag::ab
                               : memory::format_tag::abc};
}

memory at(const memory::desc& d, const float* p) { return {d, engine(), const_cast<float*>(p)}; }

template <class Primitive>
call run(const typename Primitive::primitive_desc& d, arguments a) {
    implementations.note(d.impl_info_str());
    return [p = Primitive(d), s = dnnl::stream(engine()), a = std::move(a)]() mutable {
        p.execute(s, a);
        s.wait();
    };
}

void add(const char* function, direction way, std::function<call(const operands&, memory::dim n)> bind) {
    versus::kernels<float>().push_back({"onednn", function, way, [bind](const operands& o) {
                                            omp_set_num_threads(versus::threads);
                                            return bind(o, static_cast<memory::dim>(o.n));
                                        }});
}

void add_forward(const char* function, algorithm f, float alpha = 0) {
    add(function, direction::forward, [=](const operands& o, memory::dim n) {
        const auto d = shape({n});
        return run<dnnl::eltwise_forward>({engine(), prop_kind::forward_training, f, d, d, alpha, 0.0f},
                                          {{DNNL_ARG_SRC, at(d, o.src)}, {DNNL_ARG_DST, at(d, o.dst)}});
    });
}

void add_backward(const char* function, direction way, algorithm f, float alpha = 0) {
    add(function, way, [=](const operands& o, memory::dim n) {
        const auto d = shape({n});
        const dnnl::eltwise_forward::primitive_desc hint(engine(), prop_kind::forward_training, f, d, d,
                                                         alpha, 0.0f);
        return run<dnnl::eltwise_backward>(
            {engine(), f, d, d, d, alpha, 0.0f, hint},
            {{way == direction::backward ? DNNL_ARG_SRC : DNNL_ARG_DST, at(d, o.src)},
             {DNNL_ARG_DIFF_DST, at(d, o.diff_dst)},
             {DNNL_ARG_DIFF_SRC, at(d, o.dst)}});
    });
}

const float prelu_slope = static_cast<float>(versus::prelu_slope);
thread_local float diff_prelu_slope;

// As {1, 1, n}: for {1, n} oneDNN has no other than its reference implementation.
void add_prelu() {
    add("prelu", direction::forward, [](const operands& o, memory::dim n) {
        const auto d = shape({1, 1, n}), one = shape({1, 1, 1});
        return run<dnnl::prelu_forward>({engine(), prop_kind::forward_training, d, one, d},
                                        {{DNNL_ARG_SRC, at(d, o.src)},
                                         {DNNL_ARG_WEIGHTS, at(one, &prelu_slope)},
                                         {DNNL_ARG_DST, at(d, o.dst)}});
    });
    // Has the gradient of the slope with it: there is no other way.
    add("prelu", direction::backward, [](const operands& o, memory::dim n) {
        const auto d = shape({1, 1, n}), one = shape({1, 1, 1});
        const dnnl::prelu_forward::primitive_desc hint(engine(), prop_kind::forward_training, d, one, d);
        return run<dnnl::prelu_backward>({engine(), d, one, d, one, d, hint},
                                         {{DNNL_ARG_SRC, at(d, o.src)},
                                          {DNNL_ARG_WEIGHTS, at(one, &prelu_slope)},
                                          {DNNL_ARG_DIFF_DST, at(d, o.diff_dst)},
                                          {DNNL_ARG_DIFF_SRC, at(d, o.dst)},
                                          {DNNL_ARG_DIFF_WEIGHTS, at(one, &diff_prelu_slope)}});
    });
}

void add_rows(const char* function, algorithm f) {
    add(function, direction::forward, [=](const operands& o, memory::dim n) {
        const auto columns = static_cast<memory::dim>(versus::columns);
        const auto d = shape({n / columns, columns});
        return run<dnnl::softmax_forward>({engine(), prop_kind::forward_inference, f, d, d, 1},
                                          {{DNNL_ARG_SRC, at(d, o.src)}, {DNNL_ARG_DST, at(d, o.dst)}});
    });
}

const int registered = [] {
    const direction b = direction::backward, o = direction::from_output;
    const auto leaky = static_cast<float>(versus::leaky_slope);
    add_forward("relu", algorithm::eltwise_relu);
    add_forward("leaky_relu", algorithm::eltwise_relu, leaky);
    add_forward("elu", algorithm::eltwise_elu, 1);
    add_forward("sigmoid", algorithm::eltwise_logistic);
    add_forward("tanh", algorithm::eltwise_tanh);
    add_forward("softplus", algorithm::eltwise_soft_relu, 1);
    add_forward("silu", algorithm::eltwise_swish, 1);
    add_backward("relu", b, algorithm::eltwise_relu);
    add_backward("leaky_relu", b, algorithm::eltwise_relu, leaky);
    add_backward("elu", b, algorithm::eltwise_elu, 1);
    add_backward("sigmoid", b, algorithm::eltwise_logistic);
    add_backward("tanh", b, algorithm::eltwise_tanh);
    add_backward("softplus", b, algorithm::eltwise_soft_relu, 1);
    add_backward("silu", b, algorithm::eltwise_swish, 1);
    add_backward("elu", o, algorithm::eltwise_elu_use_dst_for_bwd, 1);
    add_backward("sigmoid", o, algorithm::eltwise_logistic_use_dst_for_bwd);
    add_backward("tanh", o, algorithm::eltwise_tanh_use_dst_for_bwd);
    add_prelu();
    add_rows("softmax", algorithm::softmax_accurate);
    add_rows("log_softmax", algorithm::softmax_log);
    versus::peers().emplace_back("onednn", [] {
        const auto* v = dnnl_version();
        return std::to_string(v->major) + '.' + std::to_string(v->minor) + '.' + std::to_string(v->patch) +
               implementations.text();
    });
    return 0;
}();

} // namespace
