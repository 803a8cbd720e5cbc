#!/bin/sh
# Builds and runs the platform tests for every processor, compiler, option and release of xsimd that is listed in
# platforms.txt and found here:
#   tests/platforms/run.sh               all of them
#   tests/platforms/run.sh <pattern>...  those whose lines match one, such as '*g++-12*'
# Each becomes a line of build/platforms/results.tsv, in place of an older one; what is missing is named there, unless
# another system had it; exit status 1 if one failed. The target platform-table puts the lines into the README.
# Environment: ACTFN_DOWNLOAD_DIR as the option; ACTFN_CATCH2_SOURCE, the sources of Catch2 3.7, for standard libraries
# that it is not packaged for: libc++, Emscripten's, and GCC 13's, for which sid's package is too new; CXXFLAGS, where a
# Clang is too old for the newest libstdc++ (17 and 18 for GCC 16's: --gcc-install-dir).
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
out=$root/build/platforms
results=$out/results.tsv
deps=${ACTFN_DOWNLOAD_DIR:-$root/build/deps}
tab=$(printf '\t')
mkdir -p "$out"
touch "$results"

# matches <line> <pattern>...
matches() {
    line=$1
    shift
    for pattern in "${@:-*}"; do
        # shellcheck disable=SC2254 # a pattern it is
        case $line in $pattern) return 0 ;; esac
    done
    return 1
}

# record <id> <version> <result>: not run is said only where there is no result.
record() {
    case $3 in "not run"*) grep -vF "${tab}not run" "$results" | grep -qF "$1$tab" && return ;; esac
    grep -vF "$1$tab" "$results" > "$results.$$"
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$(date +%F)" | tee -a "$results.$$"
    mv "$results.$$" "$results"
}

version() {
    case $1 in
    em++) em++ --version | sed -n '1s/.* \([0-9][0-9.]*\) .*/\1/p' ;;
    clang*) "$1" -dumpversion ;;
    *) "$1" -dumpfullversion ;;
    esac
}

# Whether the compiler refuses -ffast-math and says why; the header alone is enough.
refuses_fast_math() {
    echo '#include <actfn/actfn.hpp>' |
        "$1" -std=c++20 -ffast-math -fsyntax-only -I include -idirafter "$2" -x c++ - 2>&1 | grep -q 'actfn: -ffast-math'
}

# Builds Catch2 for another standard library, once: own_catch2 <directory> <argument of cmake>...
own_catch2() {
    into=$1
    shift
    [ -e "$into/usr" ] || {
        cmake -S "$ACTFN_CATCH2_SOURCE" -B "$into" -D CMAKE_BUILD_TYPE=Debug -D CMAKE_CXX_FLAGS_DEBUG=-O0 \
            -D CMAKE_CXX_STANDARD=20 -D CMAKE_UNITY_BUILD=ON -D CMAKE_UNITY_BUILD_BATCH_SIZE=0 \
            -D BUILD_TESTING=OFF -D CMAKE_INSTALL_PREFIX="$into/usr" "$@" && cmake --build "$into" --target install
    } > "$into.log" 2>&1
}

# What the log of a build and run comes to: Catch2's last words, or the first error.
verdict() {
    sed -n -e 's/^All tests passed (.* in \([0-9]*\) test cases*)/passed (\1)/p' \
        -e 's/^test cases: *\([0-9]*\) .*| *\([0-9]*\) failed.*/**failed** (\2 of \1)/p' \
        -e 's/^test cases: .*| *\([0-9]*\) passed | *\([0-9]*\) skipped/passed (\1), skipped \2/p' "$1" |
        grep . || { grep -q 'neither installed nor' "$1" && echo "not run: no xsimd or Catch2 for it"; } ||
        echo "**failed**: $(grep -m 1 -o 'error: .*\|undefined reference.*\|CMake Error.*\|Aborted.*\|Killed.*\|signal.*' "$1" | tr -d '|\t' | cut -c 1-100)"
}

