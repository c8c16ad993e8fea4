#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/openai/quirks.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The body of an embeddings request for that of embedContent or batchEmbedContents. Throws InvalidArgument
/// with the place of what it cannot say.
Tree embeddings_request(const Tree& request, std::string_view model, const Dialect& dialect);
/// The response: of one content for embedContent, else a list. Throws DecodeError for what is none.
Tree embeddings_response(const Tree& response, bool one);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <genai/error.hpp>
#include <genai/openai/unsayable.hpp>
#include <genai/openai/servers/usage.hpp>
#include <genai/wire/base64.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The text of a content.
GENAI_INLINE std::string embedded_text(const Tree& content, const std::string& pointer,
                                       const Unsayable& unsayable) {
    std::string text;
    std::size_t index = 0;
    for (const Tree& part : list_at(content, "parts")) {
        const std::string place = pointer + "/parts/" + std::to_string(index++);
        if (find(part, "text") == nullptr) unsayable(place, "this server embeds text alone");
        (text += text.empty() ? "" : "\n") += text_at(part, "text");
    }
    return text;
}

GENAI_INLINE Tree embeddings_request(const Tree& request, std::string_view model, const Dialect& dialect) {
    const Unsayable unsayable(dialect.drop_params);
    const Tree one = Tree::array({request});
    const bool many = request.contains("requests");
    const Tree& requests = many ? list_at(request, "requests") : one;
    Tree input = Tree::array();
    Tree body{{"model", std::string(model)}};
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const std::string pointer = many ? "/requests/" + std::to_string(i) : "";
        unsayable.others(requests[i], pointer, "model content outputDimensionality");
        const Tree* const content = find(requests[i], "content");
        input.push_back(content == nullptr ? "" : embedded_text(*content, pointer + "/content", unsayable));
        if (const Tree* const size = find(requests[i], "outputDimensionality")) body["dimensions"] = *size;
    }
    if (input.empty()) throw InvalidArgument("/requests", "are empty");
    body["input"] = input.size() == 1 ? input.front() : std::move(input);
    body["encoding_format"] = "float";
    return body;
}

/// The numbers of an embedding: a list, or base64 of little-endian floats.
GENAI_INLINE Tree values_of(const Tree& embedding) {
    if (embedding.is_array()) return embedding;
    const auto bytes =
        embedding.is_string() ? wire::from_base64(embedding.get_ref<const std::string&>()) : std::nullopt;
    if (!bytes || bytes->size() % 4 != 0)
        throw DecodeError("/data", "an embedding is neither a list nor floats in base64");
    Tree values = Tree::array();
    const std::string_view all = bytes->view();
    for (std::size_t i = 0; i < all.size(); i += 4) {
        std::uint32_t bits = 0;
        for (std::size_t k = 4; k > 0; --k) bits = (bits << 8U) | static_cast<unsigned char>(all[i + k - 1]);
        values.push_back(static_cast<double>(std::bit_cast<float>(bits)));
    }
    return values;
}

GENAI_INLINE Tree embeddings_response(const Tree& response, bool one) {
    if (find(response, "data") == nullptr) throw DecodeError({}, "expected embeddings, with `data`");
    std::vector<std::pair<std::int64_t, Tree>> found;
    for (const Tree& item : list_at(response, "data"))
        found.emplace_back(integer_at(item, "index", static_cast<std::int64_t>(found.size())),
                           Tree{{"values", values_of(value_at(item, "embedding"))}});
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    Tree made = Tree::object();
    if (one) {
        if (!found.empty()) made["embedding"] = std::move(found.front().second);
    } else {
        made["embeddings"] = Tree::array();
        for (auto& [index, embedding] : found) made["embeddings"].push_back(std::move(embedding));
    }
    if (Tree usage = usage_of(response); !usage.is_null()) made["usageMetadata"] = std::move(usage);
    return made;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
