# actfn_developer: how actfn's own tests, benches and examples are compiled. Linked PRIVATE, never installed.
set(ACTFN_MARCH "" CACHE STRING "Instruction set of tests, benches and examples, passed as -march=; empty: the compiler's own")
set_property(CACHE ACTFN_MARCH PROPERTY STRINGS "" native x86-64 x86-64-v3 x86-64-v4)
set(ACTFN_SANITIZE "" CACHE STRING "Sanitizers for tests, benches and examples, passed as -fsanitize=")

set(ACTFN_TEST_ROOMS_LEFT_OUT "" CACHE STRING "Folders of tests/ whose programs are not built")
option(ACTFN_BUILD_EXHAUSTIVE "Build the tests over every float there is" OFF)
option(ACTFN_ONLY_PLATFORM_TESTS "Of the tests build only those that run on every platform (tests/platforms)" OFF)

# Nothing here is a module; looking for them needs a tool that not every compiler's package has.
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)

include(${CMAKE_CURRENT_LIST_DIR}/warnings.cmake)

add_library(actfn_developer INTERFACE)
target_compile_features(actfn_developer INTERFACE cxx_std_20)
target_compile_options(actfn_developer INTERFACE ${actfn_warnings})
if(ACTFN_MARCH)
    target_compile_options(actfn_developer INTERFACE -march=${ACTFN_MARCH})
endif()
if(ACTFN_SANITIZE)
    target_compile_options(actfn_developer INTERFACE
        -fsanitize=${ACTFN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(actfn_developer INTERFACE -fsanitize=${ACTFN_SANITIZE})
    if(ACTFN_SANITIZE MATCHES "address")
        # Which sees the ends of objects; looking for them twice takes Clang 19 51 s for kernel/errors.test.cpp, once 30 s.
        target_compile_options(actfn_developer INTERFACE -fno-sanitize=object-size)
    endif()
endif()
