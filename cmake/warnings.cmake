# The warnings that actfn's own sources are compiled with. They never reach a consumer.
set(ACTFN_WERROR OFF CACHE STRING "Treat warnings in actfn's own sources as errors")

set(actfn_warnings
    -Wall -Wextra -Wpedantic
    -Wconversion -Wsign-conversion -Wdouble-promotion
    -Wshadow -Wold-style-cast -Wcast-align -Wcast-qual -Wnon-virtual-dtor -Woverloaded-virtual
    -Wundef -Wunused -Wextra-semi -Wnull-dereference -Wimplicit-fallthrough)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND actfn_warnings -Wduplicated-cond -Wlogical-op)
    # A remark about the call convention of GCC before 10.1 at every register that is passed.
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
        list(APPEND actfn_warnings -Wno-psabi)
    endif()
    # -O1 with sanitizers leaves checks in the code that GCC then reports as reachable null pointers.
    if(ACTFN_SANITIZE)
        list(APPEND actfn_warnings -Wno-null-dereference -Wno-maybe-uninitialized)
    endif()
endif()

# For sources that compile other libraries' use of AVX-512, which has no region like that of core/abi.hpp.
set(actfn_foreign_vectors "")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    set(actfn_foreign_vectors -Wno-maybe-uninitialized -Wno-uninitialized)
endif()

# The presets pass on the variable CI of the environment, which is set to anything, or is not.
string(TOUPPER "${ACTFN_WERROR}" werror)
if(NOT werror MATCHES "^(|0|OFF|NO|FALSE|N)$")
    list(APPEND actfn_warnings -Werror)
endif()
