// expect: differentiable<
// expect: 'f.derivative\(x\)' (is|would be) invalid
// expect: no matching function for call to 'dead_units['(]
// expect: no matching function for call to 'saturated_fraction['(]
// expect: no matching function for call to 'accumulate_log_derivative['(]
// What looks at derivatives asks for a functor that has one.
#include <actfn/actfn.hpp>

#include "twice.hpp"

#include <vector>

bool call(const std::vector<float>& src, std::vector<float>& log_product) {
    actfn::accumulate_log_derivative(twice{}, src, log_product);
    return actfn::dead_units(twice{}, src, {.rows = 2, .columns = 4}) == 0 &&
           actfn::saturated_fraction(twice{}, src) == 0;
}
