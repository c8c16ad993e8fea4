#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/media_metadata.hpp>
#include <genai/values/box.hpp>
#include <genai/values/bytes.hpp>
#include <genai/wire/compare.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/json.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How a run of generated code ended. https://ai.google.dev/api/caching#Outcome
struct Outcome : OpenEnum<Outcome> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"OUTCOME_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator ok{"OUTCOME_OK"};                    ///< ran to its end
    static constexpr Enumerator failed{"OUTCOME_FAILED"};  ///< ended with an error; `output` has stderr
    static constexpr Enumerator deadline_exceeded{
        "OUTCOME_DEADLINE_EXCEEDED"};  ///< was stopped for taking too long
};

/// The language of generated code. https://ai.google.dev/api/caching#Language
struct Language : OpenEnum<Language> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"LANGUAGE_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator python{"PYTHON"};                     ///< Python 3.10 or later, with numpy
};

/// How the model processes media.
struct MediaProcessing : OpenEnum<MediaProcessing> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"MEDIA_PROCESSING_UNSPECIFIED"};  ///< left to the model
    static constexpr Enumerator static_{"STATIC"};                            ///< all of it, once
    static constexpr Enumerator agentic{"AGENTIC"};  ///< the model chooses what to examine closely
};

/// How finely one part's media is cut into tokens.
struct PartMediaResolutionLevel : OpenEnum<PartMediaResolutionLevel> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"MEDIA_RESOLUTION_UNSPECIFIED"};  ///< left to the model
    static constexpr Enumerator low{"MEDIA_RESOLUTION_LOW"};                  ///< fewest tokens
    static constexpr Enumerator medium{"MEDIA_RESOLUTION_MEDIUM"};            ///< the middle
    static constexpr Enumerator high{"MEDIA_RESOLUTION_HIGH"};                ///< more tokens, finer detail
    static constexpr Enumerator ultra_high{"MEDIA_RESOLUTION_ULTRA_HIGH"};  ///< most tokens; for small print
};

/// Which of the service's own tools a call went to.
struct ToolType : OpenEnum<ToolType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"TOOL_TYPE_UNSPECIFIED"};        ///< never sent
    static constexpr Enumerator google_search_web{"GOOGLE_SEARCH_WEB"};      ///< web search
    static constexpr Enumerator google_search_image{"GOOGLE_SEARCH_IMAGE"};  ///< image search
    static constexpr Enumerator url_context{"URL_CONTEXT"};                  ///< reading of given pages
    static constexpr Enumerator google_maps{"GOOGLE_MAPS"};                  ///< Google Maps
    static constexpr Enumerator file_search{"FILE_SEARCH"};                  ///< file search stores
    static constexpr Enumerator media_processing{"MEDIA_PROCESSING"};        ///< closer examination of media
};

/// When the model takes notice of a non-blocking function's answer.
struct FunctionResponseScheduling : OpenEnum<FunctionResponseScheduling> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"SCHEDULING_UNSPECIFIED"};  ///< left to the model
    static constexpr Enumerator silent{"SILENT"};                       ///< noted, nothing is said
    static constexpr Enumerator when_idle{"WHEN_IDLE"};  ///< said when the model is not speaking
    static constexpr Enumerator interrupt{"INTERRUPT"};  ///< said at once
};

/// Media within a request or an answer. https://ai.google.dev/api/caching#Blob
struct Blob {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Bytes> data{};                       ///< the bytes, base64 on the wire
    Text display_name{};                               ///< a name to refer to it by
    Text mime_type{};                                  ///< IANA media type, such as `image/png`
    Extra extra{};                                     ///< members this version does not know

    /// Writes the bytes to a file, whole or not at all, and gives its path. A path (UTF-8) without an
    /// extension gets the media type's: `save("picture")` may write `picture.png`. Raw PCM, such as
    /// `audio/L16;rate=24000`, which speech models give, becomes a WAV file, unless the path ends with `.pcm`
    /// or `.raw`. Throws MissingValue when there are no bytes, InvalidArgument for a path that cannot be
    /// written to, Error when the disk is full.
    std::string save(const std::string& path) const;

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("displayName", self.display_name);
        visit("mimeType", self.mime_type);
    }
};

/// Media that the service already has, by its address. https://ai.google.dev/api/caching#FileData
struct FileData {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text display_name{};                               ///< a name to refer to it by
    Text file_uri{};   ///< where it is: `File::uri`, or a public URL the model may read
    Text mime_type{};  ///< IANA media type
    Extra extra{};     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("displayName", self.display_name);
        visit("fileUri", self.file_uri);
        visit("mimeType", self.mime_type);
    }
};

