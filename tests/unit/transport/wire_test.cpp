// What servers, users and the system do to connections, byte by byte.

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/mcp.hpp>
#include <genai/testing/emulator.hpp>

#include "forked.hpp"
#include "raw_servers.hpp"
#include "requests.hpp"
#include "tls_server.hpp"

using genai::Client;
using genai::ClientOptions;
using genai::HttpTransport;
using genai::InvalidArgument;
using genai::TransportError;
using Phase = TransportError::Phase;
using Reason = TransportError::Reason;
using genai::http::Request;
using genai::testing::Emulator;
using namespace std::chrono_literals;
using namespace support;
using Answer = ByteServer::Answer;

namespace {

std::string body_of(HttpTransport& transport, const Request& request) {
    Gathered sink;
    transport.send(request, sink);
    return sink.body;
}

std::string numbered(int number) { return ByteServer::ok("answer " + std::to_string(number)); }

std::string generated(const std::string& text) {
    return R"({"candidates":[{"content":{"role":"model","parts":[{"text":")" + text +
           R"("}]},"finishReason":"STOP"}]})";
}

template <class Condition>
bool comes_true(Condition condition) {
    for (int i = 0; i < 300 && !condition(); ++i) std::this_thread::sleep_for(10ms);
    return condition();
}

}  // namespace

TEST_CASE("bytes behind an answer are never the next call's") {
    const std::string stray = ByteServer::ok("stray");
    const std::string timeout = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n";
    for (const std::string& behind : {stray, timeout, std::string("junk"), std::string("\r\n")}) {
        for (const auto pause : {0ms, 50ms}) {
            INFO(behind << " after " << pause.count());
            ByteServer server([&](int number, const std::string&) {
                return Answer{.pieces = {{numbered(number)}, {behind, pause}}};
            });
            HttpTransport transport;
            for (int i = 0; i < 4; ++i) {
                CHECK(body_of(transport, post(server.url())) == "answer " + std::to_string(i));
                std::this_thread::sleep_for(pause + 20ms);
            }
        }
    }
    SECTION("over TLS too, where new keys are no bytes") {
        for (const bool stray_bytes : {false, true}) {
            const TlsServer server(generated("right"), {.renew_keys = true}, stray_bytes ? stray : "");
            const Client client(ClientOptions{.api_key = "k",
                                              .http_options = {.base_url = server.url()},
                                              .tls = {.ca_pem = server.ca_pem()}});
            for (int i = 0; i < 4; ++i) {
                CHECK(client.models.generate_content("m", "x").text() == "right");
                std::this_thread::sleep_for(20ms);
            }
            CHECK(server.connections() == (stray_bytes ? 4 : 1));
        }
    }
}

TEST_CASE("interim responses are skipped") {
    const std::string interim =
        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 "
        "Continue\r\n\r\n";
    ByteServer server([&](int number, const std::string& request) {
        if (request.find("stream") == std::string::npos)
            return Answer{.pieces = {{interim + ByteServer::ok(generated("yes"))}}};
        const std::string events = "data: " + generated("yes") + "\n\n";
        return Answer{.pieces = {{interim}, {ByteServer::ok(events), number % 2 == 0 ? 20ms : 0ms}}};
    });
    const Client client({.api_key = "k", .http_options = {.base_url = server.url()}});
    CHECK(client.models.generate_content("m", "x").text() == "yes");
    std::string streamed;
    for (const auto& chunk : client.models.generate_content_stream("m", "x")) streamed += chunk.text();
    CHECK(streamed == "yes");
    CHECK(server.connections() == 1);
}

