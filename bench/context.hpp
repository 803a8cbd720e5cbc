// What the numbers of a run depend on: CPU, compiler, flags, instruction set, versions. The date is added by
// Google Benchmark.
#pragma once

#include <actfn/dispatch.hpp>
#include <actfn/version.hpp>

#include <xsimd/xsimd.hpp>

#include <fstream>
#include <map>
#include <string>

// The build passes them, which alone knows them.
#ifndef ACTFN_BENCH_FLAGS
#define ACTFN_BENCH_FLAGS "not recorded"
#endif

namespace bench {

/// The name that the kernel has for this CPU and, on x86, family-model-stepping: virtual machines leave the
/// generation out of the name. Linux.
inline std::string cpu_model() {
    std::ifstream file("/proc/cpuinfo");
    std::map<std::string, std::string> first;
    for (std::string line; std::getline(file, line) && !line.empty();)
        if (const auto colon = line.find(": "); colon != line.npos)
            first[line.substr(0, line.find('\t'))] = line.substr(colon + 2);
    if (!first.contains("model name")) return "unknown CPU";
    if (!first.contains("cpu family")) return first["model name"];
    return first["model name"] + " (" + first["cpu family"] + '-' + first["model"] + '-' + first["stepping"] +
           ')';
}

inline std::string compiler() {
#if defined(__clang__)
    return "Clang " __clang_version__;
#elif defined(__GNUC__)
    return "GCC " __VERSION__;
#else
    return "unknown compiler";
#endif
}

inline std::string version_text(int major, int minor, int patch) {
    return std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
}

/// What the JSON says beside the numbers.
inline std::map<std::string, std::string> context() {
    return {{"cpu", cpu_model()},
            {"compiler", compiler()},
            {"flags", ACTFN_BENCH_FLAGS},
            {"xsimd", version_text(XSIMD_VERSION_MAJOR, XSIMD_VERSION_MINOR, XSIMD_VERSION_PATCH)},
            {"instruction_set", std::string(actfn::dispatch::to_string(actfn::dispatch::active()))},
            {"actfn", version_text(ACTFN_VERSION_MAJOR, ACTFN_VERSION_MINOR, ACTFN_VERSION_PATCH)}};
}

} // namespace bench
