#!/bin/sh
# Builds and runs a program that imports the library: $1 the sources, $2 a folder to build in. Skipped
# (77) where there is no clang 19 or CMake 3.28.
set -e
for compiler in clang++-21 clang++-20 clang++-19 clang++; do
    command -v "$compiler" > /dev/null && break
done
version=$("$compiler" -dumpversion 2> /dev/null || echo 0)
[ "${version%%.*}" -ge 19 ] || { echo "not run: no clang 19"; exit 77; }
cmake=${CMAKE:-cmake}
minor=$("$cmake" --version | sed -n '1s/.*version 3\.\([0-9]*\).*/\1/p')
[ "${minor:-99}" -ge 28 ] || { echo "not run: no CMake 3.28"; exit 77; }
"$cmake" -S "$1/tests/packaging/module" -B "$2" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DGENAI_SOURCE_DIR="$1"
"$cmake" --build "$2"
"$2/consumer"
