#pragma once

#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/options.hpp>
#include <genai/openai/types/embedding.hpp>
#include <genai/types/content.hpp>
#include <genai/types/embedding.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The arguments of `models.embed_content`.
struct EmbeddingRequest {
    std::string model{};
    std::vector<Content> contents{};
    EmbedContentConfig config{};
};

/// What a request for vectors is to Gemini. Throws InvalidArgument for tokens, and for an empty list.
EmbeddingRequest embedding_request(const EmbeddingCreateParams& params, const Options& options);
/// The vectors, in the form that was asked for. Usage that the service does not tell is an estimate.
CreateEmbeddingResponse embedding_response(const EmbedContentResponse& response,
                                           const EmbeddingCreateParams& params);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_OPENAI_BODIES

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <genai/error.hpp>
#include <genai/openai/gemini/media_part.hpp>
#include <genai/openai/gemini/model_traits.hpp>
#include <genai/openai/gemini/parameters.hpp>
#include <genai/openai/servers/token_estimate.hpp>
#include <genai/openai/tree.hpp>
#include <genai/openai/unsayable.hpp>
#include <genai/wire/base64.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Whether a text is a data URI in base64, or an object of Google Cloud Storage: not one that begins alike.
GENAI_INLINE bool is_media(std::string_view input) {
    const std::string_view head =
        input.substr(0, input.starts_with("data:") ? input.find(',') : input.size());
    if (head.find_first_of(" \t\r\n") != std::string_view::npos) return false;
    if (input.starts_with("gs://")) return true;
    return input.starts_with("data:") && head.ends_with(";base64") &&
           head.find('/') != std::string_view::npos;
}

/// One input: a text, or media as a data URI or at Google Cloud Storage.
GENAI_INLINE Content embedded_input(const std::string& input, const std::string& pointer) {
    const bool media = is_media(input);
    if (input.empty()) throw InvalidArgument(pointer, "is empty");
    return {.parts = {media ? part_at(input, {}, pointer) : Part::from_text(input)}};
}

GENAI_INLINE EmbeddingRequest embedding_request(const EmbeddingCreateParams& params, const Options& options) {
    EmbeddingRequest request{.model = ModelTraits(params.model.value_or("")).name()};
    if (const auto* const one = params.input.get_if<std::string>()) {
        request.contents.push_back(embedded_input(*one, "input"));
    } else if (const auto* const some = params.input.get_if<std::vector<std::string>>()) {
        for (std::size_t i = 0; i < some->size(); ++i)
            request.contents.push_back(embedded_input((*some)[i], "/input/" + std::to_string(i)));
    } else {
        throw InvalidArgument("input",
                              params.input.empty() ? "is missing" : "has tokens, which Gemini does not take");
    }
    if (request.contents.empty()) throw InvalidArgument("input", "is empty");
    const std::string format = params.encoding_format.value_or("float");
    if (format != "float" && format != "base64")
        throw InvalidArgument("encoding_format", "is not known: " + format);
    if (params.dimensions)
        request.config.output_dimensionality = small_integer("dimensions", *params.dimensions);
    const Unsayable unsayable(options.drop_params);
    const Json members = params.extra.json();
    for (const auto& [name, value] : members.items()) {
        const std::string camel = camel_case(name);
        if (value.is_null()) continue;
        if (camel == "taskType" && value.is_string()) request.config.task_type = value.get<std::string>();
        else if (camel == "title" && value.is_string()) request.config.title = value.get<std::string>();
        else if (camel == "outputDimensionality" && value.is_number_integer() && value < 1'000'000'000)
            request.config.output_dimensionality =
                small_integer("outputDimensionality", value.get<std::int64_t>());
        else unsayable(name, "is no parameter of embeddings");
    }
    return request;
}

/// 32-bit floats in little-endian order, in base64.
GENAI_INLINE std::string base64_floats(const std::vector<double>& values) {
    std::string bytes;
    for (const double value : values) {
        const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
        for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(bits >> shift & 0xFFU);
    }
    return wire::to_base64(bytes);
}

/// What inputs come to where the service does not tell: an estimate, marked as one.
GENAI_INLINE EmbeddingUsage estimated_usage(const EmbeddingCreateParams& params) {
    std::int64_t tokens = 0;
    if (const auto* const one = params.input.get_if<std::string>()) tokens = estimated_tokens(Tree(*one));
    if (const auto* const some = params.input.get_if<std::vector<std::string>>())
        for (const std::string& one : *some) tokens += estimated_tokens(Tree(one));
    EmbeddingUsage usage{.prompt_tokens = tokens, .total_tokens = tokens, .completion_tokens = 0};
    usage.extra.edit_raw() = R"("provider_specific_fields":{"estimate":true})";
    return usage;
}

GENAI_INLINE CreateEmbeddingResponse embedding_response(const EmbedContentResponse& response,
                                                        const EmbeddingCreateParams& params) {
    CreateEmbeddingResponse made{.object = "list", .model = ModelTraits(params.model.value_or("")).name()};
    for (const ContentEmbedding& one : response.embeddings) {
        Embedding embedding{.object = "embedding", .index = static_cast<std::int64_t>(made.data.size())};
        if (params.encoding_format == "base64") embedding.embedding = base64_floats(one.values);
        else embedding.embedding = one.values;
        made.data.push_back(std::move(embedding));
    }
    if (response.usage_metadata && response.usage_metadata->prompt_token_count) {
        const std::int64_t tokens = *response.usage_metadata->prompt_token_count;
        made.usage = EmbeddingUsage{.prompt_tokens = tokens, .total_tokens = tokens, .completion_tokens = 0};
    } else {
        made.usage = estimated_usage(params);
    }
    return made;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
