# cmake -D NM=<nm> -P isa_symbols.cmake -- <object>...
# Fails if an object <name>_<set>.cpp.o, code for one instruction set, has a weak symbol whose name does not say so: the
# linker may keep it, or another one's instead, for everybody. Or if it has code that runs before main(), on any CPU.
cmake_minimum_required(VERSION 3.25)

set(tag_baseline "isa_baseline::|xsimd::sse2")
set(tag_avx2 "isa_avx2_fma_f16c::|xsimd::fma3<xsimd::avx2>")
set(tag_avx512 "isa_avx512::|xsimd::avx512bw")

set(checked 0)
set(wrong 0)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
    if(NOT CMAKE_ARGV${i} MATCHES "_(baseline|avx2|avx512)\\.cpp\\.[a-z]+$")
        continue()
    endif()
    set(set ${CMAKE_MATCH_1})
    execute_process(COMMAND ${NM} -C --defined-only ${CMAKE_ARGV${i}} OUTPUT_VARIABLE table COMMAND_ERROR_IS_FATAL ANY)
    # Signatures may have the separators and brackets of a CMake list.
    string(REGEX REPLACE "[];[]" "|" table "${table}")
    string(REGEX MATCHALL "[0-9a-f]+ [VWu] [^\n]*" symbols "${table}")
    # A pointer to the unwinder's own function, for the unwinder.
    list(FILTER symbols EXCLUDE REGEX "DW\\.ref\\.__gxx_personality")
    list(LENGTH symbols count)
    message("${count} weak symbols in ${CMAKE_ARGV${i}}")
    list(FILTER symbols EXCLUDE REGEX "${tag_${set}}")
    foreach(symbol IN LISTS symbols)
        message("  not tagged ${set}: ${symbol}")
        math(EXPR wrong "${wrong} + 1")
    endforeach()
    if(table MATCHES "_GLOBAL__sub_I|__cxx_global_var_init")
        message("  runs before main")
        math(EXPR wrong "${wrong} + 1")
    endif()
    math(EXPR checked "${checked} + 1")
endforeach()

if(wrong OR NOT checked)
    message(FATAL_ERROR "${wrong} wrong symbols in ${checked} objects")
endif()
