#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/box.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/table.hpp>
#include <genai/wire/one_of.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// What vectors are made of: a text, texts, or tokens, which Gemini does not take.
struct EmbeddingInput : OneOf<std::string, std::vector<std::string>, std::vector<std::int64_t>,
                              std::vector<std::vector<std::int64_t>>> {
    using OneOf::OneOf;
    /// Several texts.
    EmbeddingInput(std::initializer_list<std::string> texts) : OneOf(std::vector<std::string>(texts)) {}
};

/// A request for vectors. https://platform.openai.com/docs/api-reference/embeddings/create. Gemini's
/// `taskType` and `title` may be given in `extra`.
struct EmbeddingCreateParams {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text model{};                                      ///< such as `gemini-embedding-001`
    EmbeddingInput input{};                            ///< texts; for models that take media, data URIs too
    std::optional<std::int64_t> dimensions{};          ///< length of the vectors
    Text encoding_format{};                            ///< `float` or `base64`
    Text user{};                                       ///< whom the call is made for; not sent
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("input", self.input);
        visit("dimensions", self.dimensions);
        visit("encoding_format", self.encoding_format);
        visit("user", self.user);
    }
};

/// A vector: numbers, or base64 of 32-bit floats in little-endian order.
struct EmbeddingVector : OneOf<std::vector<double>, std::string> {
    using OneOf::OneOf;

    /// The numbers, whatever their form. Throws DecodeError for a text that is no base64.
    std::vector<float> values() const;
};

/// The vector of one input.
struct Embedding {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text object{};                                     ///< `embedding`
    std::int64_t index{};                              ///< which input
    EmbeddingVector embedding{};                       ///< the vector
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("object", self.object);
        visit("index", self.index);
        visit("embedding", self.embedding);
    }
};

/// What a call used.
struct EmbeddingUsage {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::int64_t prompt_tokens{};                      ///< of the inputs
    std::int64_t total_tokens{};                       ///< the same
    std::optional<std::int64_t> completion_tokens{};   ///< none; LiteLLM's
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("prompt_tokens", self.prompt_tokens);
        visit("total_tokens", self.total_tokens);
        visit("completion_tokens", self.completion_tokens);
    }
};

/// Vectors. https://platform.openai.com/docs/api-reference/embeddings/object
struct CreateEmbeddingResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text object{};                                     ///< `list`
    std::vector<Embedding> data{};                     ///< one for each input, in order
    Text model{};                                      ///< the model
    Box<EmbeddingUsage> usage{};                       ///< what it used, where the model tells
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("object", self.object);
        visit("data", self.data, wire::even_empty);
        visit("model", self.model);
        visit("usage", self.usage);
    }
};

}  // namespace genai::inline GENAI_ABI::openai

#if GENAI_BODIES

#include <bit>
#include <cstddef>

#include <genai/error.hpp>
#include <genai/wire/base64.hpp>

namespace genai::inline GENAI_ABI::openai {

GENAI_INLINE std::vector<float> EmbeddingVector::values() const {
    std::vector<float> values;
    if (const auto* const numbers = get_if<std::vector<double>>()) {
        for (const double number : *numbers) values.push_back(static_cast<float>(number));
    } else if (const auto* const text = get_if<std::string>()) {
        const auto bytes = wire::from_base64(*text);
        if (!bytes || bytes->size() % 4 != 0) throw DecodeError("/embedding", "is no base64 of floats");
        for (std::size_t at = 0; at < bytes->size(); at += 4) {
            std::uint32_t bits = 0;
            for (std::size_t i = 4; i-- > 0;)
                bits = bits << 8U | static_cast<unsigned char>(bytes->data()[at + i]);
            values.push_back(std::bit_cast<float>(bits));
        }
    }
    return values;
}

}  // namespace genai::inline GENAI_ABI::openai

#endif
