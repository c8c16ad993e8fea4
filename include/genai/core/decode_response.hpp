#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>
#include <genai/core/error_response.hpp>
#include <genai/core/response_sink.hpp>
#include <genai/fwd.hpp>
#include <genai/http/message.hpp>
#include <genai/types/http_response.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A response's headers as the official SDKs give them.
HttpResponse http_response(const http::ResponseHead& head);

/// Reads a response's text into a fresh struct.
template <class R>
void read_response(R& response, std::string_view text, const http::ResponseHead& head) {
    wire::read_document(text, wire::type_of<R>, &response);
    if constexpr (requires { response.sdk_http_response; }) response.sdk_http_response = http_response(head);
}

/// A response's text as a struct.
template <class R>
R decode_response(std::string_view text, const http::ResponseHead& head) {
    R response{};
    read_response(response, text, head);
    return response;
}

/// The error for a response that is decoded when its call is over: a request was made for it.
DecodeError misread(DecodeError problem);

/// The text of an upload's last response as an `R`. Throws DecodeError.
template <class R>
R decode_uploaded(std::string_view text) {
    try {
        return decode<R>(text);
    } catch (const DecodeError& problem) {
        throw misread(problem);
    }
}

/// An embedding's usage as a generation's, of which it has the prompt.
template <class Usage, class Embedded>
std::shared_ptr<const Usage> as_prompt_usage(const Embedded& embedded) {
    auto usage = std::make_shared<Usage>();
    usage->prompt_token_count = embedded.prompt_token_count;
    usage->prompt_tokens_details = embedded.prompt_tokens_details;
    usage->total_token_count = embedded.prompt_token_count;
    return usage;
}

/// The tokens a response says it cost; null where its kind says nothing.
template <class R>
std::shared_ptr<const GenerateContentResponseUsageMetadata> usage_of(const R& response) {
    if constexpr (requires {
                      {
                          *response.usage_metadata
                          } -> std::convertible_to<const GenerateContentResponseUsageMetadata&>;
                  }) {
        if (response.usage_metadata)
            return std::make_shared<const GenerateContentResponseUsageMetadata>(*response.usage_metadata);
    } else if constexpr (requires { response.usage_metadata->prompt_token_count; }) {
        if (response.usage_metadata)
            return as_prompt_usage<GenerateContentResponseUsageMetadata>(*response.usage_metadata);
    }
    return nullptr;
}

/// The tokens that a response's JSON says it cost; null where it does not.
template <class Usage>
std::shared_ptr<const Usage> usage_in(const Json& response) {
    if (!response.is_object()) return nullptr;
    const auto said = response.find("usageMetadata");
    if (said == response.end() || !said->is_object()) return nullptr;
    try {
        return std::make_shared<const Usage>(decode<Usage>(said->dump()));
    } catch (const DecodeError&) {
        return nullptr;  // another kind of usage
    }
}

/// Decodes a response as an `R`; one that only confirms may be empty.
template <class R>
class ValueSink : public TextSink {
public:
    explicit ValueSink(bool may_be_empty) : may_be_empty_(may_be_empty) {}

    std::shared_ptr<const GenerateContentResponseUsageMetadata> usage() const override {
        return value_ ? usage_of(*value_) : nullptr;
    }

    R take() { return std::move(*value_); }

protected:
    void read() override {
        read_response(value_.emplace(), may_be_empty_ && is_blank(text()) ? std::string_view("{}") : text(),
                      response_head());
    }
    /// An error is among the members that the kind does not know, or is one that it has.
    bool may_be_error() const override {
        if constexpr (requires { value_->error; }) {
            return true;
        } else if constexpr (requires { value_->extra.raw(); }) {
            return value_->extra.raw() != nullptr &&
                   value_->extra.raw()->find("\"error\"") != std::string::npos;
        } else {
            return true;
        }
    }
    void restart() override { value_.reset(); }

    std::optional<R> value_{};

private:
    bool may_be_empty_;
};

/// A function that reads a response. A pointer, not a closure: each response is compiled once for each type.
template <class R>
using ReadResponse = R (*)(std::string_view text, const http::ResponseHead& head);

/// Decodes a response by a function.
template <class R>
class ReadSink final : public TextSink {
public:
    explicit ReadSink(ReadResponse<R> function) : read_(function) {}

    R take() { return std::move(*value_); }

private:
    void read() override { value_ = read_(text(), response_head()); }

    ReadResponse<R> read_;
    std::optional<R> value_{};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE DecodeError misread(DecodeError problem) {
    AttemptErrors::set(problem, {"a response that cannot be decoded"});
    return problem;
}

GENAI_INLINE HttpResponse http_response(const http::ResponseHead& head) {
    HttpResponse response;
    for (const auto& [name, value] : head.headers) {
        std::string lower = name;
        for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        response.headers.set(lower, value);
    }
    return response;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
