#include <array>
#include <filesystem>
#include <initializer_list>
#include <list>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::Content;
using genai::Contents;
using genai::File;
using genai::Json;
using genai::Message;
using genai::Part;

namespace {
std::string text(const Contents& contents) { return genai::encode(contents.contents()); }
}  // namespace

TEST_CASE("contents of one thing are one turn of the user") {
    CHECK(text("hi") == R"([{"parts":[{"text":"hi"}],"role":"user"}])");
    CHECK(text(std::string("hi")) == text("hi"));
    CHECK(text(std::string_view("hi")) == text("hi"));
    CHECK(text(Part::from_text("hi")) == text("hi"));
    CHECK(text({"hi"}) == text("hi"));
    CHECK(text(std::vector<std::string>{"a", "b"}) ==
          R"([{"parts":[{"text":"a"},{"text":"b"}],"role":"user"}])");
    CHECK(text(std::vector<Part>{Part::from_text("a")}) == text("a"));
}

TEST_CASE("a content stays as it is, role or none") {
    CHECK(text(Content{.parts = {Part::from_text("x")}}) == R"([{"parts":[{"text":"x"}]}])");
    CHECK(text(Content{.parts = {Part::from_text("x")}, .role = "model"}) ==
          R"([{"parts":[{"text":"x"}],"role":"model"}])");
}

TEST_CASE("parts side by side become one turn, the model's where they are calls") {
    CHECK(text({"a", Part::from_text("b")}) == R"([{"parts":[{"text":"a"},{"text":"b"}],"role":"user"}])");
    CHECK(text({Part::from_function_call("f", Json::object()),
                Part::from_function_response("f", {{"output", 1}})}) ==
          R"([{"parts":[{"functionCall":{"args":{},"name":"f"}}],"role":"model"},)"
          R"({"parts":[{"functionResponse":{"name":"f","response":{"output":1}}}],"role":"user"}])");
    CHECK(
        text({"q", Part::from_function_call("f", Json::object()),
              Part::from_function_call("g", Json::object()), "r"}) ==
        R"([{"parts":[{"text":"q"}],"role":"user"},)"
        R"({"parts":[{"functionCall":{"args":{},"name":"f"}},{"functionCall":{"args":{},"name":"g"}}],"role":"model"},)"
        R"({"parts":[{"text":"r"}],"role":"user"}])");
}

TEST_CASE("mixed lists keep their order; an inner list is one turn") {
    CHECK(text({"a", Content{.parts = {Part::from_text("m")}, .role = "model"}, {"b", "c"}, "d"}) ==
          R"([{"parts":[{"text":"a"}],"role":"user"},{"parts":[{"text":"m"}],"role":"model"},)"
          R"({"parts":[{"text":"b"},{"text":"c"}],"role":"user"},{"parts":[{"text":"d"}],"role":"user"}])");
}

TEST_CASE("lists can be used twice, whatever they are") {
    const std::vector<Contents::Item> items{"a", Content{.parts = {Part::from_text("m")}, .role = "model"}};
    const std::string once = text(items);
    CHECK(text(items) == once);

    const std::initializer_list<Contents::Item> braced = {
        std::string("hello"), Part::from_text("you"), {"in", "ner"}};
    const std::string first = text(braced);
    CHECK(first.find("hello") != std::string::npos);
    CHECK(first.find("ner") != std::string::npos);
    CHECK(text(braced) == first);

    const std::vector<Part> parts{Part::from_text("a"), Part::from_text("b")};
    CHECK(text(parts) == text(parts));
    CHECK(parts[1].text == "b");
}

TEST_CASE("ranges of whatever an element can be are contents") {
    const std::string ab = R"([{"parts":[{"text":"a"},{"text":"b"}],"role":"user"}])";
    CHECK(text(std::vector<std::string_view>{"a", "b"}) == ab);
    CHECK(text(std::vector<const char*>{"a", "b"}) == ab);
    CHECK(text(std::array<std::string, 2>{"a", "b"}) == ab);
    CHECK(text(std::list<Part>{Part::from_text("a"), Part::from_text("b")}) == ab);
    const std::vector<std::string> words{"a", "b"};
    CHECK(text(words | std::views::filter([](const std::string& word) { return word != "c"; })) == ab);
    const File file{.mime_type = "m", .uri = "u"};
    CHECK(
        text(std::vector<File>{file, file}) ==
        R"([{"parts":[{"fileData":{"fileUri":"u","mimeType":"m"}},{"fileData":{"fileUri":"u","mimeType":"m"}}],"role":"user"}])");
    CHECK(genai::encode(Message(words)) == R"({"parts":[{"text":"a"},{"text":"b"}],"role":"user"})");
}

