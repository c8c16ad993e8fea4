#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/core/call.hpp>
#include <genai/http/message.hpp>
#include <genai/http/redaction.hpp>
#include <genai/options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// One service as calls reach it: where it is, in which version, and where the key goes. A value without
/// state: what a call becomes is decided here, for each attempt anew.
class Backend {
public:
    /// Fills in from the environment what the options leave open, in `options` too. Throws InvalidArgument.
    explicit Backend(ClientOptions& options);

    /// Throws InvalidArgument for options that are invalid, and for a call to Google without credentials.
    void validate(const HttpOptions& options) const;
    /// The request for a call about `resource`, unsigned. `options` are the call's over the client's. Throws
    /// InvalidArgument.
    http::Request request(const Call& call, const ResourceName& resource, const HttpOptions& options) const;
    /// Puts the key in its place. A credential that the caller gave as a header of the same name stays.
    void sign(http::Request& request) const;
    /// What must not be repeated of the requests to this service.
    const http::Redactor& secrets() const noexcept { return secrets_; }

private:
    std::string base_url_{};
    Text key_{};
    http::Redactor secrets_{};
    ApiKeyPlacement key_in_{ApiKeyPlacement::x_goog_api_key};
    bool own_server_{false};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>

#include <genai/core/merge_options.hpp>
#include <genai/os/environment.hpp>
#include <genai/core/backoff.hpp>
#include <genai/error.hpp>
#include <genai/http/url.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Merges `extra` into the JSON text of an object: objects member by member, anything else replaces.
GENAI_INLINE std::string merge_body(std::string_view object, const Json& extra) {
    auto body = decode<Dict<RawJson>>(object);
    for (const auto& [key, value] : extra.items()) {
        RawJson& place = body[key];
        if (place.text().starts_with('{') && value.is_object())
            place = RawJson::parse(merge_body(place.text(), value));
        else place = value;
    }
    return encode(body);
}

/// A call's body, what the options add to it merged in.
GENAI_INLINE http::Body request_body(const std::shared_ptr<wire::JsonText>& text,
                                     const HttpOptions& options) {
    if (!options.extra_body || options.extra_body->empty()) {
        if (text->plain()) return {text->view(), text};
        std::vector<http::Body::Segment> segments;
        text->for_each_stretch(
            [&](std::string_view written) { segments.push_back({.text = written, .size = written.size()}); },
            [&](const Bytes& bytes) {
                segments.push_back({.size = wire::base64_size(bytes.size()),
                                    .source = [bytes](std::uint64_t offset, std::span<char> out) {
                                        wire::base64_part(bytes, offset, out);
                                        return out.size();
                                    }});
            });
        return {std::move(segments), text};
    }
    try {
        return http::Body::text(merge_body(text->whole(), *options.extra_body));
    } catch (const InvalidArgument& problem) {
        throw InvalidArgument("http_options.extra_body" + problem.parameter(), problem.what());
    }
}

/// Where a call goes.
GENAI_INLINE std::string request_url(const Call& call, const ResourceName& resource,
                                     const HttpOptions& options) {
    const std::string& base = *options.base_url;
    if (call.leaves()) return http::join_query(call.upload_target, call.query);
    if (!call.upload_target.empty()) {  // the server may not know under which address it is reached, and the
                                        // key stays with ours
        const http::Url server = http::parse_url(base, "http_options.base_url");
        return http::join_query(
            (server.tls ? "https://" : "http://") + server.authority() + call.upload_target, call.query);
    }
    const std::string& version = *options.api_version;
    return http::join_url(base,
                          !call.upload      ? version
                          : version.empty() ? "upload"
                                            : "upload/" + version,
                          resource.full() + call.verb, call.query);
}

/// The version that an address ends with: `https://host/v1` is of version v1.
GENAI_INLINE std::optional<std::string> version_in(std::string_view base) {
    base = base.substr(0, base.find_first_of("?#"));
    while (base.ends_with('/')) base.remove_suffix(1);
    const std::string_view last = base.substr(base.rfind('/') + 1);
    std::size_t digits = 1;
    while (digits < last.size() && last[digits] >= '0' && last[digits] <= '9') ++digits;
    const std::string_view rest = last.substr((std::min)(digits, last.size()));
    const bool version = last.starts_with('v') && digits > 1 &&
                         (rest.empty() || rest.starts_with("alpha") || rest.starts_with("beta"));
    return version ? std::optional(std::string(last)) : std::nullopt;
}

GENAI_INLINE Backend::Backend(ClientOptions& options) : key_in_(options.api_key_in) {
    if (!options.api_key) options.api_key = environment("GOOGLE_API_KEY");
    if (!options.api_key) options.api_key = environment("GEMINI_API_KEY");
    if (options.api_key && options.api_key->starts_with("auth_tokens/"))
        throw InvalidArgument("api_key", "ephemeral tokens are for the Live API alone");
    if (options.api_key) http::check_header_value("api_key", *options.api_key);
    key_ = options.api_key;
    if (key_) secrets_.add(*key_);

    HttpOptions& http = options.http_options;
    if (!http.base_url) http.base_url = environment("GOOGLE_GEMINI_BASE_URL");
    own_server_ = http.base_url.has_value();
    if (!http.base_url) http.base_url = "https://generativelanguage.googleapis.com";
    if (!http.api_version) http.api_version = environment("GOOGLE_GENAI_API_VERSION");
    if (http.api_version == "beta") http.api_version = "v1beta";
    if (!http.api_version) http.api_version = version_in(*http.base_url).value_or("v1beta");
    base_url_ = *http.base_url;
    validate(http);
}

GENAI_INLINE void Backend::validate(const HttpOptions& options) const {
    check_options(options);
    if (key_ || key_in_ == ApiKeyPlacement::none || own_server_ || options.base_url != base_url_) return;
    const auto own = [](const auto& entry) {
        return http::same_name(entry.first, "authorization") ||
               http::same_name(entry.first, "x-goog-api-key");
    };
    if (std::none_of(options.headers.begin(), options.headers.end(), own))
        throw InvalidArgument("api_key",
                              "no API key is set: set ClientOptions::api_key or the environment variable "
                              "GEMINI_API_KEY (keys: https://aistudio.google.com/apikey)");
}

GENAI_INLINE http::Request Backend::request(const Call& call, const ResourceName& resource,
                                            const HttpOptions& options) const {
    static const std::string& agent = *new std::string(std::string("genai-cpp/") + version());
    http::Request request;
    request.method = call.method;
    request.url = request_url(call, resource, options);

    request.headers.add("User-Agent", agent);
    request.headers.add("x-goog-api-client", agent);
    for (const auto& [name, value] : call.headers) request.headers.set(name, value);
    if (call.body) request.headers.set("Content-Type", "application/json");
    const auto within = at_most_a_year;
    if (options.timeout)
        request.headers.set("X-Server-Timeout",
                            std::to_string((within(*options.timeout).count() + 999) / 1000));
    if (!call.leaves())
        for (const auto& [name, value] : options.headers) request.headers.set(name, value);

    if (call.body) request.body = request_body(call.body.text(resource.full()), options);
    else request.body = call.media;
    request.timeouts = {.connect = within(options.limits.connect.value_or(std::chrono::seconds(10))),
                        .first_byte = within(options.limits.first_byte.value_or(std::chrono::minutes(10))),
                        .idle = within(options.limits.idle.value_or(std::chrono::minutes(2)))};
    if (options.timeout) request.timeouts.total = within(*options.timeout);
    request.stop = options.stop_token;
    request.no_transparent_resend = call.no_transparent_resend;
    request.idempotent = call.idempotent || call.method == "GET";
    return request;
}

GENAI_INLINE void Backend::sign(http::Request& request) const {
    if (!key_) return;
    const auto header = [&](std::string_view name, std::string_view value) {
        if (request.headers.find(name) == nullptr) request.headers.add(name, value);
    };
    switch (key_in_) {
        case ApiKeyPlacement::x_goog_api_key: return header("x-goog-api-key", *key_);
        case ApiKeyPlacement::bearer: return header("Authorization", "Bearer " + *key_);
        case ApiKeyPlacement::x_api_key: return header("X-API-Key", *key_);
        case ApiKeyPlacement::api_key: return header("api-key", *key_);
        case ApiKeyPlacement::query: request.url = http::join_query(request.url, {{"key", *key_}}); return;
        case ApiKeyPlacement::none: return;
    }
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
