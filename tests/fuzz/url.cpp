// Addresses: what is taken apart can be put together, and nothing in them can break out of a request's first
// lines.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <genai/genai.hpp>
#include <genai/http/url.hpp>

namespace {

void require(bool held) {
    if (!held) std::abort();
}

bool is_safe(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F) return false;
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace http = genai::http;
    const std::string text(reinterpret_cast<const char*>(data), size);
    try {
        const http::Url url = http::parse_url(text);
        require(!url.host.empty() && url.port != 0 && url.target.starts_with('/'));
        require(is_safe(url.host) && is_safe(url.target) && url.host.find('@') == std::string::npos);
        const http::Url again =
            http::parse_url((url.tls ? "https://" : "http://") + url.authority() + url.target);
        require(again.tls == url.tls && again.host == url.host && again.port == url.port &&
                again.target == url.target);
    } catch (const genai::InvalidArgument&) {
    }
    require(http::percent_decode(http::percent_encode(text, http::unreserved)) == text);

    const auto cut = size / 2;
    const http::Query query{{text.substr(0, cut), text.substr(cut)}, {"key", text}};
    const std::string joined = http::join_url("https://h/base?tenant=1", "v1beta", text, query);
    require(is_safe(joined));
    const http::Query read =
        http::parse_query(std::string_view(joined).substr(joined.find("?tenant=1&") + 10));
    require(read == query);
    static_cast<void>(http::parse_query(text));
    require(genai::http::public_url(joined).find("key=...") != std::string::npos);
    return 0;
}
