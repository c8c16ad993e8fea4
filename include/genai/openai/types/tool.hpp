#pragma once

#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/types/shared.hpp>
#include <genai/values/box.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/json.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// A function the model may ask for.
struct FunctionDefinition {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text name{};                                       ///< letters, digits, `_`, `-`; at most 64
    Text description{};    ///< what it does and when to use it: the model goes by this
    RawJson parameters{};  ///< the arguments' shape, as JSON Schema
    Flag strict{};         ///< whether arguments must follow the schema; Gemini has none
    Extra extra{};         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("description", self.description);
        visit("parameters", self.parameters);
        visit("strict", self.strict);
    }
};

/// A grammar that a custom tool's input follows.
struct CustomToolGrammar {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text syntax{};                                     ///< `lark` or `regex`
    Text definition{};                                 ///< the grammar
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("syntax", self.syntax);
        visit("definition", self.definition);
    }
};

/// How a custom tool's input looks.
struct CustomToolFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `text` or `grammar`
    Box<CustomToolGrammar> grammar{};                  ///< the grammar
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("grammar", self.grammar);
    }
};

/// A tool whose input is free text.
struct CustomTool {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text name{};                                       ///< its name
    Text description{};                                ///< what it does
    Box<CustomToolFormat> format{};                    ///< how its input looks; text when unset
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("description", self.description);
        visit("format", self.format);
    }
};

/// A tool the model may use. Google's own are given in `extra`, as Gemini has them: `{"googleSearch": {}}`.
struct ChatCompletionTool {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `function`, `custom`, `web_search`
    Box<FunctionDefinition> function{};                ///< a function
    Box<CustomTool> custom{};                          ///< a custom tool; Gemini has none
    Box<CacheControl> cache_control{};  ///< as LiteLLM takes it; tools are cached with the messages
    Extra extra{};                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("function", self.function);
        visit("custom", self.custom);
        visit("cache_control", self.cache_control);
    }
};

/// The name of a tool.
struct ToolName {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text name{};                                       ///< its name
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("name", self.name); }
};

/// Tools of which one may or must be called.
struct AllowedTools {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text mode{};                                       ///< `auto` or `required`
    std::vector<Json> tools{};  ///< such as `{"type": "function", "function": {"name": "f"}}`
    Extra extra{};              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mode", self.mode);
        visit("tools", self.tools);
    }
};

/// A tool that must be called, or several that may.
struct NamedToolChoice {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                        ///< `function`, `custom`, `allowed_tools`, or one of the words
    Box<ToolName> function{};           ///< the function
    Box<ToolName> custom{};             ///< the custom tool
    Box<AllowedTools> allowed_tools{};  ///< the tools
    Extra extra{};                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("function", self.function);
        visit("custom", self.custom);
        visit("allowed_tools", self.allowed_tools);
    }
};

/// Whether tools may, must or must not be called: `none`, `auto`, `required`, or which.
struct ToolChoice : OneOf<std::string, NamedToolChoice> {
    using OneOf::OneOf;
};

/// The older form of ToolChoice: `none`, `auto`, or a function's name.
struct FunctionCallOption : OneOf<std::string, ToolName> {
    using OneOf::OneOf;
};

}  // namespace genai::inline GENAI_ABI::openai
