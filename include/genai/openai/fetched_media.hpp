#pragma once

#include <cstddef>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/transport.hpp>
#include <genai/types/content.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Puts the bytes of media at `http` and `https` addresses into its parts, but for what the service has or
/// reads itself. Throws InvalidArgument for an address that cannot be fetched, or is more than `most` bytes;
/// TransportError where it may be fetched later. No message has an address's query.
void fetch_media(std::vector<Content>& contents, AnyTransport& through, std::size_t most,
                 const HttpOptions& options);

/// A transport that reaches public addresses alone.
AnyTransport public_transport();

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_OPENAI_BODIES

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/redaction.hpp>
#include <genai/http/transport.hpp>
#include <genai/http/url.hpp>
#include <genai/openai/gemini/media_part.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Keeps what is fetched, up to a size.
class FetchSink final : public http::Sink {
public:
    explicit FetchSink(std::size_t most) : most_(most) {}

    GENAI_INLINE http::Flow head(const http::ResponseHead& head) override;
    GENAI_INLINE http::Flow data(std::string_view piece) override;

    const http::ResponseHead& response() const noexcept { return head_; }
    std::string take() && { return std::move(body_); }
    bool is_too_large() const noexcept { return too_large_; }

private:
    std::size_t most_;
    http::ResponseHead head_{};
    std::string body_{};
    bool too_large_{false};
};

GENAI_INLINE http::Flow FetchSink::head(const http::ResponseHead& head) {
    head_ = head;
    body_.clear();
    return http::Flow::more;
}

GENAI_INLINE http::Flow FetchSink::data(std::string_view piece) {
    too_large_ = piece.size() > most_ - body_.size();
    if (too_large_) return http::Flow::stop;
    body_ += piece;
    return http::Flow::more;
}

/// Where a redirect leads; empty for what is none.
GENAI_INLINE std::string redirected(const http::ResponseHead& head, const std::string& from) {
    if (head.status < 300 || head.status > 399) return {};
    const std::string* const location = head.headers.find("location");
    if (location == nullptr) return {};
    if (location->starts_with("https://") || location->starts_with("http://")) return *location;
    const std::size_t path = from.find('/', from.find("://") + 3);
    if (location->starts_with("//")) return from.substr(0, from.find("://") + 1) + *location;
    return location->starts_with('/') ? from.substr(0, path) + *location : std::string();
}

[[noreturn]] GENAI_INLINE void refuse_address(const std::string& url, const std::string& problem) {
    throw InvalidArgument("messages", http::public_url(url) + ' ' + problem);
}

/// The media type of what was fetched: what was known before, else what the server says.
GENAI_INLINE std::string fetched_type(const FileData& file, const http::ResponseHead& head) {
    if (file.mime_type) return *file.mime_type;
    const std::string* const given = head.headers.find("content-type");
    const std::string type = given == nullptr ? "" : lower(given->substr(0, given->find(';')));
    if (type.find('/') == std::string::npos || type == "application/octet-stream")
        refuse_address(*file.file_uri, "has no media type: set its format");
    return type;
}

/// Whether what failed may succeed later.
GENAI_INLINE bool is_passing(const TransportError& problem) {
    using Reason = TransportError::Reason;
    const Reason reason = problem.reason();
    return reason == Reason::timeout || reason == Reason::reset || reason == Reason::closed ||
           reason == Reason::resources;
}

GENAI_INLINE void check_status(int status, const std::string& url) {
    if (status >= 200 && status <= 299) return;
    const std::string problem = "cannot be fetched: HTTP " + std::to_string(status);
    if (status != 408 && status != 429 && status < 500) refuse_address(url, problem);
    throw TransportError(TransportError::Phase::wait, TransportError::Reason::other,
                         http::public_url(url) + ' ' + problem);
}

GENAI_INLINE Blob fetched(const FileData& file, AnyTransport& through, std::size_t most,
                          const HttpOptions& options) {
    constexpr int most_redirects = 3;
    std::string url = *file.file_uri;
    try {
        for (int i = 0; i <= most_redirects; ++i) {
            FetchSink sink(most);
            http::Request request{.method = "GET", .url = url};
            request.timeouts = {.total = options.timeout,
                                .connect = options.limits.connect.value_or(std::chrono::seconds(10)),
                                .first_byte = options.limits.first_byte.value_or(std::chrono::minutes(1)),
                                .idle = options.limits.idle.value_or(std::chrono::minutes(1))};
            request.stop = options.stop_token;
            through.send(request, sink);
            if (sink.is_too_large())
                refuse_address(*file.file_uri, "is more than " + std::to_string(most) + " bytes");
            if (const std::string next = redirected(sink.response(), url); !next.empty()) {
                url = next;
                continue;
            }
            check_status(sink.response().status, *file.file_uri);
            std::string type = fetched_type(file, sink.response());
            return {.data = Bytes(std::move(sink).take()), .mime_type = std::move(type)};
        }
    } catch (const TransportError& problem) {
        if (is_passing(problem) || problem.phase() == TransportError::Phase::wait) throw;
        refuse_address(*file.file_uri, std::string("cannot be fetched: ") + problem.what());
    }
    refuse_address(*file.file_uri, "is redirected too often");
}

GENAI_INLINE void fetch_media(std::vector<Content>& contents, AnyTransport& through, std::size_t most,
                              const HttpOptions& options) {
    const auto is_elsewhere = [](const Text& url) {
        return url && url->starts_with("http") && !is_service_address(*url);
    };
    for (Content& content : contents)
        for (Part& part : content.parts) {
            if (part.file_data && is_elsewhere(part.file_data->file_uri)) {
                part.inline_data = fetched(*part.file_data, through, most, options);
                part.file_data.reset();
            }
            if (!part.function_response) continue;
            for (FunctionResponsePart& given : part.function_response->parts) {
                if (!given.file_data || !is_elsewhere(given.file_data->file_uri)) continue;
                Blob blob =
                    fetched({.file_uri = given.file_data->file_uri, .mime_type = given.file_data->mime_type},
                            through, most, options);
                given.inline_data = FunctionResponseBlob{.data = std::move(blob.data),
                                                         .mime_type = std::move(blob.mime_type)};
                given.file_data.reset();
            }
        }
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif

#if GENAI_OPENAI_BODIES

#include <genai/transport/http.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE AnyTransport public_transport() {
    return AnyTransport(HttpTransport({.public_addresses_only = true}));
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