/// The resolution one part's media is read at.
struct PartMediaResolution {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    PartMediaResolutionLevel level{};                  ///< a named level
    std::optional<std::int32_t> num_tokens{};          ///< an exact number of tokens instead
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("level", self.level);
        visit("numTokens", self.num_tokens);
    }
};

/// Who speaks a text part, and how.
struct SpeechMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text speaker{};                                    ///< a name from the speech configuration
    Text style{};                                      ///< the manner, in words
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("speaker", self.speaker);
        visit("style", self.style);
    }
};

/// One word of a transcript and its time.
struct WordInfo {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text word{};                                       ///< the word
    std::optional<Duration> start_offset{};            ///< its beginning, from the start of the audio
    std::optional<Duration> end_offset{};              ///< its end
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("word", self.word);
        visit("startOffset", self.start_offset);
        visit("endOffset", self.end_offset);
    }
};

/// What was said in audio.
struct Transcription {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text text{};                                       ///< the words
    Flag finished{};                                   ///< whether the transcript is complete
    Text language_code{};                              ///< BCP-47 code of the language
    Text speaker_label{};                              ///< who spoke, where speakers are told apart
    std::vector<WordInfo> words{};                     ///< each word and its time, where asked for
    std::optional<Duration> start_offset{};            ///< where it begins in the audio
    std::optional<Duration> end_offset{};              ///< where it ends
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("text", self.text);
        visit("finished", self.finished);
        visit("languageCode", self.language_code);
        visit("speakerLabel", self.speaker_label);
        visit("words", self.words);
        visit("startOffset", self.start_offset);
        visit("endOffset", self.end_offset);
    }
};

/// Code the model wrote to be run by the code execution tool.
/// https://ai.google.dev/api/caching#ExecutableCode
struct ExecutableCode {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text code{};                                       ///< the program
    Language language{};                               ///< what it is written in
    Text id{};                                         ///< ties it to its result
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("language", self.language);
        visit("id", self.id);
    }
};

/// What a run of ExecutableCode gave. https://ai.google.dev/api/caching#CodeExecutionResult
struct CodeExecutionResult {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Outcome outcome{};                                 ///< how the run ended
    Text output{};                                     ///< stdout, or stderr when it failed
    Text id{};                                         ///< that of the code
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("outcome", self.outcome);
        visit("output", self.output);
        visit("id", self.id);
    }
};

/// A piece of an argument of a call that is streamed: one of the values, at a place. Sent by Vertex AI and
/// some gateways.
/// https://docs.cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/Content#PartialArg
struct PartialArg {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text json_path{};                      ///< the place in `args` (RFC 9535), such as `$.days[0]`
    Text null_value{};                     ///< `NULL_VALUE` for a null
    std::optional<double> number_value{};  ///< a number
    Text string_value{};                   ///< a text, or the next piece of one
    std::optional<bool> bool_value{};      ///< a boolean
    Flag will_continue{};                  ///< whether the text at this place goes on
    Extra extra{};                         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("jsonPath", self.json_path);
        visit("nullValue", self.null_value);
        visit("numberValue", self.number_value);
        visit("stringValue", self.string_value);
        visit("boolValue", self.bool_value);
        visit("willContinue", self.will_continue);
    }
};

/// A call of a declared function that the model wants made. https://ai.google.dev/api/caching#FunctionCall
struct FunctionCall {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Json> args{};              ///< the arguments, an object by the declaration's schema
    Text id{};                               ///< to be returned in the FunctionResponse
    Text name{};                             ///< the declared name
    std::vector<PartialArg> partial_args{};  ///< pieces of the arguments, in a stream's chunks
    Flag will_continue{};                    ///< whether more of the call is in the next chunk
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("args", self.args);
        visit("id", self.id);
        visit("name", self.name);
        visit("partialArgs", self.partial_args);
        visit("willContinue", self.will_continue);
    }
};

/// Media within a function's answer.
struct FunctionResponseBlob {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Bytes> data{};                       ///< the bytes
    Text display_name{};                               ///< the name by which `response` refers to it
    Text mime_type{};                                  ///< IANA media type
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("displayName", self.display_name);
        visit("mimeType", self.mime_type);
    }
};

/// Media of a function's answer that the service already has.
struct FunctionResponseFileData {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text display_name{};                               ///< the name by which `response` refers to it
    Text file_uri{};                                   ///< where it is
    Text mime_type{};                                  ///< IANA media type
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("displayName", self.display_name);
        visit("fileUri", self.file_uri);
        visit("mimeType", self.mime_type);
    }
};

