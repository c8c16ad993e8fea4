#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include <genai/genai.hpp>

using genai::decode;
using genai::DecodeError;
using genai::Json;

namespace {

struct Node {
    std::optional<bool> flag{};
    std::optional<std::int32_t> small{};
    std::optional<std::int64_t> large{};
    std::optional<std::uint8_t> byte{};
    std::optional<double> real{};
    std::optional<float> single{};
    std::optional<std::string> text{};
    std::optional<genai::Bytes> bytes{};
    std::optional<Json> any{};
    genai::RawJson raw{};
    genai::Box<Node> child{};
    std::vector<Node> children{};
    std::vector<double> numbers{};
    genai::Dict<Node> named{};
    genai::Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("flag", self.flag);
        visit("small", self.small);
        visit("large", self.large, genai::wire::as_string);
        visit("byte", self.byte);
        visit("real", self.real);
        visit("single", self.single);
        visit("text", self.text);
        visit("bytes", self.bytes);
        visit("any", self.any);
        visit("raw", self.raw);
        visit("child", self.child);
        visit("children", self.children);
        visit("numbers", self.numbers);
        visit("named", self.named);
    }
};

/// A struct of a user's: plain members, no place for the unknown.
struct Plain {
    std::int32_t count{7};
    std::string name{"unset"};
    std::vector<std::string> tags{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("count", self.count);
        visit("name", self.name);
        visit("tags", self.tags);
    }
};

std::string pointer_of(std::string_view text) {
    try {
        static_cast<void>(decode<Node>(text));
    } catch (const DecodeError& problem) {
        return problem.pointer();
    }
    return "(accepted)";
}

bool accepts(std::string_view text) {
    try {
        static_cast<void>(decode<Json>(text));
        return true;
    } catch (const DecodeError&) {
        return false;
    }
}

std::string nested(std::size_t levels, const std::string& open, const std::string& close,
                   const std::string& inner = "") {
    std::string text;
    for (std::size_t i = 0; i < levels; ++i) text += open;
    text += inner;
    for (std::size_t i = 0; i < levels; ++i) text += close;
    return text;
}

}  // namespace

TEST_CASE("every kind of member is read") {
    const auto node = decode<Node>(
        " {\"flag\" : true, "
        "\"small\":-12,\t\"large\":\"9223372036854775807\",\r\n\"byte\":255,\"real\":-1.5e-3,\"single\":0.1,"
        "\"text\":\"a\\u00e9\\n\\ud83d\\ude00\\/\",\"bytes\":\"aGk=\",\"any\":{\"k\":[1,null]},\"raw\":{ "
        "\"z\" : 1.10 },"
        "\"child\":{\"small\":1},\"children\":[{\"small\":2},{}],\"numbers\":[1,2.5,-0.0],\"named\":{\"b\":{}"
        ",\"a\":{\"small\":3}}} ");
    CHECK(node.flag == true);
    CHECK(node.small == -12);
    CHECK(node.large == INT64_MAX);
    CHECK(node.byte == 255);
    CHECK(node.real == -0.0015);
    CHECK(node.single == 0.1F);
    CHECK(node.text == "a\xC3\xA9\n\xF0\x9F\x98\x80/");
    CHECK(node.bytes->view() == "hi");
    CHECK(node.any == Json{{"k", {1, nullptr}}});
    CHECK(node.raw.text() == "{ \"z\" : 1.10 }");
    CHECK(node.child->small == 1);
    REQUIRE(node.children.size() == 2);
    CHECK(node.children[0].small == 2);
    CHECK(node.numbers == std::vector<double>{1, 2.5, -0.0});
    CHECK(std::signbit(node.numbers[2]));
    CHECK(node.named.begin()->first == "b");
    CHECK(node.named.find("a")->small == 3);
}

TEST_CASE("keys are found in any order, escaped or at the text's end") {
    CHECK(decode<Node>(R"({"text":"x","small":1,"flag":false})").small == 1);
    CHECK(decode<Node>(R"({"sm\u0061ll":5})").small == 5);
    CHECK(decode<Node>(R"({"byte":1})").byte == 1);
    CHECK(decode<Node>("{\"raw\":1}").raw.text() == "1");
    CHECK(decode<Node>(R"({"smal":1,"smalll":2})").extra.json() == Json{{"smal", 1}, {"smalll", 2}});
}

TEST_CASE("integers come as numbers and as strings, whole or not at all") {
    CHECK(decode<Node>(R"({"small":"42","large":7})").small == 42);
    CHECK(decode<Node>(R"({"small":12.0,"large":1e3})").large == 1000);
    CHECK(decode<Node>(R"({"small":-2147483648,"large":"-9223372036854775808"})").large == INT64_MIN);
    CHECK(decode<Node>(R"({"real":"2.5"})").real == 2.5);
    for (const char* text : {R"({"small":2147483648})",
                             R"({"small":-2147483649})",
                             R"({"large":9223372036854775808})",
                             R"({"byte":256})",
                             R"({"byte":-1})",
                             R"({"small":1.5})",
                             R"({"small":"1.5"})",
                             R"({"small":"x"})",
                             R"({"small":""})",
                             R"({"small":"1 "})",
                             R"({"small":1e400})",
                             R"({"large":123456789012345678901234567890})",
                             R"({"real":1e999})",
                             R"({"real":"nan"})",
                             R"({"real":NaN})",
                             R"({"single":1e39})",
                             R"({"small":true})",
                             R"({"flag":1})",
                             R"({"flag":"true"})",
                             R"({"text":1})",
                             R"({"children":{}})",
                             R"({"child":[]})",
                             R"({"named":[]})"}) {
        INFO(text);
        CHECK_THROWS_AS(decode<Node>(text), DecodeError);
    }
}

