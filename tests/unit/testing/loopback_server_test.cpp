// The emulator's server against what breaks servers: lengths, heads and connections of any kind.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "clients.hpp"
#include "raw_servers.hpp"

using namespace genai;
using namespace std::chrono_literals;
using genai::testing::Emulator;
using genai::testing::Reply;

namespace {

/// What the emulator sends back to these bytes, until it closes.
std::string exchanged(const Emulator& emulator, const std::string& bytes) {
    const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
    const std::string url = emulator.url();
    const auto port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    const sockaddr_in address = support::Listener::loopback(port);
    REQUIRE(::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    for (std::size_t at = 0; at < bytes.size();) {
        const auto sent = ::send(connection, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (sent <= 0) break;
        at += static_cast<std::size_t>(sent);
    }
    std::string answer;
    char buffer[4096];
    for (;;) {
        const auto count = ::recv(connection, buffer, sizeof buffer, 0);
        if (count <= 0) break;
        answer.append(buffer, static_cast<std::size_t>(count));
    }
    ::close(connection);
    return answer;
}

}  // namespace

TEST_CASE("a request that cannot be read is refused, and the server goes on") {
    const Emulator emulator;
    const auto status = [&](const std::string& head) {
        const std::string answer = exchanged(emulator, head);
        return answer.empty() ? std::string("closed") : answer.substr(9, 3);
    };
    const std::string post = "POST /v1beta/models HTTP/1.1\r\nConnection: close\r\n";
    CHECK(status(post + "Content-Length: 18446744073709551615\r\n\r\n") == "413");
    CHECK(status(post + "Content-Length: 9223372036854775808\r\n\r\n") == "413");
    CHECK(status(post + "Content-Length: 99999999999999999999999\r\n\r\n") == "413");
    CHECK(status(post + "Content-Length: 5000000000000\r\n\r\n") == "413");
    CHECK(status(post + "Content-Length: -1\r\n\r\n") == "400");
    CHECK(status(post + "Content-Length: 5x\r\n\r\n") == "400");
    CHECK(status(post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n") == "413");
    CHECK(status(post + "Transfer-Encoding: chunked\r\n\r\n8000000000000000\r\n") == "413");
    CHECK(status(post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n") == "413");
    CHECK(status(post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n") == "400");
    CHECK(status("GET\r\n\r\n") == "400");
    CHECK(status("GET / HTTP/1.1\r\nno colon\r\n\r\n") == "400");
    CHECK(status("GET / HTTP/1.1\r\nX: " + std::string(70000, 'x') + "\r\n\r\n") == "431");
    std::string many = "GET / HTTP/1.1\r\n";
    for (int i = 0; i < 10000; ++i) many += "X-Header-" + std::to_string(i) + ": x\r\n";
    CHECK(status(many + "\r\n") == "431");
    CHECK(status("GET /v1beta/models HTTP/1.1\nConnection: close\nx-goog-api-key: test-key\n\n") == "200");
    CHECK(status(post + "x-goog-api-key: test-key\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "2;ext=1\r\n{}\r\n0\r\nX-Trailer: x\r\n\r\n") == "404");
    CHECK_NOTHROW(Client(emulator.client_options()).models.generate_content("gemini-2.5-flash", "hi"));
}

TEST_CASE("a slow answer does not hold up the others, and an emulator ends at once whatever runs") {
    auto emulator = std::make_unique<Emulator>();
    const Client client(support::once(emulator->client_options()));
    emulator->enqueue(Reply::late(60s));
    std::atomic<bool> failed{false};
    std::thread slow([&] {
        try {
            static_cast<void>(client.models.generate_content("gemini-2.5-flash", "slow"));
        } catch (const Error&) {
            failed = true;
        }
    });
    while (emulator->requests().empty()) std::this_thread::sleep_for(1ms);
    CHECK_NOTHROW(client.models.generate_content("gemini-2.5-flash", "hi"));
    const auto begin = std::chrono::steady_clock::now();
    emulator.reset();
    CHECK(std::chrono::steady_clock::now() - begin < 10s);
    slow.join();
    CHECK(failed);
}

TEST_CASE("many clients at once are all answered") {
    const Emulator emulator;
    constexpr std::size_t clients = 256;
    std::atomic<std::size_t> answered{0};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < clients; ++i)
        threads.emplace_back([&, i] {
            try {
                const Client client(support::once(emulator.client_options()));
                const std::string prompt = "number " + std::to_string(i);
                const auto text = client.models.generate_content("gemini-2.5-flash", prompt).text();
                if (text.find(prompt) != std::string::npos) ++answered;
            } catch (const Error&) {
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(answered == clients);
}
