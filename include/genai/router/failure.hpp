#pragma once

#include <exception>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/router/options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What kind of failure an error is.
FailureKind failure_kind(const Error& problem);

/// Whether another deployment may do better: what is wrong is not the request itself.
constexpr bool is_deployments(FailureKind kind) noexcept {
    return kind != FailureKind::bad_request && kind != FailureKind::context_window &&
           kind != FailureKind::content_policy && kind != FailureKind::other;
}

/// Whether a failure counts against the health of the deployment. A 403 does not: the file or the cache that
/// a request names may be another's.
constexpr bool is_unhealthy(FailureKind kind) noexcept {
    return is_deployments(kind) && kind != FailureKind::permission_denied && kind != FailureKind::unavailable;
}

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include <genai/api_error.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether a sentence holds one of some words, in small letters.
GENAI_INLINE bool says(std::string_view sentence, std::initializer_list<std::string_view> words) {
    std::string lower(sentence);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

/// A refusal with a status that says that the request is at fault, by its sentence: servers have no code for
/// these.
GENAI_INLINE FailureKind request_failure(std::string_view message) {
    if (says(message, {"exceeds the maximum number of tokens", "context window", "context_length",
                       "maximum context length", "prompt is too long", "input is too long",
                       "input token count", "too many tokens", "context length"}))
        return FailureKind::context_window;
    if (says(message, {"content policy", "content_policy", "content management policy", "safety system",
                       "prohibited_content", "blocked by safety", "responsible ai"}))
        return FailureKind::content_policy;
    return FailureKind::bad_request;
}

GENAI_INLINE FailureKind refusal_kind(const ApiError& refused) {
    if (refused.kind() == ErrorKind::authentication) return FailureKind::authentication;
    const int status = refused.http_status() >= 400 ? refused.http_status() : refused.code();
    switch (status) {
        case 401: return FailureKind::authentication;
        case 403: return FailureKind::permission_denied;
        case 404: return FailureKind::not_found;
        case 408:
        case 504: return FailureKind::timeout;
        case 409: return FailureKind::server_error;
        case 429: return FailureKind::rate_limit;
        default: break;
    }
    const bool servers = status < 400 || status >= 500;  // a redirect is not followed
    return servers ? FailureKind::server_error : request_failure(refused.message());
}

GENAI_INLINE FailureKind failure_kind(const Error& problem) {
    if (const auto* refused = as_api_error(problem)) return refusal_kind(*refused);
    switch (problem.kind()) {
        case ErrorKind::timeout:
            return static_cast<const TransportError&>(problem).phase() <= TransportError::Phase::tls
                       ? FailureKind::connection
                       : FailureKind::timeout;
        case ErrorKind::transport: return FailureKind::connection;
        case ErrorKind::decode:
        case ErrorKind::stream_interrupted: return FailureKind::server_error;
        case ErrorKind::no_deployment:
        case ErrorKind::limit_exceeded: return FailureKind::unavailable;  // of the deployment's own client
        case ErrorKind::invalid_argument: return FailureKind::bad_request;
        default: return FailureKind::other;
    }
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
