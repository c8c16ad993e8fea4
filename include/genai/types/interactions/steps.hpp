#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/content.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/values/box.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// The code that was run.
struct CodeExecutionCallArguments {
    std::optional<std::string> code{};   ///< the program
    std::optional<Language> language{};  ///< the language
    Extra extra{};                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("language", self.language);
    }
};

/// Code was run.
struct CodeExecutionCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_call"};
    Box<CodeExecutionCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> id{};              ///< its id
    std::optional<std::string> signature{};       ///< opaque; to be sent back as it came
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_result"};
    std::optional<std::string> call_id{};               ///< the `id` of the call it answers
    std::optional<bool> is_error{};                     ///< whether it failed
    OneOf<std::vector<Content>, std::string> result{};  ///< what came of it
    std::optional<std::string> signature{};             ///< opaque; to be sent back as it came
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_call"};
    std::optional<std::string> id{};         ///< its id
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the stores gave.
struct FileSearchResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_result"};
    std::optional<std::string> call_id{};    ///< the `id` of the call it answers
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// A function shall be called.
struct FunctionCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function_call"};
    std::optional<Json> arguments{};    ///< what it is called with
    std::optional<std::string> id{};    ///< to be given back as `call_id`
    std::optional<std::string> name{};  ///< the function
    std::string type{tag.value};        ///< which kind this is
    Extra extra{};                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("name", self.name);
        visit("type", self.type);
    }
};

/// What the function gave.
struct FunctionResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function_result"};
    std::optional<std::string> call_id{};                     ///< the `id` of the call it answers
    std::optional<bool> is_error{};                           ///< whether it failed
    std::optional<std::string> name{};                        ///< the function
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
    std::vector<std::string> queries{};  ///< what was searched for
    Extra extra{};                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("queries", self.queries); }
};

/// Google Maps was asked.
struct GoogleMapsCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_call"};
    Box<GoogleMapsCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> id{};           ///< its id
    std::optional<std::string> signature{};    ///< opaque; to be sent back as it came
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
    std::optional<std::string> name{};             ///< the resource's name
    std::optional<std::string> place_id{};         ///< Google Maps' id
    std::vector<ReviewSnippet> review_snippets{};  ///< what reviews say
    std::optional<std::string> url{};              ///< where it is
    Extra extra{};                                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("place_id", self.place_id);
        visit("review_snippets", self.review_snippets);
        visit("url", self.url);
    }
};

/// Places and a widget for them.
struct GoogleMapsResult {
    std::vector<GoogleMapsResultPlaces> places{};       ///< what was found
    std::optional<std::string> widget_context_token{};  ///< for a map widget
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("places", self.places);
        visit("widget_context_token", self.widget_context_token);
    }
};

/// What Google Maps gave.
struct GoogleMapsResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_result"};
    std::optional<std::string> call_id{};    ///< the `id` of the call it answers
    std::vector<GoogleMapsResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
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
    std::vector<std::string> queries{};  ///< what was searched for
    Extra extra{};                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("queries", self.queries); }
};

/// The web was searched.
struct GoogleSearchCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_call"};
    Box<GoogleSearchCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> id{};             ///< its id
    std::optional<SearchType> search_type{};     ///< what was searched
    std::optional<std::string> signature{};      ///< opaque; to be sent back as it came
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
    std::optional<std::string> search_suggestions{};  ///< HTML to be shown beside the answer
    Extra extra{};                                    ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("search_suggestions", self.search_suggestions);
    }
};

/// What the search gave.
struct GoogleSearchResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_result"};
    std::optional<std::string> call_id{};      ///< the `id` of the call it answers
    std::optional<bool> is_error{};            ///< whether it failed
    std::vector<GoogleSearchResult> result{};  ///< what came of it
    std::optional<std::string> signature{};    ///< opaque; to be sent back as it came
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
struct MCPServerToolCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_call"};
    std::optional<Json> arguments{};           ///< what it is called with
    std::optional<std::string> id{};           ///< its id
    std::optional<std::string> name{};         ///< the resource's name
    std::optional<std::string> server_name{};  ///< the MCP server
    std::string type{tag.value};               ///< which kind this is
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("name", self.name);
        visit("server_name", self.server_name);
        visit("type", self.type);
    }
};

