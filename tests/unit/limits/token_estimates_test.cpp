// What requests come to in tokens, held against what Google's pages say and what was measured.

#include <cstdint>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/limits.hpp>

using namespace genai;

namespace {

MediaResolution resolution_of(const Json& input) {
    const std::string level = input.value("level", "unspecified");
    if (level == "unspecified") return {};
    std::string name = "MEDIA_RESOLUTION_";
    for (const char c : level) name += c == '_' ? c : static_cast<char>(c - ('a' - 'A'));
    return MediaResolution(name);
}

TokenEstimate estimate_of(const Json& one) {
    const std::string family = one["family"].get<std::string>();
    const std::string model = family.substr(0, family.find_first_of(", ")) + "-flash";
    const Json& input = one["input"];
    const std::string kind = one["kind"].get<std::string>();
    if (kind == "text") return estimate_text_tokens(input["text"].get<std::string>());
    if (kind == "audio") return estimate_audio_tokens(model, input["seconds"].get<double>());
    if (kind == "pdf")
        return estimate_document_tokens(model, input["pages"].get<std::int64_t>(), resolution_of(input));
    if (kind == "video")
        return estimate_video_tokens(model,
                                     {.seconds = input["seconds"].get<double>(),
                                      .fps = input["fps"].get<double>(),
                                      .audio = input["audio"].get<bool>(),
                                      .width = input.value("width", 0),
                                      .height = input.value("height", 0)},
                                     resolution_of(input));
    if (kind == "image")
        return estimate_image_tokens(model, input["width"].get<std::int64_t>(),
                                     input["height"].get<std::int64_t>(), resolution_of(input));
    std::vector<Part> parts{Part::from_text(input["text"].get<std::string>())};
    for (std::size_t i = 0; i < input["images"].size(); ++i)
        parts.push_back(Part::from_uri("https://example.com/a.jpg", "image/jpeg"));
    return estimate_tokens(model, Content{.parts = parts});
}

/// Text whose bytes are those numbers.
std::string bytes(std::initializer_list<int> values) {
    std::string made;
    for (const int value : values) made += static_cast<char>(value);
    return made;
}

/// A number of so many bytes, the most significant first.
std::string big(std::uint64_t number, int size) {
    std::string made;
    for (int i = size - 1; i >= 0; --i) made += static_cast<char>(i < 8 ? number >> (8 * i) & 0xFFU : 0);
    return made;
}
std::string little(std::uint64_t number, int size) {
    const std::string made = big(number, size);
    return {made.rbegin(), made.rend()};
}
std::string box(const std::string& type, const std::string& content) {
    return big(content.size() + 8, 4) + type + content;
}

TokenEstimate estimate_of(const std::string& data, const char* type) {
    return estimate_tokens("gemini-2.5-flash", Content{.parts = {Part::from_bytes(data, type)}});
}

/// Files that say that they are 960 x 540.
std::vector<std::string> images() {
    const std::string size = big(960, 4) + big(540, 4);
    const std::string frame = bytes({0xFF, 0xC0}) + big(17, 2) + bytes({8}) + big(540, 2) + big(960, 2);
    const std::string thumbnail = bytes({0xFF, 0xC0}) + big(17, 2) + bytes({8}) + big(12, 2) + big(16, 2);
    const std::string ispe = box("ispe", big(0, 4) + big(64, 4) + big(64, 4)) + box("ispe", big(0, 4) + size);
    return {
        "\x89PNG\r\n\x1a\n" + big(13, 4) + "IHDR" + size,
        "GIF89a" + little(960, 2) + little(540, 2),
        bytes({0xFF, 0xD8, 0xFF, 0xE1}) + big(thumbnail.size() + 2, 2) + thumbnail + frame +
            std::string(20, 'x'),
        "RIFF" + little(100, 4) + "WEBPVP8 " + little(90, 4) + bytes({0, 0, 0, 0x9D, 1, 0x2A}) +
            little(960, 2) + little(540, 2),
        "RIFF" + little(100, 4) + "WEBPVP8L" + little(90, 4) + bytes({0x2F}) + little(959U | 539U << 14U, 4),
        "RIFF" + little(100, 4) + "WEBPVP8X" + little(10, 4) + little(0, 4) + little(959, 3) + little(539, 3),
        box("ftyp", "heic") + box("meta", big(0, 4) + box("iprp", box("ipco", ispe)))};
}

/// Files that say that they take ten seconds.
std::vector<std::string> recordings() {
    const std::string wav = "WAVEfmt " + little(16, 4) + little(1, 2) + little(1, 2) + little(8000, 4) +
                            little(16000, 4) + little(2, 2) + little(16, 2);
    const std::string mp3 = bytes({0xFF, 0xFB, 0x90, 0x00});
    const std::string moov = box("moov", box("mvhd", big(0, 12) + big(1000, 4) + big(10'000, 4)));
    const std::string ftyp = box("ftyp", "isom");
    return {"RIFF" + little(0, 4) + wav + "LIST" + little(3, 4) + "abc" + bytes({0}) + "data" +
                little(160'000, 4),
            "RF64" + little(0, 4) + "WAVEds64" + little(16, 4) + little(0, 8) + little(160'000, 8) +
                wav.substr(4) + "data" + little(0xFFFFFFFF, 4),
            "fLaC" + big(34, 4) + std::string(10, '\0') + big(std::uint64_t{44'100} << 44U | 441'000U, 8),
            mp3 + std::string(160'000 - 4, '\0'),
            "ID3" + bytes({4, 0, 0, 0, 0, 0, 5}) + "12345" + mp3 + std::string(32, '\0') + "Xing" +
                big(1, 4) + big(382, 4),
            ftyp + moov,
            ftyp + box("mdat", std::string(5000, 'x')) + moov,
            ftyp + box("moov", box("mvhd", bytes({1}) + big(0, 19) + big(1000, 4) + big(10'000, 8))),
            ftyp + box("moov", box("mvhd", big(0, 12) + big(1000, 4) + big(0, 4)) +
                                   box("mvex", box("mehd", big(0, 4) + big(10'000, 4)))),
            bytes({0x1A, 0x45, 0xDF, 0xA3}) + "webm" + bytes({0x2A, 0xD7, 0xB1, 0x83}) + big(1'000'000, 3) +
                bytes({0x44, 0x89, 0x84}) + big(0x461C4000, 4)};
}

}  // namespace

TEST_CASE("estimates hold what is documented and what was measured") {
    std::ifstream file(GENAI_TOKENS_CASES);
    const Json all = Json::parse(file);
    REQUIRE(all["cases"].size() == 69);
    for (const Json& one : all["cases"]) {
        const TokenEstimate estimate = estimate_of(one);
        const auto tokens = one["tokens"].get<std::int64_t>();
        CAPTURE(one["id"].get<std::string>(), tokens, estimate.least, estimate.tokens, estimate.most);
        CHECK(estimate.least <= tokens);
        CHECK(tokens <= estimate.most);
        CHECK(estimate.least <= estimate.tokens);
        CHECK(estimate.tokens <= estimate.most);
        if (one["kind"] == "text")
            CHECK(estimate.tokens * 10 >= tokens * 8);  // a budget is not told too little
    }
}

TEST_CASE("images are measured by their own headers") {
    for (const std::string& image : images()) {
        CAPTURE(image.substr(0, 16));
        const TokenEstimate estimate = estimate_of(image, "image/png");
        CHECK(estimate.tokens == 1548);
        CHECK(estimate.complete);
    }
    constexpr std::int64_t most = (std::numeric_limits<std::int64_t>::max)();
    CHECK(estimate_image_tokens("gemini-2.5-flash", most, most).tokens > 0);
    CHECK(estimate_image_tokens("gemini-3.5-flash", most, 1).tokens > 0);
    const TokenEstimate unknown = estimate_of("no image", "image/png");
    CHECK(!unknown.complete);
    CHECK(unknown.most == 2049);
}

TEST_CASE("recordings and videos are measured by their own headers") {
    for (const std::string& recording : recordings()) {
        CAPTURE(recording.substr(0, 16));
        const TokenEstimate estimate = estimate_of(recording, "audio/x");
        CHECK(estimate.tokens == 320);
        CHECK(estimate.complete);
    }
    const std::string video = recordings().at(5);
    CHECK(estimate_of(video, "video/mp4").tokens == 10 * (258 + 32));
    Part slow = Part::from_bytes(video, "video/mp4");
    slow.video_metadata.emplace().fps = 0.5;
    CHECK(estimate_tokens("gemini-2.5-flash", Content{.parts = {slow}}).tokens == 5 * 258 + 320);
    CHECK(!estimate_of("no video", "video/mp4").complete);
}

TEST_CASE("pages of documents are counted") {
    const std::string page = "1 0 obj <</Type /Page /Parent 2 0 R>> endobj\n";
    const std::string pages = "2 0 obj <</Type/Pages /Count 3>> endobj\n";
    CHECK(estimate_of("%PDF-1.4\n" + pages + page + page + page, "application/pdf").tokens == 3 * 258);
    CHECK(estimate_of("%PDF-1.7\n1 0 obj <</Linearized 1 /L 100 /N 12>>", "application/pdf").tokens ==
          12 * 258);
    const TokenEstimate unknown = estimate_of("%PDF-1.7\n" + std::string(100'000, 'x'), "application/pdf");
    CHECK(unknown.tokens == 3 * 258);
    CHECK(!unknown.complete);
}

TEST_CASE("files that end too early are no more than not known") {
    std::vector<std::string> files = images();
    for (std::string& one : recordings()) files.push_back(one.substr(0, 300));
    files.push_back("%PDF-1.7 /Linearized /N 12 /Type /Page");
    for (const std::string& file : files)
        for (std::size_t size = 0; size < file.size(); ++size)
            for (const char* const type : {"image/x", "audio/x", "video/x", "application/pdf"})
                CHECK(estimate_of(file.substr(0, size), type).tokens >= 0);
}

TEST_CASE("a request is its texts, calls, tools and media together") {
    const auto of = [](const Contents& contents, const GenerateContentConfig& config = {}) {
        return estimate_tokens("gemini-2.5-flash", contents, config);
    };
    const std::int64_t text = of("What is your name?").tokens;
    CHECK(text == 5);
    CHECK(of("What is your name?", {.system_instruction = "What is your name?"}).tokens == 10);
    CHECK(of(Content{.parts = {Part::from_function_call("name", {{"what", "is your 123"}})}}).tokens > 5);
    CHECK(of("What is your name?", {.tools = {{.function_declarations = {{.name = "name"}}}}}).tokens > text);
    CHECK(of(Content{.parts = {Part::from_bytes(images().at(0), "image/png"),
                               Part::from_text("What is your name?")}})
              .tokens == 1548 + 5);
    CHECK(!of("Hello", {.cached_content = "cachedContents/x"}).complete);
    CHECK(!of(Content{.parts = {Part::from_uri("gs://bucket/a.mp4", "video/mp4")}}).complete);
    CHECK(of(Content{.parts = {Part::from_bytes(std::string("What is your name?"), "text/plain")}}).tokens ==
          5);
    CHECK(of(Content{.parts = {{.text = "\xff\xfe\xc3"}}}).tokens == 2);
}

TEST_CASE("the limits of a model are those of the library's data") {
    CHECK(token_limits("gemini-2.5-pro") == TokenLimits{.input = 1'048'576, .output = 65'536});
    CHECK(token_limits("models/gemini-2.5-pro").has_value());
    CHECK(!token_limits("gemini-99-zeta"));
}
