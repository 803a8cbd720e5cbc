// The README's blocks of C++ after the first, between the arrays that they name: 24 floats each.
#include <actfn/actfn.hpp>
#if defined(ACTFN_README_PARALLEL)
#include <actfn/parallel.hpp>
#endif

#undef NDEBUG
#include <cassert>
#include <cstdio>
#include <stdexcept>
#include <vector>

int main() try {
    std::vector<float> x(24), y(24), diff_x(24);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i) / 2 - 6;
    const std::vector<float> diff_y(24, 1);
#include <blocks.inc>
} catch (const std::exception& e) {
    std::puts(e.what());
    return 1;
}