TEST_CASE("doubles are read to the nearest") {
    for (const char* text : {"0.1", "123456789.123456789", "1e22", "1e23", "9007199254740993",
                             "2.2250738585072014e-308", "1.7976931348623157e308", "5e-324", "1e-400",
                             "0.30000000000000004", "123456789012345678901234567890",
                             "0.000000000000000000000000000000000000000123456789012345678901234"}) {
        INFO(text);
        CHECK(decode<Node>(std::string(R"({"real":)") + text + "}").real == std::strtod(text, nullptr));
        CHECK(decode<Node>(std::string(R"({"real":-)") + text + "}").real == -std::strtod(text, nullptr));
    }
}

TEST_CASE("null is absent, and of a repeated key the last one counts") {
    const auto node = decode<Node>(
        R"({"flag":null,"text":null,"child":null,"children":null,"named":null,"any":null,"named":{"k":null}})");
    CHECK_FALSE(node.flag);
    CHECK_FALSE(node.child);
    CHECK_FALSE(node.any);
    CHECK(node.named.empty());
    CHECK(decode<Node>(R"({"small":1,"small":2})").small == 2);
    CHECK_FALSE(decode<Node>(R"({"small":1,"small":null})").small);
    const auto twice = decode<Node>(R"({"child":{"small":1},"child":{"text":"x"}})");
    CHECK_FALSE(twice.child->small);
    CHECK(twice.child->text == "x");
    CHECK(decode<Node>(R"({"children":[{},{}],"children":[{}]})").children.size() == 1);
    CHECK(decode<Node>(R"({"any":{"a":1,"a":2}})").any == Json{{"a", 2}});
    CHECK(decode<Node>(R"({"named":{"a":{"small":1},"a":{"text":"x"}}})").named.find("a")->small ==
          std::nullopt);
}

TEST_CASE("a user's struct keeps its defaults where nothing comes") {
    const auto plain = decode<Plain>(R"({"name":"n","unknown":[1]})");
    CHECK(plain.count == 7);
    CHECK(plain.name == "n");
    CHECK(decode<Plain>(R"({"count":null,"name":null})").name == "unset");
    CHECK(decode<Plain>(R"({"count":1,"count":null})").count == 7);
    CHECK(decode<std::vector<Plain>>(R"([{"count":1},{}])").size() == 2);
}

TEST_CASE("an error says where") {
    CHECK(pointer_of(R"({"small":"x"})") == "/small");
    CHECK(pointer_of(R"({"children":[{},{"child":{"real":[]}}]})") == "/children/1/child/real");
    CHECK(pointer_of(R"({"named":{"a/b~c":{"flag":0}}})") == "/named/a~1b~0c/flag");
    CHECK(pointer_of(R"({"numbers":[1,2,"x"]})") == "/numbers/2");
    CHECK(pointer_of(R"({"unknown":[1,{"x":tru}]})") == "/unknown/1/x");
    CHECK(pointer_of("[]").empty());
    CHECK(pointer_of("").empty());
    CHECK(pointer_of(R"({"bytes":"a$b="})") == "/bytes");
    CHECK(pointer_of("{\"text\":\"a\x01\"}") == "/text");
    CHECK(pointer_of("{\"text\":\"\xC3\"}") == "/text");
    CHECK(pointer_of(R"({"text":"x"}x)").empty());
}

