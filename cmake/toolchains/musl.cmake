# Linux with musl, linked statically, by the compiler of Python's package ziglang. See scripts/setup_target.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER ${CMAKE_CURRENT_LIST_DIR}/zig-musl-cc)
set(CMAKE_CXX_COMPILER ${CMAKE_CURRENT_LIST_DIR}/zig-musl-c++)
set(target musl)
include(${CMAKE_CURRENT_LIST_DIR}/target.cmake)
