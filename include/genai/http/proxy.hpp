#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/url.hpp>

namespace genai::inline GENAI_ABI::http {

/// An HTTP proxy.
struct Proxy {
    std::string host{};
    std::uint16_t port{};
    std::string user{};  ///< for basic authentication; empty for none
    std::string password{};
};

/// Reads "http://user:password@host:port", scheme optional. Throws InvalidArgument, which never repeats the
/// password.
inline Proxy parse_proxy(std::string_view text) {
    if (const auto scheme_end = text.find("://"); scheme_end != std::string_view::npos) {
        if (text.substr(0, scheme_end) != "http")
            throw InvalidArgument("proxy", "only http:// proxies are supported");
        text.remove_prefix(scheme_end + 3);
    }
    Proxy proxy;
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
        const std::string_view user = text.substr(0, at);
        const auto colon = user.find(':');
        proxy.user = percent_decode(user.substr(0, colon));
        if (colon != std::string_view::npos) proxy.password = percent_decode(user.substr(colon + 1));
        if (proxy.user.empty() || proxy.password.empty())
            throw InvalidArgument("proxy", "a user needs a password, and a password a user");
        text.remove_prefix(at + 1);
    }
    const Url address = parse_url("http://" + std::string(text), "proxy");
    proxy.host = address.host;
    proxy.port = address.port;
    return proxy;
}

/// Whether `host` is one that NO_PROXY-style text excepts: `*`, a name, or a name's domain with or without
/// its dot.
inline bool excepted_from_proxy(std::string_view host, std::string_view exceptions) {
    while (!exceptions.empty()) {
        const auto comma = exceptions.find_first_of(", ");
        std::string_view entry = exceptions.substr(0, comma);
        exceptions.remove_prefix(comma == std::string_view::npos ? exceptions.size() : comma + 1);
        if (entry.empty()) continue;
        if (entry == "*") return true;
        if (entry.starts_with("*.")) entry.remove_prefix(2);
        else if (entry.starts_with('.')) entry.remove_prefix(1);
        if (same_name(host, entry)) return true;
        if (host.size() > entry.size() && host[host.size() - entry.size() - 1] == '.' &&
            same_name(host.substr(host.size() - entry.size()), entry))
            return true;
    }
    return false;
}

/// The proxy for an address: the option when set (empty text is none), else the environment as curl reads it:
/// HTTPS_PROXY for https, http_proxy (lower case alone) for http, ALL_PROXY for both, NO_PROXY against all.
/// This machine itself is never reached through a proxy from the environment.
inline std::optional<Proxy> choose_proxy(
    const Url& url, const std::optional<std::string>& option,
    const std::function<std::optional<std::string>(const char*)>& environment) {
    if (option) return option->empty() ? std::nullopt : std::optional<Proxy>(parse_proxy(*option));
    if (url.host == "localhost" || url.host == "::1" || url.host.starts_with("127.")) return std::nullopt;
    const auto first = [&environment](std::initializer_list<const char*> names) {
        for (const char* name : names)
            if (auto value = environment(name)) return value;
        return std::optional<std::string>();
    };
    const auto address = url.tls ? first({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
                                 : first({"http_proxy", "all_proxy", "ALL_PROXY"});
    if (!address || excepted_from_proxy(url.host, first({"no_proxy", "NO_PROXY"}).value_or("")))
        return std::nullopt;
    return parse_proxy(*address);
}

}  // namespace genai::inline GENAI_ABI::http
