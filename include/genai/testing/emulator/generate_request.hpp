#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing {

/// The part of a request's body that the API calls GenerationConfig.
struct GenerationRequestConfig {
    std::optional<double> temperature{};
    std::optional<double> top_p{};
    std::optional<double> top_k{};
    std::optional<std::int32_t> candidate_count{};
    std::optional<std::int32_t> max_output_tokens{};
    std::vector<std::string> stop_sequences{};
    std::optional<bool> response_logprobs{};
    std::optional<std::int32_t> logprobs{};
    std::optional<double> presence_penalty{};
    std::optional<double> frequency_penalty{};
    std::optional<std::int32_t> seed{};
    std::optional<std::string> response_mime_type{};
    RawJson response_schema{};
    RawJson response_json_schema{};
    std::vector<std::string> response_modalities{};
    MediaResolution media_resolution{};
    Box<SpeechConfig> speech_config{};
    Box<ThinkingConfig> thinking_config{};
    Box<AudioTranscriptionConfig> audio_transcription_config{};
    Box<ImageConfig> image_config{};
    std::optional<bool> enable_enhanced_civic_answers{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("temperature", self.temperature);
        visit("topP", self.top_p);
        visit("topK", self.top_k);
        visit("candidateCount", self.candidate_count);
        visit("maxOutputTokens", self.max_output_tokens);
        visit("stopSequences", self.stop_sequences);
        visit("responseLogprobs", self.response_logprobs);
        visit("logprobs", self.logprobs);
        visit("presencePenalty", self.presence_penalty);
        visit("frequencyPenalty", self.frequency_penalty);
        visit("seed", self.seed);
        visit("responseMimeType", self.response_mime_type);
        visit("responseSchema", self.response_schema);
        visit("responseJsonSchema", self.response_json_schema);
        visit("responseModalities", self.response_modalities);
        visit("mediaResolution", self.media_resolution);
        visit("speechConfig", self.speech_config);
        visit("thinkingConfig", self.thinking_config);
        visit("audioTranscriptionConfig", self.audio_transcription_config);
        visit("imageConfig", self.image_config);
        visit("enableEnhancedCivicAnswers", self.enable_enhanced_civic_answers);
    }
};

/// A request's body. https://ai.google.dev/api/generate-content#request-body
struct GenerateContentRequest {
    std::optional<std::string> model{};
    std::vector<Content> contents{};
    Box<Content> system_instruction{};
    std::vector<Tool> tools{};
    Box<ToolConfig> tool_config{};
    std::vector<SafetySetting> safety_settings{};
    Box<GenerationRequestConfig> generation_config{};
    std::optional<std::string> cached_content{};
    ServiceTier service_tier{};
    Dict<std::string> labels{};
    std::optional<bool> store{};
    std::optional<std::string> continuation_token{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("contents", self.contents);
        visit("systemInstruction", self.system_instruction);
        visit("tools", self.tools);
        visit("toolConfig", self.tool_config);
        visit("safetySettings", self.safety_settings);
        visit("generationConfig", self.generation_config);
        visit("cachedContent", self.cached_content);
        visit("serviceTier", self.service_tier);
        visit("labels", self.labels);
        visit("store", self.store);
        visit("continuationToken", self.continuation_token);
    }
};

}  // namespace genai::inline GENAI_ABI::testing
