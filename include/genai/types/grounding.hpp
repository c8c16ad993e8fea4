#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/box.hpp>
#include <genai/values/bytes.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How reading a page went. https://ai.google.dev/api/generate-content#UrlRetrievalStatus
struct UrlRetrievalStatus : OpenEnum<UrlRetrievalStatus> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"URL_RETRIEVAL_STATUS_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator success{"URL_RETRIEVAL_STATUS_SUCCESS"};          ///< read
    static constexpr Enumerator error{"URL_RETRIEVAL_STATUS_ERROR"};              ///< not read
    static constexpr Enumerator paywall{"URL_RETRIEVAL_STATUS_PAYWALL"};          ///< behind a paywall
    static constexpr Enumerator unsafe{"URL_RETRIEVAL_STATUS_UNSAFE"};            ///< held to be unsafe
};

/// One page that was read. https://ai.google.dev/api/generate-content#UrlMetadata
struct UrlMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text retrieved_url{};                              ///< its address
    UrlRetrievalStatus url_retrieval_status{};         ///< how it went
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("retrievedUrl", self.retrieved_url);
        visit("urlRetrievalStatus", self.url_retrieval_status);
    }
};

/// The pages the URL context tool read. https://ai.google.dev/api/generate-content#UrlContextMetadata
struct UrlContextMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<UrlMetadata> url_metadata{};           ///< one a page
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("urlMetadata", self.url_metadata); }
};

/// A calendar date; parts may be zero. https://ai.google.dev/api/rest/Shared.Types/Date
struct GoogleTypeDate {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int32_t> day{};                 ///< 1 to 31, or 0
    std::optional<std::int32_t> month{};               ///< 1 to 12, or 0
    std::optional<std::int32_t> year{};                ///< 1 to 9999, or 0
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("day", self.day);
        visit("month", self.month);
        visit("year", self.year);
    }
};

/// A source that a stretch of the answer repeats. https://ai.google.dev/api/generate-content#CitationSource
struct Citation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int32_t> end_index{};           ///< the stretch's end in bytes, exclusive
    Text license{};                                    ///< of the source, where it is code
    Box<GoogleTypeDate> publication_date{};            ///< of the source
    std::optional<std::int32_t> start_index{};         ///< the stretch's start in bytes
    Text title{};                                      ///< of the source
    Text uri{};                                        ///< of the source
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("endIndex", self.end_index);
        visit("license", self.license);
        visit("publicationDate", self.publication_date);
        visit("startIndex", self.start_index);
        visit("title", self.title);
        visit("uri", self.uri);
    }
};

/// The sources an answer repeats. https://ai.google.dev/api/generate-content#CitationMetadata
/// The Gemini API's older name for the list, `citationSources`, is kept apart so that it is sent back as it
/// came.
struct CitationMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<Citation> citations{};                 ///< one a stretch
    std::vector<Citation> citation_sources{};          ///< the same under the name the Gemini API sends
    Extra extra{};                                     ///< members this version does not know

    /// The sources under whichever name they came.
    const std::vector<Citation>& all() const noexcept {
        return citations.empty() ? citation_sources : citations;
    }

    static constexpr void fields(auto& self, auto&& visit) {
        visit("citations", self.citations);
        visit("citationSources", self.citation_sources);
    }
};

/// Who wrote a review.
struct GroundingChunkMapsPlaceAnswerSourcesAuthorAttribution {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text display_name{};                               ///< the name
    Text photo_uri{};                                  ///< the portrait
    Text uri{};                                        ///< the profile
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("displayName", self.display_name);
        visit("photoUri", self.photo_uri);
        visit("uri", self.uri);
    }
};