TEST_CASE("contents are built at run time") {
    Contents list;
    CHECK(list.empty());
    list.add("a").add(Part::from_text("b")).add(File{.mime_type = "m", .uri = "u"});
    CHECK(
        text(list) ==
        R"([{"parts":[{"text":"a"},{"text":"b"},{"fileData":{"fileUri":"u","mimeType":"m"}}],"role":"user"}])");
    list.add(Content{.parts = {Part::from_text("m")}, .role = "model"}).add("c");
    CHECK(list.contents().size() == 3);
}

TEST_CASE("a null text is an empty one, and an unset message") {
    const char* const nothing = nullptr;
    CHECK(text(nothing) == text(""));
    CHECK_FALSE(Message(nothing));
}

TEST_CASE("a message is one turn") {
    const Content turn{.parts = {Part::from_text("m")}, .role = "model"};
    CHECK_THROWS_AS(Message(std::vector<Content>{turn, turn}), genai::InvalidArgument);
    CHECK_THROWS_AS(Message({turn, "a"}), genai::InvalidArgument);
    CHECK_THROWS_AS(text({"a", {"b", turn}}), genai::InvalidArgument);
}

// What is no content does not compile.
template <class T>
concept Given = requires(void (*take)(const Contents&), T value) {
    take(value);
};
template <class T>
concept Said = requires(void (*take)(const Message&), T value) {
    take(value);
};
static_assert(Given<const char*> && Said<const char*> && Given<Part> && Given<File> && Given<Content>);
static_assert(!Given<std::nullptr_t> && !Said<std::nullptr_t>);
static_assert(!Given<std::filesystem::path> && !Said<std::filesystem::path>);
static_assert(!Given<int> && !Given<std::vector<int>> && !Given<Json>);
template <class T>
concept TakesNothing = requires(void (*take)(const T&)) {
    take({});
};
static_assert(!TakesNothing<Contents> && !TakesNothing<Message>);

TEST_CASE("an uploaded file is a reference to it") {
    const File file{.name = "files/x", .mime_type = "application/pdf", .uri = "https://example.com/files/x"};
    const std::string reference =
        R"({"fileData":{"fileUri":"https://example.com/files/x","mimeType":"application/pdf"}})";
    CHECK(text(file) == R"([{"parts":[)" + reference + R"(],"role":"user"}])");
    CHECK(text({"read", file}) == R"([{"parts":[{"text":"read"},)" + reference + R"(],"role":"user"}])");
    CHECK_THROWS_AS(text(File{.name = "files/x", .mime_type = "application/pdf"}), genai::InvalidArgument);
    CHECK_THROWS_AS(text(File{.name = "files/x", .uri = "https://example.com"}), genai::InvalidArgument);
}

TEST_CASE("media bytes of any container become inline data") {
    const std::vector<unsigned char> png{1, 2, 3};
    const std::vector<std::byte> bytes{std::byte{1}, std::byte{2}, std::byte{3}};
    const std::string text_bytes("\1\2\3");
    const std::string expected = R"({"inlineData":{"data":"AQID","mimeType":"image/png"}})";
    CHECK(genai::encode(Part::from_bytes(png, "image/png")) == expected);
    CHECK(genai::encode(Part::from_bytes(bytes, "image/png")) == expected);
    CHECK(genai::encode(Part::from_bytes(text_bytes, "image/png")) == expected);
}

TEST_CASE("a system instruction is taken in every form") {
    const auto instruction = [](Message given) { return genai::encode(given); };
    CHECK(instruction("be brief") == R"({"parts":[{"text":"be brief"}],"role":"user"})");
    CHECK(instruction({"be", Part::from_text("brief")}) ==
          R"({"parts":[{"text":"be"},{"text":"brief"}],"role":"user"})");
    CHECK(instruction(Content{.parts = {Part::from_text("x")}}) == R"({"parts":[{"text":"x"}]})");
    CHECK(genai::encode(Message()) == "null");
}

TEST_CASE("the parts' makers set what they say") {
    CHECK(genai::encode(Part::from_uri("gs://x", "video/mp4")) ==
          R"({"fileData":{"fileUri":"gs://x","mimeType":"video/mp4"}})");
    CHECK(genai::encode(Part::from_executable_code("x = 1", genai::Language::python)) ==
          R"({"executableCode":{"code":"x = 1","language":"PYTHON"}})");
    CHECK(genai::encode(Part::from_code_execution_result(genai::Outcome::ok, "1")) ==
          R"({"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1"}})");
    CHECK(
        genai::encode(Part::from_function_response(
            "f", {{"output", 1}},
            {genai::FunctionResponsePart::from_bytes(std::string("a"), "text/plain"),
             genai::FunctionResponsePart::from_uri("u", "m")})) ==
        R"({"functionResponse":{"name":"f","parts":[{"inlineData":{"data":"YQ==","mimeType":"text/plain"}},)"
        R"({"fileData":{"fileUri":"u","mimeType":"m"}}],"response":{"output":1}}})");
    CHECK(genai::encode(genai::SpeechConfig::from_voice("Kore")) ==
          R"({"voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"Kore"}}})");
}
