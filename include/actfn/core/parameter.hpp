// Parameters are checked where they enter a loop, and where a constant expression would misuse them.
#pragma once

#include <actfn/core/abi.hpp>

#include <charconv>
#include <concepts>
#include <limits>
#include <stdexcept>
#include <string>

namespace actfn::inline ACTFN_ABI {

/// Neither infinite nor NaN.
template <std::floating_point T>
constexpr bool is_finite(T x) noexcept {
    return x >= std::numeric_limits<T>::lowest() && x <= std::numeric_limits<T>::max();
}

namespace detail {

/// The shortest text that reads back as x; no locale.
template <class T>
std::string text_of(T x) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, x).ptr;
    return {buffer, end};
}

} // namespace detail

/// Throws std::invalid_argument "function: parameter must be ..., is ..." unless ok.
template <std::floating_point T>
constexpr void require(bool ok, const char* function, const char* parameter, const char* domain, T value) {
    if (!ok)
        throw std::invalid_argument(std::string(function) + ": " + parameter + " must be " + domain +
                                    ", is " + detail::text_of(value));
}

/// The same for a domain that another parameter bounds: "..., is ... with lower ...".
template <std::floating_point T>
constexpr void require(bool ok, const char* function, const char* parameter, const char* domain, T value,
                       const char* other, T other_value) {
    if (!ok)
        throw std::invalid_argument(std::string(function) + ": " + parameter + " must be " + domain +
                                    ", is " + detail::text_of(value) + " with " + other + " " +
                                    detail::text_of(other_value));
}

} // namespace actfn::inline ACTFN_ABI
