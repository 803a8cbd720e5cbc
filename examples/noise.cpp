// Learn: noise is an argument; a stream gives backward the draws of forward, and a piece those of the whole.
#include <actfn/actfn.hpp>

#include <iomanip>
#include <iostream>
#include <span>
#include <vector>

int main() {
    const actfn::rrelu<float> f; // the slope of each negative element is drawn from [1/8, 1/3)
    const actfn::rng::stream s{.seed = 42};
    const std::size_t n = 1000;
    const std::vector<float> src(n, -1), diff_dst(n, 1);

    // Training. Nothing is stored between the two calls: backward makes the draws of forward again.
    std::vector<float> dst(n), diff_src(n);
    actfn::forward(f, src, dst, s);
    actfn::backward(f, src, diff_dst, diff_src, s);

    std::cout << std::fixed << std::setprecision(4) << "output, slope:";
    for (std::size_t i = 0; i < 3; ++i) std::cout << "   " << dst[i] << ", " << diff_src[i];
    std::cout << '\n';

    // In two pieces, as two threads might do it: element i takes draw number first + i.
    const std::size_t cut = 333;
    std::vector<float> pieces(n);
    const std::span<const float> in(src);
    const std::span<float> out(pieces);
    actfn::forward(f, in.first(cut), out.first(cut), s);
    actfn::forward(f, in.subspan(cut), out.subspan(cut), s.skip(cut));
    std::cout << "pieces give what the whole gives: " << (pieces == dst ? "yes" : "no") << '\n';

    // The next step of the training takes other draws.
    actfn::forward(f, src, dst, s.skip(n));
    std::cout << "the next step gives the same: " << (pieces == dst ? "yes" : "no") << '\n';

    // Evaluation: no draws, the mean slope.
    actfn::forward(f.expected(), src, dst);
    std::cout << "expected: " << dst[0] << '\n';
}
