// The choice between the tables; compiled once, for the baseline.
#include <actfn/dispatch/in_use.hpp>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace actfn::dispatch {

// In the source files of these names.
extern const registered_rows<float> floats_baseline;
extern const registered_rows<double> doubles_baseline;
extern const registered_rows<binary16> binary16s_baseline;
extern const registered_rows<bfloat16> bfloat16s_baseline;
#if defined(__x86_64__)
extern const registered_rows<float> floats_avx2, floats_avx512;
extern const registered_rows<double> doubles_avx2, doubles_avx512;
extern const registered_rows<binary16> binary16s_avx2, binary16s_avx512;
extern const registered_rows<bfloat16> bfloat16s_avx2, bfloat16s_avx512;
#endif

constinit std::atomic<const tables*> in_use{nullptr};

namespace {

constexpr isa every[] = {isa::baseline, isa::avx2, isa::avx512};

constinit const tables all[] = {
    {isa::baseline, floats_baseline.row, doubles_baseline.row, binary16s_baseline.row,
     bfloat16s_baseline.row},
#if defined(__x86_64__)
    {isa::avx2, floats_avx2.row, doubles_avx2.row, binary16s_avx2.row, bfloat16s_avx2.row},
    {isa::avx512, floats_avx512.row, doubles_avx512.row, binary16s_avx512.row, bfloat16s_avx512.row},
#endif
};

/// How many of them this CPU has. The features are those that the tables are compiled with, and
/// __builtin_cpu_supports() knows whether the operating system saves the registers.
std::size_t count() noexcept {
#if defined(__x86_64__)
    __builtin_cpu_init(); // we may be called before any constructor
    if (!(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c")))
        return 1;
    if (!(__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
          __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
          __builtin_cpu_supports("avx512vl")))
        return 2;
    return 3;
#else
    return 1;
#endif
}

[[noreturn]] void refuse(const std::string& what) {
    std::string names;
    for (const isa set : available()) names.append(names.empty() ? "" : ", ").append(to_string(set));
    throw std::invalid_argument("actfn::dispatch: " + what + " is not available here; available: " + names);
}

isa by_name(std::string_view name, const char* whose) {
    for (const isa set : available())
        if (to_string(set) == name) return set;
    refuse(std::string(whose).append("\"").append(name).append("\""));
}

const tables* chosen() {
    const tables* t = in_use.load(std::memory_order_relaxed);
    if (t != nullptr) return t;
    const char* name = std::getenv("ACTFN_ISA");
    const isa set = name != nullptr && *name != '\0' ? by_name(name, "ACTFN_ISA=") : available().back();
    const tables* const found = &all[static_cast<std::size_t>(set)];
    // Whoever was faster, perhaps with force(), is right.
    return in_use.compare_exchange_strong(t, found) ? found : t;
}

} // namespace

std::string_view to_string(isa set) noexcept {
    constexpr std::string_view names[] = {"baseline", "avx2", "avx512"};
    const auto i = static_cast<std::size_t>(set);
    return i < std::size(names) ? names[i] : "unknown";
}

std::span<const isa> available() noexcept {
    static const std::size_t n = count();
    return {every, n};
}

isa active() { return chosen()->set; }

void force(isa set) {
    if (const auto i = static_cast<std::size_t>(set); i >= available().size())
        refuse(i < std::size(every) ? std::string(to_string(set))
                                    : "isa " + std::to_string(static_cast<int>(set)));
    in_use.store(&all[static_cast<std::size_t>(set)], std::memory_order_relaxed);
}

void force(std::string_view name) { force(by_name(name, "")); }

const tables& choose(this_registry) { return *chosen(); }

} // namespace actfn::dispatch