/// One piece of media of a function's answer: inline or by address.
struct FunctionResponsePart {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<FunctionResponseFileData> file_data{};         ///< by address
    Box<FunctionResponseBlob> inline_data{};           ///< inline
    MediaProcessing media_processing{};                ///< how the model processes it
    Box<PartMediaResolution> media_resolution{};       ///< how finely the media is read
    Box<VideoMetadata> video_metadata{};               ///< which part of a video counts
    Box<DocumentMetadata> document_metadata{};         ///< which pages of a document count
    Box<SpreadsheetMetadata> spreadsheet_metadata{};   ///< which cells of a spreadsheet count
    Box<AudioMetadata> audio_metadata{};               ///< which part of a recording counts
    Extra extra{};                                     ///< members this version does not know

    /// Media bytes of a function's answer.
    static FunctionResponsePart from_bytes(Bytes data, std::string mime_type);
    /// Media the service already has.
    static FunctionResponsePart from_uri(std::string file_uri, std::string mime_type);

    static constexpr void fields(auto& self, auto&& visit) {
        visit("fileData", self.file_data);
        visit("inlineData", self.inline_data);
        visit("mediaProcessing", self.media_processing);
        visit("mediaResolution", self.media_resolution);
        visit("videoMetadata", self.video_metadata);
        visit("documentMetadata", self.document_metadata);
        visit("spreadsheetMetadata", self.spreadsheet_metadata);
        visit("audioMetadata", self.audio_metadata);
    }
};

/// What a called function gave. https://ai.google.dev/api/caching#FunctionResponse
struct FunctionResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text id{};                                         ///< that of the call
    Text name{};                                       ///< that of the call
    std::vector<FunctionResponsePart> parts{};         ///< media of the answer
    std::optional<Json> response{};  ///< an object: by convention `output` for a value, `error` for a failure
    FunctionResponseScheduling scheduling{};  ///< when a non-blocking function's answer is taken up
    Flag will_continue{};                     ///< whether more answers to this call follow
    Extra extra{};                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("name", self.name);
        visit("parts", self.parts);
        visit("response", self.response);
        visit("scheduling", self.scheduling);
        visit("willContinue", self.will_continue);
    }
};

/// A call of one of the service's own tools, as it reports it.
struct ToolCall {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text id{};                                         ///< ties it to its response
    ToolType tool_type{};                              ///< which tool
    std::optional<Json> args{};                        ///< what it was called with, an object
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("toolType", self.tool_type);
        visit("args", self.args);
    }
};

/// What one of the service's own tools gave.
struct ToolResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text id{};                                         ///< that of the call
    ToolType tool_type{};                              ///< which tool
    std::optional<Json> response{};                    ///< what it gave, an object
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("toolType", self.tool_type);
        visit("response", self.response);
    }
};

/// One piece of a turn: text, media, a call, an answer to a call. One of the kinds is set; the rest qualifies
/// it. A part of a kind this version does not know survives in `extra`.
/// https://ai.google.dev/api/caching#Part
struct Part {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<PartMediaResolution> media_resolution{};       ///< how finely the media is read
    Box<ToolCall> tool_call{};                         ///< the service called one of its own tools
    Box<ToolResponse> tool_response{};                 ///< what that tool gave
    Box<Transcription> audio_transcription{};          ///< what was said in audio
    Box<CodeExecutionResult> code_execution_result{};  ///< what generated code gave
    Box<ExecutableCode> executable_code{};             ///< code the model ran
    Box<FileData> file_data{};                         ///< media by address
    Box<FunctionCall> function_call{};                 ///< a function the model wants called
    Box<FunctionResponse> function_response{};         ///< what that function gave
    Box<Blob> inline_data{};                           ///< media bytes
    Text text{};                                       ///< text
    Flag thought{};                         ///< whether the part is the model's thinking and not its answer
    Text thought_signature{};               ///< opaque base64 of the model's state, to be sent back
                                            ///< with its part exactly as it came
    Box<VideoMetadata> video_metadata{};    ///< which part of a video counts
    std::optional<Json> part_metadata{};    ///< the caller's own notes, an object the model may see
    MediaProcessing media_processing{};     ///< how the model processes the media
    Box<SpeechMetadata> speech_metadata{};  ///< who speaks the text
    Box<DocumentMetadata> document_metadata{};        ///< which pages of a document count
    Box<SpreadsheetMetadata> spreadsheet_metadata{};  ///< which cells of a spreadsheet count
    Box<AudioMetadata> audio_metadata{};              ///< which part of a recording counts
    Extra extra{};                                    ///< members this version does not know

