#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/refusal.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// What a model answers with.
enum class ModelKind { text, image, speech, live, embedding, pictures, videos, tuning };

/// A model and what it can. https://ai.google.dev/gemini-api/docs/models
struct ModelInfo {
    std::string_view id{};
    std::string_view display_name{};
    ModelKind kind{ModelKind::text};
    int input_limit{1048576};
    int output_limit{65536};
    bool thinking{false};
    bool signs_thoughts{false};  ///< whether function calls must come back with their `thoughtSignature`
};

/// The models that lists show, of each family the newest last.
inline std::span<const ModelInfo> known_models() {
    using enum ModelKind;
    static constexpr std::array models{
        ModelInfo{"gemini-1.5-flash-001-tuning", "Gemini 1.5 Flash 001 Tuning", tuning, 16384, 8192},
        ModelInfo{"gemini-2.0-flash", "Gemini 2.0 Flash", text, 1048576, 8192},
        ModelInfo{"gemini-2.0-flash-001", "Gemini 2.0 Flash 001", text, 1048576, 8192},
        ModelInfo{"gemini-2.0-flash-lite", "Gemini 2.0 Flash-Lite", text, 1048576, 8192},
        ModelInfo{"gemini-2.5-flash-lite", "Gemini 2.5 Flash-Lite", text, 1048576, 65536, true},
        ModelInfo{"gemini-2.5-flash", "Gemini 2.5 Flash", text, 1048576, 65536, true},
        ModelInfo{"gemini-2.5-pro", "Gemini 2.5 Pro", text, 1048576, 65536, true},
        ModelInfo{"gemini-3.1-flash-lite", "Gemini 3.1 Flash-Lite", text, 1048576, 65536, true, true},
        ModelInfo{"gemini-3.1-pro-preview", "Gemini 3.1 Pro Preview", text, 1048576, 65536, true, true},
        ModelInfo{"gemini-3.5-flash", "Gemini 3.5 Flash", text, 1048576, 65536, true, true},
        ModelInfo{"gemini-3.8-flash", "Gemini 3.8 Flash", text, 1048576, 65536, true, true},
        ModelInfo{"gemini-flash-latest", "Gemini Flash Latest", text, 1048576, 65536, true, true},
        ModelInfo{"gemini-pro-latest", "Gemini Pro Latest", text, 1048576, 65536, true, true},
        ModelInfo{"gemma-3-27b-it", "Gemma 3 27B", text, 131072, 8192},
        ModelInfo{"gemma-4-31b-it", "Gemma 4 31B", text, 262144, 32768, true},
        ModelInfo{"gemini-2.5-flash-image", "Gemini 2.5 Flash Image", image, 32768, 32768},
        ModelInfo{"gemini-3-pro-image", "Gemini 3 Pro Image", image, 131072, 32768, true},
        ModelInfo{"gemini-2.5-flash-preview-tts", "Gemini 2.5 Flash Preview TTS", speech, 8192, 16384},
        ModelInfo{"gemini-3.8-flash-tts", "Gemini 3.8 Flash TTS", speech, 8192, 16384},
        ModelInfo{"gemini-live-2.5-flash-preview", "Gemini 2.5 Flash Live", live, 131072, 8192},
        ModelInfo{"gemini-3.8-live", "Gemini 3.8 Live", live, 131072, 65536, true},
        ModelInfo{"text-embedding-004", "Text Embedding 004", embedding, 2048, 1},
        ModelInfo{"gemini-embedding-001", "Gemini Embedding 001", embedding, 2048, 1},
        ModelInfo{"gemini-embedding-2", "Gemini Embedding 2", embedding, 8192, 1},
        ModelInfo{"imagen-4.0-generate-001", "Imagen 4", pictures, 480, 8192},
        ModelInfo{"veo-3.1-generate-preview", "Veo 3.1", videos, 480, 8192}};
    return models;
}

/// The methods of a model of this kind that its resource names.
inline std::vector<std::string_view> listed_methods(ModelKind kind) {
    switch (kind) {
        case ModelKind::text:
            return {"generateContent", "countTokens", "createCachedContent", "batchGenerateContent"};
        case ModelKind::image: return {"generateContent", "countTokens", "batchGenerateContent"};
        case ModelKind::speech: return {"generateContent", "countTokens"};
        case ModelKind::live: return {"bidiGenerateContent"};
        case ModelKind::embedding: return {"embedContent", "countTextTokens", "asyncBatchEmbedContent"};
        case ModelKind::pictures: return {"predict"};
        case ModelKind::videos: return {"predictLongRunning"};
        default: return {"createTunedModel"};
    }
}

/// Whether a model of this kind has a method, its resource naming it or not.
inline bool has_method(ModelKind kind, std::string_view method) {
    const auto listed = listed_methods(kind);
    if (method == "streamGenerateContent" || method == "interactions" || method == "decisions")
        method = "generateContent";
    if (method == "batchEmbedContents") method = "embedContent";
    if (method == "countTokens" && kind == ModelKind::embedding) return true;
    return std::find(listed.begin(), listed.end(), method) != listed.end();
}

/// What a model's resource is. https://ai.google.dev/api/models#Model
inline Tree model_resource(const ModelInfo& model, std::string_view id) {
    Tree resource{{"name", "models/" + std::string(id)},
                  {"version", "001"},
                  {"displayName", model.display_name},
                  {"description", "An emulated model"},
                  {"inputTokenLimit", model.input_limit},
                  {"outputTokenLimit", model.output_limit},
                  {"supportedGenerationMethods", listed_methods(model.kind)}};
    if (has_method(model.kind, "generateContent"))
        resource.update({{"temperature", 1}, {"topP", 0.95}, {"topK", 64}, {"maxTemperature", 2}});
    if (model.thinking) resource["thinking"] = true;
    return resource;
}

/// The id of what answers where only a family is known, or nothing.
inline constexpr std::string_view newest_model = "gemini-3.8-flash";

/// The model of this id, without `models/`: one of the table, else the newest of the family that its name
/// is of. Null for any other.
inline const ModelInfo* find_model(std::string_view id) {
    for (const ModelInfo& model : known_models())
        if (model.id == id) return &model;
    if (id.find('/') != std::string_view::npos) return nullptr;
    const auto has = [id](std::string_view word) { return id.find(word) != std::string_view::npos; };
    const auto newest = [](ModelKind kind, std::string_view family) {
        const ModelInfo* found = nullptr;
        for (const ModelInfo& model : known_models())
            if (model.kind == kind && model.id.starts_with(family)) found = &model;
        return found;
    };
    if (id.starts_with("imagen-")) return newest(ModelKind::pictures, "imagen-");
    if (id.starts_with("veo-")) return newest(ModelKind::videos, "veo-");
    if (id.starts_with("gemma-")) return newest(ModelKind::text, "gemma-");
    if (!id.starts_with("gemini-")) return nullptr;
    if (has("embedding")) return newest(ModelKind::embedding, "gemini-");
    if (has("-tts")) return newest(ModelKind::speech, "gemini-");
    if (has("-image")) return newest(ModelKind::image, "gemini-");
    if (has("-live") || has("native-audio")) return newest(ModelKind::live, "gemini-");
    if (id.starts_with("gemini-2.")) return find_model("gemini-2.5-pro");
    return find_model(newest_model);
}

}  // namespace genai::inline GENAI_ABI::testing::emulated
