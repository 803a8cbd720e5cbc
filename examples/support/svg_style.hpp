// The colours and the type of a picture.
#pragma once

#include "plot.hpp"

#include <array>

namespace plot::detail {

/// The CSS class of a colour.
inline const char* name(ink colour) {
    static constexpr std::array<const char*, 9> names{"blue", "orange", "green", "red", "violet",
                                                      "teal", "gold",   "pink",  "grey"};
    return names[static_cast<std::size_t>(colour)];
}

inline constexpr const char* style = R"(<style>
text{font:12px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:currentColor}
.title{font-size:16px;font-weight:600}.head{font-weight:600}.middle{text-anchor:middle}.end{text-anchor:end}
path{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}.fill path{fill:currentColor;stroke:none}
.dashes{stroke-dasharray:5 4;stroke-width:1.5}.dots{stroke-linecap:round;stroke-width:4}
.page{fill:#fff}.text{color:#1f2328}.grid{color:#d8dee4}.grid path{stroke-width:1}
.blue{color:#0969da}.orange{color:#bc4c00}.green{color:#1a7f37}.red{color:#cf222e}.violet{color:#8250df}
.teal{color:#0b7285}.gold{color:#9a6700}.pink{color:#bf3989}.grey{color:#59636e}
@media (prefers-color-scheme:dark){.page{fill:#0d1117}.text{color:#e6edf3}.grid{color:#30363d}
.blue{color:#58a6ff}.orange{color:#f0883e}.green{color:#3fb950}.red{color:#ff7b72}.violet{color:#bc8cff}
.teal{color:#39c5cf}.gold{color:#d29922}.pink{color:#f778ba}.grey{color:#9198a1}}
</style>
)";

} // namespace plot::detail
