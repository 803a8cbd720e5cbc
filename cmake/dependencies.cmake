# A dependency provider for actfn's own builds. The presets set it through CMAKE_PROJECT_TOP_LEVEL_INCLUDES; a project
# that uses actfn never sees it. Each dependency comes from the first of these that has a sufficient version:
#   1. an installed package, the one that CMAKE_PREFIX_PATH or <name>_DIR leads to before others;
#   2. its release on the source host, checked against the SHA-256 below;
#   3. on Debian and Ubuntu, the distribution's signed packages, unpacked in the build tree: needs no root, and neither
#      reads nor writes the system's package state.
set(ACTFN_XSIMD_VERSION "" CACHE STRING "Release of xsimd to build with, as major.minor; empty: any that is new enough")
option(ACTFN_DOWNLOAD "Download what is not installed" ON)
set(ACTFN_DOWNLOAD_DIR ${CMAKE_BINARY_DIR}/deps CACHE PATH "Where downloads are kept; several build trees may share it")

set(actfn_dependencies xsimd Catch2 benchmark nlohmann_json Eigen3 TBB)
set(actfn_optional_dependencies Eigen3 TBB)

# <name>_versions: acceptable versions, each to be read as find_package() does; a package accepts its own major only.
# <name>_release:  version, address and SHA-256 of a source archive.
# <name>_debian:   package, and the suites to take it from: headers alone may come from a newer distribution,
#                  compiled libraries have to fit the running one.
set(xsimd_versions 16 15 14 13.2)
set(xsimd_release 14.3.0 https://github.com/xtensor-stack/xsimd/archive/refs/tags/14.3.0.tar.gz
    b3d50e7a73fbf4642ceef30131c93414901d69eee41c2a5302db650b03e2c792)
set(xsimd_debian libxsimd-dev any)
if(ACTFN_XSIMD_VERSION)
    string(REGEX MATCH "^([0-9]+)\\.([0-9]+)" version "${ACTFN_XSIMD_VERSION}")
    if(NOT version)
        message(FATAL_ERROR "ACTFN_XSIMD_VERSION is '${ACTFN_XSIMD_VERSION}'; it has to be major.minor, such as 13.2")
    endif()
    math(EXPR next_minor "${CMAKE_MATCH_2} + 1")
    set(xsimd_versions ${version}...<${CMAKE_MATCH_1}.${next_minor})
    if(version STREQUAL "13.2")
        set(xsimd_release 13.2.0 https://github.com/xtensor-stack/xsimd/archive/refs/tags/13.2.0.tar.gz
            edd8cd3d548c185adc70321c53c36df41abe64c1fe2c67bc6d93c3ecda82447a)
    elseif(NOT version STREQUAL "14.3")
        unset(xsimd_release)
    endif()
endif()

set(Catch2_versions 3.7)
set(Catch2_release 3.7.1 https://github.com/catchorg/Catch2/archive/refs/tags/v3.7.1.tar.gz
    c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c)
set(Catch2_debian libcatch2-dev own)

set(benchmark_versions 1.7)
set(benchmark_release 1.9.1 https://github.com/google/benchmark/archive/refs/tags/v1.9.1.tar.gz
    32131c08ee31eeff2c8968d7e874f3cb648034377dfc32a4c377fa8796d84981)
set(benchmark_debian libbenchmark-dev own)

set(nlohmann_json_versions 3.10)
set(nlohmann_json_release 3.11.3 https://github.com/nlohmann/json/archive/refs/tags/v3.11.3.tar.gz
    0d8ef5af7f9794e3263480193c491549b2ba6cc74bb018906202ada498a79406)
set(nlohmann_json_debian nlohmann-json3-dev own)

# Wanted by some examples only, which are left out without it.
set(Eigen3_versions 5 3.4)
set(Eigen3_release 3.4.0 https://gitlab.com/libeigen/eigen/-/archive/3.4.0/eigen-3.4.0.tar.bz2
    b4c198460eba6f28d34894e3a5710998818515104d6e74e5cc331ce31e46e626)
set(Eigen3_debian libeigen3-dev own)

# Wanted by actfn::parallel, which is left out without it.
set(TBB_versions 2022 2021)
set(TBB_debian libtbb-dev own)

include(${CMAKE_CURRENT_LIST_DIR}/dependencies/release.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/dependencies/debian.cmake)

function(actfn_provide_dependency method package)
    if(NOT package IN_LIST actfn_dependencies)
        return()  # CMake goes on with its own find_package()
    endif()

    # What is installed is for another processor than that of a cross compiler, and stands among headers of its system.
    if(NOT CMAKE_CROSSCOMPILING OR ${package}_DIR)
        actfn_find_installed(${package})
    endif()
    if(NOT ${package}_FOUND)
        file(LOCK ${ACTFN_DOWNLOAD_DIR} DIRECTORY GUARD FUNCTION TIMEOUT 600)
        actfn_find_unpacked(${package})
        if(NOT ${package}_FOUND)
            actfn_fetch_release(${package})
        endif()
        if(NOT ${package}_FOUND)
            actfn_unpack_debian(${package})
            actfn_find_unpacked(${package})
        endif()
    endif()

    if(${package}_FOUND)
        get_property(reported GLOBAL PROPERTY actfn_reported_${package})
        if(NOT reported)
            set_property(GLOBAL PROPERTY actfn_reported_${package} ON)
            message(STATUS "${package} ${${package}_VERSION} from ${${package}_DIR}")
        endif()
    elseif(NOT package IN_LIST actfn_optional_dependencies)
        list(GET ${package}_versions -1 wanted)
        if(NOT wanted MATCHES "<")
            set(wanted ">= ${wanted}")
        endif()
        list(GET ${package}_debian 0 debian)
        string(TOUPPER ${package} upper)
        message(FATAL_ERROR "${package} ${wanted} is neither installed nor to be had from its source host nor from this "
            "system's package archive. Do one of these: install it (Debian and Ubuntu: ${debian}); set ${package}_DIR or "
            "CMAKE_PREFIX_PATH to an installation; set FETCHCONTENT_SOURCE_DIR_${upper} to its sources.")
    endif()

    foreach(result IN ITEMS ${package}_FOUND ${package}_VERSION CMAKE_MODULE_PATH)
        set(${result} "${${result}}" PARENT_SCOPE)
    endforeach()
endfunction()

# The macros leave what find_package() sets in the function above.
macro(actfn_find_installed package)
    foreach(request IN LISTS ${package}_versions)
        find_package(${package} ${request} CONFIG QUIET BYPASS_PROVIDER)
        if(${package}_FOUND)
            break()
        endif()
    endforeach()
endmacro()

# A prefix path and not just a hint, because a package may have to find one that was unpacked beside it.
macro(actfn_find_unpacked package)
    list(GET ${package}_debian 0 debian)
    file(GLOB unpacked ${ACTFN_DOWNLOAD_DIR}/${debian}_*/usr)
    if(unpacked)
        list(PREPEND CMAKE_PREFIX_PATH ${unpacked})
        actfn_find_installed(${package})
    endif()
endmacro()

cmake_language(SET_DEPENDENCY_PROVIDER actfn_provide_dependency SUPPORTED_METHODS FIND_PACKAGE)
