// The default transport over real sockets.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "environment.hpp"
#include "raw_servers.hpp"
#include "recording_transport.hpp"
#include "requests.hpp"
#include "tls_server.hpp"

using genai::Cancelled;
using genai::Client;
using genai::ClientOptions;
using genai::HttpTransport;
using Phase = genai::TransportError::Phase;
using Reason = genai::TransportError::Reason;
using genai::TransportError;
using genai::http::Request;
using genai::testing::Emulator;
using genai::testing::Fault;
using genai::testing::LoopbackServer;
using genai::testing::RawReply;
using genai::testing::ReceivedRequest;
using genai::testing::Reply;
using namespace std::chrono_literals;
using namespace support;

namespace {

/// Sends, and stops it from another thread once `ready` says so.
template <class Ready>
bool cancelled_when(HttpTransport& transport, Request request, Ready&& ready) {
    genai::stop_source source;
    request.stop = source.get_token();
    std::thread stopper([&] {
        ready();
        source.request_stop();
    });
    Gathered sink;
    bool cancelled = false;
    try {
        transport.send(request, sink);
    } catch (const Cancelled&) {
        cancelled = true;
    }
    stopper.join();
    return cancelled;
}

void a_moment() { std::this_thread::sleep_for(30ms); }

RawReply hello() { return {.pieces = {"hello"}}; }

}  // namespace

TEST_CASE("one connection serves call after call") {
    Emulator emulator;
    const Client client(emulator.client_options());
    for (int i = 0; i < 50; ++i) client.models.generate_content("gemini-x", "hi");
    for (int i = 0; i < 10; ++i)
        client.models.generate_content_stream("gemini-x", "hi", {}, [](const auto&) {});
    CHECK(emulator.connections() == 1);
}

TEST_CASE("calls of many threads do not wait for each other") {
    constexpr int threads = 8;
    std::mutex mutex;
    std::condition_variable all_here;
    int here = 0;
    LoopbackServer server([&](const ReceivedRequest&) {
        std::unique_lock lock(mutex);
        ++here;
        all_here.notify_all();
        const bool together = all_here.wait_for(lock, 10s, [&] { return here % threads == 0; });
        return RawReply{.status = together ? 200 : 500};
    });
    HttpTransport transport;
    for (int round = 0; round < 2; ++round) {
        std::atomic<int> good{0};
        std::vector<std::thread> callers;
        for (int i = 0; i < threads; ++i)
            callers.emplace_back([&] {
                HttpTransport copy = transport;
                Gathered sink;
                copy.send(post(server.url()), sink);
                good += sink.status == 200 ? 1 : 0;
            });
        for (std::thread& caller : callers) caller.join();
        CHECK(good == threads);
    }
    CHECK(server.connections() == threads);
}

