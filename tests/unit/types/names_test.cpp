// Every struct's `fields` says its members, all of them, in order, under their names.

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

#include "aggregate_names.hpp"
#include "all_types.hpp"

namespace {

/// max_output_tokens -> maxOutputTokens; the underscore that keeps a keyword apart goes.
std::string camel_case(std::string_view name) {
    std::string out;
    bool up = false;
    for (const char c : name) {
        if (c == '_') {
            up = true;
        } else {
            out += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
            up = false;
        }
    }
    return out;
}

template <class T>
void check(const char* type) {
    INFO(type);
    std::vector<std::string> members;
    for (const std::string& name : support::member_names<T>()) {
        // not on the wire: the catch-all, how a call travels, the way to stop it
        if (name != "extra" && name != "http_options" && name != "stop_token") members.push_back(camel_case(name));
    }
    std::vector<std::string> listed;
    for (const auto& field : genai::wire::struct_table<T>().fields) listed.emplace_back(field.name);
    CHECK(listed == members);
    CHECK(std::is_aggregate_v<T>);
}

}  // namespace

TEST_CASE("fields lists the members of every struct") {
#define CHECK_TYPE(name) check<genai::name>(#name);
    GENAI_TESTS_ALL_TYPES(CHECK_TYPE)
#undef CHECK_TYPE
}

namespace {
struct Forgetful {
    std::optional<std::string> said{};
    std::optional<std::string> forgotten{};
    static constexpr void fields(auto& self, auto&& visit) { visit("said", self.said); }
};
}  // namespace

TEST_CASE("the compiler tells members that fields forgets") {
    CHECK(support::member_names<Forgetful>() == std::vector<std::string>{"said", "forgotten"});
}
