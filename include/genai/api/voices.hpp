#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/collection.hpp>
#include <genai/http_options.hpp>
#include <genai/pager.hpp>
#include <genai/types/voices.hpp>

namespace genai::inline GENAI_ABI {

/// Voices to speak with. https://ai.google.dev/gemini-api/docs/speech-generation
class Voices {
public:
    explicit Voices(detail::Caller& caller) : all_(caller, "voices") {}
    Voices(const Voices&) = default;

    /// Makes a voice.
    GENAI_LAZY voices::VoiceOutput create(const voices::CreateVoiceRequest& voice,
                                          const RequestConfig& config = {}) const;
    /// A voice as it is.
    GENAI_LAZY [[nodiscard]] voices::VoiceOutput get(std::string_view id,
                                                     const RequestConfig& config = {}) const;
    /// All of them.
    GENAI_LAZY Pager<voices::VoiceOutput> list(const voices::ListVoicesConfig& config = {}) const;
    /// Deletes a voice.
    GENAI_LAZY void delete_(std::string_view id, const RequestConfig& config = {}) const;

private:
    friend class SubApis;
    Voices& operator=(const Voices&) = default;

    detail::Collection all_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <string>
#include <utility>
#include <vector>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE voices::VoiceOutput Voices::create(const voices::CreateVoiceRequest& voice,
                                                                const RequestConfig& config) const {
    return all_.create<voices::VoiceOutput>("voices.create", voice, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE voices::VoiceOutput Voices::get(std::string_view id,
                                                             const RequestConfig& config) const {
    return all_.get<voices::VoiceOutput>("voices.get", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE Pager<voices::VoiceOutput> Voices::list(
    const voices::ListVoicesConfig& config) const {
    http::Query query;
    const auto add_all = [&query](const char* name, const std::vector<std::string>& values) {
        for (const std::string& value : values) query.emplace_back(name, value);
    };
    add_all("accent", config.accent);
    add_all("context", config.contexts);
    add_all("gender", config.gender);
    add_all("language_code", config.language_code);
    add_all("persona", config.persona);
    add_all("pitch", config.pitch);
    add_all("region_code", config.region_code);
    add_all("type", config.type);
    detail::add_query(query, "search", config.search);
    return all_.list("voices.list", config, &voices::ListVoicesResponse::voices, std::move(query));
}

GENAI_LAZY_BODY GENAI_INLINE void Voices::delete_(std::string_view id, const RequestConfig& config) const {
    all_.remove("voices.delete", id, config.http_options);
}

}  // namespace genai::inline GENAI_ABI

#endif
