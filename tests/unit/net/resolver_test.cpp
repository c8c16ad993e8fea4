// Names of hosts.

#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "requests.hpp"

using genai::Client;
using genai::ClientOptions;
using genai::HttpTransport;
using Phase = genai::TransportError::Phase;
using Reason = genai::TransportError::Reason;
using genai::testing::LoopbackServer;
using genai::testing::RawReply;
using genai::testing::ReceivedRequest;
using namespace support;

TEST_CASE("a name nobody knows says so") {
    HttpTransport transport(ClientOptions{.proxy = ""});
    const auto failure = failure_of(transport, post("http://no-such-host.invalid"));
    CHECK(failure.phase == Phase::resolve);
    CHECK(failure.reason == Reason::unknown_host);
}

TEST_CASE("a name with several addresses is tried at each") {
    LoopbackServer server(
        [](const ReceivedRequest&) { return RawReply{.pieces = {"hello"}}; });  // on 127.0.0.1; ::1 refuses
    HttpTransport transport;
    Gathered sink;
    transport.send(post("http://localhost:" + std::to_string(server.port())), sink);
    CHECK(sink.body == "hello");
}
