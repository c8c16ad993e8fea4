#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/content.hpp>
#include <genai/types/grounding.hpp>
#include <genai/values/box.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// Something that was found for a prompt, to be answered from and cited.
struct Finding {
    std::string text{};                                           ///< the chunk
    std::string title{};                                          ///< of its document
    std::string store{};                                          ///< where it lies
    std::vector<GroundingChunkCustomMetadata> custom_metadata{};  ///< of its document

    /// How an answer quotes it.
    std::string line() const { return '"' + title + "\" says: " + text; }
};

/// What was found, passage by passage.
inline std::string quoted(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) text += (text.empty() ? "" : "\n") + finding.line();
    return text;
}

/// A stretch of the text of an answer's part, in bytes.
inline Segment segment(const std::string& text, std::size_t begin, std::size_t end, std::size_t part) {
    Segment made{.start_index = static_cast<std::int32_t>(begin),
                 .end_index = static_cast<std::int32_t>(end),
                 .text = text.substr(begin, end - begin)};
    if (part != 0) made.part_index = static_cast<std::int32_t>(part);
    return made;
}

/// Which stretches of an answer rest on what was found in stores. Those that the answer was cut before have
/// no part in it.
inline GroundingMetadata store_grounding(const std::vector<Finding>& findings, const std::string& text,
                                         std::size_t part) {
    GroundingMetadata metadata;
    std::size_t at = 0;
    for (const Finding& finding : findings) {
        const std::size_t end = at + finding.line().size();
        if (end > text.size()) break;
        metadata.grounding_chunks.push_back(
            {.retrieved_context = GroundingChunkRetrievedContext{.text = finding.text,
                                                                 .title = finding.title,
                                                                 .custom_metadata = finding.custom_metadata,
                                                                 .file_search_store = finding.store}});
        metadata.grounding_supports.push_back(
            {.grounding_chunk_indices = {static_cast<std::int32_t>(metadata.grounding_chunks.size() - 1)},
             .segment = segment(text, at, end, part)});
        at = end + 1;
    }
    return metadata;
}

/// The first sentence of an answer rests on the one page that was found.
inline void add_support(GroundingMetadata& metadata, const std::string& text, std::size_t part) {
    if (text.empty()) return;
    const auto dot = text.find(". ");
    metadata.grounding_supports.push_back(
        {.grounding_chunk_indices = {static_cast<std::int32_t>(metadata.grounding_chunks.size() - 1)},
         .segment = segment(text, 0, dot == std::string::npos ? text.size() : dot + 1, part)});
}

/// As after a search for the prompt. https://ai.google.dev/gemini-api/docs/google-search
inline void add_web_grounding(GroundingMetadata& metadata, const std::string& prompt, const std::string& text,
                              std::size_t part) {
    metadata.web_search_queries = {prompt.empty() ? "example" : prompt};
    metadata.search_entry_point =
        SearchEntryPoint{.rendered_content = "<div class=\"container\"><a class=\"chip\">search</a></div>"};
    metadata.grounding_chunks.push_back(
        {.web = GroundingChunkWeb{
             .title = "example.com",
             .uri = "https://vertexaisearch.cloud.google.com/grounding-api-redirect/emulated"}});
    add_support(metadata, text, part);
}

/// As after a look at the map. https://ai.google.dev/gemini-api/docs/maps-grounding
inline void add_maps_grounding(GroundingMetadata& metadata, bool widget, const std::string& text,
                               std::size_t part) {
    metadata.grounding_chunks.push_back(
        {.maps = GroundingChunkMaps{.place_id = "places/emulated",
                                    .text = "An example place",
                                    .title = "Example Place",
                                    .uri = "https://maps.google.com/?cid=1"}});
    if (widget) metadata.google_maps_widget_context_token = "widgetcontent/emulated";
    add_support(metadata, text, part);
}

/// The pages whose addresses stand in the prompt, as read. https://ai.google.dev/gemini-api/docs/url-context
inline UrlContextMetadata url_context(std::string_view prompt) {
    UrlContextMetadata metadata;
    for (std::size_t at = 0; at < prompt.size();) {
        const auto found = prompt.find("http", at);
        if (found == std::string_view::npos) break;
        const auto end = prompt.find_first_of(" \n\t\"<>)", found);
        const std::string_view url = prompt.substr(found, end == std::string_view::npos ? end : end - found);
        at = found + (url.empty() ? 1 : url.size());
        if (!url.starts_with("http://") && !url.starts_with("https://")) continue;
        metadata.url_metadata.push_back(
            {.retrieved_url = std::string(url), .url_retrieval_status = UrlRetrievalStatus::success});
    }
    return metadata;
}

}  // namespace genai::inline GENAI_ABI::testing::emulated
