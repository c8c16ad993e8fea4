#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/values/box.hpp>
#include <genai/values/bytes.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Which part of a recording the model hears.
struct AudioProcessing {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "static"};
    Text end_offset{};            ///< where it ends, from the beginning
    Text start_offset{};          ///< where it begins, from the beginning
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_offset", self.end_offset);
        visit("start_offset", self.start_offset);
        visit("type", self.type);
    }
};

/// Which pages of a document the model sees.
struct PageOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<PageContentLayer> content_layers{};    ///< pictures of the pages, their text, or both
    std::optional<std::int32_t> end_page{};            ///< last page, inclusive
    std::optional<std::int32_t> start_page{};          ///< first page, from 1
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content_layers", self.content_layers);
        visit("end_page", self.end_page);
        visit("start_page", self.start_page);
    }
};

/// Which cells of a spreadsheet the model sees.
struct SpreadsheetOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<SheetContentLayer> content_layers{};   ///< values, formulas, how it is drawn
    std::optional<std::int32_t> sheet_index{};         ///< which sheet, from 1
    Text visible_cells{};                              ///< a range such as `A1:D10`
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content_layers", self.content_layers);
        visit("sheet_index", self.sheet_index);
        visit("visible_cells", self.visible_cells);
    }
};

/// What of a document the model sees.
struct DocumentProcessing {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "static"};
    Box<PageOptions> page_options{};                ///< which pages
    Box<SpreadsheetOptions> spreadsheet_options{};  ///< which cells, of a spreadsheet
    std::string type{tag.value};                    ///< which kind this is
    Extra extra{};                                  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("page_options", self.page_options);
        visit("spreadsheet_options", self.spreadsheet_options);
        visit("type", self.type);
    }
};

/// Sound.
struct AudioContent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "audio"};
    std::optional<std::int32_t> channels{};     ///< how many
    std::optional<Bytes> data{};                ///< the bytes, base64 on the wire
    AudioMimeType mime_type{};                  ///< IANA media type
    Box<AudioProcessing> processing{};          ///< which part of it is heard
    std::optional<std::int32_t> sample_rate{};  ///< samples a second
    std::string type{tag.value};                ///< which kind this is
    Text uri{};                                 ///< where it is
    Extra extra{};                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("channels", self.channels);
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("processing", self.processing);
        visit("sample_rate", self.sample_rate);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// A document.
struct DocumentContent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "document"};
    std::optional<Bytes> data{};           ///< the bytes, base64 on the wire
    DocumentMimeType mime_type{};          ///< IANA media type
    Box<DocumentProcessing> processing{};  ///< which part of it is seen
    MediaResolution resolution{};          ///< resolution at which it is read
    std::string type{tag.value};           ///< which kind this is
    Text uri{};                            ///< where it is
    Extra extra{};                         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("processing", self.processing);
        visit("resolution", self.resolution);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// An image.
struct ImageContent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "image"};
    std::optional<Bytes> data{};   ///< the bytes, base64 on the wire
    ImageMimeType mime_type{};     ///< IANA media type
    MediaResolution resolution{};  ///< resolution at which it is read
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

/// A range that comes from a file.
struct FileCitation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_citation"};
    std::optional<Json> custom_metadata{};      ///< what a search can filter by
    Text document_uri{};                        ///< where the document is
    std::optional<std::int32_t> end_index{};    ///< where the range ends, in bytes, exclusive
    Text file_name{};                           ///< a file with one request a line
    Text media_id{};                            ///< the medium within a store
    std::optional<std::int32_t> page_number{};  ///< the page, from 1
    Text source{};                              ///< where it comes from
    std::optional<std::int32_t> start_index{};  ///< where the range begins, in bytes
    std::string type{tag.value};                ///< which kind this is
    Extra extra{};                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("custom_metadata", self.custom_metadata);
        visit("document_uri", self.document_uri);
        visit("end_index", self.end_index);
        visit("file_name", self.file_name);
        visit("media_id", self.media_id);
        visit("page_number", self.page_number);
        visit("source", self.source);
        visit("start_index", self.start_index);
        visit("type", self.type);
    }
};

/// What a review says.
struct ReviewSnippet {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text review_id{};                                  ///< the review
    Text title{};                                      ///< a title
    Text url{};                                        ///< where it is
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("review_id", self.review_id);
        visit("title", self.title);
        visit("url", self.url);
    }
};

