#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <genai/genai.hpp>

namespace conformance {

/// What can be asked of a struct by its name.
struct TypeInfo {
    std::function<std::vector<std::string>()> fields{};           ///< wire names, in order
    std::function<std::string(const std::string&)> round_trip{};  ///< JSON text decoded and encoded again
};

template <class T>
TypeInfo describe() {
    return {.fields =
                [] {
                    std::vector<std::string> names;
                    if constexpr (requires { T::http_options; }) names.emplace_back("httpOptions");
                    for (const auto& field : genai::wire::struct_table<T>().members())
                        names.emplace_back(field.name);
                    return names;
                },
            .round_trip = [](const std::string& text) { return genai::encode(genai::decode<T>(text)); }};
}

/// The structs of the API, by name.
const std::map<std::string, TypeInfo>& core_types();
/// Those of its newer parts, which have namespaces of their own, by `interactions::Name`.
const std::map<std::string, TypeInfo>& newer_types();

/// The struct of that name: one of the API's, else of its newer parts, whose names may be written
/// `Interactions.Name` or with the number that tells them from the others; null when there is none.
const TypeInfo* find_type(std::string name);

}  // namespace conformance
