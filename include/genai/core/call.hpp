#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/http/message.hpp>
#include <genai/http/url.hpp>
#include <genai/http_options.hpp>
#include <genai/wire/json_text.hpp>
#include <genai/wire/writer.hpp>

namespace genai::inline GENAI_ABI {
class CallHooks;
}

namespace genai::inline GENAI_ABI::detail {

/// The JSON body of a call: a text, or one that is written for each model it goes to, because it names it.
class JsonBody {
public:
    /// Writes the body for a model's full name.
    using Write = std::function<std::shared_ptr<wire::JsonText>(const std::string& model)>;

    /// No body.
    JsonBody() = default;
    JsonBody(std::shared_ptr<wire::JsonText> text) : text_(std::move(text)) {}
    JsonBody(Write write) : write_(std::make_shared<const Write>(std::move(write))) {}

    explicit operator bool() const noexcept { return text_ != nullptr || write_ != nullptr; }
    /// The text for a model.
    std::shared_ptr<wire::JsonText> text(const std::string& model) const {
        return write_ ? (*write_)(model) : text_;
    }

private:
    std::shared_ptr<wire::JsonText> text_{};
    std::shared_ptr<const Write> write_{};  // may hold all the contents: copies share them
};

/// A body that is the value as it stands.
template <class T>
std::shared_ptr<wire::JsonText> json_body(const T& value) {
    auto body = std::make_shared<wire::JsonText>();
    wire::Writer(*body).value(value);
    return body;
}

/// A JSON object whose members `write(writer)` writes.
template <class WriteMembers>
std::shared_ptr<wire::JsonText> json_object(WriteMembers&& write) {
    auto body = std::make_shared<wire::JsonText>();
    wire::Writer writer(*body);
    writer.begin_object();
    write(writer);
    writer.end_object();
    return body;
}

/// What a sub-API asks of its Caller: no host, no key, no path of a model in it.
struct Call {
    std::string_view operation{};  ///< the method called, such as `models.generate_content`; a literal
    std::string method{"POST"};    ///< of HTTP
    ResourceName resource{};       ///< what the call is about
    std::string verb{};            ///< behind the resource: `:generateContent`, `/cancel`, or nothing
    http::Query query{};
    JsonBody body{};
    HttpOptions options{};    ///< of this call
    bool idempotent{false};   ///< whether doing it twice has the effect of doing it once, as for every GET
    http::Headers headers{};  ///< of this kind of call; the caller's own win
    http::Body media{};       ///< bytes, where there is no JSON body
    bool upload{false};       ///< whether it goes to the upload service, in front of the version
    std::string upload_target{};  ///< instead of the resource, encoded: path and query, or another host's URL
    bool no_transparent_resend{false};  ///< see http::Request
    CallHooks* hooks{};  ///< told of the attempts beside the client's; must outlive the exchange

    /// Whether it goes to another host than the client's, where neither the key nor the caller's headers do.
    bool leaves() const noexcept { return !upload_target.empty() && upload_target.front() != '/'; }
};

}  // namespace genai::inline GENAI_ABI::detail
