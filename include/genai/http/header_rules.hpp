#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>

namespace genai::inline GENAI_ABI::http {

/// Refuses what would break a header, or out of it. Throws InvalidArgument, which does not repeat the value.
inline void check_header_value(const std::string& parameter, std::string_view value) {
    for (const char c : value)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7F)
            throw InvalidArgument(parameter, "holds a control character");
    if (value.starts_with(' ') || value.ends_with(' '))
        throw InvalidArgument(parameter, "begins or ends with a blank");
}

/// The same for a header with its name (RFC 9110 §5.1). Those that say where a message ends and where it goes
/// are the transport's own: a wrong one would make a second request of the first one's body.
inline void check_header_field(const std::string& parameter, std::string_view name, std::string_view value) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    const auto token = [&marks](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    };
    if (name.empty() || !std::all_of(name.begin(), name.end(), token))
        throw InvalidArgument(parameter, "a header's name is not a token");
    constexpr std::array<std::string_view, 10> own{"Content-Length", "Transfer-Encoding", "TE",   "Trailer",
                                                   "Upgrade",        "Connection",        "Host", "Expect",
                                                   "Keep-Alive",     "Proxy-Connection"};
    for (const std::string_view framing : own)
        if (same_name(name, framing))
            throw InvalidArgument(parameter + '.' + std::string(framing),
                                  "is set by the transport, which knows how the message is framed");
    check_header_value(parameter + '.' + std::string(name), value);
}

}  // namespace genai::inline GENAI_ABI::http
