// Tables and pictures of a cost run and of a comparison, of what there is of the two:
//   actfn_bench_report --out <directory> [--bench <json>] [--speed <json> --accuracy <json>]
//       [--threads <json>] [--readme <README.md>]
// With --readme the tables there are replaced, too.
#include "charts.hpp"
#include "tables.hpp"

#include "support/passage.hpp"

#include <svg.hpp>

#include <getopt.h>

#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) {
    if (!(std::ofstream(file) << text)) throw std::runtime_error(file.string() + " cannot be written");
    std::cout << file.string() << '\n';
}

void draw(const fs::path& file, const plot::picture& p) {
    plot::write(file, p);
    std::cout << file.string() << '\n';
}

void refresh(const fs::path& readme, const std::string& name, const std::string& table) {
    std::ifstream in(readme);
    std::ostringstream text;
    text << in.rdbuf();
    std::string content = text.str();
    if (!support::put_passage(content, name, "bench-report", '\n' + table)) write(readme, content);
}

/// What the options say; those that are not given are empty.
std::map<std::string, fs::path> options(int argc, char** argv) {
    constexpr const char* names[] = {"out", "bench", "speed", "accuracy", "threads", "readme"};
    std::vector<option> known;
    for (const char* name : names) known.push_back({name, required_argument, nullptr, 0});
    known.push_back({});
    std::map<std::string, fs::path> given;
    bool good = true;
    for (int which = 0, found; (found = getopt_long(argc, argv, "", known.data(), &which)) != -1;)
        if (found == 0)
            given[names[which]] = optarg;
        else
            good = false; // and getopt has said why
    if (!good || optind < argc || given["out"].empty())
        throw std::runtime_error("usage: actfn_bench_report --out <directory> [--bench <json>] "
                                 "[--speed <json> --accuracy <json>] [--threads <json>] "
                                 "[--readme <README.md>]");
    return given;
}

} // namespace

int main(int argc, char** argv) try {
    std::map<std::string, fs::path> args = options(argc, argv);
    const fs::path out = args["out"], readme = args["readme"];
    fs::create_directories(out);

    const bool compared = fs::exists(args["speed"]) && fs::exists(args["accuracy"]);
    if (!args["bench"].empty()) {
        const report::results r = report::read_results(args["bench"]);
        write(out / "cost.md", report::cost_page(r));
        draw(out / "cost.svg", report::cost_chart(r));
        draw(out / "size.svg", report::size_chart(r));
        // Of the claims alone; what is committed shows the comparison.
        if (!compared && readme.empty()) draw(out / "accuracy.svg", report::claim_chart(r));
        if (!readme.empty())
            refresh(readme, "cost", report::cost_summary(r));
        else
            std::cout << '\n' << report::cost_summary(r) << '\n';
    }
    if (compared) {
        const report::results r = report::read_results(args["speed"]);
        const report::errors e = report::read_errors(args["accuracy"]);
        std::string page = report::versus_page(r, e);
        if (fs::exists(args["threads"])) page += report::threads_table(report::read_results(args["threads"]));
        write(out / "versus.md", page);
        draw(out / "accuracy.svg", report::accuracy_chart(r, e, "forward"));
        draw(out / "accuracy_backward.svg", report::accuracy_chart(r, e, "backward"));
        if (!readme.empty()) refresh(readme, "versus", report::versus_summary(r, e));
    } else {
        std::cout << "No comparison with other libraries in " << args["speed"]
                  << ": run the preset versus, or bench/versus/chroot.sh\n";
    }
} catch (const std::exception& e) {
    std::cerr << "actfn_bench_report: " << e.what() << '\n';
    return 1;
}
