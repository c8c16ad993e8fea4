// Responses of HTTP/1.1 as bytes, cut anywhere.

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/http/response_parser.hpp>

using genai::TransportError;
using genai::http::ResponseParser;
using Event = ResponseParser::Event;

namespace {

struct Read {
    int status{0};
    std::string body{};
    bool complete{false};
    bool kept{false};
    std::string left{};
    genai::http::Headers headers{};
};

/// Reads a response in pieces of that size.
Read read(std::string_view text, std::size_t piece = 1'000'000) {
    ResponseParser parser;
    Read result;
    while (!result.complete) {
        std::string_view input = text.substr(0, piece);
        text.remove_prefix(input.size());
        const bool last = text.empty();
        for (Event event = parser.next(input); event != Event::more; event = parser.next(input)) {
            if (event == Event::head) {
                result.status = parser.head().status;
                result.headers = parser.head().headers;
            } else if (event == Event::data) {
                result.body += parser.data();
            } else {
                result.complete = true;
                break;
            }
        }
        result.left = std::string(input) + std::string(result.complete ? text : "");
        if (last) break;
    }
    result.kept = parser.keeps_connection();
    return result;
}

std::string refusal(std::string_view text) {
    try {
        read(text);
    } catch (const TransportError& error) {
        CHECK(error.reason() == TransportError::Reason::protocol);
        return error.what();
    }
    return "none";
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("a response is read wherever it is cut") {
    const std::string text =
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: a\r\n\r\n"
        "5;name=value\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: x\r\n\r\nnext";
    for (std::size_t piece = 1; piece < 40; ++piece) {
        INFO(piece);
        const Read got = read(text, piece);
        CHECK(got.status == 200);
        CHECK(got.body == "hello world");
        CHECK(got.headers.get("x") == "a");
        CHECK(got.headers.find("link") == nullptr);
        CHECK(got.complete);
        CHECK(got.kept);
        CHECK(got.left == "next");
    }
}

TEST_CASE("the framing is that of RFC 9112") {
    const auto whole = [](const std::string& headers, const std::string& rest) {
        return read("HTTP/1.1 200 OK\r\n" + headers + "\r\n" + rest);
    };
    CHECK(whole("Content-Length: 3\r\n", "abcd").left == "d");
    CHECK(whole("Content-Length: 0\r\n", "").complete);
    CHECK(whole("Content-Length: 3\r\nContent-Length: 3\r\n", "abc").complete);
    CHECK(whole("Content-Length: 3, 3\r\n", "abc").complete);
    CHECK_FALSE(whole("", "to the end").complete);
    CHECK(whole("", "to the end").body == "to the end");
    CHECK_FALSE(whole("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n").kept);
    CHECK_FALSE(whole("Content-Length: 0\r\nConnection: Keep-Alive, CLOSE\r\n", "").kept);
    CHECK(read("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n").complete);
    CHECK_FALSE(read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").kept);
    CHECK(read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n").kept);
    CHECK(read("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n").complete);
    ResponseParser bodiless(true);
    std::string_view head = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
    CHECK(bodiless.next(head) == Event::head);
    CHECK(bodiless.next(head) == Event::end);
}

TEST_CASE("header values arrive as they were sent") {
    const Read got = read(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Goog-Upload-URL: https://h/u?a=%2F%26%23+b\r\n"
        "Mcp-Session-Id: a%0d%0aX: b\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nEmpty:\r\nFolded: a\r\n\t "
        "b\r\n\r\n");
    CHECK(got.headers.get("x-goog-upload-url") == "https://h/u?a=%2F%26%23+b");
    CHECK(got.headers.get("mcp-session-id") == "a%0d%0aX: b");
    CHECK(got.headers.find("empty")->empty());
    CHECK(got.headers.get("folded") == "a b");
    std::vector<std::string> cookies;
    for (const auto& [name, value] : got.headers)
        if (name == "Set-Cookie") cookies.push_back(value);
    CHECK(cookies == std::vector<std::string>{"a=1", "b=2"});
}

TEST_CASE("long heads are read, and those over 64 KiB refused") {
    std::string many;
    for (int i = 0; i < 150; ++i) many += "X-" + std::to_string(i) + ": " + std::string(100, 'v') + "\r\n";
    CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + many + "\r\n").headers.size() == 151);
    const std::string wide =
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " + std::string(12'000, 'v') + "\r\n\r\n";
    CHECK(read(wide).headers.get("x").size() == 12'000);
    CHECK(holds(refusal("HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'v')), "over 64 KiB"));
}

TEST_CASE("what is no HTTP/1.1 is refused, and the message says what it is") {
    CHECK(holds(refusal("SSH-2.0-OpenSSH_9.2\r\n"), "begins with \"SSH-2.0"));
    CHECK(holds(refusal("HTTP/2 200\r\n\r\n"), "no HTTP/1.1"));
    CHECK(holds(refusal("HTTP/1.1 200 OK\nContent-Length: 0\n\n"), "LF alone"));
    CHECK(holds(refusal("HTTP/1.1 20 OK\r\n\r\n"), "status line"));
    CHECK(holds(refusal("HTTP/1.1 200OK\r\n\r\n"), "status line"));
    CHECK(holds(refusal("HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), "no header field"));
    CHECK(holds(refusal("HTTP/1.1 200 OK\r\nname : x\r\n\r\n"), "no header field"));
    CHECK(holds(refusal("HTTP/1.1 200 OK\r\n folded: x\r\n\r\n"), "blank"));
    CHECK(holds(refusal(std::string("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", 28)), "control character"));
    CHECK(holds(refusal("HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n"), "Content-Length"));
    CHECK(holds(refusal("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"), "Content-Length"));
    CHECK(holds(refusal("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                "Content-Length"));
    CHECK(
        holds(refusal("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n"), "Content-Length"));
    CHECK(holds(refusal("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"),
                "transfer coding gzip"));
    CHECK(holds(refusal("HTTP/1.1 101 Switching Protocols\r\n\r\n"), "switches protocols"));
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    CHECK(holds(refusal(chunked + "zz\r\n"), "hexadecimal"));
    CHECK(holds(refusal(chunked + "-5\r\n"), "hexadecimal"));
    CHECK(holds(refusal(chunked + "5\nhello\r\n"), "LF alone"));
    CHECK(holds(refusal(chunked + "5\r\nhelloo\r\n"), "chunk"));
    CHECK(holds(refusal(chunked + "fffffffffffffffff\r\n"), "hexadecimal"));
}
