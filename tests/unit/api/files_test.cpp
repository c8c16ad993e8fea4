#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "clients.hpp"

using genai::Bytes;
using genai::Client;
using genai::File;
using genai::FileState;
using genai::InvalidArgument;
using genai::UploadSource;
using genai::testing::Emulator;
using genai::testing::Fault;
using genai::testing::Reply;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr std::size_t part = std::size_t{8} << 20U;

/// A folder of the test's own.
struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("genai-files-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    Folder() { std::filesystem::create_directories(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream(path / name, std::ios::binary) << text;
        return path / name;
    }
    static std::string read(const std::filesystem::path& from) {
        std::ifstream file(from, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

std::string pattern(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>((i * 31 + i / 251) & 255U);
    return text;
}

/// What went out in parts, put together again, and the commands in order.
struct Sent {
    std::string bytes{};
    std::vector<std::string> commands{};
};
Sent sent(const Emulator& emulator) {
    Sent all;
    for (const auto& request : emulator.requests()) {
        const std::string command(request.headers.get("x-goog-upload-command"));
        if (command.empty()) continue;
        all.commands.push_back(command);
        if (!command.starts_with("upload")) continue;
        const auto offset = std::stoull(std::string(request.headers.get("x-goog-upload-offset")));
        all.bytes.resize((std::max<std::size_t>)(all.bytes.size(), offset + request.body.size()));
        std::copy(request.body.begin(), request.body.end(), all.bytes.begin() + static_cast<std::ptrdiff_t>(offset));
    }
    return all;
}

std::string wrong(auto&& call) {
    try {
        call();
    } catch (const InvalidArgument& problem) {
        return problem.parameter();
    }
    return "nothing";
}

}  // namespace

TEST_CASE("a file is uploaded by its path, its type and name told by it") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const Folder folder;
    const File file = client.files.upload(folder.write("Ünïcode report.PDF", "%PDF-1.4"), {.display_name = "Report"});
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
    CHECK(client.models.generate_content("gemini-x", {file, "what is this?"}).text().find("1 attachment") != std::string::npos);
}

TEST_CASE("bytes, spans, streams and readers are uploaded too, of any length") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, part - 1, part, part + 1, 2 * part}) {
        INFO(size);
        const std::string text = pattern(size);
        const std::vector<std::string> known = size == 0 || size <= part ? std::vector<std::string>{"start", "upload, finalize"}
                                                                         : std::vector<std::string>{"start", "upload", "upload, finalize"};
        const auto check_sent = [&](const File& file) {
            CHECK(file.size_bytes == static_cast<std::int64_t>(size));
            const Sent all = sent(emulator);
            CHECK(all.commands == known);
            CHECK((all.bytes == text));
            emulator.clear();
        };
        check_sent(client.files.upload(Bytes(text), {.mime_type = "text/plain"}));
        check_sent(client.files.upload(std::span(text.data(), text.size()), {.mime_type = "text/plain"}));
        std::istringstream stream(text);
        check_sent(client.files.upload(UploadSource::from_stream(stream), {.mime_type = "text/plain"}));
        std::size_t at = 0;
        const auto reader = [&](std::span<char> out) {
            const std::size_t count = (std::min)({out.size(), text.size() - at, std::size_t{1000003}});
            std::copy_n(text.data() + at, count, out.data());
            at += count;
            return count;
        };
        check_sent(client.files.upload(UploadSource::from_reader(reader, size), {.mime_type = "text/plain"}));
    }
}

