# Tests that are scripts or whole projects: run once, not again in every variant of the build.
function(once)
    set_tests_properties(${ARGN} PROPERTIES LABELS once)
endfunction()

find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
    add_test(NAME rooms COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/scripts/check_rooms)
    add_test(NAME fwd_is_fresh COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/scripts/make_fwd --check)
    add_test(NAME prices_are_fresh COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/scripts/make_prices --check)
    add_test(NAME limits_are_fresh COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/scripts/make_limits --check)
    add_test(NAME single_include_is_fresh COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/scripts/amalgamate --check)
    set(readme_compiler "")
    if(NOT MSVC)
        set(readme_compiler ${CMAKE_CXX_COMPILER} -DGENAI_COMPILED)
        get_target_property(readme_json nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
        list(FILTER readme_json EXCLUDE REGEX "^/usr/include$")
        list(TRANSFORM readme_json PREPEND "-isystem")
        list(APPEND readme_compiler ${readme_json})
    endif()
    add_test(NAME readme_compiles_as_shown COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/scripts/check_readme ${readme_compiler})
    once(rooms fwd_is_fresh single_include_is_fresh readme_compiles_as_shown)
endif()

add_test(NAME formatted COMMAND ${PROJECT_SOURCE_DIR}/scripts/format --check)
set_tests_properties(formatted PROPERTIES LABELS once SKIP_RETURN_CODE 77)

if(NOT GENAI_SANITIZE AND NOT GENAI_SINGLE_HEADER)
    # Every public header may be included before and after every other.
    set(ordered ${public_headers})
    if(NOT GENAI_VALIJSON_INCLUDE_DIR)
        list(FILTER ordered EXCLUDE REGEX "genai/validation.hpp$")
    endif()
    foreach(order forward backward)
        list(TRANSFORM ordered REPLACE "include/(.*)" "#include <\\1>\n" OUTPUT_VARIABLE lines)
        list(JOIN lines "" lines)
        file(CONFIGURE OUTPUT include_order_${order}.cpp CONTENT "${lines}int ${order}() { return 0; }\n" @ONLY)
        list(REVERSE ordered)
    endforeach()
    file(CONFIGURE OUTPUT include_order.cpp CONTENT "int forward();\nint backward();\nint main() { return forward() + backward(); }\n" @ONLY)
    add_executable(include_order ${CMAKE_CURRENT_BINARY_DIR}/include_order.cpp ${CMAKE_CURRENT_BINARY_DIR}/include_order_forward.cpp
                                 ${CMAKE_CURRENT_BINARY_DIR}/include_order_backward.cpp)
    target_link_libraries(include_order PRIVATE genai::compiled_emulator genai_dev)
    if(GENAI_VALIJSON_INCLUDE_DIR)
        target_include_directories(include_order SYSTEM PRIVATE ${GENAI_VALIJSON_INCLUDE_DIR})
    endif()
    add_test(NAME include_order COMMAND include_order)
    once(include_order)

    # What differs does not link.
    if(UNIX AND NOT APPLE)
        get_target_property(json_include nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
        list(FILTER json_include EXCLUDE REGEX "^/usr/include$")  # the compiler looks there, and must do so last
        list(TRANSFORM json_include PREPEND "-isystem" OUTPUT_VARIABLE json_include)
        add_test(NAME link_guard
                 COMMAND ${CMAKE_COMMAND} -DCXX=${CMAKE_CXX_COMPILER} -DSOURCE_DIR=${PROJECT_SOURCE_DIR} "-DSYSTEM_INCLUDES=${json_include}"
                         -DLIBRARY=$<TARGET_FILE:genai_compiled> -DWORK_DIR=${CMAKE_CURRENT_BINARY_DIR}/link_guard
                         -P ${CMAKE_CURRENT_SOURCE_DIR}/packaging/link_guard.cmake)
        once(link_guard)
    endif()

    add_executable(macro_guard packaging/macro_guard.cpp)
    target_link_libraries(macro_guard PRIVATE genai genai_dev)
    add_test(NAME macro_guard COMMAND macro_guard)

    # A program's own httplib, of any version and with any options, is its own.
    add_executable(own_httplib packaging/own_httplib.cpp)
    target_link_libraries(own_httplib PRIVATE genai_compiled_emulator genai_dev)
    target_include_directories(own_httplib SYSTEM PRIVATE ${GENAI_HTTPLIB_INCLUDE_DIR})
    add_test(NAME own_httplib COMMAND own_httplib)
    once(own_httplib)

    # A program that ends while tasks run.
    add_executable(async_exit packaging/async_exit.cpp)
    target_link_libraries(async_exit PRIVATE genai_compiled_emulator genai_dev)
    add_test(NAME async_exit COMMAND async_exit)
    set_tests_properties(async_exit PROPERTIES ENVIRONMENT MALLOC_PERTURB_=165 TIMEOUT 30)
    once(async_exit)

    # Qt and X11, or their macros, before and after ours.
    foreach(order FIRST LAST)
        add_executable(neighbours_${order} packaging/neighbours.cpp)
        target_link_libraries(neighbours_${order} PRIVATE $<IF:$<STREQUAL:${order},FIRST>,genai,genai_compiled> genai_dev)
        target_compile_definitions(neighbours_${order} PRIVATE NEIGHBOURS_${order})
        add_test(NAME neighbours_${order} COMMAND neighbours_${order})
        once(neighbours_${order})
    endforeach()

    # Every example, header-only, as one translation unit: each in a namespace of its own behind all that they include.
    file(GLOB example_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*.cpp)
    list(FILTER example_sources EXCLUDE REGEX "/(asio|gateway_server)")  # need Boost, and httplib
    set(example_includes "")
    set(example_bodies "")
    foreach(source ${example_sources})
        get_filename_component(name ${source} NAME_WE)
        file(STRINGS ${source} lines REGEX "^#include <")
        list(APPEND example_includes ${lines})
        string(APPEND example_bodies "namespace example_${name} {\n#define main run\n#include \"${source}\"\n#undef main\n}\n")
    endforeach()
    list(REMOVE_DUPLICATES example_includes)
    list(JOIN example_includes "\n" example_includes)
    file(CONFIGURE OUTPUT header_only_examples.cpp CONTENT "${example_includes}\n#include \"connect.hpp\"\n${example_bodies}int main() {}\n" @ONLY)
    add_executable(header_only_examples ${CMAKE_CURRENT_BINARY_DIR}/header_only_examples.cpp)
    target_include_directories(header_only_examples PRIVATE ${PROJECT_SOURCE_DIR}/examples)
    target_link_libraries(header_only_examples PRIVATE genai)
    if(NOT MSVC)
        target_compile_options(header_only_examples PRIVATE -Wno-return-type)  # main alone may end without
    endif()
    add_test(NAME header_only_examples COMMAND header_only_examples)
    once(header_only_examples)

    # The same by a clang, which looks a template's body over before it is used.
    find_program(GENAI_CLANG NAMES clang++-21 clang++-20 clang++-19 clang++-18 clang++-17 clang++-16 NO_CACHE)
    if(GENAI_CLANG)
        get_target_property(clang_json nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
        list(FILTER clang_json EXCLUDE REGEX "^/usr/include$")
        list(TRANSFORM clang_json PREPEND "-isystem")
        add_test(NAME header_only_clang
                 COMMAND ${GENAI_CLANG} -std=c++20 -fsyntax-only -I${PROJECT_SOURCE_DIR}/include
                         ${clang_json} -I${PROJECT_SOURCE_DIR}/examples
                         ${CMAKE_CURRENT_BINARY_DIR}/header_only_examples.cpp)
    else()
        add_test(NAME header_only_clang COMMAND ${CMAKE_COMMAND} -E echo "not run: no clang 16 or newer")
        set_tests_properties(header_only_clang PROPERTIES SKIP_REGULAR_EXPRESSION "not run")
    endif()
    once(header_only_clang)

    # No warning of what g++ can say, without RTTI, and without nlohmann's implicit conversions.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        get_target_property(strict_json nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
        list(FILTER strict_json EXCLUDE REGEX "^/usr/include$")
        list(TRANSFORM strict_json PREPEND "-isystem")
        add_test(NAME strict_flags
                 COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only -fno-rtti -DJSON_USE_IMPLICIT_CONVERSIONS=0 -Werror -Wall -Wextra -Wpedantic
                         -Wconversion -Wshadow -Wsign-conversion -Wold-style-cast -Wuseless-cast -Wlogical-op -I${PROJECT_SOURCE_DIR}/include ${strict_json}
                         ${CMAKE_CURRENT_SOURCE_DIR}/packaging/strict.cpp)
        once(strict_flags)
    endif()

    # An older standard is named by the first thing that every public header says.
    if(NOT MSVC)
        string(JOIN "," header_list ${public_headers})
        add_test(NAME old_standard COMMAND ${CMAKE_COMMAND} -DCXX=${CMAKE_CXX_COMPILER} -DSOURCE_DIR=${PROJECT_SOURCE_DIR} -DHEADERS=${header_list}
                                           -P ${CMAKE_CURRENT_SOURCE_DIR}/packaging/old_standard.cmake)
        once(old_standard)
    endif()

    # With a transport of its own a program needs no OpenSSL.
    if(UNIX AND NOT APPLE)
        add_test(NAME without_openssl
                 COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -DGENAI_COMPILED -I${PROJECT_SOURCE_DIR}/include ${json_include}
                         ${CMAKE_CURRENT_SOURCE_DIR}/packaging/own_transport.cpp $<TARGET_FILE:genai_compiled> -pthread
                         -o ${CMAKE_CURRENT_BINARY_DIR}/own_transport)
        once(without_openssl)
    endif()

    # What a decoded chunk costs; the limit is that of one compiler.
    if(UNIX AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        set_target_properties(decode_chunks PROPERTIES EXCLUDE_FROM_ALL OFF)
        add_test(NAME instructions_per_chunk COMMAND ${PROJECT_SOURCE_DIR}/scripts/count_instructions $<TARGET_FILE:decode_chunks> 9000)
        set_tests_properties(instructions_per_chunk PROPERTIES LABELS once TIMEOUT 120 SKIP_RETURN_CODE 77)
    endif()

    if(UNIX)
        add_executable(big_transfer packaging/big_transfer.cpp)
        target_link_libraries(big_transfer PRIVATE genai_test_support)
        add_test(NAME big_transfer COMMAND big_transfer)
        set_tests_properties(big_transfer PROPERTIES LABELS once TIMEOUT 300 RUN_SERIAL ON)
    endif()

    # What the compiler says of what cannot be: a file's first line is in its complaint.
    if(NOT MSVC)
        file(GLOB compile_fail CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/compile_fail/*.cpp)
        foreach(source ${compile_fail})
            get_filename_component(name ${source} NAME_WE)
            file(STRINGS ${source} complaint LIMIT_COUNT 1)
            string(SUBSTRING "${complaint}" 3 -1 complaint)
            add_test(NAME compile_fail_${name} COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only -DGENAI_COMPILED -I${PROJECT_SOURCE_DIR}/include ${source})
            set_tests_properties(compile_fail_${name} PROPERTIES PASS_REGULAR_EXPRESSION "${complaint}" LABELS once)
        endforeach()
    endif()

    # The library as its users take it in.
    set(consumer_options -DCMAKE_PREFIX_PATH=${CMAKE_PREFIX_PATH} -DGENAI_SOURCE_DIR=${PROJECT_SOURCE_DIR}
        -DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER} -DGENAI_INSTALL_PREFIX=${CMAKE_CURRENT_BINARY_DIR}/installed)
    foreach(consumer find_package add_subdirectory single_header)
        set(options ${consumer_options})
        if(consumer STREQUAL find_package)
            list(APPEND options -Dgenai_ROOT=${CMAKE_CURRENT_BINARY_DIR}/installed)
        endif()
        add_test(
            NAME packaging_${consumer}
            COMMAND
                ${CMAKE_CTEST_COMMAND} --build-and-test ${CMAKE_CURRENT_SOURCE_DIR}/packaging/${consumer}
                ${CMAKE_CURRENT_BINARY_DIR}/packaging/${consumer} --build-generator ${CMAKE_GENERATOR} --build-options
                ${options} -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} --test-command consumer)
        once(packaging_${consumer})
    endforeach()
    add_test(NAME packaging_module COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/packaging/module/run.sh ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR}/packaging/module)
    set_tests_properties(packaging_module PROPERTIES LABELS once SKIP_RETURN_CODE 77 TIMEOUT 600)
    add_test(NAME install COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${CMAKE_CURRENT_BINARY_DIR}/installed)
    set_tests_properties(install PROPERTIES FIXTURES_SETUP installed LABELS once)
    set_tests_properties(packaging_find_package PROPERTIES FIXTURES_REQUIRED installed)
    once(macro_guard)

    # Every example runs, against the emulator.
    if(GENAI_BUILD_EXAMPLES)
        foreach(example streaming images structured_output function_calling cancellation errors custom_transport gateway
                models embeddings files caches file_search batches videos interactions decisions auth_tokens tunings raw agents webhooks voices
                retries recording async openai local_server router bulk)
            add_test(NAME example_${example} COMMAND ${example})
            set_tests_properties(example_${example} PROPERTIES ENVIRONMENT "GEMINI_API_KEY=;GOOGLE_API_KEY=;GOOGLE_GEMINI_BASE_URL=" LABELS once TIMEOUT 60)
        endforeach()
        if(UNIX)
            add_test(NAME example_mcp COMMAND mcp $<TARGET_FILE:mcp_program>)
            set_tests_properties(example_mcp PROPERTIES ENVIRONMENT "GEMINI_API_KEY=;GOOGLE_API_KEY=;GOOGLE_GEMINI_BASE_URL=" LABELS once TIMEOUT 60
                                                        PASS_REGULAR_EXPRESSION "add: does add.*add gave")
        endif()
        add_test(NAME example_chat COMMAND chat "Hello there")
        set_tests_properties(
            example_chat PROPERTIES ENVIRONMENT "GEMINI_API_KEY=;GOOGLE_API_KEY=;GOOGLE_GEMINI_BASE_URL=" LABELS once TIMEOUT 60
                                    PASS_REGULAR_EXPRESSION "no model behind it.*This is turn 2.*tokens in")
        add_test(NAME example_emulator COMMAND ${CMAKE_COMMAND} -DEMULATOR=$<TARGET_FILE:emulator> -DQUICKSTART=$<TARGET_FILE:quickstart> -DTOOL=$<TARGET_FILE:tool> -DPARSED=$<TARGET_FILE:parsed>
                                               -DDRIVER=$<TARGET_FILE:genai_conformance> -P ${CMAKE_CURRENT_SOURCE_DIR}/packaging/emulator.cmake)
        set_tests_properties(example_emulator PROPERTIES LABELS once TIMEOUT 60)

        # Google's own clients, and OpenAI's, against the emulator; skipped where a language or its SDK cannot be had.
        if(UNIX AND GENAI_BUILD_EMULATOR)
            foreach(sdk javascript-2 javascript-3 python go openai-javascript openai-python)
                add_test(NAME interoperability_${sdk} COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/interop/run.sh ${sdk} $<TARGET_FILE:genai_emulator>)
                set_tests_properties(interoperability_${sdk} PROPERTIES LABELS once TIMEOUT 600 SKIP_RETURN_CODE 77)
            endforeach()

            # The official SDKs against the gateway of the examples.
            add_test(NAME interoperability_gateway COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/interop/gateway.sh $<TARGET_FILE:gateway_server>)
            set_tests_properties(interoperability_gateway PROPERTIES LABELS once TIMEOUT 600 SKIP_RETURN_CODE 77)

            # LiteLLM's proxy between the library and the emulator.
            add_executable(litellm_tour interop/litellm_tour.cpp)
            target_link_libraries(litellm_tour PRIVATE genai::compiled genai_dev)
            add_test(NAME interoperability_litellm COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/interop/litellm.sh $<TARGET_FILE:genai_emulator> $<TARGET_FILE:litellm_tour>)
            set_tests_properties(interoperability_litellm PROPERTIES LABELS once TIMEOUT 900 SKIP_RETURN_CODE 77)
        endif()
    endif()
endif()
