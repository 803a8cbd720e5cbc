// The loops over spans and rows, and those of actfn::dispatch, under an execution policy of the standard
// library: forward(std::execution::par, f, src, dst). Needs the CMake target actfn::parallel or, without
// CMake, oneTBB beside libstdc++; what is called in actfn::dispatch needs actfn::dispatch, too.
#pragma once

#include <actfn/parallel/dispatch.hpp>
#include <actfn/parallel/elementwise.hpp>
#include <actfn/parallel/per_channel.hpp>
#include <actfn/parallel/rows.hpp>
#include <actfn/parallel/stochastic.hpp>