TEST_CASE("a part that breaks off is taken up where the server lost it") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const std::string text = pattern(2 * part + 5);
    SECTION("within a part, of a source that can go back") {
        emulator.break_upload(300000);
        emulator.break_upload(0);
        emulator.break_upload(part);
        CHECK(client.files.upload(Bytes(text), {.mime_type = "text/plain"}).size_bytes == static_cast<std::int64_t>(text.size()));
    }
    SECTION("within a part, of a source that is read once") {
        emulator.break_upload(300000);
        emulator.break_upload(0);
        std::istringstream stream(text);
        CHECK(client.files.upload(UploadSource::from_stream(stream), {.mime_type = "text/plain"}).size_bytes == static_cast<std::int64_t>(text.size()));
    }
    SECTION("by an overloaded server") {
        emulator.enqueue(Reply::broken({}));  // the start, as it is
        emulator.enqueue(Reply::error(503, "UNAVAILABLE", "busy"));
        emulator.enqueue(Reply::error(429, "RESOURCE_EXHAUSTED", "busy"));
        client.files.upload(Bytes(text), {.mime_type = "text/plain"});
    }
    SECTION("in its answer") {
        emulator.enqueue(Reply::broken({}));
        emulator.enqueue(Reply::broken({Fault::Kind::close, 20}));
        client.files.upload(Bytes(text), {.mime_type = "text/plain"});
    }
    const Sent all = sent(emulator);
    CHECK((all.bytes == text));
    CHECK(std::count(all.commands.begin(), all.commands.end(), "query") >= 1);
    CHECK(std::count(all.commands.begin(), all.commands.end(), "start") == 1);
}

TEST_CASE("an upload whose last answer was lost is found to be done") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    emulator.enqueue(Reply::broken({}));
    emulator.enqueue(Reply::broken({Fault::Kind::reset, 0}));
    const File file = client.files.upload(Bytes(std::string("abc")), {.mime_type = "text/plain"});
    CHECK(file.size_bytes == 3);
    CHECK(client.files.list().page().size() == 1);
}

TEST_CASE("an upload ends when the server says no, gives it up, or never gets on") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const auto upload = [&] { client.files.upload(Bytes(std::string("abc")), {.mime_type = "text/plain"}); };
    emulator.enqueue(Reply::error(400, "INVALID_ARGUMENT", "no"));
    CHECK_THROWS_AS(upload(), genai::ClientError);
    emulator.enqueue(Reply::broken({}));
    emulator.enqueue({.status = 200, .headers = {{"X-Goog-Upload-Status", "cancelled"}}});
    CHECK_THROWS_WITH(upload(), ContainsSubstring("cancelled"));
    emulator.enqueue({.status = 200});
    CHECK_THROWS_WITH(upload(), ContainsSubstring("X-Goog-Upload-URL"));
    emulator.clear();
    emulator.enqueue(Reply::broken({}));
    for (int i = 0; i < 30; ++i) emulator.enqueue(Reply::error(503, "UNAVAILABLE", "down"));
    CHECK_THROWS_AS(upload(), genai::ServerError);
    CHECK(emulator.requests().size() < 10);
}

TEST_CASE("an upload that never gets on, or has no time left, ends") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const std::string text = pattern(part + 5);
    emulator.enqueue(Reply::broken({}));
    for (int i = 0; i < 40; ++i) {  // the first part is taken, the second refused, and then all is forgotten
        emulator.enqueue({.status = 200, .headers = {{"X-Goog-Upload-Status", "active"}}});
        emulator.enqueue(Reply::error(503, "UNAVAILABLE", "busy"));
        emulator.enqueue({.status = 200, .headers = {{"X-Goog-Upload-Status", "active"}, {"X-Goog-Upload-Size-Received", "0"}}});
    }
    CHECK_THROWS_AS(client.files.upload(Bytes(text), {.mime_type = "text/plain"}), genai::ServerError);
    CHECK(emulator.requests().size() < 25);

    emulator.clear();
    emulator.enqueue(Reply::broken({}));
    emulator.enqueue(Reply::error(503, "UNAVAILABLE", "busy"));
    emulator.enqueue({.status = 200, .headers = {{"X-Goog-Upload-Status", "active"}, {"X-Goog-Upload-Size-Received", "99999999999"}}});
    CHECK_THROWS_WITH(client.files.upload(Bytes(text), {.mime_type = "text/plain"}), ContainsSubstring("more bytes than were sent"));

    emulator.clear();
    emulator.enqueue(Reply::broken({}));
    for (int i = 0; i < 20; ++i) emulator.enqueue(Reply::error(503, "UNAVAILABLE", "busy"));
    CHECK_THROWS_AS(client.files.upload(Bytes(text), {.http_options = {.timeout = 100ms}, .mime_type = "text/plain"}), genai::Error);
    CHECK(emulator.requests().size() < 5);
    emulator.clear();
    CHECK(client.files.upload(Bytes(text), {.http_options = {.timeout = std::chrono::milliseconds::max()}, .mime_type = "text/plain"}).size_bytes == static_cast<std::int64_t>(text.size()));
    emulator.enqueue(Reply::broken({}));
    emulator.enqueue({.status = 200, .headers = {{"X-Goog-Upload-Status", "final"}}, .body = "{}"});
    CHECK_THROWS_AS(client.files.upload(Bytes(text), {.mime_type = "text/plain"}), genai::DecodeError);
}

