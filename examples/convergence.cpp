// Learn: sigmoid learns slowest, ReLU fastest where the task is hard; on an easy one tanh is as fast.
//
// Krizhevsky, Sutskever, Hinton 2012, figure 1: six times fewer epochs with ReLU than with tanh; LeCun,
// Bottou, Orr, Mueller 1998: tanh before sigmoid, for its mean of 0. The same small network learns two
// spirals, and handwritten digits if their file is given (convergence <folder> <digits.csv>; CMake gives it
// where Debian's python3-sklearn is installed), else noisy drawn ones; with each activation at the better of
// two learning rates, as one rate for all would be the judge. The time of an epoch hardly depends on the
// activation, the matrix products take most of it; it is shown, and as machines differ nothing is claimed.
#include "support/claims.hpp"
#include "support/network.hpp"
#include "support/svg.hpp"

#include <chrono>
#include <sstream>

using plot::ink;

namespace {

/// What is learnt, by which network, for how long.
struct task {
    example::samples data;
    std::vector<std::size_t> widths;
    int epochs;
    std::size_t batch;
};

struct lesson {
    std::vector<plot::point> loss;
    double milliseconds; ///< of the fastest epoch

    double lowest() const { return std::ranges::min(loss, {}, &plot::point::y).y; }

    /// The first epoch with a mean loss of less than level; one more than there are if there is none.
    double epochs_to(double level) const {
        for (const plot::point& p : loss)
            if (p.y < level) return p.x;
        return static_cast<double>(loss.size() + 1);
    }
};

template <class F>
lesson learn(const task& t, float gain, float rate) {
    using clock = std::chrono::steady_clock;
    example::network<F> n(t.widths, gain, 1);
    lesson l{.loss = {}, .milliseconds = 1e9};
    for (int e = 1; e <= t.epochs; ++e) {
        const auto start = clock::now();
        l.loss.push_back({static_cast<double>(e), train_epoch(n, t.data, t.batch, rate)});
        const std::chrono::duration<double, std::milli> time = clock::now() - start;
        l.milliseconds = std::min(l.milliseconds, time.count());
    }
    return l;
}

/// At the learning rate that suits this activation better, of two.
template <class F>
lesson learn(const task& t, float gain) {
    const lesson slow = learn<F>(t, gain, 0.3f), fast = learn<F>(t, gain, 1);
    return fast.loss.back().y < slow.loss.back().y ? fast : slow; // slow if fast diverged to NaN
}

/// All activations on one task: a table, claims, and a panel.
plot::panel compare(const std::string& title, const task& t, double level, bool hard,
                    example::claims& claim) {
    const float he = std::sqrt(2.f);
    const lesson sigmoid = learn<actfn::sigmoid<float>>(t, 1), tanh = learn<actfn::tanh<float>>(t, 1),
                 relu = learn<actfn::relu<float>>(t, he), leaky = learn<actfn::leaky_relu<float>>(t, he),
                 elu = learn<actfn::elu<float>>(t, he), softplus = learn<actfn::softplus<float>>(t, he);

    plot::panel p{.x = {"epoch", 1, static_cast<double>(t.epochs)},
                  .y = {"mean loss (nats); time of an epoch", 0.0001, 3, true},
                  .title = title};
    example::row(title, "first loss", "last loss", "epochs to", "ms / epoch");
    const auto show = [&](const char* name, const lesson& l, ink colour) {
        example::row(name, l.loss.front().y, l.loss.back().y, l.epochs_to(level), l.milliseconds);
        std::ostringstream label;
        label << name << ", " << std::setprecision(2) << l.milliseconds << " ms";
        p.curves.push_back({l.loss, colour, label.str()});
    };
    show("sigmoid", sigmoid, ink::orange);
    show("softplus", softplus, ink::pink);
    show("tanh", tanh, ink::violet);
    show("ELU", elu, ink::red);
    show("Leaky ReLU", leaky, ink::teal);
    show("ReLU", relu, ink::blue);

    // Not by epochs: on the hard task sigmoid and softplus may both need more than there are.
    bool slowest = true;
    for (const auto* other : {&softplus, &tanh, &elu, &leaky, &relu})
        slowest = slowest && other->lowest() < sigmoid.lowest();
    claim("sigmoid never gets as low as the others", slowest);
    if (hard)
        claim("ReLU needs less than half as many as tanh", relu.epochs_to(level) < tanh.epochs_to(level) / 2);
    return p;
}

} // namespace

int main(int argc, char** argv) {
    example::claims claim;
    const task spirals{example::two_spirals(256, 1.5f, 0.02f, 1), {2, 32, 32, 2}, 80, 8};
    const plot::panel first = compare("Two spirals", spirals, 0.1, true, claim);

    const bool real = argc > 2;
    const task digits{real ? example::handwritten_digits(argv[2]).part(0, 500)
                           : example::noisy_glyphs(500, 0.7f, 1),
                      {64, 32, 32, 10},
                      15,
                      20};
    const plot::panel second =
        compare(real ? "Handwritten digits" : "Noisy drawn digits", digits, 0.25, false, claim);

    plot::write(example::directory(argc, argv) / "convergence.svg",
                {.title = "Sigmoid learns slowest, and ReLU twice as fast as tanh where it is hard",
                 .panels = {first, second}});
    return claim.exit_code();
}
