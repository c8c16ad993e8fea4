#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/env.hpp>
#include <genai/detail/pause.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/url.hpp>
#include <genai/options.hpp>
#include <genai/version.hpp>
#include <genai/wire/json_text.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline v0::detail {

/// A call before it becomes a request: what the sub-APIs say.
struct Call {
    std::string method{"POST"};
    std::string path{};                      ///< behind the API version, not yet encoded
    http::Query query{};
    std::shared_ptr<wire::JsonText> body{};    ///< JSON; null for none
    HttpOptions options{};                   ///< of this call, the client's already merged in
    bool upload{false};                      ///< whether it goes to the upload service, in front of the version
    std::string target{};                    ///< path and query as the server gave them, encoded, instead of `path`
    http::Body media{};                      ///< bytes instead of `body`
    http::Headers headers{};                 ///< of this call's kind; the caller's own win
    bool once{false};                        ///< see http::Request
    bool repeatable{false};                  ///< whether doing it twice changes nothing, as for every GET
};

/// A call that is ready to go.
struct Prepared : http::Request {
    HttpRetryOptions retry{};
    bool repeatable{};
};

/// A call with a JSON body that is the struct as it stands.
template <class T>
std::shared_ptr<wire::JsonText> json_body(const T& value) {
    auto body = std::make_shared<wire::JsonText>();
    wire::Writer(*body).value(value);
    return body;
}

/// The call's options over the client's.
HttpOptions merge(const HttpOptions& client, const HttpOptions& call);

/// How calls become requests to one server for one key. Knows nothing of the transport.
class Protocol {
public:
    explicit Protocol(ClientOptions options);

    /// The client's options with the environment filled in.
    const ClientOptions& options() const noexcept { return options_; }
    /// The key; empty when there is none.
    std::string_view key() const noexcept { return options_.api_key ? std::string_view(*options_.api_key) : std::string_view(); }

    /// The request for a call. Throws InvalidArgument.
    Prepared request(const Call& call) const;
    /// The clock of the client's calls.
    Clock& clock() const noexcept { return *options_.clock; }

    /// The call's options over the client's.
    HttpOptions merged(const HttpOptions& call) const { return merge(options_.http_options, call); }
    /// A call without a body.
    Call call(std::string method, std::string path, const HttpOptions& options) const {
        return {.method = std::move(method), .path = std::move(path), .options = merged(options)};
    }

private:
    void authorize(http::Headers& headers, http::Query& query, const HttpOptions& options) const;

    ClientOptions options_;
    bool own_server_{false};
};

}  // namespace genai::inline v0::detail

#if GENAI_BODIES

namespace genai::inline v0::detail {

GENAI_INLINE HttpOptions merge(const HttpOptions& client, const HttpOptions& call) {
    HttpOptions merged = client;
    const auto over = [](auto& below, const auto& above) {
        if (above) below = above;
    };
    over(merged.base_url, call.base_url);
    over(merged.api_version, call.api_version);
    for (const auto& [name, value] : call.headers) {
        for (auto& [present, kept] : merged.headers)
            if (http::same_name(present, name)) kept = value;
        bool known = false;
        for (const auto& entry : merged.headers) known = known || http::same_name(entry.first, name);
        if (!known) merged.headers.set(name, value);
    }
    over(merged.timeout, call.timeout);
    over(merged.connect_timeout, call.connect_timeout);
    over(merged.first_byte_timeout, call.first_byte_timeout);
    over(merged.idle_timeout, call.idle_timeout);
    over(merged.require_finish_reason, call.require_finish_reason);
    over(merged.retry.attempts, call.retry.attempts);
    over(merged.retry.initial_delay, call.retry.initial_delay);
    over(merged.retry.max_delay, call.retry.max_delay);
    over(merged.retry.exp_base, call.retry.exp_base);
    over(merged.retry.jitter, call.retry.jitter);
    over(merged.retry.http_status_codes, call.retry.http_status_codes);
    if (call.extra_body && merged.extra_body && merged.extra_body->is_object() && call.extra_body->is_object()) merged.extra_body->update(*call.extra_body);
    else over(merged.extra_body, call.extra_body);
    if (call.stop_token.stop_possible()) merged.stop_token = call.stop_token;
    return merged;
}

/// Merges `extra` into `body`: objects member by member, anything else replaces.
GENAI_INLINE void merge_body(nlohmann::ordered_json& body, const Json& extra) {
    for (const auto& [key, value] : extra.items()) {
        auto& place = body[key];
        if (place.is_object() && value.is_object()) merge_body(place, value);
        else place = value;
    }
}

/// Refuses what would break a header, or out of it.
GENAI_INLINE void check_header(const std::string& parameter, std::string_view value) {
    for (const char c : value)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) throw InvalidArgument(parameter, "holds a control character");
    if (value.starts_with(' ') || value.ends_with(' ')) throw InvalidArgument(parameter, "begins or ends with a blank");
}

