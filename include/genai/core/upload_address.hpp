#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/http_options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Where the parts of an upload go, by the address that its start was answered with: a path of the client's
/// own server, behind a gateway's prefix, or a whole URL of another host. Another host is one of Google's,
/// over https, or one of `upload_hosts`; never http from https, never a private address from a public one.
/// Whatever else a server calls itself, it is reached where it was reached before. Throws Error for what is
/// no address.
std::string upload_target(std::string_view told, const HttpOptions& options);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>

#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/url.hpp>
#include <genai/net/ip_address.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether a host is the one named, or below a domain written `*.example.com`.
GENAI_INLINE bool matches_host(std::string_view host, std::string_view pattern) {
    if (!pattern.starts_with("*.")) return http::same_name(host, pattern);
    pattern.remove_prefix(1);
    return host.size() > pattern.size() &&
           http::same_name(host.substr(host.size() - pattern.size()), pattern);
}

GENAI_INLINE bool is_private_host(const std::string& host) {
    if (http::same_name(host, "localhost") || host.ends_with(".localhost")) return true;
    const auto address = net::IpAddress::parse(host);
    return address && address->is_private();
}

GENAI_INLINE bool may_upload_to(const http::Url& other, const http::Url& base, const HttpOptions& options) {
    if (base.tls && !other.tls) return false;
    if (is_private_host(other.host) && !is_private_host(base.host)) return false;
    constexpr std::string_view api = "generativelanguage.googleapis.com";  // a gateway stands for it
    if (other.tls && matches_host(other.host, "*.googleapis.com") && !http::same_name(other.host, api))
        return true;
    const auto named = [&other](std::string_view pattern) { return matches_host(other.host, pattern); };
    return options.upload_hosts &&
           std::any_of(options.upload_hosts->begin(), options.upload_hosts->end(), named);
}

GENAI_INLINE std::string upload_target(std::string_view told, const HttpOptions& options) {
    const http::Url base = http::parse_url(
        options.base_url.value_or("https://generativelanguage.googleapis.com"), "http_options.base_url");
    http::Url address = base;
    if (told.starts_with('/') && !told.starts_with("//")) {
        address.target = http::encode_rest(told);
    } else {
        try {
            address = http::parse_url(http::encode_rest(told), "x-goog-upload-url");
        } catch (const InvalidArgument&) {
            throw Error("the server gave no usable address to upload to");
        }
    }
    const bool same = http::same_name(address.authority(), base.authority());
    if (!same && may_upload_to(address, base, options))
        return (address.tls ? "https://" : "http://") + address.authority() + address.target;
    std::string prefix = base.target.substr(0, base.target.find('?'));
    while (prefix.ends_with('/')) prefix.pop_back();
    const bool behind = address.target.starts_with(prefix + '/');
    return behind ? address.target : prefix + address.target;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