TEST_CASE("an upload tells how far it has come, and can be cancelled") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const std::string text = pattern(2 * part);
    std::vector<std::uint64_t> steps;
    client.files.upload(Bytes(text), {.mime_type = "text/plain", .progress = [&](std::uint64_t sent_so_far, std::optional<std::uint64_t> total) {
                                          CHECK(total == text.size());
                                          steps.push_back(sent_so_far);
                                      }});
    CHECK(steps.size() > 4);
    CHECK(std::is_sorted(steps.begin(), steps.end()));
    CHECK(steps.back() == text.size());

    std::stop_source stop;
    const auto cancel_halfway = [&](std::uint64_t sent_so_far, std::optional<std::uint64_t>) {
        if (sent_so_far > part) stop.request_stop();
    };
    CHECK_THROWS_AS(client.files.upload(Bytes(text), {.http_options = {.stop_token = stop.get_token()}, .mime_type = "text/plain", .progress = cancel_halfway}), genai::Cancelled);
    CHECK_THROWS_AS(client.files.upload(Bytes(text), {.mime_type = "text/plain", .progress = [](std::uint64_t, std::optional<std::uint64_t>) { throw std::runtime_error("enough"); }}), std::exception);
    CHECK(client.files.list().page().size() == 1);
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
    CHECK_THROWS_WITH(client.files.upload(UploadSource::from_reader([](std::span<char>) { return std::size_t{0}; }, 5), {.mime_type = "text/plain"}), ContainsSubstring("another number of bytes"));
}

TEST_CASE("files are listed over pages, and deleted") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    std::vector<std::string> names;
    for (int i = 0; i < 5; ++i) names.push_back(client.files.upload(Bytes(std::string("x")), {.mime_type = "text/plain"}).name);
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

TEST_CASE("a video is waited for until it can be used") {
    Emulator emulator({.looks = 3});
    const Client client(emulator.client_options());
    const File video = client.files.upload(Bytes(std::string("v")), {.mime_type = "video/mp4"});
    CHECK(video.state == FileState::processing);
    CHECK_THROWS_WITH(client.models.generate_content("gemini-x", {video, "look"}), ContainsSubstring("not in an ACTIVE state"));
    CHECK(client.files.wait_active(video, {.poll_interval = 1ms}).state == FileState::active);
    client.models.generate_content("gemini-x", {video, "look"});

    const File another = client.files.upload(Bytes(std::string("v")), {.mime_type = "video/mp4"});
    try {
        static_cast<void>(client.files.wait_active(another, {.timeout = 1ms, .poll_interval = 1ms}));
        static_cast<void>(client.files.wait_active(another, {.timeout = 1ms, .poll_interval = 1ms}));
    } catch (const genai::TransportError& problem) {
        CHECK(problem.reason() == genai::Reason::timeout);
    }
    std::stop_source stop;
    stop.request_stop();
    const File third = client.files.upload(Bytes(std::string("v")), {.mime_type = "video/mp4"});
    CHECK_THROWS_AS(client.files.wait_active(third, {.poll_interval = 1h, .stop_token = stop.get_token()}), genai::Cancelled);
    CHECK(wrong([&] { static_cast<void>(client.files.wait_active(third, {.poll_interval = 0ms})); }) == "poll_interval");
    static_cast<void>(client.files.wait_active(third, {.timeout = std::chrono::milliseconds::max(), .poll_interval = 1ms}));

    // a look that hangs does not outlast the waiting
    const File fourth = client.files.upload(Bytes(std::string("v")), {.mime_type = "video/mp4"});
    emulator.enqueue(Reply::broken({Fault::Kind::stall, 0}));
    CHECK_THROWS_AS(client.files.wait_active(fourth, {.timeout = 50ms, .poll_interval = 1ms}), genai::TransportError);
    emulator.clear();
    emulator.enqueue(Reply::broken({Fault::Kind::stall, 0}));
    std::stop_source later;
    const std::jthread stopper([&] {
        while (emulator.requests().empty()) std::this_thread::yield();
        later.request_stop();
    });
    CHECK_THROWS_AS(client.files.wait_active(fourth, {.poll_interval = 1ms, .stop_token = later.get_token()}), genai::Cancelled);

    emulator.enqueue(Reply::json(R"({"name":"files/x","state":"FAILED","error":{"code":3,"message":"not a video"}})"));
    CHECK_THROWS_WITH(client.files.wait_active("files/x"), ContainsSubstring("not a video"));
}

