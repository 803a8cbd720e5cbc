// actfn: activation functions for neural networks. Includes everything.
#pragma once

#include <actfn/diagnostics.hpp>
#include <actfn/kernel/elementwise.hpp>
#include <actfn/kernel/per_channel.hpp>
#include <actfn/kernel/stochastic.hpp>
#include <actfn/reductions/log_softmax.hpp>
#include <actfn/reductions/maxout.hpp>
#include <actfn/registry.hpp>
#include <actfn/version.hpp>
