// The same for the newer parts of the API, whose wire names are their members'.

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/openai/types.hpp>

#include "all_types.hpp"
#include "names_check.hpp"

TEST_CASE("fields lists the members of every struct of the newer parts") {
#define CHECK_TYPE(name) support::check_names<genai::name>(#name, support::as_it_is);
    GENAI_TESTS_NEWER_TYPES(CHECK_TYPE)
#undef CHECK_TYPE
}