TEST_CASE("what is malformed is asked for once") {
    for (const char* bad : {"garbage\r\n\r\n", "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
        ByteServer server([&](int, const std::string&) { return Answer{.pieces = {{bad}}, .close = true}; });
        const Client client({.api_key = "k", .http_options = {.base_url = server.url()}});
        try {
            client.models.generate_content("m", "x");
            FAIL("an answer was made of " << bad);
        } catch (const TransportError& error) {
            CHECK(error.reason() == Reason::protocol);
        }
        CHECK(server.requests() == 1);
    }
}

TEST_CASE("a request that is not idempotent reaches a server once") {
    // answers the first request, reads the second on the kept connection, and closes it
    const auto closing = [](int number, const std::string&) {
        return number == 1 ? Answer{.close = true} : Answer{.pieces = {{numbered(number)}}};
    };
    Request once = post("");
    SECTION("not idempotent") {
        ByteServer server(closing);
        HttpTransport transport;
        once.url = server.url() + "/x";
        CHECK(body_of(transport, once) == "answer 0");
        CHECK(failure_of(transport, once).reason == Reason::closed);
        CHECK(server.requests() == 2);
    }
    SECTION("idempotent: sent again on a new connection") {
        ByteServer server(closing);
        HttpTransport transport;
        once.url = server.url() + "/x";
        once.idempotent = true;
        CHECK(body_of(transport, once) == "answer 0");
        CHECK(body_of(transport, once) == "answer 2");
        CHECK(server.requests() == 3);
        CHECK(server.connections() == 2);
    }
    SECTION("the API's own calls") {
        std::atomic<int> creations{0};
        ByteServer server([&](int, const std::string& request) {
            if (request.starts_with("GET")) return Answer{.pieces = {{ByteServer::ok("{}")}}};
            ++creations;
            return Answer{.close = true};
        });
        const Client client({.api_key = "k", .http_options = {.base_url = server.url()}});
        const auto warm = [&] { static_cast<void>(client.files.get("files/a")); };
        warm();
        CHECK_THROWS_AS(client.batches.create("m", genai::BatchJobSource{.file_name = "files/a"}),
                        TransportError);
        CHECK(creations == 1);
        warm();
        CHECK_THROWS_AS(client.models.generate_videos("m", "x"), TransportError);
        CHECK(creations == 2);
        warm();
        CHECK_THROWS_AS(client.caches.create("m", {.contents = "x"}), TransportError);
        CHECK(creations == 3);
    }
}

TEST_CASE("headers that frame a message are refused before anything is sent") {
    ByteServer server([](int number, const std::string&) { return Answer{.pieces = {{numbered(number)}}}; });
    for (const char* name : {"Content-Length", "transfer-encoding", "TE", "Trailer", "Upgrade", "connection",
                             "HOST", "Expect"}) {
        INFO(name);
        const genai::HttpOptions bad{.headers = {{name, "5"}}};
        genai::HttpOptions base = bad;
        base.base_url = server.url();
        CHECK_THROWS_AS(Client({.api_key = "k", .http_options = base}), InvalidArgument);
        const Client client({.api_key = "k", .http_options = {.base_url = server.url()}});
        CHECK_THROWS_AS(client.models.generate_content("m", "x", {.http_options = bad}), InvalidArgument);
        CHECK_THROWS_AS(
            genai::McpClient(genai::McpHttpOptions{.url = server.url(), .headers = {{name, "5"}}}),
            InvalidArgument);
        Request request = post(server.url());
        request.headers.add(name, "5");
        HttpTransport transport;
        CHECK_THROWS_AS(body_of(transport, request), InvalidArgument);
    }
    CHECK(server.requests() == 0);
}

TEST_CASE("a response that comes before the request is sent whole is taken") {
    const RudeServer rude("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 3\r\n\r\nbig");
    HttpTransport transport;
    Gathered sink;
    Request request{.method = "POST",
                    .url = rude.url() + "/x",
                    .body = {std::nullopt, [sent = 0](std::uint64_t, std::span<char> to) mutable {
                                 std::this_thread::sleep_for(sent++ == 1 ? 50ms : 0ms);
                                 to[0] = 'x';
                                 return std::size_t{sent < 10'000 ? 1U : 0U};
                             }}};
    try {
        transport.send(request, sink);
        CHECK(sink.status == 413);
    } catch (const TransportError&) {
        SUCCEED("the answer was lost with the connection");
    }
}

TEST_CASE("a slow source is not a slow server") {
    ByteServer server([](int number, const std::string&) { return Answer{.pieces = {{numbered(number)}}}; });
    HttpTransport transport;
    Request request{
        .method = "POST", .url = server.url() + "/x", .body = {3, [](std::uint64_t, std::span<char> to) {
                                                                   std::this_thread::sleep_for(250ms);
                                                                   to[0] = 'x';
                                                                   return std::size_t{1};
                                                               }}};
    request.timeouts.idle = 150ms;
    CHECK(body_of(transport, request) == "answer 0");
}

TEST_CASE("idle connections are closed when their time is up") {
    ByteServer server([](int number, const std::string&) { return Answer{.pieces = {{numbered(number)}}}; });
    HttpTransport transport(
        genai::TransportOptions{.max_idle_connections = 2, .idle_connection_timeout = 150ms});
    CHECK(body_of(transport, post(server.url())) == "answer 0");
    CHECK(server.closed() == 0);
    CHECK(comes_true([&] { return server.closed() == 1; }));  // without another call
    CHECK(body_of(transport, post(server.url())) == "answer 1");
    CHECK(server.connections() == 2);
    SECTION("and no more are kept than told, whatever the server") {
        ByteServer second(
            [](int number, const std::string&) { return Answer{.pieces = {{numbered(number)}}}; });
        ByteServer third(
            [](int number, const std::string&) { return Answer{.pieces = {{numbered(number)}}}; });
        HttpTransport few(genai::TransportOptions{.max_idle_connections = 2});
        for (const ByteServer* each : {&server, &second, &third}) body_of(few, post(each->url()));
        CHECK(comes_true([&] { return server.closed() >= 2; }));
        CHECK(second.closed() + third.closed() == 0);
    }
}

TEST_CASE("a fork has connections of its own") {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    SKIP("a fork may copy a lock of the sanitizer's allocator that another thread holds");
#endif
    ByteServer server([](int, const std::string& request) {
        return Answer{.pieces = {{ByteServer::ok(request.substr(request.find("\r\n\r\n") + 4)), 1ms}}};
    });
    HttpTransport transport;
    CHECK(body_of(transport, post(server.url(), "before")) == "before");
    const int result = in_child([&] {
        HttpTransport copy = transport;
        for (int i = 0; i < 20; ++i)
            if (body_of(copy, post(server.url(), "child " + std::to_string(i))) !=
                "child " + std::to_string(i))
                return 1;
        Request brief = post(SilentServer().url());
        brief.timeouts.first_byte = 50ms;
        if (failure_of(copy, brief).phase > Phase::wait) return 2;
        return 0;
    });
    CHECK(result == 0);
    for (int i = 0; i < 20; ++i)
        CHECK(body_of(transport, post(server.url(), "parent " + std::to_string(i))) ==
              "parent " + std::to_string(i));
    CHECK(server.connections() == 2);  // the parent's stayed whole
    SECTION("over TLS") {
        const TlsServer tls(generated("safe"));
        auto client = std::make_unique<Client<>>(ClientOptions{
            .api_key = "k", .http_options = {.base_url = tls.url()}, .tls = {.ca_pem = tls.ca_pem()}});
        CHECK(client->models.generate_content("m", "x").text() == "safe");
        CHECK(in_child([&] {
                  const bool good = client->models.generate_content("m", "x").text() == "safe";
                  client.reset();
                  return good ? 0 : 1;
              }) == 0);
        CHECK(client->models.generate_content("m", "x").text() == "safe");
        CHECK(tls.connections() == 2);
    }
    SECTION("and cannot touch the parent's streams") {
        Emulator emulator({.chunk_delay = 10ms});
        const Client client(emulator.client_options());
        auto stream = client.models.generate_content_stream("gemini-x", "several words for several chunks");
        CHECK(stream.next());
        CHECK(in_child([&] {
                  stream.cancel();
                  { const auto destroyed = std::move(stream); }
                  return 0;
              }) == 0);
        std::string text;
        while (const auto chunk = stream.next()) text += chunk->text();
        CHECK_FALSE(text.empty());
    }
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // which need descriptors of their own
TEST_CASE("without a file descriptor the error says so") {
    ByteServer server([](int number, const std::string&) { return Answer{.pieces = {{numbered(number)}}}; });
    const auto with_descriptors_left = [&](int left, auto function) {
        return in_child([&] {
            HttpTransport transport;
            const int next = ::dup(0);
            ::close(next);
            const rlimit limit{static_cast<rlim_t>(next + left), static_cast<rlim_t>(next + left)};
            ::setrlimit(RLIMIT_NOFILE, &limit);
            return function(transport);
        });
    };
    CHECK(with_descriptors_left(0, [&](HttpTransport& transport) {
              try {
                  body_of(transport, post(server.url()));
              } catch (const TransportError& error) {
                  const bool good = error.reason() == Reason::resources &&
                                    std::string(error.what()).find("file descriptor") != std::string::npos;
                  return good ? 0 : 1;
              }
              return 2;
          }) == 0);
    // with exactly one, calls work, and limits hold
    CHECK(with_descriptors_left(1, [&](HttpTransport& transport) {
              if (body_of(transport, post(server.url())) != "answer 0") return 1;
              return 0;
          }) == 0);
    const SilentServer silent;
    CHECK(with_descriptors_left(1, [&](HttpTransport& transport) {
              Request brief = post(silent.url());
              brief.timeouts.first_byte = 100ms;
              return failure_of(transport, brief).reason == Reason::timeout ? 0 : 1;
          }) == 0);
    CHECK(with_descriptors_left(1, [&](HttpTransport& transport) {  // an idle one makes room
              body_of(transport, post(server.url()));
              Request brief = post(silent.url());
              brief.timeouts.first_byte = 100ms;
              return failure_of(transport, brief).reason == Reason::timeout ? 0 : 1;
          }) == 0);
}
#endif
