#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/ambient_stop.hpp>
#include <genai/http_options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The call's options over the client's: member by member, `headers`, `tags`, `extra_body` and `retry` entry
/// by entry.
HttpOptions merge(const HttpOptions& client, const HttpOptions& call);

/// Puts tags and end user where the options want them: into headers, or what is merged into the body. Throws
/// InvalidArgument for what a header cannot hold.
void place_tracking(HttpOptions& options);

/// Refuses options that cannot be meant: InvalidArgument. `base_url` and `api_version` must be set.
void check_options(const HttpOptions& options);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <utility>

#include <genai/error.hpp>
#include <genai/http/header_rules.hpp>
#include <genai/http/message.hpp>
#include <genai/http/url.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE HttpOptions merge(const HttpOptions& client, const HttpOptions& call) {
    HttpOptions merged = client;
    const auto over = [](auto& below, const auto& above) {
        if (above.has_value()) below = above;
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
    over(merged.limits.connect, call.limits.connect);
    over(merged.limits.first_byte, call.limits.first_byte);
    over(merged.limits.idle, call.limits.idle);
    over(merged.limits.max_response_bytes, call.limits.max_response_bytes);
    over(merged.limits.max_event_bytes, call.limits.max_event_bytes);
    over(merged.require_finish_reason, call.require_finish_reason);
    over(merged.retry.attempts, call.retry.attempts);
    over(merged.retry.initial_delay, call.retry.initial_delay);
    over(merged.retry.max_delay, call.retry.max_delay);
    over(merged.retry.exp_base, call.retry.exp_base);
    over(merged.retry.jitter, call.retry.jitter);
    over(merged.retry.http_status_codes, call.retry.http_status_codes);
    if (call.extra_body && merged.extra_body && merged.extra_body->is_object() &&
        call.extra_body->is_object())
        merged.extra_body->update(*call.extra_body);
    else over(merged.extra_body, call.extra_body);
    for (const auto& [name, value] : call.tags) merged.tags.set(name, value);
    over(merged.upload_hosts, call.upload_hosts);
    over(merged.end_user, call.end_user);
    over(merged.tracking, call.tracking);
    if (call.stop_token.stop_possible()) merged.stop_token = call.stop_token;
    merged.stop_token = effective_stop_token(merged.stop_token);
    return merged;
}

GENAI_INLINE void place_tracking(HttpOptions& options) {
    if (!options.tracking || (options.tags.empty() && !options.end_user)) return;
    std::vector<std::string> tags;
    for (const auto& [name, value] : options.tags) tags.push_back(value.empty() ? name : name + ':' + value);
    if (options.tracking == TrackingPlacement::litellm_body) {
        Json body = Json::object();
        if (options.extra_body) body = *options.extra_body;
        if (!tags.empty() && !body.contains("tags")) body["tags"] = tags;
        if (options.end_user && !body.contains("user")) body["user"] = *options.end_user;
        options.extra_body = std::move(body);
    } else if (options.tracking == TrackingPlacement::litellm_headers) {
        std::string list;
        for (const std::string& tag : tags) {
            if (tag.find(',') != std::string::npos)
                throw InvalidArgument("http_options.tags", "must not hold a comma where a header lists them");
            list += (list.empty() ? "" : ",") + tag;
        }
        const auto set = [&options](const char* name, const std::string& value) {
            if (value.empty() || options.headers.contains(name)) return;
            http::check_header_field("http_options.tracking", name, value);
            options.headers.set(name, value);
        };
        set("x-litellm-tags", list);
        set("x-litellm-end-user-id", options.end_user.value_or(""));
    } else {
        throw InvalidArgument("http_options.tracking", "is neither LITELLM_HEADERS nor LITELLM_BODY");
    }
}

GENAI_INLINE void check_options(const HttpOptions& options) {
    static_cast<void>(http::parse_url(*options.base_url, "http_options.base_url"));
    http::check_header_value("http_options.api_version", *options.api_version);
    if (options.api_version->find("..") != std::string::npos)
        throw InvalidArgument("http_options.api_version", "must not hold '..'");
    for (const auto& [name, value] : options.headers)
        http::check_header_field("http_options.headers", name, value);
    if (options.extra_body && !options.extra_body->is_object())
        throw InvalidArgument("http_options.extra_body", "must be a JSON object");
    const auto positive = [](const char* name, const auto& limit) {
        if (limit && limit->count() <= 0)
            throw InvalidArgument(std::string("http_options.") + name, "must be positive");
    };
    positive("timeout", options.timeout);
    positive("limits.connect", options.limits.connect);
    positive("limits.first_byte", options.limits.first_byte);
    positive("limits.idle", options.limits.idle);
    if (options.retry.attempts && *options.retry.attempts < 1)
        throw InvalidArgument("http_options.retry.attempts", "must be at least 1");
    for (const auto& [name, span] : {std::pair("initial_delay", options.retry.initial_delay),
                                     std::pair("max_delay", options.retry.max_delay)})
        if (span && span->count() < 0)
            throw InvalidArgument(std::string("http_options.retry.") + name, "must not be negative");
    if (options.retry.exp_base && !(*options.retry.exp_base >= 1))
        throw InvalidArgument("http_options.retry.exp_base", "must be at least 1");
    if (options.retry.jitter && !(*options.retry.jitter >= 0 && *options.retry.jitter <= 1))
        throw InvalidArgument("http_options.retry.jitter", "must be from 0 to 1");
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
