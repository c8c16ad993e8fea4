#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The tokens of a text, as the emulated models have them: words with the blanks before them.
inline std::vector<std::string> tokens_of(std::string_view text) {
    std::vector<std::string> pieces;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = text.find_first_not_of(" \n\t", at);
        end = end == std::string_view::npos ? text.size() : text.find_first_of(" \n\t", end);
        if (end == std::string_view::npos) end = text.size();
        pieces.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return pieces;
}

/// The text of at most `most` of the tokens, from one on.
inline std::string text_of(const std::vector<std::string>& tokens, std::size_t from, std::size_t most) {
    std::string text;
    for (std::size_t i = from; i < tokens.size() && i - from < most; ++i) text += tokens[i];
    return text;
}

/// How many tokens of a text a stream sends at once.
inline constexpr std::size_t tokens_a_chunk = 4;

/// How many tokens there are, by what they stand for. https://ai.google.dev/gemini-api/docs/tokens
class TokenCount {
public:
    /// Counts a text.
    void add_text(std::string_view text) { add("TEXT", tokens_of(text).size()); }

    /// Counts a part: a text's words, 258 for an image or a page, 263 for a second of video, 32 for one of
    /// audio; every medium lasts one second.
    void add(const Part& part) {
        if (part.text) return add_text(*part.text);
        if (part.inline_data) return add_medium(part.inline_data->mime_type.value_or(""));
        if (part.file_data) return add_medium(part.file_data->mime_type.value_or(""));
        if (part.function_call) return add_json(*part.function_call);
        if (part.function_response) return add_json(*part.function_response);
        if (part.executable_code) return add_text(part.executable_code->code.value_or(""));
        if (part.code_execution_result) return add_text(part.code_execution_result->output.value_or(""));
        add("TEXT", 1);
    }
    /// Counts all parts of contents.
    void add(const std::vector<Content>& contents) {
        for (const Content& turn : contents)
            for (const Part& part : turn.parts) add(part);
    }
    /// Counts a struct of the API by its JSON text.
    template <class T>
    void add_json(const T& value) {
        add("TEXT", (std::max<std::size_t>)(1, encode(value).size() / 4));
    }
    /// Counts a number of tokens.
    void add(const std::string& modality, std::size_t count) {
        if (count != 0) counts_[modality] += static_cast<std::int64_t>(count);
    }
    /// Counts what another has.
    void add(const TokenCount& other) {
        for (const auto& [modality, count] : other.counts_) counts_[modality] += count;
    }

    /// All of them.
    std::int64_t total() const {
        std::int64_t sum = 0;
        for (const auto& [modality, count] : counts_) sum += count;
        return sum;
    }
    /// By modality, texts first.
    std::vector<ModalityTokenCount> details() const {
        std::vector<ModalityTokenCount> list;
        for (const auto& [modality, count] : counts_) {
            const ModalityTokenCount one{.modality = MediaModality(modality), .token_count = count};
            list.insert(modality == "TEXT" ? list.begin() : list.end(), one);
        }
        return list;
    }

private:
    void add_medium(std::string_view mime_type) {
        if (mime_type.starts_with("image/")) return add("IMAGE", 258);
        if (mime_type.starts_with("video/")) return add("VIDEO", 263);
        if (mime_type.starts_with("audio/")) return add("AUDIO", 32);
        if (mime_type == "application/pdf") return add("DOCUMENT", 258);
        add("TEXT", 258);
    }

    std::map<std::string, std::int64_t> counts_{};
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
