// A result over spans of doubles does not depend on where it stands, how long the span is and how it is cut.
#include "support/spans.hpp"

ACTFN_FOR_EACH(support::deterministic<double>,
               "a loop gives the bits of scalars at every place, length and cut",
               "[forward][derivative][kernel]") {
    CAPTURE(support::seed);
    CHECK(support::compare_loops<F>() == "");
}
