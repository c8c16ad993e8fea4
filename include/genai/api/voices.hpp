#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/detail/collection.hpp>
#include <genai/options.hpp>
#include <genai/types/voices.hpp>

namespace genai::inline v0 {

/// Voices to speak with. https://ai.google.dev/gemini-api/docs/speech-generation
template <http::Transport T>
class Voices {
public:
    explicit Voices(std::shared_ptr<detail::Core<T>> core) : all_(std::move(core), "voices") {}

    /// Makes a voice.
    voices::VoiceOutput create(const voices::CreateVoiceRequest& voice, const RequestConfig& config = {}) const {
        return all_.template create<voices::VoiceOutput>(voice, config.http_options);
    }
    /// A voice as it is.
    voices::VoiceOutput get(std::string_view id, const RequestConfig& config = {}) const { return all_.template get<voices::VoiceOutput>(id, config.http_options); }
    /// All of them.
    Pager<voices::VoiceOutput> list(const voices::ListVoicesConfig& config = {}) const {
        http::Query query;
        add_all(query, "accent", config.accent);
        add_all(query, "context", config.contexts);
        add_all(query, "gender", config.gender);
        add_all(query, "language_code", config.language_code);
        add_all(query, "persona", config.persona);
        add_all(query, "pitch", config.pitch);
        add_all(query, "region_code", config.region_code);
        add_all(query, "type", config.type);
        detail::add_query(query, "search", config.search);
        return all_.list(config, &voices::ListVoicesResponse::voices, std::move(query));
    }
    /// Deletes a voice.
    void delete_(std::string_view id, const RequestConfig& config = {}) const { all_.remove(id, config.http_options); }

private:
    static void add_all(http::Query& query, const char* name, const std::vector<std::string>& values) {
        for (const std::string& value : values) query.emplace_back(name, value);
    }

    detail::Collection<T> all_;
};

}  // namespace genai::inline v0
