# Code for every instruction set: actfn's own loops as the target actfn::dispatch, and a user's functors the same way.
# Installed with the package. What is compiled here is compiled by, and for, the project that asks for it: the package
# itself stays free of binaries, and actfn_dispatch is built only where it is linked.

# actfn_add_isa_objects(<target> SOURCES <file>...)
# Adds each file to the target once per instruction set: for the baseline and, on x86-64, for AVX2 with FMA and F16C and for
# AVX-512, each time with the macro ACTFN_DISPATCH_ISA as baseline, avx2 or avx512 and always optimised, for std's and
# xsimd's helpers would otherwise be shared between the instruction sets.
function(actfn_add_isa_objects target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
    if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES)
        message(FATAL_ERROR "actfn_add_isa_objects(<target> SOURCES <file>...) was called with: ${ARGV}")
    endif()

    # They come after all others, which is how they win over CMAKE_CXX_FLAGS with another -march.
    set(common -O3)
    set(sets baseline)
    set(flags_baseline ${common})
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$" AND CMAKE_SIZEOF_VOID_P EQUAL 8)
        # The features that select.cpp asks the CPU for, and no others.
        list(APPEND sets avx2 avx512)
        list(APPEND flags_baseline -march=x86-64)
        set(flags_avx2 ${flags_baseline} -mavx2 -mfma -mf16c)
        set(flags_avx512 ${flags_avx2} -mavx512f -mavx512cd -mavx512dq -mavx512bw -mavx512vl)
    endif()

    foreach(source IN LISTS arg_SOURCES)
        cmake_path(ABSOLUTE_PATH source NORMALIZE)
        cmake_path(GET source STEM name)
        foreach(set IN LISTS sets)
            # One file cannot be in a target several times; files that include it can.
            set(unit ${CMAKE_CURRENT_BINARY_DIR}/${target}.isa/${name}_${set}.cpp)
            file(CONFIGURE OUTPUT ${unit} CONTENT "#include \"${source}\"\n" @ONLY)
            target_sources(${target} PRIVATE ${unit})
            set_source_files_properties(${unit} TARGET_DIRECTORY ${target} PROPERTIES
                COMPILE_DEFINITIONS ACTFN_DISPATCH_ISA=${set}
                COMPILE_OPTIONS "${flags_${set}}"
                SKIP_PRECOMPILE_HEADERS ON
                SKIP_UNITY_BUILD_INCLUSION ON)
        endforeach()
    endforeach()
endfunction()

# Makes actfn::dispatch from the sources in <include>/actfn/dispatch.
function(actfn_add_dispatch include)
    if(TARGET actfn_dispatch)
        return()
    endif()
    add_library(actfn_dispatch STATIC EXCLUDE_FROM_ALL ${include}/actfn/dispatch/select.cpp)
    add_library(actfn::dispatch ALIAS actfn_dispatch)
    target_link_libraries(actfn_dispatch PUBLIC actfn::actfn)
    set_target_properties(actfn_dispatch PROPERTIES POSITION_INDEPENDENT_CODE ON)
    actfn_add_isa_objects(actfn_dispatch
        SOURCES ${include}/actfn/dispatch/float.cpp ${include}/actfn/dispatch/double.cpp
            ${include}/actfn/dispatch/binary16.cpp ${include}/actfn/dispatch/bfloat16.cpp)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$" AND CMAKE_SIZEOF_VOID_P EQUAL 8)
        set_source_files_properties(${include}/actfn/dispatch/select.cpp TARGET_DIRECTORY actfn_dispatch
            PROPERTIES COMPILE_OPTIONS -march=x86-64)
    endif()
endfunction()
