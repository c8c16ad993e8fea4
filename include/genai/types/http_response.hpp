#pragma once

#include <string>

#include <genai/wire/compare.hpp>
#include <genai/wire/dict.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline v0 {

/// What is known of the HTTP response beside its body.
struct HttpResponse {
    Dict<std::string> headers{};  ///< by lower-case name; of repeated ones the last
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("headers", self.headers);
    }
};

}  // namespace genai::inline v0
