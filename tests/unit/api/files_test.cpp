#include <cstddef>
#include <span>
#include <string>
#include <vector>

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
using Catch::Matchers::ContainsSubstring;
using genai::testing::Emulator;
using genai::testing::Reply;

TEST_CASE("a file is uploaded by its path, its type and name told by it") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const Folder folder;
    const File file =
        client.files.upload(folder.write("Ünïcode report.PDF", "%PDF-1.4"), {.display_name = "Report"});
    CHECK(file.name.starts_with("files/"));
    CHECK(file.mime_type == "application/pdf");
    CHECK(file.display_name == "Report");
    CHECK(file.size_bytes == 8);
    CHECK(file.state == FileState::active);
    const auto start = emulator.requests().front();
    CHECK(start.path == "/upload/v1beta/files");
    CHECK(start.headers.get("x-goog-upload-header-content-length") == "8");
    CHECK(start.headers.get("x-goog-upload-file-name") == "%C3%9Cn%C3%AFcode report.PDF");
    CHECK(sent(emulator).bytes == "%PDF-1.4");
    CHECK(client.files.get(file.name) == file);
    CHECK(client.files.get(*file.uri) == file);
    CHECK(client.models.generate_content("gemini-x", {file, "what is this?"}).text().find("1 attachment") !=
          std::string::npos);
}

TEST_CASE("what cannot be uploaded is refused before anything is sent") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const Folder folder;
    const auto readable = folder.write("a.txt", "x");
    CHECK(wrong([&] { client.files.upload("no/such/file.pdf"); }) == "file");
    CHECK(wrong([&] { client.files.upload(folder.path); }) == "file");
    CHECK(wrong([&] { client.files.upload(folder.write("noextension", "x")); }) == "config.mime_type");
    CHECK(wrong([&] { client.files.upload(folder.write("what.zzz", "x")); }) == "config.mime_type");
    CHECK(wrong([&] { client.files.upload(Bytes(std::string("x"))); }) == "config.mime_type");
    CHECK(wrong([&] { client.files.upload(readable, {.name = "cachedContents/x"}); }) == "config.name");
    CHECK(wrong([&] { client.files.upload(readable, {.name = "../x"}); }) == "config.name");
    CHECK(wrong([&] { static_cast<void>(client.files.get("fileSearchStores/x")); }) == "file");
    CHECK(wrong([&] { static_cast<void>(client.files.get("files/../../v1/models")); }) == "file");
    CHECK(wrong([&] { static_cast<void>(client.files.get("files/a\r\nX-Evil: 1")); }) == "file");
    CHECK(wrong([&] { static_cast<void>(client.files.get("https://example.com/other")); }) == "file");
    CHECK(wrong([&] { static_cast<void>(client.files.get("")); }) == "file");
    CHECK(wrong([&] { static_cast<void>(client.files.list({.page_size = -1})); }) == "config.page_size");
    CHECK(wrong([&] { static_cast<void>(client.files.list({.page_size = 0})); }) == "config.page_size");
    CHECK(wrong([&] { client.files.register_files({}, "t"); }) == "uris");
    CHECK(wrong([&] { client.files.register_files({"https://x"}, "t"); }) == "uris");
    CHECK(wrong([&] { client.files.register_files({"gs://x"}, ""); }) == "access_token");
    CHECK(wrong([&] { static_cast<void>(client.files.get("files/")); }) == "file");
    CHECK(wrong([&] { static_cast<void>(client.files.get("files/a/b")); }) == "file");
    CHECK(wrong([&] { client.files.download("files/x", folder.path / "no" / "such" / "folder"); }) == "to");
    CHECK(wrong([&] { client.files.download("files/x", folder.path); }) == "to");
    CHECK(wrong([&] { client.files.download("files/x", folder.path / ""); }) == "to");
    CHECK(emulator.requests().empty());
    // what shows only while it is read
    CHECK_THROWS_WITH(
        client.files.upload(UploadSource::from_reader([](std::span<char>) { return std::size_t{0}; }, 5),
                            {.mime_type = "text/plain"}),
        ContainsSubstring("another number of bytes"));
}

TEST_CASE("files are listed over pages, and deleted") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    std::vector<std::string> names;
    for (int i = 0; i < 5; ++i)
        names.push_back(client.files.upload(Bytes(std::string("x")), {.mime_type = "text/plain"}).name);
    std::vector<std::string> listed;
    for (const File& file : client.files.list({.page_size = 2})) listed.push_back(file.name);
    CHECK(listed == names);
    auto pager = client.files.list({.page_size = 2});
    CHECK(pager.page().size() == 2);
    CHECK(pager.page_size() == 2);
    CHECK(pager.sdk_http_response()->headers.contains("content-type"));
    auto later = client.files.list({.page_token = pager.next_page_token()});
    CHECK(later.page().front().name == names[2]);
    client.files.delete_(names[0]);
    CHECK_THROWS_AS(client.files.get(names[0]), genai::ClientError);
    CHECK(client.files.list().page().size() == 4);
}

TEST_CASE("files in Cloud Storage are registered with the caller's token, which stays in its header") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const auto response = client.files.register_files({"gs://bucket/a.pdf"}, "ya29.secret", "my-project");
    CHECK(response.files.at(0).uri == "gs://bucket/a.pdf");
    const auto request = emulator.requests().back();
    CHECK(request.path == "/v1beta/files:register");
    CHECK(request.headers.get("authorization") == "Bearer ya29.secret");
    CHECK(request.headers.get("x-goog-user-project") == "my-project");
    CHECK(request.body == R"({"uris":["gs://bucket/a.pdf"]})");
    emulator.enqueue(
        Reply::error(401, "UNAUTHENTICATED", "invalid token ya29.secret", {{{"token", "ya29.secret"}}}));
    try {
        client.files.register_files({"gs://bucket/a.pdf"}, "ya29.secret");
        FAIL("accepted");
    } catch (const genai::ApiError& refused) {
        CHECK(std::string(refused.what()).find("ya29.secret") == std::string::npos);
        CHECK(refused.details().dump().find("ya29.secret") == std::string::npos);
    }
}
