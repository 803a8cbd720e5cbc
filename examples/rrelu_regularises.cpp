// Learn: the random slopes of RReLU keep a network from learning its few samples by heart; evaluate it
// without.
//
// Xu, Wang, Chen, Li 2015, "Empirical evaluation of rectified activations in convolutional network": RReLU
// did best where data was scarce. Is that its randomness or its steeper slope? Here 64 noisy points are
// learnt for 400 epochs, by ReLU, by RReLU, and by Leaky ReLU with RReLU's mean slope. All fit the training
// points in the end; on new points the loss grows, the network gets sure of its mistakes, least with random
// slopes. The wide range [0, 0.9) shows it best; the paper's, [1/8, 1/3), does little here. In evaluation
// `expected()` takes the mean slope in place of draws.
#include "support/claims.hpp"
#include "support/network.hpp"
#include "support/svg.hpp"

using plot::ink;

namespace {

constexpr int epochs = 400, seeds = 3;

struct run {
    std::vector<plot::point> loss;                  ///< on new points, over epochs
    double training = 0, fresh = 0, with_draws = 0; ///< losses at the end: on 64 points, on new ones
};

/// The mean of some runs.
template <class F>
run train(const char* name, const F& f) {
    run r;
    for (int e = 0; e <= epochs; e += 20) r.loss.push_back({static_cast<double>(e), 0});
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const example::samples few = example::two_spirals(64, 0.75f, 0.3f, 10 * seed);
        const example::samples fresh = example::two_spirals(400, 0.75f, 0.3f, 10 * seed + 5);
        example::network<F> n({2, 48, 48, 2}, std::sqrt(2.f), seed, f);
        for (int e = 0; e <= epochs; ++e) {
            if (e % 20 == 0) r.loss[static_cast<std::size_t>(e / 20)].y += evaluate(n, fresh).loss / seeds;
            train_epoch(n, few, 16, 0.15f);
        }
        r.training += evaluate(n, few).loss / seeds;
        r.fresh += evaluate(n, fresh).loss / seeds;
        r.with_draws += evaluate(n, fresh, example::mode::training).loss / seeds;
    }
    example::row(name, r.training, r.fresh, r.with_draws);
    return r;
}

} // namespace

int main(int argc, char** argv) {
    const actfn::rrelu<float> wide{.lower = 0, .upper = 0.9f};
    example::row("loss after training", "64 points", "new points", "with draws");
    const run relu = train("ReLU", actfn::relu<float>{});
    const run paper = train("RReLU [1/8, 1/3)", actfn::rrelu<float>{});
    const run mean = train("Leaky ReLU, 0.45", wide.expected());
    const run random = train("RReLU [0, 0.9)", wide);

    example::claims claim;
    claim("ReLU: new points are learnt, then unlearnt: the loss rises by half again",
          relu.fresh > 1.5 * std::ranges::min_element(relu.loss, {}, &plot::point::y)->y);
    claim("RReLU's loss on new points is smaller than that of its mean slope, by 15 % at least",
          random.fresh < 0.85 * mean.fresh);
    claim("its loss on the training points is larger", random.training > mean.training);
    claim("evaluation without draws is better than with them", random.fresh < random.with_draws);

    plot::write(example::directory(argc, argv) / "rrelu_regularises.svg",
                {.title = "Random slopes keep a network from learning 64 points by heart",
                 .panels = {{.x = {"epoch", 0, epochs},
                             .y = {"loss on new points (cross-entropy, nats)", 0, 0.8},
                             .curves = {{relu.loss, ink::blue, "ReLU"},
                                        {paper.loss, ink::grey, "RReLU, ⅛ to ⅓"},
                                        {mean.loss, ink::teal, "Leaky ReLU, 0.45"},
                                        {random.loss, ink::gold, "RReLU, 0 to 0.9"}}}}});
    return claim.exit_code();
}
