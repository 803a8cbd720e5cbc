// expect: source
// expect: no matching function for call to 'logsumexp['(]
// expect: no matching function for call to 'logsumexp0['(]
// expect: no matching function for call to 'summary['(]
// expect: no matching function for call to 'sparsity['(]
// expect: no matching function for call to 'dead_units['(]
// Rows, and what is looked at in a layer, are of floating-point numbers.
#include <actfn/actfn.hpp>

#include <vector>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
using element = float;
#else
using element = int;
#endif

bool call(const std::vector<element>& src, std::vector<actfn::activation_summary>& each_row) {
    actfn::summary(src, {.rows = 2, .columns = 4}, each_row);
    return actfn::logsumexp(src) < 1 && actfn::logsumexp0(src) < 1 && actfn::summary(src).mean < 1 &&
           actfn::sparsity(src) < 1 && actfn::dead_units(src, {.rows = 2, .columns = 4}) < 1;
}
