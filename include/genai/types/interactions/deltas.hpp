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

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// More of a function call's arguments.
struct ArgumentsDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "arguments_delta"};
    std::optional<std::string> arguments{};  ///< more of the arguments' JSON text
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("type", self.type);
    }
};

/// More sound.
struct AudioDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "audio"};
    std::optional<std::int32_t> channels{};     ///< how many
    std::optional<Bytes> data{};                ///< the bytes, base64 on the wire
    std::optional<AudioMimeType> mime_type{};   ///< IANA media type
    std::optional<std::int32_t> rate{};         ///< superseded by `sample_rate`
    std::optional<std::int32_t> sample_rate{};  ///< samples a second
    std::string type{tag.value};                ///< which kind this is
    std::optional<std::string> uri{};           ///< where it is
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_call"};
    Box<CodeExecutionCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> signature{};       ///< opaque; to be sent back as it came
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_result"};
    std::optional<bool> is_error{};          ///< whether it failed
    std::optional<std::string> result{};     ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// A document.
struct DocumentDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "document"};
    std::optional<Bytes> data{};                  ///< the bytes, base64 on the wire
    std::optional<DocumentMimeType> mime_type{};  ///< IANA media type
    std::string type{tag.value};                  ///< which kind this is
    std::optional<std::string> uri{};             ///< where it is
    Extra extra{};                                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// Stores are searched.
struct FileSearchCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_call"};
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// Something that was found.
struct FileSearchResult {
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto&, auto&&) {}
};

/// What the stores gave.
struct FileSearchResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_result"};
    std::vector<FileSearchResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function_result"};
    std::optional<bool> is_error{};                           ///< whether it failed
    std::optional<std::string> name{};                        ///< the resource's name
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_call"};
    Box<GoogleMapsCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> signature{};    ///< opaque; to be sent back as it came
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_result"};
    std::vector<GoogleMapsResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_call"};
    Box<GoogleSearchCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> signature{};      ///< opaque; to be sent back as it came
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_result"};
    std::optional<bool> is_error{};            ///< whether it failed
    std::vector<GoogleSearchResult> result{};  ///< what came of it
    std::optional<std::string> signature{};    ///< opaque; to be sent back as it came
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "image"};
    std::optional<Bytes> data{};                  ///< the bytes, base64 on the wire
    std::optional<ImageMimeType> mime_type{};     ///< IANA media type
    std::optional<MediaResolution> resolution{};  ///< how finely it was made
    std::string type{tag.value};                  ///< which kind this is
    std::optional<std::string> uri{};             ///< where it is
    Extra extra{};                                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("resolution", self.resolution);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// An MCP server's tool is called.
struct MCPServerToolCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_call"};
    std::optional<Json> arguments{};           ///< what it is called with
    std::optional<std::string> name{};         ///< the resource's name
    std::optional<std::string> server_name{};  ///< the MCP server
    std::string type{tag.value};               ///< which kind this is
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("name", self.name);
        visit("server_name", self.server_name);
        visit("type", self.type);
    }
};

/// What the tool gave.
struct MCPServerToolResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_result"};
    std::optional<std::string> name{};                        ///< the resource's name
    OneOf<std::vector<Content>, std::string, Json> result{};  ///< what came of it
    std::optional<std::string> server_name{};                 ///< the MCP server
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_call"};
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the closer look gave.
struct ProcessingResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_result"};
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// The project's data is searched.
struct RetrievalCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_call"};
    Box<RetrievalCallArguments> arguments{};        ///< what it is called with
    std::optional<RetrievalType> retrieval_type{};  ///< what was searched
    std::optional<std::string> signature{};         ///< opaque; to be sent back as it came
    std::string type{tag.value};                    ///< which kind this is
    Extra extra{};                                  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("retrieval_type", self.retrieval_type);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the data gave.
struct RetrievalResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_result"};
    std::optional<bool> is_error{};          ///< whether it failed
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// More annotations.
struct TextAnnotationDelta {
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "text"};
    std::optional<std::string> text{};  ///< the text
    std::string type{tag.value};        ///< which kind this is
    Extra extra{};                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("text", self.text);
        visit("type", self.type);
    }
};

/// A thought's signature.
struct ThoughtSignatureDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "thought_signature"};
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// More of a thought's summary.
struct ThoughtSummaryDelta {
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
struct URLContextCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_call"};
    Box<URLContextCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> signature{};    ///< opaque; to be sent back as it came
    std::string type{tag.value};               ///< which kind this is
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the pages gave.
struct URLContextResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_result"};
    std::optional<bool> is_error{};          ///< whether it failed
    std::vector<URLContextResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "video"};
    std::optional<Bytes> data{};                  ///< the bytes, base64 on the wire
    std::optional<VideoMimeType> mime_type{};     ///< IANA media type
    std::optional<MediaResolution> resolution{};  ///< how finely it was made
    std::string type{tag.value};                  ///< which kind this is
    std::optional<std::string> uri{};             ///< where it is
    Extra extra{};                                ///< members this version does not know

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
            MCPServerToolCallDelta, MCPServerToolResultDelta, ProcessingCallDelta, ProcessingResultDelta,
            RetrievalCallDelta, RetrievalResultDelta, TextAnnotationDelta, TextDelta, ThoughtSignatureDelta,
            ThoughtSummaryDelta, URLContextCallDelta, URLContextResultDelta, VideoDelta> {
    using OneOf::OneOf;
};

/// What comes beside a delta.
struct StepDeltaMetadata {
    Box<Usage> total_usage{};  ///< tokens so far
    Extra extra{};             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("total_usage", self.total_usage); }
};

}  // namespace genai::inline GENAI_ABI::interactions
