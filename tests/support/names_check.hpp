#pragma once

// Holds a struct's `fields` against its members.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

#include "aggregate_names.hpp"

namespace support {

/// max_output_tokens -> maxOutputTokens; the underscore that keeps a keyword apart goes.
inline std::string camel_case(std::string_view name) {
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

/// The underscore that keeps a keyword apart goes.
inline std::string as_it_is(std::string_view name) {
    return std::string(name.substr(0, name.size() - (name.ends_with('_') ? 1 : 0)));
}

template <class T>
void check_names(const char* type, std::string (*wire_name)(std::string_view)) {
    INFO(type);
    std::vector<std::string> listed;
    for (const auto& field : genai::wire::struct_table<T>().members()) listed.emplace_back(field.name);
    std::vector<std::string> members;
    for (const std::string& name : support::member_names<T>()) {
        // not on the wire: the catch-all, how a call travels, the way to stop it, what is told about it, what
        // runs here
        static const std::set<std::string> ours{"extra",
                                                "named_only",
                                                "history",
                                                "http_options",
                                                "stop_token",
                                                "progress",
                                                "handlers",
                                                "automatic_function_calling",
                                                "enforce_validation",
                                                "maximum_parallel_calls",
                                                "before",
                                                "after"};
        if (!ours.contains(name) || std::find(listed.begin(), listed.end(), name) != listed.end())
            members.push_back(name == "retry" ? "retryOptions" : wire_name(name));
    }
    CHECK(listed == members);
    CHECK(std::is_aggregate_v<T>);
}

}  // namespace support