# try <processor> <compiler> <library> <flags> <xsimd>
try() {
    id="$1$tab$2$tab$3$tab$4$tab$5" processor=$1 compiler=$2 library=$3 flags=$4 xsimd=$5
    if ! command -v "$compiler" > /dev/null; then
        record "$id" - "not run: no $compiler"
        return
    fi
    dir=$out/$(printf '%s' "$id" | tr -c 'a-zA-Z0-9.+-' '_')
    mkdir -p "$dir"
    kept=$deps toolchain='' emulator='' catch2=''
    unset QEMU_CPU
    case $processor in
    AArch64*) kept=$deps-arm64 toolchain=$root/cmake/aarch64.cmake emulator=qemu-aarch64 ;;
    RISC-V*) kept=$deps-riscv64 toolchain=$root/cmake/riscv64.cmake emulator=qemu-riscv64 ;;
    wasm*) toolchain=/usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake emulator=node ;;
    esac
    # The registers of the emulated CPU have to be as long as those that were compiled for.
    case $processor in
    *SVE*) export QEMU_CPU=max,sve512=on ;;
    *RVV*) export QEMU_CPU=max,vlen=256 ;;
    esac
    if [ -n "$emulator" ] && ! command -v $emulator > /dev/null; then
        record "$id" "$(version "$compiler")" "not run: no $emulator"
        return
    fi
    set -- -D CMAKE_CXX_COMPILER="$compiler" ${toolchain:+-D CMAKE_TOOLCHAIN_FILE="$toolchain"}
    case $library$compiler in libc++* | Emscripten* | libstdc++g++-13)
        if [ -z "${ACTFN_CATCH2_SOURCE:-}" ]; then
            record "$id" "$(version "$compiler")" "not run: no ACTFN_CATCH2_SOURCE"
            return
        fi
        [ "$library" != libc++ ] || set -- "$@" -D CMAKE_CXX_FLAGS=-stdlib=libc++
        [ "$library" != Emscripten ] || set -- "$@" -D CMAKE_CXX_FLAGS=-fexceptions \
            -D CMAKE_EXE_LINKER_FLAGS=-sALLOW_MEMORY_GROWTH
        catch2=$out/catch2-$compiler
        own_catch2 "$catch2" "$@"
        set -- "$@" -D Catch2_DIR="$catch2/usr/lib/cmake/Catch2"
        ;;
    esac
    cmake --fresh -S . -B "$dir" "$@" -D CMAKE_BUILD_TYPE=Release -D CMAKE_CXX_FLAGS_RELEASE="$flags" \
        -D CMAKE_PROJECT_TOP_LEVEL_INCLUDES="$root/cmake/dependencies.cmake" -D ACTFN_DOWNLOAD_DIR="$kept" \
        -D CMAKE_FIND_ROOT_PATH_MODE_PACKAGE=BOTH -D ACTFN_XSIMD_VERSION="$xsimd" \
        -D ACTFN_ONLY_PLATFORM_TESTS=ON -D ACTFN_BUILD_BENCH=OFF -D ACTFN_BUILD_EXAMPLES=OFF > "$dir/log" 2>&1 &&
        cmake --build "$dir" --target run-platform-tests >> "$dir/log" 2>&1
    result=$(verdict "$dir/log")
    case $result in passed*)
        headers=$(sed -n 's/^-- xsimd .* from \(.*\)\/\(share\|lib\)\/.*/\1\/include/p' "$dir/log")
        refuses_fast_math "$compiler" "$headers" || result="**failed**: -ffast-math is not refused"
        ;;
    esac
    record "$id" "$(version "$compiler")" "$result"
    case $result in *failed*) failed=$((failed + 1)) ;; esac
}

tried=0
failed=0
while IFS=';' read -r processor compiler library flags xsimd; do
    case $processor in '#'* | '') continue ;; esac
    matches "$processor;$compiler;$library;$flags;$xsimd" "$@" || continue
    tried=$((tried + 1))
    try "$processor" "$compiler" "$library" "$flags" "$xsimd" < /dev/null
done < tests/platforms/platforms.txt
if [ $tried -eq 0 ]; then
    echo "no line of tests/platforms/platforms.txt matches $*" >&2
    exit 2
fi
[ $failed -eq 0 ]
