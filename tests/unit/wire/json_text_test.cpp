#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/wire/json_text.hpp>
#include <genai/wire/writer.hpp>

using genai::Bytes;
using genai::Content;
using genai::Part;
using genai::wire::JsonText;
using genai::wire::Writer;

namespace {

std::string noise(std::size_t size) {
    std::mt19937 random(static_cast<unsigned>(size));
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

std::string read(const JsonText& text, std::uint64_t offset, std::size_t size) {
    std::string piece(size, '\0');
    piece.resize(text.read(offset, piece));
    return piece;
}

}  // namespace

TEST_CASE(
    "text that holds bytes reads as if they were written out, from any place and in pieces of any size") {
    std::vector<Content> contents{{.role = "user"}};
    for (const std::size_t size : {JsonText::least_held - 1, JsonText::least_held, JsonText::least_held + 1,
                                   JsonText::least_held + 2, std::size_t{200'000}})
        contents[0].parts.insert(
            contents[0].parts.end(),
            {Part::from_text("before"), Part::from_bytes(Bytes(noise(size)), "image/png")});
    const std::string whole = genai::encode(contents);

    JsonText text;
    Writer(text).value(contents);
    CHECK_FALSE(text.plain());
    CHECK(text.view().size() < 100'000);
    CHECK(text.size() == whole.size());
    CHECK(text.whole() == whole);

    for (const std::size_t size : {1000U, 4096U, 65'537U}) {
        std::string read_on;
        for (std::string piece = read(text, 0, size); !piece.empty();
             piece = read(text, read_on.size(), size))
            read_on += piece;
        CHECK(read_on == whole);
    }
    std::mt19937 random(1);
    std::size_t agreed = 0;
    for (int i = 0; i < 5000; ++i) {
        const std::size_t at = random() % whole.size();
        const std::size_t size = random() % 50;
        agreed += read(text, at, size) == whole.substr(at, size) ? 1 : 0;
    }
    CHECK(agreed == 5000);
    CHECK(read(text, whole.size(), 10).empty());
    CHECK(read(text, whole.size() - 3, 10) == whole.substr(whole.size() - 3));
}

TEST_CASE("text without long runs of bytes is what was written") {
    const std::vector<Content> contents{
        {.parts = {Part::from_bytes(Bytes(noise(1000)), "image/png")}, .role = "user"}};
    JsonText text;
    Writer(text).value(contents);
    CHECK(text.plain());
    CHECK(text.view() == genai::encode(contents));
    CHECK(text.whole() == text.view());
}
