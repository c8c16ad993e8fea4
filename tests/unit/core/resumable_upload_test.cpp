// Uploads in parts, and what a server or a connection can do to them.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/core/resumable_upload.hpp>
#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/manual_clock.hpp>

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

TEST_CASE("a part that breaks off is taken up where the server lost it") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const std::string text = pattern(2 * part + 5);
    SECTION("within a part, of a source that can go back") {
        emulator.break_upload(300000);
        emulator.break_upload(0);
        emulator.break_upload(part);
        CHECK(client.files.upload(Bytes(text), {.mime_type = "text/plain"}).size_bytes ==
              static_cast<std::int64_t>(text.size()));
    }
    SECTION("within a part, of a source that is read once") {
        emulator.break_upload(300000);
        emulator.break_upload(0);
        std::istringstream stream(text);
        CHECK(
            client.files.upload(UploadSource::from_stream(stream), {.mime_type = "text/plain"}).size_bytes ==
            static_cast<std::int64_t>(text.size()));
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
        emulator.enqueue(
            {.status = 200,
             .headers = {{"X-Goog-Upload-Status", "active"}, {"X-Goog-Upload-Size-Received", "0"}}});
    }
    CHECK_THROWS_AS(client.files.upload(Bytes(text), {.mime_type = "text/plain"}), genai::ServerError);
    CHECK(emulator.requests().size() < 25);

    emulator.clear();
    emulator.enqueue(Reply::broken({}));
    emulator.enqueue(Reply::error(503, "UNAVAILABLE", "busy"));
    emulator.enqueue(
        {.status = 200,
         .headers = {{"X-Goog-Upload-Status", "active"}, {"X-Goog-Upload-Size-Received", "99999999999"}}});
    CHECK_THROWS_WITH(client.files.upload(Bytes(text), {.mime_type = "text/plain"}),
                      ContainsSubstring("more bytes than were sent"));

    emulator.clear();
    emulator.enqueue(Reply::broken({}));
    for (int i = 0; i < 20; ++i) emulator.enqueue(Reply::error(503, "UNAVAILABLE", "busy"));
    CHECK_THROWS_AS(
        client.files.upload(Bytes(text), {.http_options = {.timeout = 100ms}, .mime_type = "text/plain"}),
        genai::Error);
    CHECK(emulator.requests().size() < 5);
    emulator.clear();
    CHECK(client.files
              .upload(Bytes(text), {.http_options = {.timeout = std::chrono::milliseconds::max()},
                                    .mime_type = "text/plain"})
              .size_bytes == static_cast<std::int64_t>(text.size()));
    emulator.enqueue(Reply::broken({}));
    emulator.enqueue({.status = 200, .headers = {{"X-Goog-Upload-Status", "final"}}, .body = "{}"});
    CHECK_THROWS_WITH(client.files.upload(Bytes(text), {.mime_type = "text/plain"}),
                      Catch::Matchers::ContainsSubstring("before all bytes were sent"));
}

TEST_CASE("an upload tells how far it has come, and can be cancelled") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    const std::string text = pattern(2 * part);
    std::vector<std::uint64_t> steps;
    client.files.upload(Bytes(text),
                        {.mime_type = "text/plain",
                         .progress = [&](std::uint64_t sent_so_far, std::optional<std::uint64_t> total) {
                             CHECK(total == text.size());
                             steps.push_back(sent_so_far);
                         }});
    CHECK(steps.size() > 4);
    CHECK(std::is_sorted(steps.begin(), steps.end()));
    CHECK(steps.back() == text.size());

    genai::stop_source stop;
    const auto cancel_halfway = [&](std::uint64_t sent_so_far, std::optional<std::uint64_t>) {
        if (sent_so_far > part) stop.request_stop();
    };
    CHECK_THROWS_AS(client.files.upload(Bytes(text), {.http_options = {.stop_token = stop.get_token()},
                                                      .mime_type = "text/plain",
                                                      .progress = cancel_halfway}),
                    genai::Cancelled);
    CHECK_THROWS_AS(client.files.upload(Bytes(text), {.mime_type = "text/plain",
                                                      .progress =
                                                          [](std::uint64_t, std::optional<std::uint64_t>) {
                                                              throw std::runtime_error("enough");
                                                          }}),
                    std::exception);
    CHECK(client.files.list().page().size() == 1);
}

