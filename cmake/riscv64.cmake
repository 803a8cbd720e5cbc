# Toolchain for RISC-V, of tests/platforms/run.sh: Debian's cross compiler, its programs run by qemu's user
# emulation.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR riscv64)
if(NOT CMAKE_CXX_COMPILER)
    set(CMAKE_CXX_COMPILER riscv64-linux-gnu-g++)
endif()
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-riscv64 -L /usr/riscv64-linux-gnu)
