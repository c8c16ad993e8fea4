#pragma once

#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/tools.hpp>
#include <genai/values/box.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// What tools were searched for.
struct ToolSearchCallArguments {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> function_names{};         ///< the functions that are wanted
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("function_names", self.function_names); }
};

/// Tools were searched for.
struct ToolSearchCallStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "tool_search_call"};
    Box<ToolSearchCallArguments> arguments{};  ///< what it is called with
    Text id{};                                 ///< to be given back as `call_id`
    Text signature{};                          ///< opaque; to be sent back as it came
    std::string type{tag.value};               ///< which kind this is
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What tools were found.
struct ToolSearchResultStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "tool_search_result"};
    Text call_id{};                  ///< the `id` of the call it answers
    std::vector<Function> result{};  ///< what was found
    Text signature{};                ///< opaque; to be sent back as it came
    std::string type{tag.value};     ///< which kind this is
    Extra extra{};                   ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// Tools are searched for.
struct ToolSearchCallDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "tool_search_call"};
    Box<ToolSearchCallArguments> arguments{};  ///< what it is called with
    Text signature{};                          ///< opaque; to be sent back as it came
    std::string type{tag.value};               ///< which kind this is
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What tools are found.
struct ToolSearchResultDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "tool_search_result"};
    std::vector<Function> result{};  ///< what was found
    Text signature{};                ///< opaque; to be sent back as it came
    std::string type{tag.value};     ///< which kind this is
    Extra extra{};                   ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

}  // namespace genai::inline GENAI_ABI::interactions
