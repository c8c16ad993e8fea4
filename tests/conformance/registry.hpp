#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace conformance {

/// What can be asked of a struct by its name.
struct TypeInfo {
    std::function<std::vector<std::string>()> fields{};                           ///< wire names, in order
    std::function<std::string(const std::string&)> round_trip{};                  ///< JSON text decoded and encoded again
};

/// All structs of the API, by name.
const std::map<std::string, TypeInfo>& types();

}  // namespace conformance
