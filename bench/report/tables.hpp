// The results as Markdown.
#pragma once

#include "results.hpp"

namespace report {

/// All of a cost run, and the part of it that the README shows.
std::string cost_page(const results& r);
std::string cost_summary(const results& r);

/// A comparison of threads.
std::string threads_table(const results& r);

/// All of a comparison, and the part of it that the README shows.
std::string versus_page(const results& r, const errors& e);
std::string versus_summary(const results& r, const errors& e);

} // namespace report