/// A review of a place.
struct GroundingChunkMapsPlaceAnswerSourcesReviewSnippet {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};                                 ///< see NamedOnly
    Box<GroundingChunkMapsPlaceAnswerSourcesAuthorAttribution> author_attribution{};  ///< who wrote it
    Text flag_content_uri{};                                                          ///< where to report it
    Text google_maps_uri{};                                                           ///< where to read it
    Text relative_publish_time_description{};  ///< such as "a month ago"
    Text review{};                             ///< its resource name
    Text review_id{};                          ///< its id
    Text title{};                              ///< its title
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("authorAttribution", self.author_attribution);
        visit("flagContentUri", self.flag_content_uri);
        visit("googleMapsUri", self.google_maps_uri);
        visit("relativePublishTimeDescription", self.relative_publish_time_description);
        visit("review", self.review);
        visit("reviewId", self.review_id);
        visit("title", self.title);
    }
};

/// What an answer about a place rests on.
struct GroundingChunkMapsPlaceAnswerSources {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<GroundingChunkMapsPlaceAnswerSourcesReviewSnippet>
        review_snippet{};     ///< reviews, under an older name
    Text flag_content_uri{};  ///< where to report it
    std::vector<GroundingChunkMapsPlaceAnswerSourcesReviewSnippet> review_snippets{};  ///< reviews
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("reviewSnippet", self.review_snippet);
        visit("flagContentUri", self.flag_content_uri);
        visit("reviewSnippets", self.review_snippets);
    }
};

/// A route.
struct GroundingChunkMapsRoute {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int32_t> distance_meters{};     ///< its length
    std::optional<Duration> duration{};                ///< the time it takes
    Text encoded_polyline{};                           ///< its course, in Google's polyline encoding
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("distanceMeters", self.distance_meters);
        visit("duration", self.duration);
        visit("encodedPolyline", self.encoded_polyline);
    }
};

/// A place of Google Maps an answer rests on.
struct GroundingChunkMaps {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};                  ///< see NamedOnly
    Box<GroundingChunkMapsPlaceAnswerSources> place_answer_sources{};  ///< what is said of it
    Text place_id{};                                                   ///< `places/…`
    Text text{};                                                       ///< what it says
    Text title{};                                                      ///< its name
    Text uri{};                                                        ///< its address on Google Maps
    Box<GroundingChunkMapsRoute> route{};                              ///< a route to it
    Extra extra{};                                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("placeAnswerSources", self.place_answer_sources);
        visit("placeId", self.place_id);
        visit("text", self.text);
        visit("title", self.title);
        visit("uri", self.uri);
        visit("route", self.route);
    }
};

/// An image an answer rests on.
struct GroundingChunkImage {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text domain{};                                     ///< of the page
    Text image_uri{};                                  ///< of the image
    Text source_uri{};                                 ///< of the page
    Text title{};                                      ///< of the page
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("domain", self.domain);
        visit("imageUri", self.image_uri);
        visit("sourceUri", self.source_uri);
        visit("title", self.title);
    }
};

/// A list of strings.
struct GroundingChunkStringList {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> values{};                 ///< the strings
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("values", self.values); }
};

/// A note on a document: a key and one of the values.
struct GroundingChunkCustomMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};   ///< see NamedOnly
    Text key{};                                         ///< the key
    std::optional<double> numeric_value{};              ///< a number
    Box<GroundingChunkStringList> string_list_value{};  ///< strings
    Text string_value{};                                ///< a string
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("key", self.key);
        visit("numericValue", self.numeric_value);
        visit("stringListValue", self.string_list_value);
        visit("stringValue", self.string_value);
    }
};

/// A passage of a file search store an answer rests on.
struct GroundingChunkRetrievedContext {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};             ///< see NamedOnly
    Text text{};                                                  ///< the passage
    Text title{};                                                 ///< of the document
    Text uri{};                                                   ///< of the document
    std::vector<GroundingChunkCustomMetadata> custom_metadata{};  ///< notes on the document
    Text file_search_store{};                                     ///< `fileSearchStores/…`
    Text media_id{};                                              ///< of the medium the passage is
    std::optional<std::int32_t> page_number{};                    ///< in the document, from 1
    Extra extra{};                                                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("text", self.text);
        visit("title", self.title);
        visit("uri", self.uri);
        visit("customMetadata", self.custom_metadata);
        visit("fileSearchStore", self.file_search_store);
        visit("mediaId", self.media_id);
        visit("pageNumber", self.page_number);
    }
};

