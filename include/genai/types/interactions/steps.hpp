#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/content.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/types/interactions/tool_search.hpp>
#include <genai/values/box.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// The code that was run.
struct CodeExecutionCallArguments {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text code{};                                       ///< the program
    Language language{};                               ///< the language
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("language", self.language);
    }
};

/// Code was run.
struct CodeExecutionCallStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_call"};
    Box<CodeExecutionCallArguments> arguments{};  ///< what it is called with
    Text id{};                                    ///< its id
    Text signature{};                             ///< opaque; to be sent back as it came
    std::string type{tag.value};                  ///< which kind this is
    Extra extra{};                                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the code gave.
struct CodeExecutionResultStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_result"};
    Text call_id{};                                     ///< the `id` of the call it answers
    Flag is_error{};                                    ///< whether it failed
    OneOf<std::vector<Content>, std::string> result{};  ///< what came of it
    Text signature{};                                   ///< opaque; to be sent back as it came
    std::string type{tag.value};                        ///< which kind this is
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// Stores were searched.
struct FileSearchCallStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_call"};
    Text id{};                    ///< its id
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the stores gave.
struct FileSearchResultStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_result"};
    Text call_id{};               ///< the `id` of the call it answers
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// A function shall be called.
struct FunctionCallStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function_call"};
    std::optional<Json> arguments{};  ///< what it is called with
    Text id{};                        ///< to be given back as `call_id`
    Text name{};                      ///< the function
    std::string type{tag.value};      ///< which kind this is
    Extra extra{};                    ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("name", self.name);
        visit("type", self.type);
    }
};

/// What the function gave.
struct FunctionResultStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function_result"};
    Text call_id{};                                           ///< the `id` of the call it answers
    Flag is_error{};                                          ///< whether it failed
    Text name{};                                              ///< the function
    OneOf<std::vector<Content>, std::string, Json> result{};  ///< what came of it
    std::string type{tag.value};                              ///< which kind this is
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("is_error", self.is_error);
        visit("name", self.name);
        visit("result", self.result);
        visit("type", self.type);
    }
};

/// What Google Maps was asked.
struct GoogleMapsCallArguments {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> queries{};                ///< what was searched for
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("queries", self.queries); }
};

/// Google Maps was asked.
struct GoogleMapsCallStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_call"};
    Box<GoogleMapsCallArguments> arguments{};  ///< what it is called with
    Text id{};                                 ///< its id
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

/// A place.
struct GoogleMapsResultPlaces {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text name{};                                       ///< the resource's name
    Text place_id{};                                   ///< Google Maps' id
    std::vector<ReviewSnippet> review_snippets{};      ///< what reviews say
    Text url{};                                        ///< where it is
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("place_id", self.place_id);
        visit("review_snippets", self.review_snippets);
        visit("url", self.url);
    }
};

/// Places and a widget for them.
struct GoogleMapsResult {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<GoogleMapsResultPlaces> places{};      ///< what was found
    Text widget_context_token{};                       ///< for a map widget
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("places", self.places);
        visit("widget_context_token", self.widget_context_token);
    }
};

/// What Google Maps gave.
struct GoogleMapsResultStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_result"};
    Text call_id{};                          ///< the `id` of the call it answers
    std::vector<GoogleMapsResult> result{};  ///< what came of it
    Text signature{};                        ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What was searched for.
struct GoogleSearchCallArguments {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> queries{};                ///< what was searched for
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("queries", self.queries); }
};

/// The web was searched.
struct GoogleSearchCallStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_call"};
    Box<GoogleSearchCallArguments> arguments{};  ///< what it is called with
    Text id{};                                   ///< its id
    SearchType search_type{};                    ///< what was searched
    Text signature{};                            ///< opaque; to be sent back as it came
    std::string type{tag.value};                 ///< which kind this is
    Extra extra{};                               ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("search_type", self.search_type);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What is to be shown beside the answer.
struct GoogleSearchResult {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text search_suggestions{};                         ///< HTML to be shown beside the answer
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("search_suggestions", self.search_suggestions);
    }
};

/// What the search gave.
struct GoogleSearchResultStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_result"};
    Text call_id{};                            ///< the `id` of the call it answers
    Flag is_error{};                           ///< whether it failed
    std::vector<GoogleSearchResult> result{};  ///< what came of it
    Text signature{};                          ///< opaque; to be sent back as it came
    std::string type{tag.value};               ///< which kind this is
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// An MCP server's tool was called.
struct McpServerToolCallStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_call"};
    std::optional<Json> arguments{};  ///< what it is called with
    Text id{};                        ///< its id
    Text name{};                      ///< the resource's name
    Text server_name{};               ///< the MCP server
    std::string type{tag.value};      ///< which kind this is
    Extra extra{};                    ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("name", self.name);
        visit("server_name", self.server_name);
        visit("type", self.type);
    }
};