/// What the tool gave.
struct MCPServerToolResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_result"};
    std::optional<std::string> call_id{};                     ///< the `id` of the call it answers
    std::optional<std::string> name{};                        ///< the resource's name
    OneOf<std::vector<Content>, std::string, Json> result{};  ///< what came of it
    std::optional<std::string> server_name{};                 ///< the MCP server
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
struct Status {
    std::optional<std::int32_t> code{};    ///< a google.rpc.Code
    std::vector<Json> details{};           ///< more about it
    std::optional<std::string> message{};  ///< in English
    Extra extra{};                         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("details", self.details);
        visit("message", self.message);
    }
};

/// The model said something.
struct ModelOutputStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "model_output"};
    std::vector<Content> content{};  ///< the content
    Box<Status> error{};             ///< why it broke off
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_call"};
    std::optional<std::string> id{};         ///< its id
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the closer look gave.
struct ProcessingResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_result"};
    std::optional<std::string> call_id{};    ///< the `id` of the call it answers
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What was searched for.
struct RetrievalCallArguments {
    std::vector<std::string> queries{};  ///< what was searched for
    Extra extra{};                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("queries", self.queries); }
};

/// The project's data was searched.
struct RetrievalCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_call"};
    Box<RetrievalCallArguments> arguments{};        ///< what it is called with
    std::optional<std::string> id{};                ///< its id
    std::optional<RetrievalType> retrieval_type{};  ///< what was searched
    std::optional<std::string> signature{};         ///< opaque; to be sent back as it came
    std::string type{tag.value};                    ///< which kind this is
    Extra extra{};                                  ///< members this version does not know

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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_result"};
    std::optional<std::string> call_id{};    ///< the `id` of the call it answers
    std::optional<bool> is_error{};          ///< whether it failed
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "thought"};
    std::optional<std::string> signature{};        ///< opaque; to be sent back as it came
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
struct URLContextCallArguments {
    std::vector<std::string> urls{};  ///< what was read
    Extra extra{};                    ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("urls", self.urls); }
};

/// Pages were read.
struct URLContextCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_call"};
    Box<URLContextCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> id{};           ///< its id
    std::optional<std::string> signature{};    ///< opaque; to be sent back as it came
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
struct URLContextResult {
    std::optional<URLContextResultStatus> status{};  ///< whether it could be read
    std::optional<std::string> url{};                ///< where it is
    Extra extra{};                                   ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("status", self.status);
        visit("url", self.url);
    }
};

/// What the pages gave.
struct URLContextResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_result"};
    std::optional<std::string> call_id{};    ///< the `id` of the call it answers
    std::optional<bool> is_error{};          ///< whether it failed
    std::vector<URLContextResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
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
struct Step
    : OneOf<CodeExecutionCallStep, CodeExecutionResultStep, FileSearchCallStep, FileSearchResultStep,
            FunctionCallStep, FunctionResultStep, GoogleMapsCallStep, GoogleMapsResultStep,
            GoogleSearchCallStep, GoogleSearchResultStep, MCPServerToolCallStep, MCPServerToolResultStep,
            ModelOutputStep, ProcessingCallStep, ProcessingResultStep, RetrievalCallStep, RetrievalResultStep,
            ThoughtStep, URLContextCallStep, URLContextResultStep, UserInputStep> {
    using OneOf::OneOf;
};

/// What is said: text, one content or several, or steps of earlier turns.
struct InteractionsInput : OneOf<Content, std::vector<Step>, std::vector<Content>, std::string> {
    using OneOf::OneOf;
};

}  // namespace genai::inline GENAI_ABI::interactions
