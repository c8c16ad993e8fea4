#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::Content;
using genai::ContentListUnion;
using genai::ContentUnion;
using genai::File;
using genai::Json;
using genai::Part;

namespace {
std::string text(const ContentListUnion& contents) { return genai::encode(contents.contents()); }
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

TEST_CASE("a list of items is copied, not emptied") {
    const std::vector<ContentListUnion::Item> items{
        "a", Content{.parts = {Part::from_text("m")}, .role = "model"}};
    const std::string once = text(items);
    CHECK(text(items) == once);
}

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
    const auto instruction = [](ContentUnion given) { return genai::encode(given); };
    CHECK(instruction("be brief") == R"({"parts":[{"text":"be brief"}],"role":"user"})");
    CHECK(instruction({"be", Part::from_text("brief")}) ==
          R"({"parts":[{"text":"be"},{"text":"brief"}],"role":"user"})");
    CHECK(instruction(Content{.parts = {Part::from_text("x")}}) == R"({"parts":[{"text":"x"}]})");
    CHECK(instruction({}) == "null");
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