TEST_CASE("parts go to the client's own server, whatever address the server gives") {
    Emulator emulator;
    genai::ClientOptions options = emulator.client_options();
    const Client client(options);
    emulator.enqueue(
        {.status = 200,
         .headers = {{"X-Goog-Upload-URL",
                      "https://upload.invalid/else%20where?upload_id=1&x=a%2Bb%2F%3D%20%C3%BC"}}});
    emulator.enqueue({.status = 200,
                      .headers = {{"X-Goog-Upload-Status", "final"}},
                      .body = R"({"file":{"name":"files/1"}})"});
    CHECK(client.files.upload(Bytes(std::string("x")), {.mime_type = "text/plain"}).name == "files/1");
    CHECK(emulator.requests().back().path == "/else where");
    CHECK(emulator.requests().back().query ==
          std::vector<std::pair<std::string, std::string>>{{"upload_id", "1"}, {"x", "a+b/= \xC3\xBC"}});
}

TEST_CASE("an upload as a state machine: a start, parts, and a question after a part that broke off") {
    using genai::detail::ResumableUpload;
    namespace http = genai::http;
    genai::testing::ManualClock clock;
    const std::string text(part + 5, 'x');
    ResumableUpload upload(clock,
                           {.operation = "files.upload",
                            .resource = genai::detail::ResourceName::path("files"),
                            .options = {.retry = {.jitter = 0}}},
                           UploadSource(Bytes(text)).open("file"), "text/plain", {});
    const auto send = [&upload] { return upload.next().call; };
    const auto came = [&upload](http::Headers headers, std::string_view body = "") {
        upload.came({.status = 200, .headers = std::move(headers)}, body, {});
    };
    const auto broke = [&upload] {
        upload.failed(std::make_exception_ptr(genai::TransportError(
            genai::TransportError::Phase::send, genai::TransportError::Reason::reset, "broke")));
    };

    const auto start = send();
    CHECK(start.upload);
    CHECK(start.headers.get("x-goog-upload-header-content-length") == std::to_string(part + 5));
    SECTION("to the end") {
        came({{"X-Goog-Upload-URL", "http://elsewhere/up?upload_id=1"}});
        const auto first = send();
        CHECK(first.upload_target == "/up?upload_id=1");
        CHECK(first.headers.get("x-goog-upload-command") == "upload");
        CHECK(first.no_transparent_resend);
        broke();
        CHECK(upload.next().span == 1000ms);
        CHECK(send().headers.get("x-goog-upload-command") == "query");
        came({{"X-Goog-Upload-Status", "active"}, {"X-Goog-Upload-Size-Received", "7"}});
        const auto second = send();
        CHECK(second.headers.get("x-goog-upload-offset") == "7");
        CHECK(second.headers.get("x-goog-upload-command") == "upload, finalize");
        came({{"X-Goog-Upload-Status", "final"}}, R"({"file":{}})");
        CHECK(upload.next().text == R"({"file":{}})");
    }
    SECTION("a start that fails, and a server that takes no uploads") {
        CHECK_THROWS_AS(broke(), genai::TransportError);
        CHECK_THROWS_AS(came({}), genai::Error);
    }
    SECTION("a server that claims more than was sent, or gives the upload up") {
        came({{"X-Goog-Upload-URL", "http://elsewhere/up"}});
        static_cast<void>(send());
        CHECK_THROWS_AS(came({{"X-Goog-Upload-Status", "cancelled"}}), genai::Error);
        broke();
        static_cast<void>(upload.next());
        static_cast<void>(send());
        CHECK_THROWS_AS(
            came({{"X-Goog-Upload-Status", "active"}, {"X-Goog-Upload-Size-Received", "99999999999"}}),
            genai::Error);
    }
}
