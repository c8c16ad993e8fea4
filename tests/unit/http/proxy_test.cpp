#include <map>
#include <optional>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/http/proxy.hpp>

using genai::http::choose_proxy;
using genai::http::parse_proxy;
using genai::http::parse_url;

namespace {
std::string chosen(const std::string& url, const std::map<std::string, std::string>& environment,
                   const std::optional<std::string>& option = {}) {
    const auto proxy = choose_proxy(parse_url(url), option, [&environment](const char* name) {
        const auto at = environment.find(name);
        return at == environment.end() ? std::nullopt : std::optional(at->second);
    });
    return proxy ? proxy->host + ':' + std::to_string(proxy->port) : "none";
}
}  // namespace

TEST_CASE("a proxy's address may have a scheme, a user and a password") {
    const auto proxy = parse_proxy("http://us%40er:p%3Aw@proxy.example:3128");
    CHECK(proxy.host == "proxy.example");
    CHECK(proxy.port == 3128);
    CHECK(proxy.user == "us@er");
    CHECK(proxy.password == "p:w");
    CHECK(parse_proxy("proxy:8080").port == 8080);
    CHECK_THROWS_AS(parse_proxy("socks5://proxy:1"), genai::InvalidArgument);
    CHECK_THROWS_AS(parse_proxy("http://"), genai::InvalidArgument);
    CHECK_THROWS_AS(parse_proxy("http://token:@proxy:1"), genai::InvalidArgument);
}

TEST_CASE("the environment names the proxy, and where it is not to be used") {
    CHECK(chosen("https://api.example", {{"HTTPS_PROXY", "http://p:1"}}) == "p:1");
    CHECK(chosen("https://api.example", {{"https_proxy", "http://q:2"}, {"HTTPS_PROXY", "http://p:1"}}) ==
          "q:2");
    CHECK(chosen("https://api.example", {{"ALL_PROXY", "http://a:3"}}) == "a:3");
    CHECK(chosen("http://api.example", {{"HTTPS_PROXY", "http://p:1"}}) == "none");
    CHECK(chosen("http://api.example", {{"http_proxy", "http://p:1"}}) == "p:1");
    CHECK(chosen("http://api.example", {{"HTTP_PROXY", "http://p:1"}}) == "none");
    for (const char* exceptions :
         {"*", "api.example", ".example", "example", "other, api.example", "*.example"}) {
        INFO(exceptions);
        CHECK(chosen("https://api.example", {{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", exceptions}}) ==
              "none");
    }
    CHECK(chosen("https://api.example", {{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", "pi.example,ample"}}) ==
          "p:1");
    CHECK(chosen("https://localhost", {{"HTTPS_PROXY", "http://p:1"}}) == "none");
    CHECK(chosen("https://127.0.0.1", {{"HTTPS_PROXY", "http://p:1"}}) == "none");
}

TEST_CASE("the option goes before the environment") {
    CHECK(chosen("https://api.example", {{"HTTPS_PROXY", "http://p:1"}}, "http://o:9") == "o:9");
    CHECK(chosen("https://api.example", {{"HTTPS_PROXY", "http://p:1"}}, "") == "none");
    CHECK(chosen("https://127.0.0.1", {}, "http://o:9") == "o:9");
}
