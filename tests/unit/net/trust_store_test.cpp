// Which certificates are trusted.

#include <cstdio>
#include <fstream>
#include <string>
#include <utility>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "recording_transport.hpp"
#include "requests.hpp"
#include "tls_server.hpp"

using genai::Client;
using genai::ClientOptions;
using genai::HttpTransport;
using Phase = genai::TransportError::Phase;
using Reason = genai::TransportError::Reason;
using genai::testing::LoopbackServer;
using genai::testing::RawReply;
using genai::testing::ReceivedRequest;
using namespace support;

TEST_CASE("a certificate of a known authority is taken, from a file or from memory") {
    const support::TlsServer server(support::answer("safe"));
    const auto text = [&](genai::TlsOptions tls) {
        const Client client(
            {.api_key = "k", .http_options = {.base_url = server.url()}, .tls = std::move(tls)});
        std::string answers;
        for (int i = 0; i < 3; ++i) answers += client.models.generate_content("m", "x").text();
        return answers;
    };
    CHECK(text({.ca_pem = server.ca_pem()}) == "safesafesafe");
    const std::string path = "genai-test-ca.pem";
    std::ofstream(path) << server.ca_pem();
    CHECK(text({.ca_file = path}) == "safesafesafe");
    std::remove(path.c_str());
}

TEST_CASE("a certificate that is not to be trusted is refused before anything is sent") {
    const auto reason = [](const support::TlsServer& server, const std::string& ca,
                           const std::string& host = "127.0.0.1") {
        HttpTransport transport(ClientOptions{.tls = {.ca_pem = ca}});
        const auto failure =
            failure_of(transport, post("https://" + host + ":" + std::to_string(server.port())));
        CHECK(failure.phase == Phase::tls);
        CHECK(server.requests() == 0);
        return failure.reason;
    };
    const support::TlsServer server("{}");
    const support::TlsServer other("{}");
    CHECK(reason(server, other.ca_pem()) == Reason::certificate);
    const support::TlsServer misnamed("{}", {.names = "DNS:elsewhere.example"});
    CHECK(reason(misnamed, misnamed.ca_pem()) == Reason::certificate);
    CHECK(reason(misnamed, misnamed.ca_pem(), "localhost") == Reason::certificate);
    const support::TlsServer expired("{}", {.days = -1});
    CHECK(reason(expired, expired.ca_pem()) == Reason::certificate);

    HttpTransport of_the_system;
    CHECK(failure_of(of_the_system, post(server.url())).reason == Reason::certificate);
}

TEST_CASE("authorities that cannot be read are refused when the client is made") {
    CHECK_THROWS_AS(HttpTransport(ClientOptions{.tls = {.ca_file = "/no/such/file"}}),
                    genai::InvalidArgument);
    CHECK_THROWS_AS(HttpTransport(ClientOptions{.tls = {.ca_pem = "not a certificate"}}),
                    genai::InvalidArgument);
    CHECK_THROWS_AS(HttpTransport(ClientOptions{.proxy = "socks5://x"}), genai::InvalidArgument);
}
