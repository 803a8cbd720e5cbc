// Runs the two translation units; says how many of their results are wrong.
#include <cstdio>
#include <string_view>

int wrong_in_one();
int wrong_in_two();

int main(int, [[maybe_unused]] char** argv) {
    int wrong = wrong_in_one();
#if defined(__x86_64__)
    if (argv[1] == std::string_view("mixed") && !__builtin_cpu_supports("avx2")) {
        std::puts("this CPU cannot run the second unit");
        return wrong == 0 ? 77 : 1;
    }
#endif
    wrong += wrong_in_two();
    std::printf("%d wrong\n", wrong);
    return wrong == 0 ? 0 : 1;
}
