#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>

namespace genai::inline GENAI_ABI::http {

/// The parts of an absolute http or https address (RFC 3986).
struct Url {
    bool tls{};
    std::string host{};    ///< without the brackets of an IPv6 address
    std::uint16_t port{};  ///< the scheme's own when not written
    std::string target{};  ///< path and query, "/" at least

    /// `host` or `host:port`, as the Host header has it.
    std::string authority() const {
        const std::string name = host.find(':') == std::string::npos ? host : '[' + host + ']';
        return port == (tls ? 443 : 80) ? name : name + ':' + std::to_string(port);
    }
};

/// Takes an address apart. Throws InvalidArgument that names `parameter`; its text never holds the address's
/// user part or query.
inline Url parse_url(std::string_view text, const std::string& parameter = "base_url") {
    Url url;
    const auto scheme_end = text.find("://");
    const std::string_view scheme = text.substr(0, scheme_end == std::string_view::npos ? 0 : scheme_end);
    if (!same_name(scheme, "http") && !same_name(scheme, "https"))
        throw InvalidArgument(parameter, "must begin with http:// or https://");
    url.tls = same_name(scheme, "https");
    text.remove_prefix(scheme_end + 3);

    const auto authority_end = text.find_first_of("/?#");
    std::string_view authority = text.substr(0, authority_end);
    std::string_view target =
        authority_end == std::string_view::npos ? std::string_view() : text.substr(authority_end);
    target = target.substr(0, target.find('#'));
    if (authority.find('@') != std::string_view::npos)
        throw InvalidArgument(
            parameter,
            "must not hold a user name or password: give an Authorization header in http_options.headers");

    std::string_view port;
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == std::string_view::npos)
            throw InvalidArgument(parameter, "has an IPv6 address without its closing bracket");
        url.host = authority.substr(1, close - 1);
        authority.remove_prefix(close + 1);
        if (authority.starts_with(':')) port = authority.substr(1);
        else if (!authority.empty()) throw InvalidArgument(parameter, "has a malformed host");
    } else {
        const auto colon = authority.find(':');
        url.host = authority.substr(0, colon);
        if (colon != std::string_view::npos) port = authority.substr(colon + 1);
    }
    if (url.host.empty()) throw InvalidArgument(parameter, "has no host");
    for (const char c : url.host)
        if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F || c == '\\' || c == '%')
            throw InvalidArgument(parameter, "has a malformed host");

    for (const char c : target)
        if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F)
            throw InvalidArgument(parameter, "holds a blank or a control character");

    url.port = url.tls ? 443 : 80;
    if (!port.empty()) {
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
        if (error != std::errc() || end != port.data() + port.size() || url.port == 0)
            throw InvalidArgument(parameter, "has a malformed port");
    }
    url.target = target.empty() || target.front() != '/' ? '/' + std::string(target) : std::string(target);
    return url;
}

/// Every byte that is not among `kept` as %XX (RFC 3986 §2.1).
inline std::string percent_encode(std::string_view text, std::string_view kept) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (kept.find(c) != std::string_view::npos) out += c;
        else out += {'%', hex[byte >> 4U], hex[byte & 15U]};
    }
    return out;
}

/// %XX as the byte it stands for, and + as a blank where that is asked for; what is no such triple stays.
inline std::string percent_decode(std::string_view text, bool plus_is_blank = false) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        const char* const digits = text.data() + i + 1;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            out += static_cast<char>(static_cast<unsigned char>(byte));
            i += 2;
        } else {
            out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

/// What RFC 3986 §2.3 lets stand anywhere.
inline constexpr std::string_view unreserved =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

/// Percent-encodes what a path cannot hold (RFC 3986 §3.3); `:` and `/` stay, as resource names have them.
inline std::string encode_path(std::string_view path) {
    return percent_encode(path, std::string(unreserved) + "!$&'()*+,;=:@/");
}

/// Percent-encodes a query's name or value (RFC 3986 §3.4).
inline std::string encode_query(std::string_view text) { return percent_encode(text, unreserved); }

/// Names and values of a query, in order.
using Query = std::vector<std::pair<std::string, std::string>>;

/// The names and values of a query's text, decoded, `+` as a blank.
inline Query parse_query(std::string_view text) {
    Query query;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix((std::min)(text.size(), pair.size() + 1));
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        query.emplace_back(
            percent_decode(pair.substr(0, equals), true),
            equals == std::string_view::npos ? "" : percent_decode(pair.substr(equals + 1), true));
    }
    return query;
}

/// An address with these names and values added to its query.
inline std::string join_query(std::string url, const Query& query) {
    char mark = url.find('?') == std::string::npos ? '?' : '&';
    for (const auto& [name, value] : query) {
        url += mark + encode_query(name) + '=' + encode_query(value);
        mark = '&';
    }
    return url;
}

/// What a URL cannot hold as it is, percent-encoded; what is encoded already stays.
inline std::string encode_rest(std::string_view url) {
    return percent_encode(url, std::string(unreserved) + "!$&'()*+,;=:@/?#[]%");
}

/// Joins base address, API version and path with one slash each; a path and a query in the base are kept, and
/// a version that the base ends with is not said twice. `path` is encoded here.
inline std::string join_url(std::string_view base, std::string_view version, std::string_view path,
                            const Query& query = {}) {
    base = base.substr(0, base.find('#'));
    std::string_view base_query;
    if (const auto mark = base.find('?'); mark != std::string_view::npos) {
        base_query = base.substr(mark + 1);
        base = base.substr(0, mark);
    }
    while (base.ends_with('/')) base.remove_suffix(1);
    const std::string_view last = version.substr(version.find_last_of('/') + 1);
    if (!last.empty() && base.ends_with('/' + std::string(last))) base.remove_suffix(last.size() + 1);
    std::string url = encode_rest(base);
    for (std::string_view piece : {version, path}) {
        while (piece.starts_with('/')) piece.remove_prefix(1);
        while (piece.ends_with('/')) piece.remove_suffix(1);
        if (!piece.empty()) url += '/' + encode_path(piece);
    }
    if (!base_query.empty()) url += '?' + std::string(base_query);
    return join_query(std::move(url), query);
}

}  // namespace genai::inline GENAI_ABI::http