TEST_CASE("nesting is limited, wherever it is") {
    CHECK_NOTHROW(decode<Json>(nested(128, "[", "]")));
    CHECK_THROWS_AS(decode<Json>(nested(129, "[", "]")), DecodeError);
    CHECK_THROWS_AS(decode<Json>(nested(100'000, "[", "]")), DecodeError);
    CHECK_THROWS_AS(decode<Node>(R"({"any":)" + nested(100'000, "{\"a\":", "}", "1") + "}"), DecodeError);
    CHECK_THROWS_AS(decode<Node>(R"({"unknown":)" + nested(100'000, "[", "]") + "}"), DecodeError);
    CHECK_THROWS_AS(decode<Node>(R"({"raw":)" + nested(100'000, "[", "]") + "}"), DecodeError);
    CHECK_THROWS_AS(decode<Node>(nested(200, "{\"child\":", "}", "{}")), DecodeError);
    CHECK_NOTHROW(decode<Node>(nested(127, "{\"child\":", "}", "{}")));
    CHECK_NOTHROW(decode<Json>(nested(200, "[", "]"), 200));
    CHECK_THROWS_AS(decode<Json>("[[1]]", 1), DecodeError);
}

TEST_CASE("what is not UTF-8 is refused, skipped or not") {
    for (const std::string bad : {"\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80",
                                  "\xF8\x88\x80\x80\x80", "long enough for a block \xC3("}) {
        CHECK_THROWS_AS(decode<Node>("{\"text\":\"" + bad + "\"}"), DecodeError);
        CHECK_THROWS_AS(decode<Node>("{\"unknown\":\"" + bad + "\"}"), DecodeError);
        CHECK_THROWS_AS(decode<Node>("{\"any\":[\"" + bad + "\"]}"), DecodeError);
        CHECK_THROWS_AS(decode<Node>("{\"" + bad + "\":1}"), DecodeError);
    }
    for (const char* escape : {R"(\u12)", R"(\ud800\u12)", R"(\u12g4)", R"(\x)", R"(\)"}) {
        INFO(escape);
        CHECK_THROWS_AS(decode<Node>(std::string("{\"text\":\"") + escape + "\"}"), DecodeError);
    }
    for (const char* good :
         {"\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
        CHECK(decode<Node>(std::string("{\"text\":\"") + good + "\"}").text == good);
}

TEST_CASE("text that is not JSON is refused") {
    const std::vector<std::string> bad{"",
                                       " ",
                                       "{",
                                       "[",
                                       "[1,]",
                                       "{\"a\":1,}",
                                       "{\"a\"}",
                                       "{a:1}",
                                       "[1 2]",
                                       "01",
                                       "-",
                                       "1.",
                                       ".5",
                                       "1e",
                                       "+1",
                                       "nul",
                                       "truex",
                                       "[1}",
                                       "{\"a\":[1}]",
                                       "\"a",
                                       "'a'",
                                       "1 2",
                                       "//x\n1",
                                       "[\"a\x1F\"]",
                                       "\xEF\xBB\xBF",
                                       "{\"a\":1 \"b\":2}",
                                       "[,1]",
                                       "NaN",
                                       "-Infinity"};
    for (const std::string& text : bad) {
        INFO(text);
        CHECK_FALSE(accepts(text));
        CHECK_THROWS_AS(decode<Node>("{\"unknown\":" + text + "}"), DecodeError);
    }
    CHECK(accepts("\xEF\xBB\xBF[1]"));
    CHECK(accepts("\"\\u0000\""));
}

TEST_CASE("every prefix of a document is refused and none is read beyond") {
    const std::string text =
        R"({"text":"a\u00e9\ud83d\ude00","numbers":[1,-2.5e3],"any":{"k":[true,null]},"bytes":"aGk=","unknown":{"x":"\n"}})";
    for (std::size_t length = 0; length < text.size(); ++length) {
        const std::vector<char> exact(
            text.begin(),
            text.begin() + static_cast<std::ptrdiff_t>(length));  // so that sanitizers see a read beyond
        CHECK_THROWS_AS(decode<Node>(std::string_view(exact.data(), exact.size())), DecodeError);
    }
    CHECK_NOTHROW(decode<Node>(text));
}

TEST_CASE("the public JSON test suite") {
    const std::filesystem::path folder = std::filesystem::path(GENAI_JSON_TEST_SUITE) / "test_parsing";
    if (!std::filesystem::is_directory(folder)) SKIP("the suite is not here");
    int accepted = 0;
    int refused = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const std::string name = entry.path().filename().string();
        INFO(name);
        if (name.starts_with("y_")) {
            CHECK(accepts(text));
            ++accepted;
        } else if (name.starts_with("n_")) {
            CHECK_FALSE(accepts(text));
            ++refused;
        } else {
            static_cast<void>(accepts(text));
        }
    }
    CHECK(accepted == 95);
    CHECK(refused == 188);
}

TEST_CASE("values are those that nlohmann reads") {
    for (const char* text :
         {"[0,-0,1,-1,18446744073709551615,18446744073709551616,-9223372036854775808,-9223372036854775809,1."
          "0,1e2,1E-2]",
          R"({"a":{"b":[[],{},"",null,true,false]},"\u0000":"\u001f\"\\"})", "\"\"", "[[[[[1]]]]]"})
        CHECK(decode<Json>(text) == Json::parse(text));
}

TEST_CASE("members of the API's structs are read by either spelling of their names, a user's are not") {
    const auto part = decode<genai::Part>(
        R"({"inline_data":{"mime_type":"image/png","data":"eA=="},"thought_signature":"s","future_member":1})");
    CHECK(part.inline_data->mime_type == "image/png");
    CHECK(part.thought_signature == "s");
    CHECK(
        genai::encode(part) ==
        R"({"inlineData":{"data":"eA==","mimeType":"image/png"},"thoughtSignature":"s","future_member":1})");
    const auto call =
        decode<genai::FunctionCall>(R"({"name":"f","args":{"max_items":1},"will_continue":true})");
    CHECK(call.args == Json{{"max_items", 1}});
    CHECK(call.will_continue.is_true());
    CHECK(decode<genai::interactions::FunctionResultStep>(R"({"type":"function_result","callId":"c"})")
              .call_id == "c");
}
