// main [<instruction set> [best] | refused]: runs both users on the instruction set in use, which has to be
// the named one, and with "best" the last that is available; or has to be refused. 77: it is not available.
#include <actfn/dispatch/isa.hpp>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

int user_baseline();
int user_fused();

int main(int argc, char** argv) try {
    namespace dispatch = actfn::dispatch;
    const std::string_view expected = argc > 1 ? argv[1] : "";
    if (expected == "refused") {
        const std::string name = std::getenv("ACTFN_ISA");
        try {
            dispatch::active();
        } catch (const std::invalid_argument& e) {
            std::puts(e.what());
            const std::string_view said = e.what();
            return said.find('"' + name + '"') != said.npos && said.find("available: baseline") != said.npos
                       ? 0
                       : 1;
        }
        return 1;
    }
    bool there = expected.empty();
    for (const auto set : dispatch::available()) there = there || to_string(set) == expected;
    if (!there) {
        std::puts("not available here");
        return argc > 2 ? 1 : 77;
    }
    std::printf("active: %s, best: %s\n", to_string(dispatch::active()).data(),
                to_string(dispatch::available().back()).data());
    if (!expected.empty() && to_string(dispatch::active()) != expected) return 1;
    if (argc > 2 && to_string(dispatch::available().back()) != expected) return 1;

    int wrong = user_baseline();
    if (dispatch::available().size() > 1) wrong += user_fused();
    std::printf("%d wrong\n", wrong);
    return wrong == 0 ? 0 : 1;
} catch (const std::exception& e) {
    std::puts(e.what());
    return 1;
}
