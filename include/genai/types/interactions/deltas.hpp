#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/content.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/types/interactions/steps.hpp>
#include <genai/types/interactions/usage.hpp>
#include <genai/values/box.hpp>
#include <genai/values/bytes.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// More of a function call's arguments.
struct ArgumentsDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "arguments_delta"};
    Text arguments{};             ///< more of the arguments' JSON text
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("type", self.type);
    }
};

/// More sound.
struct AudioDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "audio"};
    std::optional<std::int32_t> channels{};     ///< how many
    std::optional<Bytes> data{};                ///< the bytes, base64 on the wire
    AudioMimeType mime_type{};                  ///< IANA media type
    std::optional<std::int32_t> rate{};         ///< superseded by `sample_rate`
    std::optional<std::int32_t> sample_rate{};  ///< samples a second
    std::string type{tag.value};                ///< which kind this is
    Text uri{};                                 ///< where it is
    Extra extra{};                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("channels", self.channels);
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("rate", self.rate);
        visit("sample_rate", self.sample_rate);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// Code that is run.
struct CodeExecutionCallDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_call"};
    Box<CodeExecutionCallArguments> arguments{};  ///< what it is called with
    Text signature{};                             ///< opaque; to be sent back as it came
    std::string type{tag.value};                  ///< which kind this is
    Extra extra{};                                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the code gave.
struct CodeExecutionResultDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_result"};
    Flag is_error{};              ///< whether it failed
    Text result{};                ///< what came of it
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// A document.
struct DocumentDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "document"};
    std::optional<Bytes> data{};   ///< the bytes, base64 on the wire
    DocumentMimeType mime_type{};  ///< IANA media type
    std::string type{tag.value};   ///< which kind this is
    Text uri{};                    ///< where it is
    Extra extra{};                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// Stores are searched.
struct FileSearchCallDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_call"};
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// Something that was found.
struct FileSearchResult {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto&, auto&&) {}
};

/// What the stores gave.
struct FileSearchResultDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_result"};
    std::vector<FileSearchResult> result{};  ///< what came of it
    Text signature{};                        ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What a function gave.
struct FunctionResultDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function_result"};
    Flag is_error{};                                          ///< whether it failed
    Text name{};                                              ///< the resource's name
    OneOf<std::vector<Content>, std::string, Json> result{};  ///< what came of it
    std::string type{tag.value};                              ///< which kind this is
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("name", self.name);
        visit("result", self.result);
        visit("type", self.type);
    }
};

/// Google Maps is asked.
struct GoogleMapsCallDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_call"};
    Box<GoogleMapsCallArguments> arguments{};  ///< what it is called with
    Text signature{};                          ///< opaque; to be sent back as it came
    std::string type{tag.value};               ///< which kind this is
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What Google Maps gave.
struct GoogleMapsResultDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_result"};
    std::vector<GoogleMapsResult> result{};  ///< what came of it
    Text signature{};                        ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// The web is searched.
struct GoogleSearchCallDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_call"};
    Box<GoogleSearchCallArguments> arguments{};  ///< what it is called with
    Text signature{};                            ///< opaque; to be sent back as it came
    std::string type{tag.value};                 ///< which kind this is
    Extra extra{};                               ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the search gave.
struct GoogleSearchResultDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_result"};
    Flag is_error{};                           ///< whether it failed
    std::vector<GoogleSearchResult> result{};  ///< what came of it
    Text signature{};                          ///< opaque; to be sent back as it came
    std::string type{tag.value};               ///< which kind this is
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// An image.
struct ImageDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "image"};
    std::optional<Bytes> data{};   ///< the bytes, base64 on the wire
    ImageMimeType mime_type{};     ///< IANA media type
    MediaResolution resolution{};  ///< how finely it was made
    std::string type{tag.value};   ///< which kind this is
    Text uri{};                    ///< where it is
    Extra extra{};                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("resolution", self.resolution);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// An MCP server's tool is called.
