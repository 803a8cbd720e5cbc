# cmake -D NM=<nm> -D ONE=<object> -D TWO=<object> -D NAMESPACES=<regex> -P shared_symbols.cmake
# Fails if both objects define a weak symbol of one of the namespaces: the linker would keep one of the two.
cmake_minimum_required(VERSION 3.25)

foreach(object IN ITEMS ONE TWO)
    execute_process(COMMAND ${NM} -C --defined-only ${${object}} OUTPUT_VARIABLE table COMMAND_ERROR_IS_FATAL ANY)
    # Signatures may have the separators and brackets of a CMake list.
    string(REGEX REPLACE "[];[]" "|" table "${table}")
    string(REGEX MATCHALL "[0-9a-f]+ [VWu] [^\n]*(${NAMESPACES})::[^\n]*" symbols "${table}")
    list(TRANSFORM symbols REPLACE "^[0-9a-f]+ . " "")
    list(LENGTH symbols count)
    message("${count} weak symbols in ${${object}}")
    set(symbols_${object} ${symbols})
endforeach()

set(shared "")
foreach(symbol IN LISTS symbols_ONE)
    if(symbol IN_LIST symbols_TWO)
        list(APPEND shared ${symbol})
    endif()
endforeach()
if(shared)
    list(JOIN shared "\n  " shared)
    message(FATAL_ERROR "In both objects, and compiled for different instruction sets:\n  ${shared}")
endif()
