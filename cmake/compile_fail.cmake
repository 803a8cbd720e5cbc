# cmake -D COMPILER=<compiler> -D FLAGS=<response file> -D HEADERS=<directory of precompiled headers> -D SOURCE=<file>
#   -P compile_fail.cmake
# Fails unless SOURCE compiles with ACTFN_COMPILE_FAIL_CONTROL defined and without it does not, for the reasons that its
# "// expect: <regular expression>" lines name.
cmake_minimum_required(VERSION 3.25)

file(STRINGS ${SOURCE} expectations REGEX "^// expect: ")
if(NOT expectations)
    message(FATAL_ERROR "${SOURCE} has no line that starts with '// expect: '")
endif()

set(compile ${COMPILER} -fsyntax-only -I${HEADERS} @${FLAGS})
execute_process(COMMAND ${compile} -DACTFN_COMPILE_FAIL_CONTROL ${SOURCE}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "The control does not compile, so the case proves nothing:\n${output}")
endif()

# The language of the diagnostics, and the form of the quotes in them, follow the locale.
set(ENV{LC_ALL} C)
execute_process(COMMAND ${compile} ${SOURCE}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(status EQUAL 0)
    message(FATAL_ERROR "This has to be an error, and it compiles")
endif()
foreach(line IN LISTS expectations)
    string(REGEX REPLACE "^// expect: " "" expected "${line}")
    if(NOT output MATCHES "${expected}")
        message(FATAL_ERROR "The diagnostic does not have\n  ${expected}\nbut is\n${output}")
    endif()
endforeach()
message("${output}")
