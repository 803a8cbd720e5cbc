// Failures of a long loop, counted, with the first few in words: an assertion per element would take most of
// the time.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

namespace support {

/// x as text: floating-point numbers as hexfloats.
template <class X>
std::string text(const X& x) {
    if constexpr (std::floating_point<X>) {
        char buffer[64];
        std::snprintf(buffer, sizeof buffer, "%La", static_cast<long double>(x));
        if constexpr (std::same_as<X, long double>)
            return buffer;
        else
            std::snprintf(buffer, sizeof buffer, "%a", static_cast<double>(x));
        return buffer;
    } else if constexpr (std::integral<X>) {
        return std::to_string(x);
    } else {
        return std::string(std::string_view(x));
    }
}

/// What went wrong in a loop: tally wrong; for (...) if (...) wrong.add("x", x, "f(x)", f(x));
/// CHECK(wrong.report() == "");
class tally {
public:
    template <class... X>
    void add(const X&... what) {
        if (count_++ >= shown) return;
        ((said_ += text(what), said_ += ' '), ...);
        said_.back() = '\n';
    }

    std::size_t count() const noexcept { return count_; }

    /// Empty if nothing did.
    std::string report() const { return count_ == 0 ? "" : std::to_string(count_) + " wrong:\n" + said_; }

private:
    static constexpr std::size_t shown = 6;
    std::size_t count_ = 0;
    std::string said_;
};

} // namespace support
