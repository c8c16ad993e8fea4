#pragma once

#include <string>

#include <genai/config.hpp>
#include <genai/wire/compare.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// What is known of the HTTP response beside its body.
struct HttpResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Dict<std::string> headers{};                       ///< by lower-case name; of repeated ones the last
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("headers", self.headers); }
};

}  // namespace genai::inline GENAI_ABI
