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
    CHECK(parse_proxy("HTTP://token:@proxy:1").user == "token");
    CHECK(parse_proxy("http://token@proxy:1").password.empty());
    CHECK_THROWS_AS(parse_proxy("http://:secret@proxy:1"), genai::InvalidArgument);
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

TEST_CASE("NO_PROXY names hosts, addresses and ranges in any spelling") {
    const auto direct = [](const std::string& url, const std::string& exceptions) {
        return chosen(url, {{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", exceptions}}) == "none";
    };
    CHECK(direct("https://API.Example.", "api.EXAMPLE"));
    CHECK(direct("https://api.example", "api.example."));
    CHECK(direct("https://api.example:8443", "api.example:8443"));
    CHECK_FALSE(direct("https://api.example", "api.example:8443"));
    CHECK(direct("https://[2001:db8::1]", "[2001:db8::1]"));
    CHECK(direct("https://[2001:db8::1]:444", "[2001:DB8:0::1]:444"));
    CHECK(direct("https://[2001:db8::1]", "2001:db8::1"));
    CHECK(direct("https://[2001:db8:7::1]", "2001:db8::/32"));
    CHECK_FALSE(direct("https://[2001:db9::1]", "2001:db8::/32"));
    CHECK(direct("https://10.1.2.3", "192.168.0.0/16, 10.0.0.0/8"));
    CHECK(direct("https://[::ffff:10.1.2.3]", "10.0.0.0/8"));
    CHECK_FALSE(direct("https://11.1.2.3", "10.0.0.0/8"));
    CHECK(direct("https://10.1.2.3", "10.1.2.3/32"));
    CHECK(direct("https://10.1.2.3", "0.0.0.0/0"));
    CHECK_FALSE(direct("https://10.1.2.3", "10.0.0.0/99"));
    CHECK_FALSE(direct("https://ten.example", "10.0.0.0/8"));
    CHECK_FALSE(direct("https://api.example", ",., ,[,:"));
}

TEST_CASE("this machine is never reached through a proxy from the environment") {
    for (const char* host :
         {"LOCALHOST", "localhost.", "api.localhost", "127.0.0.2", "127.1", "0x7f.0.0.1", "2130706433",
          "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]"}) {
        INFO(host);
        CHECK(chosen("https://" + std::string(host), {{"HTTPS_PROXY", "http://p:1"}}) == "none");
    }
    CHECK(chosen("https://128.0.0.1", {{"HTTPS_PROXY", "http://p:1"}}) == "p:1");
    CHECK(chosen("https://localhost.example", {{"HTTPS_PROXY", "http://p:1"}}) == "p:1");
}

TEST_CASE("the option goes before the environment") {
    CHECK(chosen("https://api.example", {{"HTTPS_PROXY", "http://p:1"}}, "http://o:9") == "o:9");
    CHECK(chosen("https://api.example", {{"HTTPS_PROXY", "http://p:1"}}, "") == "none");
    CHECK(chosen("https://127.0.0.1", {}, "http://o:9") == "o:9");
}
