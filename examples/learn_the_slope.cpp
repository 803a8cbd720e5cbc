// Learn: PReLU finds the slope that every channel needs, by the same gradient descent as the weights.
//
// He, Zhang, Ren, Sun 2015, "Delving deep into rectifiers", section 2.1: the slope below 0 is a parameter,
// one per channel or one shared, it costs next to nothing and starts at 0.25. Here images of four channels
// (NCHW) are rectified and mixed into one by a teacher whose channels have slopes from -0.5 to 1. A student
// that sees only the mix learns the weights of the mix and the slopes: per channel, one shared, or none at
// all.
#include "support/claims.hpp"
#include "support/matrix.hpp"
#include "support/svg.hpp"

#include <array>
#include <string>

using plot::ink;

namespace {

constexpr actfn::channel_layout per_channel{.outer = 32, .channels = 4, .inner = 16};
constexpr actfn::channel_layout shared{.outer = 1, .channels = 1, .inner = per_channel.size()};
constexpr std::size_t steps = 400;
const std::vector<float> images = example::normal_matrix(1, per_channel.size(), 1, {.seed = 1}).data;

/// Rectifies with slopes, one for each channel of a layout, and mixes the channels of each image.
struct rectified_mix {
    actfn::channel_layout layout;
    std::vector<float> slopes, weights;
    std::vector<float> y = std::vector<float>(images.size());

    /// Index of the first pixel of channel c, image n; then of the mix.
    static std::size_t at(std::size_t n, std::size_t c) {
        return (n * per_channel.channels + c) * per_channel.inner;
    }

    std::vector<float> forward() {
        actfn::forward_per_channel(actfn::prelu<float>{}, layout, slopes, images, y);
        std::vector<float> mix(per_channel.outer * per_channel.inner);
        for (std::size_t n = 0; n < per_channel.outer; ++n)
            for (std::size_t c = 0; c < per_channel.channels; ++c)
                example::add_scaled(std::span(mix).subspan(n * per_channel.inner, per_channel.inner),
                                    weights[c], std::span(y).subspan(at(n, c), per_channel.inner));
        return mix;
    }

    /// A step down the gradient of half the mean square of error.
    void backward(const std::vector<float>& error, float rate, bool learn_slopes) {
        std::vector<float> diff_y(y.size()), diff_weights(weights.size()), diff_slopes(slopes.size());
        const float share = 1 / static_cast<float>(error.size());
        for (std::size_t n = 0; n < per_channel.outer; ++n)
            for (std::size_t c = 0; c < per_channel.channels; ++c)
                for (std::size_t i = 0; i < per_channel.inner; ++i) {
                    const float e = share * error[n * per_channel.inner + i];
                    diff_weights[c] += e * y[at(n, c) + i];
                    diff_y[at(n, c) + i] = e * weights[c];
                }
        actfn::parameter_gradient_per_channel(actfn::prelu<float>{}, layout, slopes, images, diff_y,
                                              diff_slopes);
        example::add_scaled(weights, -rate, diff_weights);
        if (learn_slopes) example::add_scaled(slopes, -rate, diff_slopes);
    }
};

rectified_mix teacher{per_channel, {-0.5f, 0, 0.5f, 1}, {1, -1, 0.8f, -1.2f}};

struct lesson {
    std::vector<std::vector<plot::point>> slopes; ///< over steps
    std::vector<plot::point> loss;
};

lesson learn(const actfn::channel_layout& layout, bool learn_slopes) {
    const std::vector<float> target = teacher.forward();
    rectified_mix student{layout, std::vector<float>(layout.channels, 0.25f), {0.5f, -0.5f, 0.5f, -0.5f}};
    lesson l{.slopes = std::vector<std::vector<plot::point>>(layout.channels), .loss = {}};
    for (std::size_t step = 0; step <= steps; ++step) {
        std::vector<float> error = student.forward();
        example::add_scaled(error, -1, target);
        const double at = static_cast<double>(step);
        l.loss.push_back({at, example::mean_square(error) / 2});
        for (std::size_t c = 0; c < layout.channels; ++c)
            l.slopes[c].push_back({at, static_cast<double>(student.slopes[c])});
        student.backward(error, 0.2f, learn_slopes);
    }
    return l;
}

} // namespace

int main(int argc, char** argv) {
    const lesson own = learn(per_channel, true), one = learn(shared, true), fixed = learn(shared, false);

    example::row("step", "slope 1", "slope 2", "slope 3", "slope 4", "loss", "one slope", "0.25 fixed");
    for (std::size_t step = 0; step <= steps; step += 100)
        example::row(step, own.slopes[0][step].y, own.slopes[1][step].y, own.slopes[2][step].y,
                     own.slopes[3][step].y, own.loss[step].y, one.loss[step].y, fixed.loss[step].y);

    example::claims claim;
    bool found = true;
    for (std::size_t c = 0; c < 4; ++c)
        found = found && std::abs(own.slopes[c].back().y - static_cast<double>(teacher.slopes[c])) < 0.01;
    claim("a slope per channel: all four are found within 0.01", found);
    claim("its loss is a thousandth of that of one shared or fixed slope",
          own.loss.back().y < 0.001 * one.loss.back().y && own.loss.back().y < 0.001 * fixed.loss.back().y);

    const plot::axis x{"step", 0, steps};
    plot::panel slopes{.x = x, .y = {"slopes of the student; dashed: the teacher's", -0.75, 1.25}};
    const std::array inks{ink::violet, ink::blue, ink::green, ink::orange};
    for (std::size_t c = 0; c < 4; ++c) {
        const double slope = static_cast<double>(teacher.slopes[c]);
        slopes.curves.push_back({{{0, slope}, {steps, slope}}, ink::grey, "", plot::mark::dashes});
        slopes.curves.push_back({own.slopes[c], inks[c], "channel " + std::to_string(c + 1)});
    }
    plot::write(example::directory(argc, argv) / "learn_the_slope.svg",
                {.title = "PReLU finds the slope that every channel needs",
                 .panels = {slopes,
                            {.x = x,
                             .y = {"loss (half the mean square)", 1e-10, 1, true},
                             .curves = {{own.loss, ink::green, "per channel"},
                                        {one.loss, ink::gold, "one for all"},
                                        {fixed.loss, ink::grey, "0.25 fixed"}}}}});
    return claim.exit_code();
}
