#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/http_options.hpp>
#include <genai/pager.hpp>

namespace genai::inline GENAI_ABI {

/// Voices to speak with. https://ai.google.dev/gemini-api/docs/speech-generation
class Voices {
public:
    explicit Voices(detail::Caller& caller) : caller_(caller) {}
    Voices(const Voices&) = default;

    /// Makes a voice.
    GENAI_LAZY voices::VoiceOutput create(const voices::CreateVoiceRequest& voice,
                                          const CallConfig& config = {}) const;
    /// A voice as it is.
    GENAI_LAZY [[nodiscard]] voices::VoiceOutput get(std::string_view id,
                                                     const CallConfig& config = {}) const;
    /// All of them.
    GENAI_LAZY Pager<voices::VoiceOutput> list(
        const voices::ListVoicesConfig& config = detail::no_config) const;
    /// Deletes a voice.
    GENAI_LAZY void delete_(std::string_view id, const CallConfig& config = {}) const;

private:
    friend class SubApis;
    Voices& operator=(const Voices&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <string>
#include <utility>
#include <vector>

#include <genai/core/collection.hpp>
#include <genai/types/voices.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE voices::VoiceOutput Voices::create(const voices::CreateVoiceRequest& voice,
                                                                const CallConfig& config) const {
    return detail::Collection(caller_, "voices")
        .create<voices::VoiceOutput>("voices.create", voice, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE voices::VoiceOutput Voices::get(std::string_view id,
                                                             const CallConfig& config) const {
    return detail::Collection(caller_, "voices")
        .get<voices::VoiceOutput>("voices.get", id, config.http_options);
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
    return detail::Collection(caller_, "voices")
        .list<&voices::ListVoicesResponse::voices>("voices.list", config, std::move(query));
}

GENAI_LAZY_BODY GENAI_INLINE void Voices::delete_(std::string_view id, const CallConfig& config) const {
    detail::Collection(caller_, "voices").remove("voices.delete", id, config.http_options);
}

}  // namespace genai::inline GENAI_ABI

#endif
