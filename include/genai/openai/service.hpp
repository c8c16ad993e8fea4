#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/client.hpp>
#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/http_options.hpp>
#include <genai/openai/options.hpp>
#include <genai/openai/prompt_cache.hpp>
#include <genai/openai/to_gemini.hpp>
#include <genai/transport.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// A request on its way: as it is sent, and what may be done once where it is refused.
struct PreparedRequest {
    GeminiRequest request{};
    std::int64_t created_tokens{};  ///< of a cache that was made for it
    bool cached{false};             ///< whether its beginning is in a cache that was found or made for it
    bool renewed{false};            ///< whether a cache that was gone was replaced
    bool unsigned_{false};          ///< whether signatures that were refused were replaced
};

/// What stands behind a client of OpenAI's shapes. Thread-safe.
class Service {
public:
    Service(const genai::Client<>& client, Options options)
        : client_(client), options_(std::move(options)), cache_(client) {}

    const genai::Client<>& client() const noexcept { return client_; }
    std::shared_ptr<genai::detail::Caller> caller() const {
        return genai::detail::ClientAccess::caller(client_);
    }
    const Options& options() const noexcept { return options_; }
    /// Seconds since 1970, by the client's clock.
    std::int64_t now() const;

    /// The request for Gemini: translated, its media fetched where that is wanted, its marked beginning in a
    /// cache.
    /// `borrowed` media must outlive the request.
    GENAI_LAZY PreparedRequest prepare(const CompletionCreateParams& params, const CallConfig& config,
                                       bool borrowed) const;
    /// Changes a request that was refused so that it may succeed: replaces a cache that is gone, or
    /// signatures that do not count. False where there is nothing to be done.
    GENAI_LAZY bool mend(PreparedRequest& prepared, const ApiError& error,
                         const CompletionCreateParams& params, const CallConfig& config) const;

private:
    GENAI_LAZY void build(PreparedRequest& prepared, const CompletionCreateParams& params,
                          const CallConfig& config, bool borrowed) const;
    GENAI_LAZY void complete(GeminiRequest& request, const CallConfig& config) const;
    GENAI_LAZY bool use_cache(PreparedRequest& prepared, const CompletionCreateParams& params,
                              const CallConfig& config) const;

    genai::Client<> client_;
    Options options_;
    PromptCache cache_;
};

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_OPENAI_BODIES

#include <chrono>
#include <cstddef>
#include <string_view>

#include <genai/api_error.hpp>
#include <genai/core/caller.hpp>
#include <genai/openai/fetched_media.hpp>
#include <genai/openai/gemini/cached_messages.hpp>
#include <genai/openai/gemini/turns.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE std::int64_t Service::now() const {
    const auto since = caller()->clock().date().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

/// A call's options, which what the request itself asks for is merged under.
GENAI_INLINE void add_options(HttpOptions& to, const HttpOptions& call) {
    Box<Json> body = std::move(to.extra_body);
    to = call;
    if (!body) return;
    if (to.extra_body) body->merge_patch(*to.extra_body);
    to.extra_body = std::move(body);
}

/// Adds the call's options to a translated request, and the media that is to be fetched.
GENAI_LAZY_BODY GENAI_INLINE void Service::complete(GeminiRequest& request, const CallConfig& config) const {
    add_options(request.config.http_options, config.http_options);
    if (!options_.fetch_urls) return;
    AnyTransport through = options_.fetch_through ? *options_.fetch_through : public_transport();
    fetch_media(request.contents, through, options_.max_fetched_bytes, request.config.http_options);
}

/// Puts a request whose beginning is in a cache in place of the whole one, where a beginning is marked.
/// Whether it does.
GENAI_LAZY_BODY GENAI_INLINE bool Service::use_cache(PreparedRequest& prepared,
                                                     const CompletionCreateParams& params,
                                                     const CallConfig& config) const {
    if (prepared.request.config.cached_content) return false;
    std::optional<CachedMessages> split = split_cached(params.messages);
    if (!split) return false;
    CompletionCreateParams part = params;
    part.messages = std::move(split->cached);
    GeminiRequest kept = gemini_request(part, options_, false);
    complete(kept, config);
    CreateCachedContentConfig content{.http_options = kept.config.http_options,
                                      .contents = std::move(kept.contents),
                                      .system_instruction = std::move(kept.config.system_instruction),
                                      .tools = std::move(kept.config.tools),
                                      .tool_config = std::move(kept.config.tool_config),
                                      .ttl = split->ttl};
    content.http_options.extra_body.reset();
    const auto entry = cache_.find_or_create(kept.model, std::move(content));
    if (!entry) return false;
    part.messages = std::move(split->rest);
    prepared.request = gemini_request(part, options_, false);
    complete(prepared.request, config);
    prepared.request.config.tools.clear();
    prepared.request.config.tool_config.reset();
    prepared.request.config.cached_content = entry->name;
    prepared.created_tokens = entry->created_tokens;
    return true;
}

GENAI_LAZY_BODY GENAI_INLINE PreparedRequest Service::prepare(const CompletionCreateParams& params,
                                                              const CallConfig& config, bool borrowed) const {
    PreparedRequest prepared;
    build(prepared, params, config, borrowed);
    return prepared;
}

/// The whole is translated first: what is wrong in it is told with the caller's own pointers.
GENAI_LAZY_BODY GENAI_INLINE void Service::build(PreparedRequest& prepared,
                                                 const CompletionCreateParams& params,
                                                 const CallConfig& config, bool borrowed) const {
    prepared.request = gemini_request(params, options_, borrowed);
    prepared.cached = use_cache(prepared, params, config);
    if (!prepared.cached) complete(prepared.request, config);
}

/// Puts the signature that always counts in place of others, and at a turn's first call where there is none.
/// Whether anything changed.
GENAI_INLINE bool replace_signatures(std::vector<Content>& contents) {
    bool replaced = false;
    for (Content& content : contents) {
        bool called = false;
        for (Part& part : content.parts) {
            const bool first_call = part.function_call && !std::exchange(called, true);
            if (part.thought_signature ? *part.thought_signature == any_signature : !first_call) continue;
            part.thought_signature = any_signature;
            replaced = true;
        }
    }
    return replaced;
}

GENAI_LAZY_BODY GENAI_INLINE bool Service::mend(PreparedRequest& prepared, const ApiError& error,
                                                const CompletionCreateParams& params,
                                                const CallConfig& config) const {
    const std::string message = lower(error.message());
    const bool blames_signature = message.find("thought signature") != std::string::npos ||
                                  message.find("thought_signature") != std::string::npos;
    if (error.code() == 400 && blames_signature && !std::exchange(prepared.unsigned_, true))
        return replace_signatures(prepared.request.contents);
    if (!prepared.cached || !genai::detail::is_cache_gone(error) || std::exchange(prepared.renewed, true))
        return false;
    cache_.forget(*prepared.request.config.cached_content);
    build(prepared, params, config, false);
    if (prepared.unsigned_) replace_signatures(prepared.request.contents);
    return true;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
