# Under C++17, the first error of every public header names the standard it needs.
string(REPLACE "," ";" headers "${HEADERS}")
list(FILTER headers EXCLUDE REGEX "genai/version.hpp$")  # macros for any standard, and for C
foreach(header ${headers})
    string(REGEX REPLACE "^.*include/(genai/.*)$" "\\1" name ${header})
    file(WRITE old_standard.cpp "#include <${name}>\n")
    execute_process(COMMAND ${CXX} -std=c++17 -Wfatal-errors -fsyntax-only -I${SOURCE_DIR}/include old_standard.cpp RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
    string(REGEX MATCH "error: [^\n]*" first "${said}")
    if(result EQUAL 0 OR NOT first MATCHES "genai needs C\\+\\+20")
        message(FATAL_ERROR "${name}: ${first}")
    endif()
endforeach()
