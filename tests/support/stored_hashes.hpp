// Hashes of results, which tests compare with stored ones.
#pragma once

#include "support/halves.hpp"

#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>

namespace support {

/// Hashes by title.
using stored_hashes = std::map<std::string, std::uint64_t>;

/// Takes y into the hash. NaNs are one: which of them comes back is left open.
template <class T>
void mix(std::uint64_t& hash, T y) {
    hash = (std::rotl(hash, 7) ^ (y != y ? 1 : std::uint64_t{bits(y)})) * 0x9e3779b97f4a7c15;
}

/// Checks that stored has this hash for title. Where it has another one or none, the test prints the line
/// that file would need.
inline void compare(const stored_hashes& stored, const char* file, const std::string& title,
                    std::uint64_t hash) {
    char line[128];
    std::snprintf(line, sizeof line, "{\"%s\", 0x%016llx},", title.c_str(),
                  static_cast<unsigned long long>(hash));
    const auto found = stored.find(title);
    if (found == stored.end()) {
        FAIL_CHECK(file << " lacks the line\n" << line);
        return;
    }
    INFO(line);
    CHECK(found->second == hash);
}

} // namespace support