/// A range that comes from a place.
struct PlaceCitation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "place_citation"};
    std::optional<std::int32_t> end_index{};       ///< where the range ends, in bytes, exclusive
    Text name{};                                   ///< the resource's name
    Text place_id{};                               ///< Google Maps' id
    std::vector<ReviewSnippet> review_snippets{};  ///< what reviews say
    std::optional<std::int32_t> start_index{};     ///< where the range begins, in bytes
    std::string type{tag.value};                   ///< which kind this is
    Text url{};                                    ///< where it is
    Extra extra{};                                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_index", self.end_index);
        visit("name", self.name);
        visit("place_id", self.place_id);
        visit("review_snippets", self.review_snippets);
        visit("start_index", self.start_index);
        visit("type", self.type);
        visit("url", self.url);
    }
};

/// Who speaks a range.
struct SpeechAnnotation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "speech_metadata"};
    std::optional<std::int32_t> end_index{};    ///< where the range ends, in bytes, exclusive
    Text speaker{};                             ///< who speaks
    std::optional<std::int32_t> start_index{};  ///< where the range begins, in bytes
    Text style{};                               ///< the manner, in words
    std::string type{tag.value};                ///< which kind this is
    Extra extra{};                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_index", self.end_index);
        visit("speaker", self.speaker);
        visit("start_index", self.start_index);
        visit("style", self.style);
        visit("type", self.type);
    }
};

/// A range that comes from a page.
struct UrlCitation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_citation"};
    std::optional<std::int32_t> end_index{};    ///< where the range ends, in bytes, exclusive
    std::optional<std::int32_t> start_index{};  ///< where the range begins, in bytes
    Text title{};                               ///< a title
    std::string type{tag.value};                ///< which kind this is
    Text url{};                                 ///< where it is
    Extra extra{};                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_index", self.end_index);
        visit("start_index", self.start_index);
        visit("title", self.title);
        visit("type", self.type);
        visit("url", self.url);
    }
};

/// When a word was said.
struct WordInfo {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "word_info"};
    std::optional<std::int32_t> end_index{};    ///< where the range ends, in bytes, exclusive
    Text end_offset{};                          ///< where it ends, from the beginning
    Text speaker{};                             ///< who speaks
    std::optional<std::int32_t> start_index{};  ///< where the range begins, in bytes
    Text start_offset{};                        ///< where it begins, from the beginning
    Text text{};                                ///< the word
    std::string type{tag.value};                ///< which kind this is
    Extra extra{};                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_index", self.end_index);
        visit("end_offset", self.end_offset);
        visit("speaker", self.speaker);
        visit("start_index", self.start_index);
        visit("start_offset", self.start_offset);
        visit("text", self.text);
        visit("type", self.type);
    }
};

/// Something that belongs to a range of text.
struct Annotation : OneOf<FileCitation, PlaceCitation, SpeechAnnotation, UrlCitation, WordInfo> {
    using OneOf::OneOf;
};

/// Text.
struct TextContent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "text"};
    std::vector<Annotation> annotations{};  ///< what belongs to ranges of the text
    Text text{};                            ///< the text
    std::string type{tag.value};            ///< which kind this is
    Extra extra{};                          ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("annotations", self.annotations);
        visit("text", self.text);
        visit("type", self.type);
    }
};

/// All of it is processed, once.
struct StaticMediaProcessing {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "static"};
    Text end_offset{};                                ///< where it ends, from the beginning
    std::optional<std::int32_t> fps{};                ///< frames a second
    Text start_offset{};                              ///< where it begins, from the beginning
    std::string type{tag.value};                      ///< which kind this is
    std::vector<VideoContentLayer> content_layers{};  ///< pictures, sound, transcript; all when unset
    Extra extra{};                                    ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_offset", self.end_offset);
        visit("fps", self.fps);
        visit("start_offset", self.start_offset);
        visit("type", self.type);
        visit("content_layers", self.content_layers);
    }
};

/// A video.
struct VideoContent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "video"};
    std::optional<Bytes> data{};                            ///< the bytes, base64 on the wire
    VideoMimeType mime_type{};                              ///< IANA media type
    Text name{};                                            ///< to refer to it by
    OneOf<StaticMediaProcessing, Processing> processing{};  ///< how the video is looked at
    MediaResolution resolution{};                           ///< resolution at which it is read
    std::string type{tag.value};                            ///< which kind this is
    Text uri{};                                             ///< where it is
    Extra extra{};                                          ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("name", self.name);
        visit("processing", self.processing);
        visit("resolution", self.resolution);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// Text or media.
struct Content : OneOf<AudioContent, DocumentContent, ImageContent, TextContent, VideoContent> {
    using OneOf::OneOf;
};

}  // namespace genai::inline GENAI_ABI::interactions
