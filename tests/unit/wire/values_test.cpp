#include <cctype>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <utility>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::Box;
using genai::Bytes;
using genai::Dict;
using genai::Duration;
using genai::Extra;
using genai::Json;
using genai::RawJson;
using genai::Timestamp;
using genai::wire::from_base64;
using genai::wire::to_base64;
using namespace std::chrono_literals;

TEST_CASE("base64 is that of RFC 4648") {
    const std::pair<const char*, const char*> known[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : known) {
        CHECK(to_base64(plain) == coded);
        CHECK(from_base64(coded)->view() == plain);
    }
    CHECK(from_base64("Zm8")->view() == "fo");
    CHECK(from_base64("Zg")->view() == "f");
    CHECK(to_base64("\xFB\xEF\xFF") == "++//");
    CHECK(from_base64("--__")->view() == "\xFB\xEF\xFF");
    CHECK(from_base64("++//")->view() == "\xFB\xEF\xFF");
    for (const char* bad : {"Z", "Zg=", "Zg===", "Z===", "====", "=", "Zm9v=", "Zm9v====", "Zm 9v", "Zm9v\n", "Zm9*", "Z\x80ow", "Zm=9"}) {
        INFO(bad);
        CHECK_FALSE(from_base64(bad));
    }
}

TEST_CASE("base64 of any bytes comes back") {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 700; ++size) {
        std::string bytes(size, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        const std::string coded = to_base64(bytes);
        CHECK(from_base64(coded)->view() == bytes);
        std::string for_urls = coded;
        for (char& c : for_urls) c = c == '+' ? '-' : c == '/' ? '_' : c;
        CHECK(from_base64(for_urls)->view() == bytes);
    }
    CHECK(genai::decode<Bytes>(R"("Zm8\u003d")").view() == "fo");
    CHECK(genai::decode<Bytes>(R"("\/\/\/\/")").view() == "\xFF\xFF\xFF");
}

TEST_CASE("base64 of any length and with any other character in any place is refused") {
    std::string coded;
    while (coded.size() < 400) coded += "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODkrLw++//00";
    coded.resize(400);
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool known = std::isalnum(static_cast<unsigned char>(byte)) != 0 || std::string_view("+/-_").find(c) != std::string_view::npos;
        for (const std::size_t at : {0U, 5U, 31U, 32U, 63U, 200U, 350U, 399U}) {
            std::string changed = coded;
            changed[at] = c;
            INFO("byte " << byte << " at " << at);
            CHECK(from_base64(changed).has_value() == (known || (c == '=' && at == 399)));
        }
    }
}

TEST_CASE("a copy of bytes is a value of its own") {
    Bytes first(std::string("abc"));
    Bytes second = first;
    second.data()[0] = 'x';
    CHECK(first.view() == "abc");
    first = std::move(second);
    CHECK(first.view() == "xbc");
    CHECK(Bytes().empty());
}

TEST_CASE("durations are read and written exactly") {
    CHECK(Duration(3500ms).text() == "3.5s");
    CHECK(Duration(3600s).text() == "3600s");
    CHECK(Duration(1ns).text() == "0.000000001s");
    CHECK(Duration(-1500ms).text() == "-1.5s");
    CHECK(Duration(5min) == Duration(300s));
    CHECK(Duration(1500us).as<std::chrono::microseconds>() == 1500us);
    for (const char* text : {"3.5s", "3.500s", "0s", "-0.25s", "315576000000s", "1.000000001s"}) CHECK(Duration::parse(text)->text() == text);
    CHECK(Duration::parse("3.5s") == Duration::parse("3.500s"));
    for (const char* bad : {"", "s", "3", "3.5", "3.s", ".5s", "+3s", "3s ", "3.0000000001s", "315576000001s", "1e3s", "--1s", "3m"}) {
        INFO(bad);
        CHECK_FALSE(Duration::parse(bad));
    }
}

TEST_CASE("times are read and written as RFC 3339 has them") {
    for (const char* text : {"2025-11-21T10:00:00Z", "2025-11-21T10:00:00.5Z", "2025-11-21T10:00:00.120Z", "2025-11-21T10:00:00.123456789Z",
                             "2025-11-21T10:00:00+02:00", "2025-11-21T10:00:00.5-11:30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2024-02-29T00:00:00Z"}) {
        INFO(text);
        REQUIRE(Timestamp::parse(text));
        CHECK(Timestamp::parse(text)->text() == text);
    }
    CHECK(Timestamp::parse("2025-11-21T12:00:00+02:00") == Timestamp::parse("2025-11-21T10:00:00Z"));
    CHECK(Timestamp::parse("1970-01-01T00:00:01.5Z")->time_point() == std::chrono::system_clock::time_point(1500ms));
    CHECK(Timestamp::parse("2016-12-31T23:59:60Z") == Timestamp::parse("2017-01-01T00:00:00Z"));
    CHECK(Timestamp(std::chrono::sys_time<std::chrono::milliseconds>(-1ms)).text() == "1969-12-31T23:59:59.999Z");
    CHECK(Timestamp().text() == "1970-01-01T00:00:00Z");
    CHECK(Timestamp::parse("9999-12-31T23:59:59Z")->time_point() == (std::chrono::system_clock::time_point::max)());
    CHECK(Timestamp::parse("0001-01-01T00:00:00Z")->time_point() == (std::chrono::system_clock::time_point::min)());
    for (const char* bad : {"", "2025-11-21", "2025-11-21T10:00:00", "2025-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2025-11-21T24:00:00Z", "2025-11-21T10:60:00Z",
                            "2025-11-21T10:00:00.Z", "2025-11-21T10:00:00+0200", "2025-11-21T10:00:00Zx", "25-11-21T10:00:00Z", "2025-11-21T10:00:00.1234567891Z", "0000-01-01T00:00:00Z"}) {
        INFO(bad);
        CHECK_FALSE(Timestamp::parse(bad));
    }
    CHECK_THROWS_AS(genai::decode<genai::Interval>(R"({"startTime":"yesterday"})"), genai::DecodeError);
}

