# What is made of genai::genai: in this project, and in that of a user who has it installed, by that project's flags.
if(TARGET genai::compiled)
    return()
endif()

# What is no template, and the calls over the default transport, compiled once: a translation unit that includes genai.hpp
# then compiles in a third of the time.
add_library(genai_compiled STATIC EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/compiled.cpp ${CMAKE_CURRENT_LIST_DIR}/compiled_transport.cpp
                                   ${CMAKE_CURRENT_LIST_DIR}/compiled_openai.cpp ${CMAKE_CURRENT_LIST_DIR}/compiled_cost.cpp)
add_library(genai::compiled ALIAS genai_compiled)
target_link_libraries(genai_compiled PUBLIC genai::genai)
target_compile_definitions(genai_compiled PUBLIC GENAI_COMPILED PRIVATE GENAI_IMPLEMENTATION)
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" AND NOT WIN32)  # a program is linked with those functions only that it uses
    target_compile_options(genai_compiled PRIVATE -ffunction-sections -fdata-sections)
    if(UNIX AND NOT APPLE)
        target_link_options(genai_compiled INTERFACE LINKER:--gc-sections)
    endif()
elseif(MINGW)  # an object file has room for ten million characters of names, which unoptimised code has more of
    target_compile_options(genai_compiled PRIVATE $<$<OR:$<CONFIG:>,$<CONFIG:Debug>>:-O1>)
endif()

# The same with genai.hpp precompiled, once for each target that links it: what a target of several files compiles fastest with.
add_library(genai_precompiled INTERFACE)
add_library(genai::pch ALIAS genai_precompiled)
target_link_libraries(genai_precompiled INTERFACE genai_compiled)
target_precompile_headers(genai_precompiled INTERFACE <genai/genai.hpp>)

# The emulator compiled once, for programs that have more than one file of tests.
add_library(genai_compiled_emulator STATIC EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/compiled_emulator.cpp)
add_library(genai::compiled_emulator ALIAS genai_compiled_emulator)
target_link_libraries(genai_compiled_emulator PUBLIC genai_compiled)
target_compile_definitions(genai_compiled_emulator PUBLIC GENAI_EMULATOR_COMPILED PRIVATE GENAI_EMULATOR_IMPLEMENTATION)
