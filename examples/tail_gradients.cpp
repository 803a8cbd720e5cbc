// Learn: the derivative of a saturated unit has to come from its input; the output has forgotten it.
//
// Textbooks compute sigmoid' as y (1 - y) and tanh' as 1 - y^2, for the output y is at hand. But near 1 a
// float has only steps of 2^-24: 1 - y keeps fewer and fewer digits of what is left, and for x > 17 (tanh: 9)
// none. Then the gradient is 0 and the unit cannot come back, long before the true derivative is too small
// for a float, which happens at x = 103 (tanh: 52). From the input, `backward` keeps all digits the whole
// way.
#include "support/claims.hpp"
#include "support/svg.hpp"

#include <actfn/actfn.hpp>

#include <numeric>
#include <vector>

using plot::ink;

namespace {

/// The error relative to the true derivative, in double, of derivatives from input and from output: the
/// largest in each step of 1 / 4 along x.
struct errors {
    std::vector<plot::point> from_input, from_output;
    double all_lost = 0; ///< from where on the derivative from the output is 0
};

template <template <class, actfn::accuracy> class F>
errors errors_of(float end) {
    using single = F<float, actfn::accuracy::accurate>;
    constexpr std::size_t n = 256;
    const std::vector<float> diff_y(n, 1);
    std::vector<float> x(n), y(n), from_input(n), from_output(n);
    errors e;
    for (float begin = 0.25f; begin < end; begin += 0.25f) {
        for (std::size_t i = 0; i < n; ++i) x[i] = begin + static_cast<float>(i) / (4 * n);
        actfn::forward(single{}, x, y);
        actfn::backward(single{}, x, diff_y, from_input);
        actfn::backward_from_output(single{}, y, diff_y, from_output);

        double worst_input = 0, worst_output = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const double t = F<double, actfn::accuracy::accurate>{}.derivative(static_cast<double>(x[i]));
            worst_input = std::max(worst_input, std::abs(static_cast<double>(from_input[i]) / t - 1));
            worst_output = std::max(worst_output, std::abs(static_cast<double>(from_output[i]) / t - 1));
        }
        e.from_input.push_back({static_cast<double>(begin), worst_input});
        e.from_output.push_back({static_cast<double>(begin), worst_output});
        if (from_output.back() != 0) e.all_lost = static_cast<double>(begin + 0.25f);
        if (e.from_output.size() % 16 == 8 && begin < 20)
            example::row(single::about().name, begin, worst_input, worst_output);
    }
    return e;
}

/// The largest error, up to an x.
double worst(const std::vector<plot::point>& errors, double end) {
    double w = 0;
    for (const plot::point& p : errors) w = p.x < end ? std::max(w, p.y) : w;
    return w;
}

} // namespace

int main(int argc, char** argv) {
    example::row("relative error", "x", "from input", "from output");
    const errors sigmoid = errors_of<actfn::sigmoid>(100), tanh = errors_of<actfn::tanh>(50);

    example::claims claim;
    claim("from the input: right within 2e-7 until the derivative is subnormal, x = 87 (tanh: 44)",
          worst(sigmoid.from_input, 87) < 2e-7 && worst(tanh.from_input, 44) < 2e-7);
    claim("from the output: half of the digits are gone at x = 9 (tanh: 5)",
          worst(sigmoid.from_output, 9) > 2e-4 && worst(tanh.from_output, 5) > 2e-4);
    claim("from the output: nothing is left from x = 17.5 on (tanh: 9.25)",
          sigmoid.all_lost <= 17.5 && tanh.all_lost <= 9.25);

    plot::write(example::directory(argc, argv) / "tail_gradients.svg",
                {.title = "Computed from the output, the gradient of a saturated unit is lost",
                 .panels = {{.x = {"x", 0, 40},
                             .y = {"relative error of the derivative, float", 1e-8, 3, true},
                             .curves = {{sigmoid.from_output, ink::orange, "sigmoid: y (1 − y)"},
                                        {tanh.from_output, ink::violet, "tanh: 1 − y²"},
                                        {sigmoid.from_input, ink::blue, "from x: both"},
                                        {tanh.from_input, ink::blue, ""}},
                             .notes = {{{19, 0.12}, "100 %: the gradient is 0"}}}}});
    return claim.exit_code();
}
