#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::http::join_url;
using genai::http::parse_url;

TEST_CASE("base, version and path are joined with one slash each") {
    CHECK(join_url("https://h", "v1beta", "models/m:generateContent") ==
          "https://h/v1beta/models/m:generateContent");
    CHECK(join_url("https://h/", "v1beta", "/models/m") == "https://h/v1beta/models/m");
    CHECK(join_url("http://h/pre/fix/", "v1", "models/m") == "http://h/pre/fix/v1/models/m");
    CHECK(join_url("http://h/pre", "", "models/m") == "http://h/pre/models/m");
    CHECK(join_url("http://h", "v1", "models/m", {{"alt", "sse"}}) == "http://h/v1/models/m?alt=sse");
    CHECK(join_url("http://h/p?tenant=1", "v1", "models/m", {{"alt", "sse"}}) ==
          "http://h/p/v1/models/m?tenant=1&alt=sse");
    CHECK(join_url("http://h#part", "v1", "m") == "http://h/v1/m");
}

TEST_CASE("paths and queries are percent-encoded") {
    CHECK(join_url("http://h", "v1", "files/a b\xC3\xA9%") == "http://h/v1/files/a%20b%C3%A9%25");
    CHECK(join_url("http://h", "v1", "m", {{"pageToken", "a+b/c=&d"}}) ==
          "http://h/v1/m?pageToken=a%2Bb%2Fc%3D%26d");
}

TEST_CASE("addresses are taken apart") {
    const auto plain = parse_url("http://example.com");
    CHECK_FALSE(plain.tls);
    CHECK(plain.host == "example.com");
    CHECK(plain.port == 80);
    CHECK(plain.target == "/");
    const auto full = parse_url("https://example.com:8443/a/b?c=d#e");
    CHECK(full.tls);
    CHECK(full.port == 8443);
    CHECK(full.target == "/a/b?c=d");
    CHECK(full.authority() == "example.com:8443");
    const auto six = parse_url("http://[::1]:8080?x");
    CHECK(six.host == "::1");
    CHECK(six.port == 8080);
    CHECK(six.target == "/?x");
    CHECK(six.authority() == "[::1]:8080");
    CHECK(parse_url("https://h").authority() == "h");
}

TEST_CASE("malformed addresses are refused, and their secrets not repeated") {
    for (const char* bad :
         {"", "example.com", "ftp://h", "http://", "http:///path", "http://h:0", "http://h:70000",
          "http://h:x", "http://[::1", "http://[::1]x", "http://a b", "http://a\nb"}) {
        INFO(bad);
        CHECK_THROWS_AS(parse_url(bad), genai::InvalidArgument);
    }
    try {
        static_cast<void>(parse_url("http://user:hunter2@h/"));
        FAIL("accepted");
    } catch (const genai::InvalidArgument& problem) {
        CHECK(std::string(problem.what()).find("hunter2") == std::string::npos);
    }
}