    /// A text part.
    static Part from_text(std::string text);
    /// Media bytes; copies of a Bytes share them.
    static Part from_bytes(Bytes data, std::string mime_type);
    /// Media the service already has, or a public address.
    static Part from_uri(std::string file_uri, std::string mime_type);
    /// A call the model made, for a history of one's own.
    static Part from_function_call(std::string name, Json args);
    /// The answer to a call; `response` is an object. Set `function_response->id` to the call's where it has
    /// one.
    static Part from_function_response(std::string name, Json response,
                                       std::vector<FunctionResponsePart> parts = {});
    /// Code as the code execution tool reports it.
    static Part from_executable_code(std::string code, Language language);
    /// A run's result as the code execution tool reports it.
    static Part from_code_execution_result(Outcome outcome, std::string output);

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mediaResolution", self.media_resolution);
        visit("toolCall", self.tool_call);
        visit("toolResponse", self.tool_response);
        visit("audioTranscription", self.audio_transcription);
        visit("codeExecutionResult", self.code_execution_result);
        visit("executableCode", self.executable_code);
        visit("fileData", self.file_data);
        visit("functionCall", self.function_call);
        visit("functionResponse", self.function_response);
        visit("inlineData", self.inline_data);
        visit("text", self.text);
        visit("thought", self.thought);
        visit("thoughtSignature", self.thought_signature);
        visit("videoMetadata", self.video_metadata);
        visit("partMetadata", self.part_metadata);
        visit("mediaProcessing", self.media_processing);
        visit("speechMetadata", self.speech_metadata);
        visit("documentMetadata", self.document_metadata);
        visit("spreadsheetMetadata", self.spreadsheet_metadata);
        visit("audioMetadata", self.audio_metadata);
    }
};

/// One turn: who speaks, and what. https://ai.google.dev/api/caching#Content
struct Content {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<Part> parts{};                         ///< what is said, in order
    Text role{};                                       ///< `user` or `model`
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("parts", self.parts);
        visit("role", self.role);
    }
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <genai/os/save_media.hpp>

namespace genai::inline GENAI_ABI {

GENAI_INLINE FunctionResponsePart FunctionResponsePart::from_bytes(Bytes data, std::string mime_type) {
    return {.inline_data = FunctionResponseBlob{.data = std::move(data), .mime_type = std::move(mime_type)}};
}

GENAI_INLINE FunctionResponsePart FunctionResponsePart::from_uri(std::string file_uri,
                                                                 std::string mime_type) {
    return {.file_data =
                FunctionResponseFileData{.file_uri = std::move(file_uri), .mime_type = std::move(mime_type)}};
}

GENAI_INLINE Part Part::from_text(std::string text) { return {.text = std::move(text)}; }

GENAI_INLINE Part Part::from_bytes(Bytes data, std::string mime_type) {
    return {.inline_data = Blob{.data = std::move(data), .mime_type = std::move(mime_type)}};
}

GENAI_INLINE Part Part::from_uri(std::string file_uri, std::string mime_type) {
    return {.file_data = FileData{.file_uri = std::move(file_uri), .mime_type = std::move(mime_type)}};
}

GENAI_INLINE Part Part::from_function_call(std::string name, Json args) {
    return {.function_call = FunctionCall{.args = std::move(args), .name = std::move(name)}};
}

GENAI_INLINE Part Part::from_function_response(std::string name, Json response,
                                               std::vector<FunctionResponsePart> parts) {
    return {.function_response = FunctionResponse{
                .name = std::move(name), .parts = std::move(parts), .response = std::move(response)}};
}

GENAI_INLINE Part Part::from_executable_code(std::string code, Language language) {
    return {.executable_code = ExecutableCode{.code = std::move(code), .language = std::move(language)}};
}

GENAI_INLINE Part Part::from_code_execution_result(Outcome outcome, std::string output) {
    return {.code_execution_result =
                CodeExecutionResult{.outcome = std::move(outcome), .output = std::move(output)}};
}

GENAI_INLINE std::string Blob::save(const std::string& path) const {
    if (!data) throw MissingValue("the blob has no bytes to save");
    return detail::save_media(data->view(), mime_type.value_or(""), path);
}

}  // namespace genai::inline GENAI_ABI

#endif

#if defined(GENAI_COMPILED) && GENAI_BODIES
template const genai::wire::StructTable& genai::wire::struct_table<genai::Content>();
#elif defined(GENAI_COMPILED)
extern template const genai::wire::StructTable& genai::wire::struct_table<genai::Content>();
#endif

GENAI_COMPILED_BOX(Blob)
GENAI_COMPILED_BOX(CodeExecutionResult)
GENAI_COMPILED_BOX(Content)
GENAI_COMPILED_BOX(ExecutableCode)
GENAI_COMPILED_BOX(FileData)
GENAI_COMPILED_BOX(FunctionCall)
GENAI_COMPILED_BOX(FunctionResponse)
GENAI_COMPILED_BOX(FunctionResponseBlob)
GENAI_COMPILED_BOX(PartMediaResolution)
GENAI_COMPILED_BOX(SpeechMetadata)
GENAI_COMPILED_BOX(ToolCall)
GENAI_COMPILED_BOX(ToolResponse)
GENAI_COMPILED_BOX(Transcription)
GENAI_COMPILED_BOX(VideoMetadata)
