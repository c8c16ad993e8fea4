#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/http/sse.hpp>

using genai::http::SseEvent;
using genai::http::SseParser;

namespace {

/// The events of a stream that comes in pieces of `size` bytes, as "type|data|id".
std::vector<std::string> events(std::string_view stream, std::size_t size = std::string_view::npos) {
    SseParser parser;
    std::vector<std::string> seen;
    while (!stream.empty()) {
        const std::string piece(stream.substr(0, size));  // its own memory: nothing may be kept of it
        stream.remove_prefix(piece.size());
        CHECK(parser.feed(piece, [&seen](const SseEvent& event) {
            seen.push_back(std::string(event.type) + '|' + std::string(event.data) + '|' +
                           std::string(event.id));
            return true;
        }));
    }
    return seen;
}

using Events = std::vector<std::string>;

}  // namespace

TEST_CASE("events end at a blank line, whatever ends the lines") {
    CHECK(events("data: a\n\ndata: b\n\n") == Events{"|a|", "|b|"});
    CHECK(events("data: a\r\n\r\ndata: b\r\n\r\n") == Events{"|a|", "|b|"});
    CHECK(events("data: a\r\rdata: b\r\r") == Events{"|a|", "|b|"});
    CHECK(events("data: a\r\n\ndata: b\n\r") == Events{"|a|", "|b|"});
    CHECK(events("data: a\n") == Events{});
}

TEST_CASE("data lines are joined, one blank before a value goes") {
    CHECK(events("data: a\ndata: b\n\n") == Events{"|a\nb|"});
    CHECK(events("data:a\n\n") == Events{"|a|"});
    CHECK(events("data:  a\n\n") == Events{"| a|"});
    CHECK(events("data\ndata\n\n") == Events{"|\n|"});
    CHECK(events("data:\n\n") == Events{"||"});
    CHECK(events("data: a:b\n\n") == Events{"|a:b|"});
}

TEST_CASE("comments, other fields and events without data are passed over") {
    CHECK(events(": hello\n\ndata: a\n: more\n\n") == Events{"|a|"});
    CHECK(events("event: x\n\ndata: a\n\n") == Events{"|a|"});
    CHECK(events("event: x\ndata: a\n\ndata: b\n\n") == Events{"x|a|", "|b|"});
    CHECK(events("id: 1\ndata: a\n\ndata: b\nid: 2\n\n") == Events{"|a|1", "|b|2"});
    CHECK(events(std::string_view("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n", 32)) == Events{"|a|1", "|b|1"});
    CHECK(events("retry: 10\nfoo: bar\ndata: a\n\n") == Events{"|a|"});
    CHECK(events("\xEF\xBB\xBF"
                 "data: a\n\n") == Events{"|a|"});
    CHECK(events("\n\n\ndata: a\n\n") == Events{"|a|"});
}

TEST_CASE("any cut gives the same events") {
    const std::string stream =
        "\xEF\xBB\xBF: c\r\nevent: e\r\ndata: {\"a\":1}\r\ndata: two\r\n\r\nid: 7\rdata: "
        "x\r\rdata:y\n\ndata: z\r\n\r\n";
    const Events whole = events(stream);
    REQUIRE(whole.size() == 4);
    for (std::size_t size = 1; size < stream.size(); ++size) CHECK(events(stream, size) == whole);
}

TEST_CASE("a handler can stop the parser") {
    SseParser parser;
    int seen = 0;
    CHECK_FALSE(parser.feed("data: a\n\ndata: b\n\n", [&seen](const SseEvent&) { return ++seen < 1; }));
    CHECK(seen == 1);
}

TEST_CASE("lines that are no fields are kept for a look at the end") {
    SseParser parser;
    parser.feed("data: a\n\n{\n  \"error\": {\"code\": 503}\n}", [](const SseEvent&) { return true; });
    CHECK(parser.stray() == "{\n  \"error\": {\"code\": 503}\n}");
}

TEST_CASE("a stream is resumed after its last complete event, after the time that it says") {
    const auto nothing = [](const SseEvent&) { return true; };
    SseParser parser;
    CHECK(parser.last_id().empty());
    CHECK_FALSE(parser.retry());
    parser.feed("id: 1\nretry: 1500\n\nretry: soon\nid: 2", nothing);  // with no data, and not complete
    CHECK(parser.last_id() == "1");
    CHECK(parser.retry() == std::chrono::milliseconds(1500));
    parser.resume();
    std::string seen;
    parser.feed("data: a\n\nid: 3\ndata: b\n\n", [&seen](const SseEvent& event) {
        seen += std::string(event.data) + std::string(event.id) + ' ';
        return true;
    });
    CHECK(seen == "a1 b3 ");
    CHECK(parser.last_id() == "3");
}
