// Scalar loops over std::, strict IEEE semantics; and memcpy, the limit of them all.
#include "loops.hpp"

namespace {

const int registered = [] {
    versus::add<float>("std", "memcpy", versus::direction::forward, copy<float>);
    versus::add<double>("std", "memcpy", versus::direction::forward, copy<double>);
    add_loops("std", "loops over <cmath> at -O3");
    return 0;
}();

} // namespace
