# Tests that are scripts, and consumers of the installed package.
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
    add_test(NAME layers COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/scripts/check_layers)
    add_test(NAME single_include_is_fresh COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/scripts/amalgamate --check)
endif()
