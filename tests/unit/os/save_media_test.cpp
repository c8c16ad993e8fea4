#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::Blob;
using genai::Bytes;

namespace {

/// A folder that goes with its files.
struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() /
                                 ("genai_save_media_test_" + std::to_string(std::random_device()()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string operator/(const char* name) const { return (path / name).string(); }
};

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Blob blob(const char* type, const std::string& bytes = "bytes") {
    return {.data = Bytes(bytes), .mime_type = type};
}

}  // namespace

TEST_CASE("a blob is saved under its type's extension") {
    const Folder folder;
    CHECK(blob("image/png").save(folder / "picture") == folder / "picture.png");
    CHECK(content(folder / "picture.png") == "bytes");
    CHECK(blob("image/jpeg").save(folder / "picture") == folder / "picture.jpg");
    CHECK(blob("text/plain; charset=utf-8").save(folder / "note") == folder / "note.txt");
    CHECK(blob("made/up").save(folder / "thing") == folder / "thing.bin");
    CHECK(Blob{.data = Bytes(std::string("x"))}.save(folder / "untyped") == folder / "untyped.bin");
    CHECK(blob("image/png").save(folder / "as.given") == folder / "as.given");
    CHECK(blob("image/png", "").save(folder / "empty.png") == folder / "empty.png");
}

TEST_CASE("raw PCM becomes a WAV file") {
    const Folder folder;
    CHECK(blob("audio/L16;codec=pcm;rate=16000", "abcd").save(folder / "speech") == folder / "speech.wav");
    const std::string wav = content(folder / "speech.wav");
    REQUIRE(wav.size() == 48);
    const auto number = [&wav](std::size_t at, std::size_t bytes) {
        unsigned value = 0;
        for (std::size_t i = 0; i < bytes; ++i)
            value |= static_cast<unsigned>(static_cast<unsigned char>(wav[at + i])) << 8 * i;
        return value;
    };
    CHECK(wav.substr(0, 4) + wav.substr(8, 8) == "RIFFWAVEfmt ");
    CHECK(number(4, 4) == 40);
    CHECK(number(16, 4) == 16);
    CHECK(number(20, 2) == 1);
    CHECK(number(22, 2) == 1);
    CHECK(number(24, 4) == 16000);
    CHECK(number(28, 4) == 32000);
    CHECK(number(32, 2) == 2);
    CHECK(number(34, 2) == 16);
    CHECK(wav.substr(36, 4) == "data");
    CHECK(number(40, 4) == 4);
    CHECK(wav.substr(44) == "abcd");

    blob("audio/pcm; Rate=48000; channels=2", "abcd").save(folder / "stereo.wav");
    const std::string stereo = content(folder / "stereo.wav");
    CHECK(static_cast<unsigned char>(stereo[22]) == 2);
    CHECK(content(blob("audio/L16", "abcd").save(folder / "raw.pcm")) == "abcd");
    CHECK(content(blob("audio/wav", "abcd").save(folder / "has_header")) == "abcd");
}

TEST_CASE("what cannot be saved is an error, and leaves what was there") {
    const Folder folder;
    CHECK_THROWS_AS(Blob{}.save(folder / "nothing"), genai::MissingValue);
    CHECK_THROWS_AS(blob("image/png").save((folder.path / "no" / "such" / "x.png").string()),
                    genai::InvalidArgument);
    CHECK_THROWS_AS(blob("image/png").save(folder.path.string() + "/"), genai::InvalidArgument);
}
