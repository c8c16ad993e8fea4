# Libraries and headers of `target` come from where scripts/setup_target puts them, programs from this machine.
get_filename_component(deps ${CMAKE_CURRENT_LIST_DIR}/../../.deps REALPATH)
set(CMAKE_FIND_ROOT_PATH ${deps}/${target})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(OPENSSL_USE_STATIC_LIBS TRUE)