TEST_CASE("a kept connection that the server closed costs nothing but another") {
    LoopbackServer server([](const ReceivedRequest& request) {
        return request.body == "last" ? RawReply{.verbatim = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"}
                                      : hello();
    });
    HttpTransport transport;
    for (int i = 0; i < 5; ++i) {
        Gathered first;
        transport.send(post(server.url(), "last"), first);
        CHECK(first.body == "ok");
        Gathered second;
        Request again = post(server.url());
        again.idempotent = true;  // the server may be closing while it is sent
        transport.send(again, second);
        CHECK(second.body == "hello");
    }
}

TEST_CASE("a request that the server took is not sent twice") {
    std::atomic<int> seen{0};
    LoopbackServer server([&seen](const ReceivedRequest& request) {
        ++seen;
        return request.body == "cut" ? RawReply{.verbatim = "HTTP/1.1 2"} : hello();
    });
    HttpTransport transport;
    Gathered sink;
    transport.send(post(server.url()), sink);
    const auto failure = failure_of(transport, post(server.url(), "cut"));
    CHECK(failure.phase == Phase::wait);
    CHECK(seen == 2);
}

TEST_CASE("bodies of every kind arrive") {
    LoopbackServer server([](const ReceivedRequest& request) {
        return RawReply{.pieces = {request.method + ' ' + std::to_string(request.body.size()) + ' ' +
                                   std::string(request.headers.get("expect"))}};
    });
    HttpTransport transport;
    const auto answer = [&](Request request) {
        Gathered sink;
        transport.send(request, sink);
        return sink.body;
    };
    const auto source = [](std::uint64_t size) {
        return [size](std::uint64_t offset, std::span<char> buffer) {
            const auto count =
                static_cast<std::size_t>((std::min<std::uint64_t>)(buffer.size(), size - offset));
            std::fill_n(buffer.begin(), count, 'a');
            return count;
        };
    };
    CHECK(answer({.method = "GET", .url = server.url()}) == "GET 0 ");
    CHECK(answer({.method = "DELETE", .url = server.url()}) == "DELETE 0 ");
    CHECK(answer(post(server.url(), "")) == "POST 0 ");
    CHECK(answer(post(server.url(), std::string(5'000'000, 'x'))) == "POST 5000000 ");
    CHECK(answer({.method = "PUT", .url = server.url(), .body = {3'000'000, source(3'000'000)}}) ==
          "PUT 3000000 ");
    CHECK(answer({.method = "PATCH", .url = server.url(), .body = {std::nullopt, source(1'000'000)}}) ==
          "PATCH 1000000 ");
    CHECK(server.connections() == 1);
}

TEST_CASE("a source that throws ends the call, and the client lives on") {
    LoopbackServer server([](const ReceivedRequest&) { return hello(); });
    HttpTransport transport;
    Gathered sink;
    const Request broken{.method = "POST",
                         .url = server.url(),
                         .body = {100, [](std::uint64_t, std::span<char>) -> std::size_t {
                                      throw std::out_of_range("mine");
                                  }}};
    CHECK_THROWS_AS(transport.send(broken, sink), std::out_of_range);
    const Request brief{.method = "POST",
                        .url = server.url(),
                        .body = {100, [](std::uint64_t, std::span<char>) { return std::size_t{0}; }}};
    CHECK_THROWS_AS(transport.send(brief, sink), genai::InvalidArgument);
    CHECK_NOTHROW(transport.send(post(server.url()), sink));
}

TEST_CASE("answers of every framing arrive") {
    LoopbackServer server([](const ReceivedRequest& request) {
        if (request.body == "chunked")
            return RawReply{.pieces = {"a", "bc", std::string(100'000, 'd')}, .chunked = true};
        if (request.body == "close") return RawReply{.verbatim = "HTTP/1.1 200 OK\r\n\r\nto the end"};
        if (request.body == "none") return RawReply{.status = 204};
        return RawReply{.status = 418, .pieces = {"teapot"}};
    });
    HttpTransport transport;
    const auto answer = [&](const std::string& body) {
        Gathered sink;
        transport.send(post(server.url(), body), sink);
        return std::to_string(sink.status) + ' ' +
               (sink.body.size() > 100 ? std::to_string(sink.body.size()) : sink.body);
    };
    CHECK(answer("chunked") == "200 100003");
    CHECK(answer("close") == "200 to the end");
    CHECK(answer("none") == "204 ");
    CHECK(answer("other") == "418 teapot");
}

TEST_CASE("answers that break off or make no sense are transport errors") {
    LoopbackServer server([](const ReceivedRequest& request) { return RawReply{.verbatim = request.body}; });
    HttpTransport transport;
    for (const char* verbatim : {"", "garbage\r\n\r\n", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Le",
                                 "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"}) {
        INFO(verbatim);
        Gathered sink;
        CHECK_THROWS_AS(transport.send(post(server.url(), verbatim), sink), TransportError);
    }
}

TEST_CASE("a refused connection says so") {
    std::string url;
    {
        const support::SilentServer gone;
        url = gone.url();
    }
    HttpTransport transport;
    const auto failure = failure_of(transport, post(url));
    CHECK(failure.phase == Phase::connect);
    CHECK(failure.reason == Reason::refused);
}

TEST_CASE("each phase has its own time limit") {
    HttpTransport transport;
    const auto timed_out = [&](Request request, genai::http::Timeouts limits, Phase phase) {
        request.timeouts = limits;
        const auto failure = failure_of(transport, request);
        CHECK(failure.reason == Reason::timeout);
        CHECK(failure.phase == phase);
    };
    const support::FullServer full;
    const support::SilentServer silent;
    LoopbackServer slow([](const ReceivedRequest& request) {
        if (request.body == "late") return RawReply{.delay = 10s};
        if (request.body == "drip")
            return RawReply{
                .pieces = std::vector<std::string>(1000, "x"), .chunked = true, .piece_delay = 20ms};
        return RawReply{
            .pieces = {"begun", "and stalled"}, .chunked = true, .fault = {Fault::Kind::stall, 60}};
    });
    timed_out(post(full.url()), {.connect = 250ms}, Phase::connect);
    timed_out(post(silent.url("https")), {.connect = 250ms}, Phase::tls);
    timed_out(post(silent.url()), {.first_byte = 250ms}, Phase::wait);
    timed_out(post(slow.url(), "late"), {.first_byte = 250ms}, Phase::wait);
    timed_out(post(slow.url(), "stall"), {.idle = 250ms}, Phase::body);
    timed_out(post(slow.url(), "drip"), {.total = 400ms, .idle = 10s}, Phase::body);
    timed_out(post(silent.url(), std::string(64U << 20U, 'x')), {.idle = 250ms}, Phase::send);
    timed_out(post(full.url()), {.total = 250ms}, Phase::connect);
    // an answer that only the connection's close would end: ours must not pass for the server's
    LoopbackServer endless([](const ReceivedRequest&) {
        return RawReply{.fault = {Fault::Kind::stall, 30},
                        .verbatim = "HTTP/1.1 200 OK\r\n\r\nand then nothing more"};
    });
    timed_out(post(endless.url()), {.idle = 250ms}, Phase::body);
    // through a proxy that says nothing
    HttpTransport through(ClientOptions{.proxy = silent.url()});
    Request tunnelled = post("https://api.example");
    tunnelled.timeouts = {.connect = 250ms, .first_byte = 20s};
    CHECK(failure_of(through, tunnelled).reason == Reason::timeout);
}

TEST_CASE("a slow reader is not a slow server") {
    Emulator emulator({.chunk_delay = 1ms});
    const Client client(emulator.client_options());
    const genai::HttpOptions brief{.limits = {.idle = 300ms}};
    int chunks = 0;
    client.models.generate_content_stream("gemini-x", "several words for several chunks",
                                          {.http_options = brief}, [&chunks](const auto&) {
                                              if (chunks++ == 0) std::this_thread::sleep_for(700ms);
                                          });
    CHECK(chunks > 2);
}

TEST_CASE("a limit beyond all time is none") {
    Emulator emulator;
    const auto most = (std::chrono::milliseconds::max)();
    CHECK_NOTHROW(Client(emulator.client_options())
                      .models.generate_content(
                          "gemini-x", "hi",
                          {.http_options = {.timeout = most,
                                            .limits = {.connect = most, .first_byte = most, .idle = most}}}));
}

TEST_CASE("a call can be stopped in every phase") {
    HttpTransport transport;
    const support::FullServer full;
    const support::SilentServer silent;
    LoopbackServer slow([](const ReceivedRequest& request) {
        if (request.body == "late") return RawReply{.delay = 10s};
        return RawReply{
            .pieces = {"begun", "and stalled"}, .chunked = true, .fault = {Fault::Kind::stall, 60}};
    });
    CHECK(cancelled_when(transport, post(full.url()), a_moment));
    CHECK(cancelled_when(transport, post(silent.url("https")), a_moment));
    CHECK(cancelled_when(transport, post(silent.url()), a_moment));
    CHECK(cancelled_when(transport, post(slow.url(), "late"), a_moment));
    CHECK(cancelled_when(transport, post(slow.url(), "stall"), a_moment));
    CHECK(cancelled_when(transport, post(silent.url(), std::string(64U << 20U, 'x')), a_moment));
    CHECK(cancelled_when(transport, post(full.url()), [] {}));

    genai::stop_source stopped;
    stopped.request_stop();
    Request request = post(slow.url());
    request.stop = stopped.get_token();
    Gathered sink;
    CHECK_THROWS_AS(transport.send(request, sink), Cancelled);
}

TEST_CASE("stopping a call that is over harms no other") {
    LoopbackServer server([](const ReceivedRequest&) { return hello(); });
    HttpTransport transport;
    for (int i = 0; i < 20; ++i) {
        genai::stop_source source;
        Request request = post(server.url());
        request.stop = source.get_token();
        Gathered sink;
        transport.send(request, sink);
        source.request_stop();
        CHECK(sink.body == "hello");
    }
    CHECK(server.connections() == 1);
}

TEST_CASE("a server that closes while it is written to does not kill the process") {
    const support::RudeServer server("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n");
    HttpTransport transport;
    for (int i = 0; i < 5; ++i) {
        Gathered sink;
        try {
            transport.send(post(server.url(), std::string(16U << 20U, 'x')), sink);
            CHECK(sink.status == 413);
        } catch (const TransportError&) {
            SUCCEED("the answer was lost with the connection");
        }
    }
}

TEST_CASE("redirects are not followed, least of all with the key") {
    std::atomic<int> followed{0};
    LoopbackServer other([&followed](const ReceivedRequest&) {
        ++followed;
        return hello();
    });
    LoopbackServer server([&other](const ReceivedRequest&) {
        return RawReply{.status = 307, .headers = {{"Location", other.url()}}};
    });
    const Client client({.api_key = "k", .http_options = {.base_url = server.url()}});
    CHECK_THROWS_AS(client.models.generate_content("gemini-x", "hi"), genai::ApiError);
    CHECK(followed == 0);
}

TEST_CASE("a stream that is left closes its connection") {
    Emulator emulator({.chunk_delay = 5ms});
    const Client client(emulator.client_options());
    for (const auto& chunk : client.models.generate_content_stream(
             "gemini-x", "some words to make several chunks of an answer")) {
        CHECK_FALSE(chunk.text().empty());
        break;
    }
    for (int i = 0; i < 200 && emulator.open_connections() != 0; ++i) std::this_thread::sleep_for(10ms);
    CHECK(emulator.open_connections() == 0);
    CHECK_NOTHROW(client.models.generate_content("gemini-x", "hi"));
}

TEST_CASE("a plain server behind https is a TLS error") {
    LoopbackServer server([](const ReceivedRequest&) { return hello(); });
    const support::RudeServer rude("HTTP/1.1 400 Bad Request\r\n\r\n");
    HttpTransport transport;
    CHECK(failure_of(transport, post(rude.url("https"))).phase == Phase::tls);
}

TEST_CASE("plain requests go through a proxy whole") {
    std::string target;
    std::string credentials;
    LoopbackServer proxy([&](const ReceivedRequest& request) {
        target = request.target;
        credentials = request.headers.get("proxy-authorization");
        return hello();
    });
    HttpTransport transport(
        ClientOptions{.proxy = "http://user:pass@127.0.0.1:" + std::to_string(proxy.port())});
    Gathered sink;
    transport.send(post("http://api.example"), sink);
    CHECK(sink.body == "hello");
    CHECK(target == "http://api.example/x");
    CHECK(credentials == "Basic dXNlcjpwYXNz");
}

TEST_CASE("TLS goes through a proxy's tunnel, checked at its far end") {
    const support::TlsServer server(support::answer("through"));
    const support::Tunnel tunnel("Proxy-Authorization: Basic dXNlcjpwYXNz");
    const auto client = [&](const std::string& user) {
        return Client(
            ClientOptions{.api_key = "k",
                          .http_options = {.base_url = server.url()},
                          .tls = {.ca_pem = server.ca_pem()},
                          .proxy = "http://" + user + "127.0.0.1:" + std::to_string(tunnel.port())});
    };
    const auto good = client("user:pass@");
    for (int i = 0; i < 3; ++i) CHECK(good.models.generate_content("m", "x").text() == "through");
    CHECK(tunnel.tunnels() == 1);
    CHECK(server.proxy_credentials() == 0);  // the password is the proxy's alone
    try {
        client("").models.generate_content("m", "x");
        FAIL("the proxy let it through");
    } catch (const TransportError& error) {
        CHECK(error.reason() == Reason::proxy);
    }
}

TEST_CASE("the environment's proxy is used, but not for this machine") {
    LoopbackServer proxy([](const ReceivedRequest&) { return RawReply{.pieces = {"proxied"}}; });
    LoopbackServer server([](const ReceivedRequest&) { return RawReply{.pieces = {"direct"}}; });
    const support::Environment variable("http_proxy", proxy.url().c_str());
    const support::Environment none("no_proxy", nullptr);
    const support::Environment loud("NO_PROXY", nullptr);
    HttpTransport transport;
    Gathered outside;
    transport.send(post("http://api.example"), outside);
    CHECK(outside.body == "proxied");
    Gathered here;
    transport.send(post(server.url()), here);
    CHECK(here.body == "direct");
}
