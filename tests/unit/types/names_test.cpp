// Every struct's `fields` says its members, all of them, in order, under their names.

#include <optional>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

#include "all_types.hpp"
#include "names_check.hpp"

TEST_CASE("fields lists the members of every struct") {
#define CHECK_TYPE(name) support::check_names<genai::name>(#name, support::camel_case);
    GENAI_TESTS_CORE_TYPES(CHECK_TYPE)
#undef CHECK_TYPE
}

namespace names_test {  // with linkage, as the address of a member as template argument needs it
struct Forgetful {
    std::optional<std::string> said{};
    std::optional<std::string> forgotten{};
    static constexpr void fields(auto& self, auto&& visit) { visit("said", self.said); }
};
}  // namespace names_test

TEST_CASE("the compiler tells members that fields forgets") {
    CHECK(support::member_names<names_test::Forgetful>() == std::vector<std::string>{"said", "forgotten"});
}
