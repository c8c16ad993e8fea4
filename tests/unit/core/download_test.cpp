#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "clients.hpp"
#include "uploads.hpp"
#include "wrong.hpp"

using genai::Bytes;
using genai::Client;
using genai::File;
using genai::FileState;
using genai::InvalidArgument;
using genai::UploadSource;
using namespace support;
using genai::testing::Emulator;
using genai::testing::Fault;
using genai::testing::Reply;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("what a model made is fetched into memory, into a file, or piece by piece") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const Folder folder;
    auto operation =
        client.operations.wait(client.models.generate_videos("veo-3", "a cat"), {.poll_interval = 1ms});
    const genai::GeneratedVideo& made = operation.response->generated_videos.at(0);
    const Bytes whole = client.files.download(made);
    CHECK_THAT(std::string(whole.view()), ContainsSubstring("an emulated video"));
    client.files.download(*made.video, folder.path / "cat.mp4");
    CHECK(Folder::read(folder.path / "cat.mp4") == whole.view());
    std::string joined;
    client.files.download(*made.video->uri, [&](std::string_view piece) { joined += piece; });
    CHECK(joined == whole.view());
    int pieces = 0;
    client.files.download(made, [&](std::string_view) { return ++pieces > 0 && false; });
    CHECK(pieces == 1);

    // one that fails leaves what was there, and no rests
    emulator.enqueue(Reply::broken({Fault::Kind::close, 100}));
    CHECK_THROWS_AS(client.files.download(made, folder.path / "cat.mp4"), genai::TransportError);
    CHECK(Folder::read(folder.path / "cat.mp4") == whole.view());
    CHECK_THROWS_AS(client.files.download("files/none", folder.path / "none.mp4"), genai::ClientError);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
}
