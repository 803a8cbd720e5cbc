// A passage of a text that a program writes, between two lines that name it.
#pragma once

#include <stdexcept>
#include <string>

namespace support {

/// Puts passage between the lines "<!-- name: made by the target t -->" and "<!-- end of name -->" of text;
/// whether it was there already. Throws std::runtime_error if there are no such lines.
inline bool put_passage(std::string& text, const std::string& name, const std::string& target,
                        const std::string& passage) {
    const std::string begin = "<!-- " + name + ": made by the target " + target + " -->\n",
                      end = "<!-- end of " + name + " -->";
    const auto first = text.find(begin), last = text.find(end);
    if (first == std::string::npos || last == std::string::npos || last < first)
        throw std::runtime_error("no lines \"" + begin + "\" and \"" + end + "\"");
    const auto from = first + begin.size();
    if (text.substr(from, last - from) == passage) return true;
    text.replace(from, last - from, passage);
    return false;
}

} // namespace support
