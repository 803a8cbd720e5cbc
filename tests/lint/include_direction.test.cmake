# cmake -D SCRATCH=<folder> -P include_direction.test.cmake: the lint on trees of one header with one include each.
cmake_minimum_required(VERSION 3.25)

function(lint_says expected header included)
    file(REMOVE_RECURSE ${SCRATCH})
    file(WRITE ${SCRATCH}/actfn/${header} "#pragma once\n#include ${included}\n")
    execute_process(COMMAND ${CMAKE_COMMAND} -D INCLUDE=${SCRATCH} -P ${CMAKE_CURRENT_LIST_DIR}/include_direction.cmake
        RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    set(answer wrong)
    if(status EQUAL 0)
        set(answer right)
    elseif(NOT output MATCHES "1 wrong includes")
        set(answer "broken: ${output}")
    endif()
    if(NOT answer STREQUAL expected)
        message(SEND_ERROR "${header} with #include ${included} is ${expected}; the lint says: ${answer}")
    endif()
endfunction()

foreach(edge IN ITEMS
        "core/a.hpp <actfn/core/b.hpp>" "math/a.hpp <actfn/core/b.hpp>" "math/a.hpp <actfn/math/b.hpp>"
        "functions/a.hpp <actfn/math/b.hpp>" "reductions/a.hpp <actfn/math/b.hpp>" "reductions/a.hpp <actfn/kernel/b.hpp>" "rng/a.hpp <actfn/core/b.hpp>"
        "kernel/a.hpp <actfn/rng/b.hpp>" "kernel/a.hpp <actfn/version.hpp>" "kernel/a.hpp <functional>"
        "functions/rrelu.hpp <actfn/functions/leaky_relu.hpp>" "registry.hpp <actfn/functions/b.hpp>" "actfn.hpp <actfn/registry.hpp>" "dispatch/a.hpp <actfn/registry.hpp>"
        "parallel/a.hpp <actfn/dispatch.hpp>" "parallel/a.hpp <actfn/reductions/b.hpp>")
    string(REPLACE " " ";" edge ${edge})
    lint_says(right ${edge})
endforeach()
foreach(edge IN ITEMS
        "core/a.hpp <actfn/math/b.hpp>" "core/a.hpp <actfn/rng/b.hpp>" "core/a.hpp <actfn/registry.hpp>"
        "math/a.hpp <actfn/functions/b.hpp>" "math/a.hpp <actfn/rng/b.hpp>"
        "functions/a.hpp <actfn/kernel/b.hpp>" "functions/a.hpp <actfn/rng/b.hpp>" "functions/a.hpp <actfn/functions/b.hpp>"
        "functions/leaky_relu.hpp <actfn/functions/rrelu.hpp>" "functions/rrelu.hpp <actfn/functions/relu.hpp>"
        "functions/a.hpp <actfn/actfn.hpp>" "functions/a.hpp <actfn/registry.hpp>" "reductions/a.hpp <actfn/functions/b.hpp>" "reductions/a.hpp <actfn/rng/b.hpp>" "kernel/a.hpp <actfn/reductions/b.hpp>"
        "rng/a.hpp <actfn/kernel/b.hpp>" "rng/a.hpp <actfn/functions/b.hpp>"
        "kernel/a.hpp <actfn/functions/b.hpp>" "kernel/a.hpp <actfn/registry.hpp>" "kernel/a.hpp <actfn/dispatch/b.hpp>"
        "kernel/a.hpp \"b.hpp\"" "dispatch/a.hpp <actfn/parallel/b.hpp>" "kernel/a.hpp <actfn/parallel/b.hpp>"
        "elsewhere/a.hpp <actfn/core/b.hpp>")
    string(REPLACE " " ";" edge ${edge})
    lint_says(wrong ${edge})
endforeach()