/// A page an answer rests on. https://ai.google.dev/api/generate-content#Web
struct GroundingChunkWeb {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text title{};                                      ///< its title
    Text uri{};                                        ///< its address
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("title", self.title);
        visit("uri", self.uri);
    }
};

/// One source an answer rests on: one of the kinds. https://ai.google.dev/api/generate-content#GroundingChunk
struct GroundingChunk {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};         ///< see NamedOnly
    Box<GroundingChunkMaps> maps{};                           ///< a place
    Box<GroundingChunkImage> image{};                         ///< an image
    Box<GroundingChunkRetrievedContext> retrieved_context{};  ///< a passage
    Box<GroundingChunkWeb> web{};                             ///< a page
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("maps", self.maps);
        visit("image", self.image);
        visit("retrievedContext", self.retrieved_context);
        visit("web", self.web);
    }
};

/// A stretch of an answer. https://ai.google.dev/api/generate-content#Segment
struct Segment {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int32_t> start_index{};         ///< in bytes from the part's start
    std::optional<std::int32_t> end_index{};           ///< in bytes, exclusive
    std::optional<std::int32_t> part_index{};          ///< which part
    Text text{};                                       ///< the stretch itself
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("startIndex", self.start_index);
        visit("endIndex", self.end_index);
        visit("partIndex", self.part_index);
        visit("text", self.text);
    }
};

/// Which sources support a stretch of the answer. https://ai.google.dev/api/generate-content#GroundingSupport
struct GroundingSupport {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};     ///< see NamedOnly
    std::vector<double> confidence_scores{};              ///< 0 to 1, one a source
    std::vector<std::int32_t> grounding_chunk_indices{};  ///< into `grounding_chunks`
    Box<Segment> segment{};                               ///< the stretch
    std::vector<std::int32_t> rendered_parts{};           ///< parts it shows up in
    Extra extra{};                                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("confidenceScores", self.confidence_scores);
        visit("groundingChunkIndices", self.grounding_chunk_indices);
        visit("segment", self.segment);
        visit("renderedParts", self.rendered_parts);
    }
};

/// How retrieval went. https://ai.google.dev/api/generate-content#RetrievalMetadata
struct RetrievalMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};               ///< see NamedOnly
    std::optional<double> google_search_dynamic_retrieval_score{};  ///< how much search would help, 0 to 1
    Extra extra{};                                                  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("googleSearchDynamicRetrievalScore", self.google_search_dynamic_retrieval_score);
    }
};

/// What must be shown with a grounded answer. https://ai.google.dev/api/generate-content#SearchEntryPoint
struct SearchEntryPoint {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text rendered_content{};                           ///< HTML and CSS to embed
    std::optional<Bytes> sdk_blob{};                   ///< JSON of search terms and addresses
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("renderedContent", self.rendered_content);
        visit("sdkBlob", self.sdk_blob);
    }
};

/// What an answer rests on. https://ai.google.dev/api/generate-content#GroundingMetadata
struct GroundingMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};    ///< see NamedOnly
    std::vector<GroundingChunk> grounding_chunks{};      ///< the sources
    std::vector<GroundingSupport> grounding_supports{};  ///< which source supports what
    Box<RetrievalMetadata> retrieval_metadata{};         ///< how retrieval went
    Box<SearchEntryPoint> search_entry_point{};          ///< what must be shown
    std::vector<std::string> web_search_queries{};       ///< what was searched
    Text google_maps_widget_context_token{};             ///< for the map widget; deprecated by the API
    std::vector<std::string> image_search_queries{};     ///< what images were searched
    Extra extra{};                                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("groundingChunks", self.grounding_chunks);
        visit("groundingSupports", self.grounding_supports);
        visit("retrievalMetadata", self.retrieval_metadata);
        visit("searchEntryPoint", self.search_entry_point);
        visit("webSearchQueries", self.web_search_queries);
        visit("googleMapsWidgetContextToken", self.google_maps_widget_context_token);
        visit("imageSearchQueries", self.image_search_queries);
    }
};

}  // namespace genai::inline GENAI_ABI
