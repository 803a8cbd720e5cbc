// The same loops with -ffast-math, which GCC vectorises over glibc's libmvec. The flag is this file's alone
// and never the link's, which would set flush-to-zero for all.
#include "loops.hpp"

namespace {

const int registered = [] {
    add_loops("fastmath", "loops over <cmath> at -O3 -ffast-math");
    return 0;
}();

} // namespace
