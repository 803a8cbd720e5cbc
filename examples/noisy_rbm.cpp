// Learn: what noisy rectifiers were made for: hidden units of a restricted Boltzmann machine.
//
// Nair, Hinton 2010, "Rectified linear units improve restricted Boltzmann machines": a hidden unit max(0, x +
// N(0, sigmoid(x))) stands for infinitely many binary units with shifted biases, so it can say how much of
// its feature there is. Learning is contrastive divergence with one step (Hinton 2002): weights go up by what
// data and its hidden units have in common, and down by what the reconstruction and its hidden units have.
// The noise comes from a stream; reconstructions are drawn with `expected()`, without any.
#include "support/claims.hpp"
#include "support/data.hpp"
#include "support/svg.hpp"

using example::matrix, plot::ink;

namespace {

constexpr std::size_t visible = 64, hidden = 100, rounds = 1200;
constexpr float rate = 0.01f;

void add_bias(matrix& m, const matrix& bias) {
    for (std::size_t r = 0; r < m.rows; ++r) example::add_scaled(m.row(r), 1, bias.row(0));
}

struct machine {
    matrix weights = example::normal_matrix(visible, hidden, 0.05f, {.seed = 1});
    matrix visible_bias{1, visible}, hidden_bias{1, hidden};
    actfn::rng::stream noise{.seed = 2};

    matrix up(const matrix& v) {
        matrix h = product(v, weights);
        add_bias(h, hidden_bias);
        actfn::forward(actfn::noisy_relu<float>{}, h.data, h.data, noise);
        noise = noise.skip(h.data.size());
        return h;
    }

    matrix down(const matrix& h) const {
        matrix v = product(h, transposed(weights));
        add_bias(v, visible_bias);
        actfn::forward(actfn::sigmoid<float>{}, v.data, v.data);
        return v;
    }

    /// Up and down again, without noise.
    matrix reconstruct(const matrix& v) const {
        matrix h = product(v, weights);
        add_bias(h, hidden_bias);
        actfn::forward(actfn::noisy_relu<float>{}.expected(), h.data, h.data);
        return down(h);
    }

    void learn(const matrix& v) {
        const matrix h = up(v), v_again = down(h), h_again = up(v_again);
        step(v, h, rate / static_cast<float>(v.rows));
        step(v_again, h_again, -rate / static_cast<float>(v.rows));
    }

private:
    void step(const matrix& v, const matrix& h, float by) {
        example::add_scaled(weights.data, by, product(transposed(v), h).data);
        for (std::size_t r = 0; r < v.rows; ++r) {
            example::add_scaled(visible_bias.row(0), by, v.row(r));
            example::add_scaled(hidden_bias.row(0), by, h.row(r));
        }
    }
};

/// How many pixels per image are on the wrong side of 1/2.
double wrong(const matrix& v, const matrix& truth) {
    double count = 0;
    for (std::size_t i = 0; i < v.data.size(); ++i)
        count += (v.data[i] > 0.5f) != (truth.data[i] > 0.5f) ? 1 : 0;
    return count / static_cast<double>(v.rows);
}

/// Turns over about one pixel in eight.
matrix flipped(matrix v, std::uint64_t seed) {
    for (std::size_t i = 0; i < v.data.size(); ++i)
        if (actfn::rng::uniform<float>({.seed = seed}, i) < 0.125f) v.data[i] = 1 - v.data[i];
    return v;
}

} // namespace

int main(int argc, char** argv) {
    const matrix images = example::glyphs().x, spoilt = flipped(images, 3);
    machine m;
    example::row("wrong of 64, round", "images", "spoilt ones");
    example::row("as they are", wrong(images, images), wrong(spoilt, images));
    for (std::size_t round = 0; round <= rounds; ++round) {
        if (round % 300 == 0)
            example::row(round, wrong(m.reconstruct(images), images), wrong(m.reconstruct(spoilt), images));
        m.learn(images);
    }
    const matrix restored = m.reconstruct(spoilt);

    example::claims claim;
    claim("every pixel of the ten images is reconstructed", wrong(m.reconstruct(images), images) == 0);
    claim("of spoilt images at most a third of the wrong pixels stay wrong",
          wrong(restored, images) < wrong(spoilt, images) / 3);

    plot::panel p{.x = {"", 0, 776}, .y = {"", 0, 226}, .axes = false};
    const std::array rows{std::pair{"learnt", &images}, std::pair{"spoilt", &spoilt},
                          std::pair{"restored", &restored}};
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const double top = 226 - 76 * static_cast<double>(r);
        p.notes.push_back({{0, top - 36}, rows[r].first});
        for (std::size_t i = 0; i < 10; ++i) {
            const auto pixels = rows[r].second->row(i);
            p.images.push_back({{64 + 71 * static_cast<double>(i), top},
                                8,
                                8,
                                {pixels.begin(), pixels.end()},
                                r == 1 ? ink::orange : ink::blue});
        }
    }
    plot::write(example::directory(argc, argv) / "noisy_rbm.svg",
                {.title = "A machine of noisy rectifiers restores what it has learnt",
                 .panels = {p},
                 .row_height = 240});
    return claim.exit_code();
}