/// What the tool gave.
struct McpServerToolResultStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_result"};
    Text call_id{};                                           ///< the `id` of the call it answers
    Text name{};                                              ///< the resource's name
    OneOf<std::vector<Content>, std::string, Json> result{};  ///< what came of it
    Text server_name{};                                       ///< the MCP server
    std::string type{tag.value};                              ///< which kind this is
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("name", self.name);
        visit("result", self.result);
        visit("server_name", self.server_name);
        visit("type", self.type);
    }
};

/// An error of the service's. https://cloud.google.com/apis/design/errors
struct RpcStatus {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int32_t> code{};                ///< a google.rpc.Code
    std::vector<Json> details{};                       ///< more about it
    Text message{};                                    ///< in English
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("details", self.details);
        visit("message", self.message);
    }
};

/// The model said something.
struct ModelOutputStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "model_output"};
    std::vector<Content> content{};  ///< the content
    Box<RpcStatus> error{};          ///< why it broke off
    std::string type{tag.value};     ///< which kind this is
    Extra extra{};                   ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("error", self.error);
        visit("type", self.type);
    }
};

/// Media were looked at more closely.
struct ProcessingCallStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_call"};
    Text id{};                    ///< its id
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the closer look gave.
struct ProcessingResultStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_result"};
    Text call_id{};               ///< the `id` of the call it answers
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What was searched for.
struct RetrievalCallArguments {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> queries{};                ///< what was searched for
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("queries", self.queries); }
};

/// The project's data was searched.
struct RetrievalCallStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_call"};
    Box<RetrievalCallArguments> arguments{};  ///< what it is called with
    Text id{};                                ///< its id
    RetrievalType retrieval_type{};           ///< what was searched
    Text signature{};                         ///< opaque; to be sent back as it came
    std::string type{tag.value};              ///< which kind this is
    Extra extra{};                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("retrieval_type", self.retrieval_type);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the data gave.
struct RetrievalResultStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_result"};
    Text call_id{};               ///< the `id` of the call it answers
    Flag is_error{};              ///< whether it failed
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("is_error", self.is_error);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// Text or an image of a summary.
struct ThoughtSummaryContent : OneOf<ImageContent, TextContent> {
    using OneOf::OneOf;
};

/// The model thought.
struct ThoughtStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "thought"};
    Text signature{};                              ///< opaque; to be sent back as it came
    std::vector<ThoughtSummaryContent> summary{};  ///< what was thought, in short
    std::string type{tag.value};                   ///< which kind this is
    Extra extra{};                                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("summary", self.summary);
        visit("type", self.type);
    }
};

/// What was read.
struct UrlContextCallArguments {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> urls{};                   ///< what was read
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("urls", self.urls); }
};

/// Pages were read.
struct UrlContextCallStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_call"};
    Box<UrlContextCallArguments> arguments{};  ///< what it is called with
    Text id{};                                 ///< its id
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

/// How the reading of a page went.
struct UrlContextResult {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    UrlContextResultStatus status{};                   ///< whether it could be read
    Text url{};                                        ///< where it is
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("status", self.status);
        visit("url", self.url);
    }
};

/// What the pages gave.
struct UrlContextResultStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_result"};
    Text call_id{};                          ///< the `id` of the call it answers
    Flag is_error{};                         ///< whether it failed
    std::vector<UrlContextResult> result{};  ///< what came of it
    Text signature{};                        ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// The user said something.
struct UserInputStep {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "user_input"};
    std::vector<Content> content{};  ///< the content
    std::string type{tag.value};     ///< which kind this is
    Extra extra{};                   ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("type", self.type);
    }
};

/// One step of an interaction.
struct Step : OneOf<CodeExecutionCallStep, CodeExecutionResultStep, FileSearchCallStep, FileSearchResultStep,
                    FunctionCallStep, FunctionResultStep, GoogleMapsCallStep, GoogleMapsResultStep,
                    GoogleSearchCallStep, GoogleSearchResultStep, McpServerToolCallStep,
                    McpServerToolResultStep, ModelOutputStep, ProcessingCallStep, ProcessingResultStep,
                    RetrievalCallStep, RetrievalResultStep, ThoughtStep, ToolSearchCallStep,
                    ToolSearchResultStep, UrlContextCallStep, UrlContextResultStep, UserInputStep> {
    using OneOf::OneOf;
};

/// What is said: text, one content or several, or steps of earlier turns.
struct InteractionsInput : OneOf<Content, std::vector<Step>, std::vector<Content>, std::string> {
    using OneOf::OneOf;
};

}  // namespace genai::inline GENAI_ABI::interactions
