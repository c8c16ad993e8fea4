#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/search_index.hpp>
#include <genai/testing/emulator/token_count.hpp>
#include <genai/types/content.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// A request for an embedding. https://ai.google.dev/api/embeddings
struct EmbedRequest {
    std::optional<std::string> model{};
    Content content{};
    std::optional<std::string> task_type{};
    std::optional<std::string> title{};
    std::optional<std::int32_t> output_dimensionality{};
    std::optional<bool> auto_truncate{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("content", self.content);
        visit("taskType", self.task_type);
        visit("title", self.title);
        visit("outputDimensionality", self.output_dimensionality);
        visit("autoTruncate", self.auto_truncate);
    }
};

/// Several of them.
struct EmbedRequests {
    std::vector<EmbedRequest> requests{};
    Extra extra{};
    static constexpr void fields(auto& self, auto&& visit) { visit("requests", self.requests); }
};

/// Throws Refusal for a request that no model takes; `where` is its place in the body, with a dot behind.
inline void check_embed(const EmbedRequest& request, const std::string& where) {
    if (request.content.parts.empty())
        throw bad_request(where + "content.parts",
                          "* " + where + "content.parts: content.parts must not be empty.");
    const auto& size = request.output_dimensionality;
    if (size && (*size < 1 || *size > 3072))
        throw bad_request(where + "output_dimensionality",
                          "* output_dimensionality must be in the range [1, 3072]");
}

/// Adds a word to a vector: FNV-1a of it seeds a linear congruential generator that picks components and
/// their signs. The first components say most, as with Matryoshka representations.
inline void add_word(std::vector<double>& values, std::string_view word) {
    std::uint64_t hash = 1469598103934665603U;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    for (int i = 0; i < 5; ++i) {
        const bool coarse = i < 4;
        const std::size_t range = coarse ? (std::min<std::size_t>)(64, values.size()) : values.size();
        values[(hash >> 33U) % range] += ((hash & 1U) != 0 ? 1.0 : -1.0) * (coarse ? 1.0 : 0.5);
        hash = hash * 6364136223846793005U + 1442695040888963407U;
    }
}

/// An embedding: 3072 components, of older models 768, or the first of them that were asked for. Similar
/// texts are close. A whole one has length 1; a shortened one does so only with gemini-embedding-2.
/// https://ai.google.dev/gemini-api/docs/embeddings#quality-for-smaller-dimensions
inline Tree vector_of(const EmbedRequest& request, std::string_view model) {
    const std::size_t whole = model.starts_with("text-embedding-") ? 768 : 3072;
    const auto size = (std::min)(
        whole, static_cast<std::size_t>(request.output_dimensionality.value_or(static_cast<int>(whole))));
    std::vector<double> values(whole, 0.0);
    values[0] = 1e-3;
    for (const Part& part : request.content.parts)
        for (const std::string& word :
             SearchIndex::words(part.text.value_or(part.inline_data ? "media" : "")))
            add_word(values, word);
    const auto scale = [&values] {
        double length = 0;
        for (const double value : values) length += value * value;
        if (length > 0)
            for (double& value : values) value = std::round(value / std::sqrt(length) * 1e9) / 1e9;
    };
    scale();
    values.resize(size);
    if (size < whole && model.starts_with("gemini-embedding-2")) scale();
    return {{"values", values}};
}

}  // namespace genai::inline GENAI_ABI::testing::emulated
