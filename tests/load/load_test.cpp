// Many calls at once on one client, one in ten of them failing: every answer is right, and nothing grows.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/manual_clock.hpp>

#include "joined_thread.hpp"
#include "recording_transport.hpp"

using genai::Client;
using genai::ClientOptions;
using genai::Json;
using genai::testing::Fault;
using genai::testing::LoopbackServer;
using genai::testing::RawReply;
using genai::testing::ReceivedRequest;
using namespace std::chrono_literals;

namespace {

std::string prompt(const ReceivedRequest& request) {
    return Json::parse(request.body).at("contents").at(0).at("parts").at(0).at("text");
}

std::string event(const std::string& text, bool last) {
    Json candidate{{"content", {{"parts", {{{"text", text}}}}}}};
    if (last) candidate["finishReason"] = "STOP";
    return Json{{"candidates", {candidate}}}.dump();
}

ClientOptions hurried(const LoopbackServer& server) {
    return {.api_key = "k",
            .http_options = {.base_url = server.url(), .retry = {.attempts = 10}},
            .proxy = "",
            .clock = std::make_shared<genai::testing::ManualClock>()};
}

/// Memory in use, in KiB; 0 where the system does not tell.
long resident() {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
    return 0;
}

/// Whether memory says something: sanitizers keep what was freed.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_counts = false;
#else
constexpr bool memory_counts = true;
#endif

}  // namespace

TEST_CASE("ten thousand calls of many threads, one request in ten failing, are all answered right") {
    std::atomic<int> requests{0};
    LoopbackServer server([&](const ReceivedRequest& request) {
        const int turn = ++requests;
        RawReply reply{.headers = {{"Content-Type", "application/json"}},
                       .pieces = {support::answer("to " + prompt(request))}};
        if (turn % 10 == 0) {
            if (turn % 20 == 0) reply.status = 503;
            else reply.fault = {turn % 30 == 0 ? Fault::Kind::reset : Fault::Kind::close, 150};
        }
        return reply;
    });
    const Client client(hurried(server));
    constexpr int threads = 16;
    constexpr int calls = 10'000;
    std::atomic<int> next{0};
    std::atomic<int> right{0};
    long half_way = 0;
    const auto work = [&] {
        for (int call = 0; (call = next++) < calls;) {
            if (call == calls / 2) half_way = resident();
            try {
                if (client.models.generate_content("m", "call " + std::to_string(call)).text() ==
                    "to call " + std::to_string(call))
                    ++right;
            } catch (const genai::Error&) {
            }
        }
    };
    {
        std::vector<support::JoinedThread> workers;
        for (int i = 0; i < threads; ++i) workers.emplace_back(work);
    }
    CHECK(right == calls);
    CHECK(requests > calls + calls / 10 - calls / 50);
    if (memory_counts) CHECK(resident() < half_way + 4096);
}

TEST_CASE("256 streams at once each get their own answer") {
    constexpr int streams = 256;
    std::mutex mutex;
    std::condition_variable changed;
    int open = 0;
    std::atomic<int> requests{0};
    LoopbackServer server([&](const ReceivedRequest& request) {
        if (++requests % 10 == 0) return RawReply{.status = 503};
        {  // none is answered before all have come
            std::unique_lock lock(mutex);
            ++open;
            changed.notify_all();
            changed.wait_for(lock, 60s, [&] { return open >= streams; });
        }
        std::vector<std::string> events;
        for (int i = 0; i < 20; ++i)
            events.push_back(event(prompt(request) + '/' + std::to_string(i) + ';', i == 19));
        return genai::testing::event_stream(events);
    });
    const Client client(hurried(server));
    std::atomic<int> right{0};
    {
        std::vector<support::JoinedThread> loops;
        for (int i = 0; i < streams; ++i) {
            loops.emplace_back([&, i] {
                const std::string name = "stream " + std::to_string(i);
                std::string expected;
                for (int k = 0; k < 20; ++k) expected += name + '/' + std::to_string(k) + ';';
                std::string text;
                try {
                    for (const auto& chunk : client.models.generate_content_stream("m", name))
                        text += chunk.text();
                } catch (const genai::Error&) {
                }
                if (text == expected) ++right;
            });
        }
    }
    CHECK(right == streams);
    CHECK(open == streams);
}
