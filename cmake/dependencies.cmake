# What the library needs: installed packages where there are any, else pinned releases by their hashes.
include(FetchContent)

find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)

if(NOT TARGET nlohmann_json::nlohmann_json)
    FetchContent_Declare(
        nlohmann_json
        URL https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
        URL_HASH SHA256=d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d
        FIND_PACKAGE_ARGS 3.11)
    FetchContent_MakeAvailable(nlohmann_json)
endif()

if(GENAI_BUILD_TESTS OR GENAI_BUILD_BENCH)
    # cpp-httplib, which the tests' TLS server is made of and the benchmarks compare with, is taken as its one header: its own
    # target switches options on by what it finds on the machine.
    find_path(GENAI_HTTPLIB_INCLUDE_DIR httplib.h DOC "Where httplib.h (cpp-httplib 0.41 or later, single-file) is.")
    if(GENAI_HTTPLIB_INCLUDE_DIR)
        file(STRINGS ${GENAI_HTTPLIB_INCLUDE_DIR}/httplib.h httplib_version REGEX "#define CPPHTTPLIB_VERSION \"")
        string(REGEX REPLACE ".*\"([0-9.]+)\".*" "\\1" httplib_version "${httplib_version}")
    endif()
    if(NOT GENAI_HTTPLIB_INCLUDE_DIR OR httplib_version VERSION_LESS 0.41)
        set(GENAI_HTTPLIB_INCLUDE_DIR ${PROJECT_BINARY_DIR}/_deps/httplib CACHE PATH "" FORCE)
        file(
            DOWNLOAD https://raw.githubusercontent.com/yhirose/cpp-httplib/v0.41.0/httplib.h
            ${GENAI_HTTPLIB_INCLUDE_DIR}/httplib.h
            EXPECTED_HASH SHA256=e9112546cbae828180f72c2ae6da4bfd8d15ae38138bd99b898e5e30128acc28)
    endif()
    add_library(genai_httplib INTERFACE)
    target_include_directories(genai_httplib SYSTEM INTERFACE ${GENAI_HTTPLIB_INCLUDE_DIR})
    target_compile_definitions(genai_httplib INTERFACE CPPHTTPLIB_OPENSSL_SUPPORT)
    target_link_libraries(genai_httplib INTERFACE OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
endif()

if(GENAI_BUILD_TESTS)
    FetchContent_Declare(
        Catch2
        URL https://github.com/catchorg/Catch2/archive/refs/tags/v3.7.1.tar.gz
        URL_HASH SHA256=c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c
        SYSTEM
        FIND_PACKAGE_ARGS 3.4)
    FetchContent_MakeAvailable(Catch2)
endif()
