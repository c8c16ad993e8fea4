#pragma once

#include <functional>
#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/http_options.hpp>
#include <genai/stream.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI::detail {

struct Call;

/// The call for an HTTP method, a path behind the API version with or without a query, and a body; null for
/// none.
GENAI_LAZY Call raw_call(std::string_view verb, std::string_view path, const Json& body,
                         const CallConfig& config);

/// The same for a stream of events.
GENAI_LAZY Call raw_stream_call(std::string_view verb, std::string_view path, const Json& body,
                                const CallConfig& config);

/// The response's JSON, null for an empty one.
GENAI_LAZY Json raw_request(Caller& caller, Call call);

/// The JSON of the response's events.
GENAI_LAZY Stream<Json> raw_stream(const CallerRef& caller, Call call);

/// The same, pushed.
GENAI_LAZY void raw_push(Caller& caller, Call call, const std::function<bool(const Json&)>& on_event);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <genai/core/call.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/event_stream.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/error.hpp>
#include <genai/generation/content_filter.hpp>
#include <genai/types/generate_content_response.hpp>
#include <genai/types/usage.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_LAZY_BODY GENAI_INLINE Call raw_call(std::string_view verb, std::string_view path, const Json& body,
                                           const CallConfig& config) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (verb.empty() || verb.find_first_not_of(letters) != std::string_view::npos)
        throw InvalidArgument("verb", "must be an HTTP method in capitals");
    Call call{.operation = "request", .method = std::string(verb), .options = config.http_options};
    if (const auto mark = path.find('?'); mark != std::string_view::npos) {
        call.query = http::parse_query(path.substr(mark + 1));
        path = path.substr(0, mark);
    }
    while (path.starts_with('/')) path.remove_prefix(1);
    // a model's method goes to whatever deployment has the model, and is told apart in hooks
    const auto colon = path.rfind(':');
    const bool method = verb == "POST" && colon != std::string_view::npos && colon + 1 != path.size() &&
                        path.find('/', colon) == std::string_view::npos &&
                        (path.starts_with("models/") || path.starts_with("tunedModels/"));
    call.resource = ResourceName::any(method ? path.substr(0, colon) : path, "path");
    if (method) {
        static_cast<void>(ResourceName::any(path.substr(colon + 1), "path"));
        call.verb = path.substr(colon);
    }
    if (!body.is_null()) call.body = json_body(body);
    return call;
}

GENAI_LAZY_BODY GENAI_INLINE Call raw_stream_call(std::string_view verb, std::string_view path,
                                                  const Json& body, const CallConfig& config) {
    Call call = raw_call(verb, path, body, config);
    bool said = false;
    for (const auto& entry : call.query) said = said || entry.first == "alt" || entry.first == "stream";
    if (!said && (!call.verb.empty() || call.resource.full().find(':') != std::string::npos))
        call.query.emplace_back("alt", "sse");
    call.operation = "request_stream";
    call.headers.set("Accept", "text/event-stream");
    return call;
}

/// Gathers a response's JSON, null for an empty one.
class JsonSink final : public TextSink {
public:
    std::shared_ptr<const GenerateContentResponseUsageMetadata> usage() const override {
        return usage_in<GenerateContentResponseUsageMetadata>(value_);
    }
    bool filtered() const override {
        if (!value_.is_object() || !(value_.contains("promptFeedback") || value_.contains("candidates")))
            return false;
        try {
            return stopped_by_filter(decode<GenerateContentResponse>(text()));
        } catch (const DecodeError&) {
            return false;
        }
    }
    Json take() { return std::move(value_); }

private:
    void read() override { value_ = is_blank(text()) ? Json() : decode<Json>(text()); }
    void restart() override { value_ = {}; }

    Json value_{};
};

GENAI_LAZY_BODY GENAI_INLINE Json raw_request(Caller& caller, Call call) {
    JsonSink sink;
    caller.run(std::move(call), sink);
    return sink.take();
}

GENAI_LAZY_BODY GENAI_INLINE Stream<Json> raw_stream(const CallerRef& caller, Call call) {
    return event_stream<Json>(caller.share(), std::move(call));
}

GENAI_LAZY_BODY GENAI_INLINE void raw_push(Caller& caller, Call call,
                                           const std::function<bool(const Json&)>& on_event) {
    ItemSink<Json> sink([&on_event](const Json& event, std::size_t) { return on_event(event); }, {});
    caller.run(std::move(call), sink);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