struct McpServerToolCallDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_call"};
    std::optional<Json> arguments{};  ///< what it is called with
    Text name{};                      ///< the resource's name
    Text server_name{};               ///< the MCP server
    std::string type{tag.value};      ///< which kind this is
    Extra extra{};                    ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("name", self.name);
        visit("server_name", self.server_name);
        visit("type", self.type);
    }
};

/// What the tool gave.
struct McpServerToolResultDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_result"};
    Text name{};                                              ///< the resource's name
    OneOf<std::vector<Content>, std::string, Json> result{};  ///< what came of it
    Text server_name{};                                       ///< the MCP server
    std::string type{tag.value};                              ///< which kind this is
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("result", self.result);
        visit("server_name", self.server_name);
        visit("type", self.type);
    }
};

/// Media are looked at more closely.
struct ProcessingCallDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_call"};
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the closer look gave.
struct ProcessingResultDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_result"};
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// The project's data is searched.
struct RetrievalCallDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_call"};
    Box<RetrievalCallArguments> arguments{};  ///< what it is called with
    RetrievalType retrieval_type{};           ///< what was searched
    Text signature{};                         ///< opaque; to be sent back as it came
    std::string type{tag.value};              ///< which kind this is
    Extra extra{};                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("retrieval_type", self.retrieval_type);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the data gave.
struct RetrievalResultDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_result"};
    Flag is_error{};              ///< whether it failed
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// More annotations.
struct TextAnnotationDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "text_annotation_delta"};
    std::vector<Annotation> annotations{};  ///< what belongs to ranges of the text
    std::string type{tag.value};            ///< which kind this is
    Extra extra{};                          ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("annotations", self.annotations);
        visit("type", self.type);
    }
};

/// More text.
struct TextDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "text"};
    Text text{};                  ///< the text
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("text", self.text);
        visit("type", self.type);
    }
};

/// A thought's signature.
struct ThoughtSignatureDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "thought_signature"};
    Text signature{};             ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// More of a thought's summary.
struct ThoughtSummaryDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "thought_summary"};
    Content content{};            ///< more of the summary
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("type", self.type);
    }
};

/// Pages are read.
struct UrlContextCallDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_call"};
    Box<UrlContextCallArguments> arguments{};  ///< what it is called with
    Text signature{};                          ///< opaque; to be sent back as it came
    std::string type{tag.value};               ///< which kind this is
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the pages gave.
struct UrlContextResultDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_result"};
    Flag is_error{};                         ///< whether it failed
    std::vector<UrlContextResult> result{};  ///< what came of it
    Text signature{};                        ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// More video.
struct VideoDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "video"};
    std::optional<Bytes> data{};   ///< the bytes, base64 on the wire
    VideoMimeType mime_type{};     ///< IANA media type
    MediaResolution resolution{};  ///< how finely it was made
    std::string type{tag.value};   ///< which kind this is
    Text uri{};                    ///< where it is
    Extra extra{};                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("resolution", self.resolution);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// What is added to a step.
struct StepDeltaData
    : OneOf<ArgumentsDelta, AudioDelta, CodeExecutionCallDelta, CodeExecutionResultDelta, DocumentDelta,
            FileSearchCallDelta, FileSearchResultDelta, FunctionResultDelta, GoogleMapsCallDelta,
            GoogleMapsResultDelta, GoogleSearchCallDelta, GoogleSearchResultDelta, ImageDelta,
            McpServerToolCallDelta, McpServerToolResultDelta, ProcessingCallDelta, ProcessingResultDelta,
            RetrievalCallDelta, RetrievalResultDelta, TextAnnotationDelta, TextDelta, ThoughtSignatureDelta,
            ThoughtSummaryDelta, ToolSearchCallDelta, ToolSearchResultDelta, UrlContextCallDelta,
            UrlContextResultDelta, VideoDelta> {
    using OneOf::OneOf;
};

/// What comes beside a delta.
struct StepDeltaMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<Usage> total_usage{};                          ///< tokens so far
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("total_usage", self.total_usage); }
};

}  // namespace genai::inline GENAI_ABI::interactions
