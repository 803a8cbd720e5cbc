# Toolchain of the clang presets: the newest Clang from 16 on, or the one that the environment variable ACTFN_CLANG names.
# A toolchain file because a preset cannot search, and because the compiler has to be known before project().
if(DEFINED ENV{ACTFN_CLANG})
    set(CMAKE_CXX_COMPILER $ENV{ACTFN_CLANG})
else()
    find_program(ACTFN_CLANG_EXECUTABLE REQUIRED NAMES
        clang++-22 clang++-21 clang++-20 clang++-19 clang++-18 clang++-17 clang++-16 clang++)
    set(CMAKE_CXX_COMPILER ${ACTFN_CLANG_EXECUTABLE})
endif()
