#pragma once

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/redaction.hpp>
#include <genai/http/url.hpp>
#include <genai/values/bytes.hpp>
#include <genai/wire/codec.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/utf8.hpp>

namespace genai::inline GENAI_ABI::testing {

/// One exchange of a recording: what went out, and what came back or why nothing did.
struct Exchange {
    /// A transport's failure.
    struct Failure {
        TransportError::Phase phase{};
        TransportError::Reason reason{};
        std::string message{};
    };

    std::string method{};
    std::string url{};
    http::Headers headers{};
    std::string body{};
    std::optional<std::uint64_t> omitted{};  ///< the body's length where it was too long to keep
    http::ResponseHead head{};
    std::string answer{};              ///< the answer's body
    std::optional<Failure> failure{};  ///< what the exchange ended with, after `answer`
};

/// Blots out what is secret in an exchange: credentials in headers and in the address, wherever else their
/// values stand, tokens, and JSON members that are called secrets.
void remove_secrets(Exchange& exchange);

/// An exchange as JSON that can be read and edited: bodies as JSON where they are that, else as lines, else
/// as base64.
nlohmann::ordered_json to_json(const Exchange& exchange);

/// The exchange that `to_json` wrote. Throws Error when it is none.
Exchange exchange_from_json(const nlohmann::ordered_json& json);

/// The exchanges of a file. Throws InvalidArgument when it cannot be read, Error when it is no recording.
std::vector<Exchange> read_cassette(const std::filesystem::path& file);

namespace cassette {

inline constexpr std::string_view blot = "[secret]";

/// All of a body, read from its source.
inline std::string whole(const http::Body& body) {
    std::string text;
    char buffer[4096];
    for (std::size_t count = 0; (count = body.read(text.size(), buffer)) != 0;) text.append(buffer, count);
    return text;
}

/// Blots out the values of members that are called secrets.
inline void blot_members(nlohmann::ordered_json& tree) {
    for (auto& [name, value] : tree.items()) {
        if (tree.is_object() && value.is_string() && http::Redactor::is_sensitive_member(name))
            value = std::string(blot);
        if (value.is_structured()) blot_members(value);
    }
}

/// Blots out the names of ephemeral tokens, which are the tokens.
inline std::string blot_tokens(std::string text) {
    constexpr std::string_view collection = "auth_tokens/";
    for (std::size_t at = text.find(collection); at != std::string::npos; at = text.find(collection, at)) {
        at += collection.size();
        std::size_t end = at;
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
                                     text[end] == '-' || text[end] == '_' || text[end] == '.'))
            ++end;
        text.replace(at, end - at, blot);
    }
    return text;
}

/// JSON without the values of members that are called secrets; as it was where there are none, or it is no
/// JSON.
inline std::string clean_json(const std::string& text) {
    auto tree = nlohmann::ordered_json::parse(text, nullptr, false);
    if (tree.is_discarded() || !tree.is_structured()) return text;
    const auto before = tree;
    blot_members(tree);
    return tree == before ? text : tree.dump();
}

/// A text without the secrets, its members looked at where it is JSON, or events of JSON.
inline std::string clean(std::string text, const http::Redactor& secrets) {
    text = blot_tokens(secrets.redact(std::move(text)));
    if (!text.starts_with("data:") && text.find("\ndata:") == std::string::npos) return clean_json(text);
    std::string lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = (std::min)(text.find('\n', begin), text.size());
        const std::string line = text.substr(begin, end - begin);
        const std::size_t data = line.starts_with("data: ") ? 6 : line.starts_with("data:") ? 5 : 0;
        const bool carriage = line.ends_with('\r');
        lines += data == 0 ? line
                           : line.substr(0, data) +
                                 clean_json(line.substr(data, line.size() - data - (carriage ? 1 : 0))) +
                                 (carriage ? "\r" : "");
        if (end < text.size()) lines += '\n';
        begin = end + 1;
    }
    return lines;
}

inline nlohmann::ordered_json lines(const http::Headers& headers) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& [name, value] : headers) list.push_back(name + ": " + value);
    return list;
}

inline http::Headers headers(const nlohmann::ordered_json& list) {
    http::Headers headers;
    for (const auto& entry : list) {
        const auto& line = entry.get_ref<const std::string&>();
        const auto colon = line.find(": ");
        headers.add(line.substr(0, colon), colon == std::string::npos ? "" : line.substr(colon + 2));
    }
    return headers;
}

/// Puts a body into an object, under the form that says most and loses nothing.
inline void put_body(nlohmann::ordered_json& into, const std::string& body) {
    if (body.empty()) return;
    if (auto tree = nlohmann::ordered_json::parse(body, nullptr, false);
        !tree.is_discarded() && tree.dump() == body) {
        into["json"] = std::move(tree);
    } else if (wire::is_utf8(body)) {
        auto list = nlohmann::ordered_json::array();
        for (std::size_t begin = 0;;) {
            const auto end = body.find('\n', begin);
            list.push_back(body.substr(begin, end == std::string::npos ? end : end - begin));
            if (end == std::string::npos) break;
            begin = end + 1;
        }
        into["text"] = std::move(list);
    } else {
        into["base64"] = encode(Bytes(body)).substr(1);
        auto& text = into["base64"].get_ref<std::string&>();
        text.pop_back();  // without its quotes
    }
}