TEST_CASE("a wait outlasts failures that pass") {
    Emulator emulator({.looks = 1});
    const Client client(support::hurried(emulator.client_options()));
    const File video = client.files.upload(Bytes(std::string("v")), {.mime_type = "video/mp4"});
    emulator.enqueue(Reply::broken({}));  // the first look
    for (int i = 0; i < 3; ++i) emulator.enqueue(Reply::error(503, "UNAVAILABLE", "busy"));
    emulator.enqueue(Reply::broken({Fault::Kind::reset, 0}));
    CHECK(client.files.wait_active(video, {.poll_interval = 1ms}).state == FileState::active);
}

TEST_CASE("what a model made is fetched into memory, into a file, or piece by piece") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const Folder folder;
    auto operation = client.operations.wait(client.models.generate_videos("veo-3", "a cat"), {.poll_interval = 1ms});
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

TEST_CASE("files in Cloud Storage are made known with the caller's token, which stays in its header") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const auto response = client.files.register_files({"gs://bucket/a.pdf"}, "ya29.secret", "my-project");
    CHECK(response.files.at(0).uri == "gs://bucket/a.pdf");
    const auto request = emulator.requests().back();
    CHECK(request.path == "/v1beta/files:register");
    CHECK(request.headers.get("authorization") == "Bearer ya29.secret");
    CHECK(request.headers.get("x-goog-user-project") == "my-project");
    CHECK(request.body == R"({"uris":["gs://bucket/a.pdf"]})");
    emulator.enqueue(Reply::error(401, "UNAUTHENTICATED", "invalid token ya29.secret", {{{"token", "ya29.secret"}}}));
    try {
        client.files.register_files({"gs://bucket/a.pdf"}, "ya29.secret");
        FAIL("accepted");
    } catch (const genai::ApiError& refused) {
        CHECK(std::string(refused.what()).find("ya29.secret") == std::string::npos);
        CHECK(refused.details().dump().find("ya29.secret") == std::string::npos);
    }
}

TEST_CASE("parts go to the client's own server, whatever address the server gives") {
    Emulator emulator;
    genai::ClientOptions options = emulator.client_options();
    const Client client(options);
    emulator.enqueue({.status = 200, .headers = {{"X-Goog-Upload-URL", "https://upload.invalid/else%20where?upload_id=1&x=a%2Bb%2F%3D%20%C3%BC"}}});
    emulator.enqueue({.status = 200, .headers = {{"X-Goog-Upload-Status", "final"}}, .body = R"({"file":{"name":"files/1"}})"});
    CHECK(client.files.upload(Bytes(std::string("x")), {.mime_type = "text/plain"}).name == "files/1");
    CHECK(emulator.requests().back().path == "/else where");
    CHECK(emulator.requests().back().query == std::vector<std::pair<std::string, std::string>>{{"upload_id", "1"}, {"x", "a+b/= \xC3\xBC"}});
}