/// Refuses options that cannot be meant.
GENAI_INLINE void check_options(const HttpOptions& options) {
    static_cast<void>(http::parse_url(*options.base_url, "http_options.base_url"));
    check_header("http_options.api_version", *options.api_version);
    if (options.api_version->find("..") != std::string::npos) throw InvalidArgument("http_options.api_version", "must not hold '..'");
    for (const auto& [name, value] : options.headers) {
        constexpr std::string_view allowed = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        if (name.empty() || name.find_first_not_of(allowed) != std::string::npos)
            throw InvalidArgument("http_options.headers", "a header's name is not a token");
        check_header("http_options.headers." + name, value);
    }
    if (options.extra_body && !options.extra_body->is_object()) throw InvalidArgument("http_options.extra_body", "must be a JSON object");
    const auto positive = [](const char* name, const auto& limit) {
        if (limit && limit->count() <= 0) throw InvalidArgument(std::string("http_options.") + name, "must be positive");
    };
    positive("timeout", options.timeout);
    positive("connect_timeout", options.connect_timeout);
    positive("first_byte_timeout", options.first_byte_timeout);
    positive("idle_timeout", options.idle_timeout);
    if (options.retry.attempts && *options.retry.attempts < 1) throw InvalidArgument("http_options.retry.attempts", "must be at least 1");
    for (const auto& [name, span] : {std::pair("initial_delay", options.retry.initial_delay), std::pair("max_delay", options.retry.max_delay)})
        if (span && span->count() < 0) throw InvalidArgument(std::string("http_options.retry.") + name, "must not be negative");
    if (options.retry.exp_base && !(*options.retry.exp_base >= 1)) throw InvalidArgument("http_options.retry.exp_base", "must be at least 1");
    if (options.retry.jitter && !(*options.retry.jitter >= 0 && *options.retry.jitter <= 1)) throw InvalidArgument("http_options.retry.jitter", "must be from 0 to 1");
}

/// Where a call goes.
GENAI_INLINE std::string request_url(const Call& call, const http::Query& query) {
    const std::string& base = *call.options.base_url;
    if (!call.target.empty()) {  // the server may not know under which address it is reached, and the key stays with ours
        const http::Url server = http::parse_url(base, "http_options.base_url");
        return http::join_query((server.tls ? "https://" : "http://") + server.authority() + call.target, query);
    }
    const std::string& version = *call.options.api_version;
    return http::join_url(base, !call.upload ? version : version.empty() ? "upload" : "upload/" + version, call.path, query);
}

/// A call's body, what the options add to it merged in.
GENAI_INLINE http::Body request_body(const Call& call) {
    if (!call.options.extra_body || call.options.extra_body->empty()) {
        if (call.body->plain()) return {call.body->view(), call.body};
        return {call.body->size(), [body = call.body](std::uint64_t offset, std::span<char> out) { return body->read(offset, out); }};
    }
    auto tree = nlohmann::ordered_json::parse(call.body->whole());
    merge_body(tree, *call.options.extra_body);
    try {
        return http::Body::text(tree.dump());
    } catch (const nlohmann::json::exception& problem) {
        throw InvalidArgument("http_options.extra_body", problem.what());
    }
}

