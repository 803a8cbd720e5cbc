// The errors of every peer's float kernels, forward and derivative, over all finite floats or every k-th:
//   actfn_versus_accuracy <out.json> [k [function,...]]
// and of the functions of rows over random rows. In ulp as in error_claim, against the definition in double.
// What from_output takes is the peer's own forward.
#include "findings.hpp"
#include "kernel.hpp"
#include "row_errors.hpp"

#include "harness.hpp"
#include "support/tally.hpp"
#include "support/truth.hpp"

#include <actfn/actfn.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

namespace {

using versus::direction, versus::findings, versus::block;
using truth = support::dual<double>;

constexpr std::uint64_t all_floats = std::uint64_t{1} << 32;
constexpr std::uint64_t pieces = 512; // that threads take in turn
constexpr std::uint64_t most_step = all_floats / pieces / block;

/// A function that is compared, with the definition of F.
struct subject {
    std::string name;
    truth (*exact)(float x);
    bool (*derivative_is_told)(float x);
};

template <class F>
subject subject_of() {
    return {std::string(F::about().name), [](float x) { return support::truth(F{}, x); },
            [](float x) { return support::truth_tells_derivative<F>(x); }};
}

const subject subjects[] = {subject_of<actfn::sigmoid<float>>(), subject_of<actfn::tanh<float>>(),
                            subject_of<actfn::softplus<float>>(), subject_of<actfn::elu<float>>(),
                            subject_of<actfn::silu<float>>()};

/// Arrays of one thread, and the kernels bound to them.
class worker {
public:
    worker(const subject& s, const std::vector<const versus::kernel<float>*>& kernels)
        : subject_(s), found_(kernels.size()) {
        for (const auto* k : kernels) {
            const auto src = k->way == direction::from_output ? y_.data() : x_.data();
            jobs_.push_back({k->way, {}, k->bind({src, one_.data(), out_.data(), block})});
            if (k->way != direction::from_output) continue;
            const auto* f = forward_of(*k);
            if (f == nullptr) throw std::logic_error(k->peer + " has no forward of " + k->function);
            jobs_.back().before = f->bind({x_.data(), nullptr, y_.data(), block});
        }
    }

    /// Block floats from place first on, every step-th; only the finite ones count.
    void run(std::uint64_t first, std::uint64_t step) {
        std::vector<std::size_t> untold;
        for (std::size_t i = 0; i < block; ++i) {
            x_[i] = support::at_place<float>(static_cast<std::uint32_t>(first + i * step));
            const truth t = subject_.exact(x_[i]);
            value_[i] = t.value;
            derivative_[i] = t.derivative;
            if (!subject_.derivative_is_told(x_[i])) untold.push_back(i);
        }
        // What is not finite lies at the ends of the line.
        std::size_t begin = 0, end = block;
        while (begin < end && !std::isfinite(x_[begin])) ++begin;
        while (begin < end && !std::isfinite(x_[end - 1])) --end;
        for (std::size_t j = 0; j < jobs_.size(); ++j) {
            if (jobs_[j].before) jobs_[j].before();
            jobs_[j].run();
            if (jobs_[j].way != direction::forward)
                for (const std::size_t i : untold) out_[i] = static_cast<float>(derivative_[i] = 0);
            const std::vector<double>& exact = jobs_[j].way == direction::forward ? value_ : derivative_;
            const auto part = [&](const auto& all) { return std::span(all).subspan(begin, end - begin); };
            found_[j].note(part(x_), part(out_), part(exact));
        }
    }

    const std::vector<findings>& found() const { return found_; }

private:
    struct job {
        direction way;
        versus::call before, run;
    };
    using array = std::vector<float, xsimd::aligned_allocator<float, 64>>;
    const subject& subject_;
    array x_ = array(block), y_ = array(block), out_ = array(block), one_ = array(block, 1.0f);
    std::vector<double> value_ = std::vector<double>(block), derivative_ = std::vector<double>(block);
    std::vector<job> jobs_;
    std::vector<findings> found_;
};

std::vector<findings> compare(const subject& s, const std::vector<const versus::kernel<float>*>& kernels,
                              std::uint64_t step) {
    std::vector<findings> all(kernels.size());
    std::atomic<std::uint64_t> next = 0;
    std::mutex join;
    std::vector<std::jthread> threads;
    for (unsigned t = 0; t < std::max(1u, std::thread::hardware_concurrency()); ++t)
        threads.emplace_back([&] {
            worker w(s, kernels);
            for (std::uint64_t number; (number = next++) < pieces;) {
                const std::uint64_t length = all_floats / pieces, end = (number + 1) * length;
                // The last block begins early enough to end with the piece: a few floats count twice.
                for (std::uint64_t at = number * length; at < end; at += block * step)
                    w.run(std::min(at, end - block * step), step);
                if ((number + 1) % (pieces / 8) == 0)
                    std::fprintf(stderr, "%s %d / 8\n", s.name.c_str(),
                                 static_cast<int>((number + 1) / (pieces / 8)));
            }
            const std::lock_guard lock(join);
            for (std::size_t k = 0; k < all.size(); ++k) all[k].join(w.found()[k]);
        });
    threads.clear();
    return all;
}

nlohmann::json row(const versus::kernel<float>& k, const findings& f) {
    // JSON has no infinity.
    const auto ulp = [](double e) { return std::isfinite(e) ? nlohmann::json(e) : nlohmann::json(nullptr); };
    return {{"peer", k.peer},
            {"function", k.function},
            {"direction", to_string(k.way)},
            {"max_ulp", ulp(f.error.error)},
            {"at", support::text(f.error.at)},
            {"max_ulp_normal", ulp(f.normal.error)},
            {"at_normal", support::text(f.normal.at)},
            {"misrounded", f.misrounded},
            {"nan", f.nan},
            {"flushed", f.flushed}};
}

} // namespace

int main(int argc, char** argv) try {
    if (argc < 2) return std::fprintf(stderr, "usage: %s <out.json> [k [function,...]]\n", argv[0]), 1;
    const std::uint64_t step = argc > 2 ? std::stoull(argv[2]) : 1;
    if (step < 1 || step > most_step)
        throw std::invalid_argument("k has to be from 1 to " + std::to_string(most_step) + ", is " + argv[2]);
    const std::string chosen = argc > 3 ? ',' + std::string(argv[3]) + ',' : "";
    versus::results_wanted = true;
    const auto is_wanted = [&](const std::string& function) {
        return chosen.empty() || chosen.find(',' + function + ',') != std::string::npos;
    };
    using kernels = std::vector<const versus::kernel<float>*>;
    const auto append = [&](kernels& to, const std::string& function) {
        if (!is_wanted(function)) return;
        for (const auto& k : versus::kernels<float>())
            if (k.function == function) to.push_back(&k);
    };
    nlohmann::json rows = nlohmann::json::array();
    const auto report = [&](const kernels& k, const std::vector<findings>& found) {
        for (std::size_t i = 0; i < k.size(); ++i) rows.push_back(row(*k[i], found[i]));
    };
    for (const subject& s : subjects) {
        kernels same;
        append(same, s.name);
        if (!same.empty()) report(same, compare(s, same, step));
    }
    kernels of_rows;
    for (const char* function : versus::row_functions) append(of_rows, function);
    if (!of_rows.empty()) report(of_rows, versus::row_errors(of_rows));
    std::ofstream out(argv[1]);
    out << nlohmann::json{{"every", step}, {"results", rows}}.dump(1) << '\n';
    return out.flush() ? 0 : 1;
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
}
