#pragma once

#include <charconv>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/url.hpp>
#include <genai/net/ip_address.hpp>

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
        if (!same_name(text.substr(0, scheme_end), "http"))
            throw InvalidArgument("proxy", "only http:// proxies are supported");
        text.remove_prefix(scheme_end + 3);
    }
    Proxy proxy;
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
        const std::string_view user = text.substr(0, at);
        const auto colon = user.find(':');
        proxy.user = percent_decode(user.substr(0, colon));
        if (colon != std::string_view::npos) proxy.password = percent_decode(user.substr(colon + 1));
        if (proxy.user.empty()) throw InvalidArgument("proxy", "a password needs a user");
        text.remove_prefix(at + 1);
    }
    const Url address = parse_url("http://" + std::string(text), "proxy");
    proxy.host = address.host;
    proxy.port = address.port;
    return proxy;
}

/// Whether an entry of NO_PROXY names a host: an address, a range of addresses (`10.0.0.0/8`), a name, or a
/// name's domain with or without its dot; each with a port where only that is meant.
inline bool names_host(std::string_view entry, const Url& url) {
    std::string_view host = url.host;
    while (host.ends_with('.')) host.remove_suffix(1);
    const auto address = net::IpAddress::parse(std::string(host));
    if (const auto slash = entry.rfind('/'); slash != std::string_view::npos) {
        unsigned bits = 0;
        const std::string_view size = entry.substr(slash + 1);
        const auto range = net::IpAddress::parse(std::string(entry.substr(0, slash)));
        return address && range &&
               std::from_chars(size.data(), size.data() + size.size(), bits).ec == std::errc() &&
               address->in(*range, bits);
    }
    if (const auto whole = net::IpAddress::parse(std::string(entry))) return address == whole;
    std::string_view port;
    if (entry.starts_with('[')) {
        const auto close = entry.find(']');
        if (close == std::string_view::npos) return false;
        port = entry.substr(close + 1);
        entry = entry.substr(1, close - 1);
    } else if (const auto colon = entry.rfind(':'); colon != std::string_view::npos) {
        port = entry.substr(colon);
        entry = entry.substr(0, colon);
    }
    if (!port.empty() && port != ':' + std::to_string(url.port)) return false;
    if (const auto whole = net::IpAddress::parse(std::string(entry))) return address == whole;
    if (entry.starts_with("*.")) entry.remove_prefix(2);
    while (entry.starts_with('.')) entry.remove_prefix(1);
    while (entry.ends_with('.')) entry.remove_suffix(1);
    if (entry.empty() || host.size() < entry.size()) return false;
    const std::size_t before = host.size() - entry.size();
    return same_name(host.substr(before), entry) && (before == 0 || host[before - 1] == '.');
}

/// Whether NO_PROXY-style text excepts an address: `*`, or entries that name its host.
inline bool excepted_from_proxy(const Url& url, std::string_view exceptions) {
    while (!exceptions.empty()) {
        const auto comma = exceptions.find_first_of(", ");
        const std::string_view entry = exceptions.substr(0, comma);
        exceptions.remove_prefix(comma == std::string_view::npos ? exceptions.size() : comma + 1);
        if (entry == "*" || (!entry.empty() && names_host(entry, url))) return true;
    }
    return false;
}

/// Whether a host is this machine itself, in any spelling.
inline bool is_this_machine(std::string_view host) {
    while (host.ends_with('.')) host.remove_suffix(1);
    if (same_name(host, "localhost") ||
        (host.size() > 10 && same_name(host.substr(host.size() - 10), ".localhost")))
        return true;
    const auto address = net::IpAddress::parse(std::string(host));
    return address && (address->is_loopback() || address->is_unspecified());
}

/// The proxy for an address: the option when set (empty text is none), else the environment as curl reads it:
/// HTTPS_PROXY for https, http_proxy (lower case alone) for http, ALL_PROXY for both, NO_PROXY against all.
/// This machine itself is never reached through a proxy from the environment.
inline std::optional<Proxy> choose_proxy(
    const Url& url, const std::optional<std::string>& option,
    const std::function<std::optional<std::string>(const char*)>& environment) {
    if (option) return option->empty() ? std::nullopt : std::optional<Proxy>(parse_proxy(*option));
    const auto first = [&environment](std::initializer_list<const char*> names) {
        for (const char* name : names)
            if (auto value = environment(name)) return value;
        return std::optional<std::string>();
    };
    const auto address = url.tls ? first({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
                                 : first({"http_proxy", "all_proxy", "ALL_PROXY"});
    if (!address || is_this_machine(url.host) ||
        excepted_from_proxy(url, first({"no_proxy", "NO_PROXY"}).value_or("")))
        return std::nullopt;
    return parse_proxy(*address);
}

}  // namespace genai::inline GENAI_ABI::http