GENAI_INLINE Protocol::Protocol(ClientOptions options) : options_(std::move(options)) {
    if (!options_.clock) options_.clock = std::make_shared<Clock>();
    if (!options_.api_key) options_.api_key = environment("GOOGLE_API_KEY");
    if (!options_.api_key) options_.api_key = environment("GEMINI_API_KEY");
    if (options_.api_key && options_.api_key->starts_with("auth_tokens/"))
        throw InvalidArgument("api_key", "ephemeral tokens are for the Live API alone");
    if (options_.api_key) check_header("api_key", *options_.api_key);

    HttpOptions& http = options_.http_options;
    if (!http.base_url) http.base_url = environment("GOOGLE_GEMINI_BASE_URL");
    own_server_ = http.base_url.has_value();
    if (!http.base_url) http.base_url = "https://generativelanguage.googleapis.com";
    if (!http.api_version) http.api_version = environment("GOOGLE_GENAI_API_VERSION");
    if (http.api_version == "beta") http.api_version = "v1beta";
    if (!http.api_version) http.api_version = "v1beta";
    check_options(http);
}

GENAI_INLINE Prepared Protocol::request(const Call& call) const {
    const HttpOptions& options = call.options;
    check_options(options);
    const std::string agent = std::string("genai-cpp/") + version;
    Prepared request;
    request.method = call.method;
    http::Query query = call.query;
    authorize(request.headers, query, options);
    request.url = request_url(call, query);

    request.headers.set("User-Agent", agent);
    request.headers.set("x-goog-api-client", agent);
    for (const auto& [name, value] : call.headers) request.headers.set(name, value);
    if (call.body) request.headers.set("Content-Type", "application/json");
    const auto within = at_most_a_year;
    if (options.timeout) request.headers.set("X-Server-Timeout", std::to_string((within(*options.timeout).count() + 999) / 1000));
    for (const auto& [name, value] : options.headers) request.headers.set(name, value);

    if (call.body) request.body = request_body(call);
    else request.body = call.media;
    request.timeouts = {.connect = within(options.connect_timeout.value_or(std::chrono::seconds(10))),
                        .first_byte = within(options.first_byte_timeout.value_or(std::chrono::minutes(10))),
                        .idle = within(options.idle_timeout.value_or(std::chrono::minutes(2)))};
    if (options.timeout) request.timeouts.total = within(*options.timeout);
    request.stop = options.stop_token;
    request.once = call.once;
    request.retry = options.retry;
    request.repeatable = call.repeatable || call.method == "GET";
    return request;
}

GENAI_INLINE void Protocol::authorize(http::Headers& headers, http::Query& query, const HttpOptions& options) const {
    if (options_.auth == Auth::none) return;
    if (!options_.api_key) {
        const auto own = [](const auto& entry) { return http::same_name(entry.first, "authorization") || http::same_name(entry.first, "x-goog-api-key"); };
        if (own_server_ || options.base_url != options_.http_options.base_url || std::any_of(options.headers.begin(), options.headers.end(), own)) return;
        throw InvalidArgument("api_key", "there is none: set GEMINI_API_KEY, or ClientOptions::api_key");
    }
    const std::string& key = *options_.api_key;
    switch (options_.auth) {
        case Auth::x_goog_api_key: return headers.set("x-goog-api-key", key);
        case Auth::bearer: return headers.set("Authorization", "Bearer " + key);
        case Auth::x_api_key: return headers.set("X-API-Key", key);
        case Auth::api_key: return headers.set("api-key", key);
        case Auth::query: query.emplace_back("key", key); return;
        case Auth::none: return;
    }
}

}  // namespace genai::inline v0::detail

#endif
