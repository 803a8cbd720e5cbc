// What a refused call says.
#pragma once

#include <stdexcept>
#include <string>

namespace support {

/// What call throws as std::invalid_argument says; empty if it throws nothing.
template <class Call>
std::string message(Call call) {
    try {
        call();
    } catch (const std::invalid_argument& e) {
        return e.what();
    }
    return "";
}

} // namespace support