inline std::string body(const nlohmann::ordered_json& from) {
    if (const auto at = from.find("json"); at != from.end()) return at->dump();
    if (const auto at = from.find("base64"); at != from.end())
        return std::string(decode<Bytes>('"' + at->get<std::string>() + '"').view());
    std::string joined;
    if (const auto at = from.find("text"); at != from.end())
        for (std::size_t i = 0; i < at->size(); ++i)
            joined += (i == 0 ? "" : "\n") + (*at)[i].get<std::string>();
    return joined;
}

}  // namespace cassette

inline void remove_secrets(Exchange& exchange) {
    http::Redactor secrets;
    secrets.add_headers(exchange.headers);
    const http::Query query =
        http::parse_query(exchange.url.find('?') == std::string::npos
                              ? std::string_view()
                              : std::string_view(exchange.url).substr(exchange.url.find('?') + 1));
    for (const auto& [name, value] : query)
        if (http::Redactor::is_sensitive(name)) secrets.add(value);
    const auto clean_headers = [&secrets](const http::Headers& from) {
        http::Headers clean;
        for (const auto& [name, value] : from) {
            const bool address =
                http::same_name(name, "x-goog-upload-url") || http::same_name(name, "location");
            clean.add(name, http::Redactor::is_sensitive(name)
                                ? std::string(cassette::blot)
                                : secrets.redact(address ? http::public_url(value) : value));
        }
        return clean;
    };
    exchange.headers = clean_headers(exchange.headers);
    exchange.head.headers = clean_headers(exchange.head.headers);
    exchange.url = cassette::blot_tokens(secrets.redact(http::public_url(exchange.url)));
    exchange.body = cassette::clean(std::move(exchange.body), secrets);
    exchange.answer = cassette::clean(std::move(exchange.answer), secrets);
    if (exchange.failure) exchange.failure->message = secrets.redact(std::move(exchange.failure->message));
}

inline nlohmann::ordered_json to_json(const Exchange& exchange) {
    nlohmann::ordered_json json;
    auto& request = json["request"];
    request["method"] = exchange.method;
    request["url"] = exchange.url;
    request["headers"] = cassette::lines(exchange.headers);
    if (exchange.omitted) request["omitted"] = *exchange.omitted;
    else cassette::put_body(request, exchange.body);
    if (exchange.head.status != 0) {
        auto& response = json["response"];
        response["status"] = exchange.head.status;
        response["headers"] = cassette::lines(exchange.head.headers);
        cassette::put_body(response, exchange.answer);
    }
    if (exchange.failure)
        json["failure"] = {{"phase", to_string(exchange.failure->phase)},
                           {"reason", to_string(exchange.failure->reason)},
                           {"message", exchange.failure->message}};
    return json;
}

inline Exchange exchange_from_json(const nlohmann::ordered_json& json) {
    try {
        const auto& request = json.at("request");
        Exchange exchange{.method = request.at("method").get<std::string>(),
                          .url = request.at("url").get<std::string>(),
                          .headers = cassette::headers(request.at("headers")),
                          .body = cassette::body(request)};
        if (const auto at = request.find("omitted"); at != request.end())
            exchange.omitted = at->get<std::uint64_t>();
        if (const auto at = json.find("response"); at != json.end()) {
            exchange.head = {.status = at->at("status").get<int>(),
                             .headers = cassette::headers(at->at("headers"))};
            exchange.answer = cassette::body(*at);
        }
        if (const auto at = json.find("failure"); at != json.end()) {
            Exchange::Failure failure{.reason = TransportError::Reason::other,
                                      .message = at->at("message").get<std::string>()};
            for (const auto phase :
                 {TransportError::Phase::resolve, TransportError::Phase::connect, TransportError::Phase::tls,
                  TransportError::Phase::send, TransportError::Phase::wait, TransportError::Phase::body})
                if (to_string(phase) == at->at("phase").get<std::string>()) failure.phase = phase;
            for (const auto reason :
                 {TransportError::Reason::timeout, TransportError::Reason::refused,
                  TransportError::Reason::reset, TransportError::Reason::closed,
                  TransportError::Reason::unknown_host, TransportError::Reason::certificate,
                  TransportError::Reason::proxy, TransportError::Reason::protocol})
                if (to_string(reason) == at->at("reason").get<std::string>()) failure.reason = reason;
            exchange.failure = std::move(failure);
        }
        return exchange;
    } catch (const nlohmann::json::exception& problem) {
        throw Error(std::string("this is no exchange of a recording: ") + problem.what());
    }
}

inline std::vector<Exchange> read_cassette(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw InvalidArgument("file", "cannot be opened");
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const auto list = nlohmann::ordered_json::parse(text, nullptr, false);
    if (!list.is_array()) throw Error("the file is no recording: it is no JSON list");
    std::vector<Exchange> exchanges;
    for (const auto& one : list) exchanges.push_back(exchange_from_json(one));
    return exchanges;
}

}  // namespace genai::inline GENAI_ABI::testing
