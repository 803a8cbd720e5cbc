// The results as pictures: one message each, which is the title.
#pragma once

#include "results.hpp"

#include <plot.hpp>

namespace report {

/// Every activation and direction, against ReLU and a copy.
plot::picture cost_chart(const results& r);

/// From the first-level cache to memory.
plot::picture size_chart(const results& r);

/// The error of each library's functions against their cost; direction is forward or backward.
plot::picture accuracy_chart(const results& r, const errors& e, const std::string& direction);

/// The same of a cost run alone: both tiers, and what they claim.
plot::picture claim_chart(const results& r);

} // namespace report