TEST_CASE("a box holds its own copy") {
    Box<std::string> empty;
    CHECK_FALSE(empty);
    Box<std::string> first = std::string("a");
    Box<std::string> second = first;
    *second = "b";
    CHECK(*first == "a");
    CHECK(first != second);
    CHECK(empty == Box<std::string>());
    CHECK(empty != first);
    first = second;
    CHECK(first == second);
    first.reset();
    CHECK_FALSE(first.has_value());
}

TEST_CASE("a dict keeps the order of insertion") {
    Dict<int> dict{{"b", 1}, {"a", 2}, {"b", 3}};
    CHECK(dict.size() == 2);
    CHECK(dict.begin()->first == "b");
    CHECK(*dict.find("b") == 3);
    dict["c"] = 4;
    CHECK(dict.contains("c"));
    CHECK(dict.erase("a"));
    CHECK_FALSE(dict.erase("a"));
    CHECK(dict.find("a") == nullptr);
    CHECK(dict == Dict<int>{{"b", 3}, {"c", 4}});
    CHECK_FALSE(dict == Dict<int>{{"c", 4}, {"b", 3}});
}

TEST_CASE("extra members can be looked at, set and sent") {
    genai::Tool tool = genai::decode<genai::Tool>(R"({"newTool":{"x":1.10},"other":null})");
    CHECK(tool.extra.get("newTool") == Json{{"x", 1.1}});
    CHECK(tool.extra.get("absent").is_null());
    CHECK(genai::encode(tool) == R"({"newTool":{"x":1.10},"other":null})");
    tool.extra.set("third", 3);
    CHECK(tool.extra.json().size() == 3);
    CHECK(genai::encode(genai::Tool{.extra = Json{{"a", 1}}}) == R"({"a":1})");
    CHECK(genai::encode(genai::Tool{.google_search = genai::GoogleSearch{}, .extra = Json{{"a", 1}}}) == R"({"googleSearch":{},"a":1})");
    CHECK(genai::encode(genai::Tool{.extra = Json::object()}) == "{}");
    CHECK_THROWS_AS(Extra(Json::array()), genai::InvalidArgument);
    CHECK(Extra(Json{{"a", 1}, {"b", 2}}) == genai::decode<genai::Tool>(R"({"b": 2, "a" : 1})").extra);
}

TEST_CASE("raw JSON is checked and compares by value") {
    CHECK(RawJson::parse(R"({"a": 1})") == RawJson(Json{{"a", 1}}));
    CHECK(RawJson::parse(R"({"a":1})") != RawJson::parse(R"({"a":2})"));
    CHECK_THROWS_AS(RawJson::parse("{"), genai::DecodeError);
    CHECK_THROWS_AS(RawJson(nlohmann::ordered_json("\xFF")), genai::InvalidArgument);
    CHECK(RawJson().json().is_null());
    CHECK(RawJson::parse("\xEF\xBB\xBF{}").text() == "{}");
}

TEST_CASE("structs compare member by member") {
    using genai::Part;
    CHECK(Part::from_text("a") == Part::from_text("a"));
    CHECK_FALSE(Part::from_text("a") == Part::from_text("b"));
    CHECK_FALSE(Part::from_text("a") == Part{});
    CHECK(genai::Content{.parts = {Part::from_text("a")}} == genai::Content{.parts = {Part::from_text("a")}});
    CHECK_FALSE(genai::Content{.parts = {Part::from_text("a")}} == genai::Content{.parts = {Part::from_text("a"), {}}});
    CHECK_FALSE(Part::from_function_call("f", {{"a", 1}}) == Part::from_function_call("f", {{"a", 2}}));
    CHECK_FALSE(genai::Schema{.properties = {{"a", {}}}} == genai::Schema{.properties = {{"b", {}}}});
    CHECK_FALSE(genai::Tool{.extra = Json{{"a", 1}}} == genai::Tool{});
}
