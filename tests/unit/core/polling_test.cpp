// Waiting for what takes the service a while.

#include <chrono>
#include <string>
#include <thread>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/core/polling.hpp>
#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/manual_clock.hpp>

#include "joined_thread.hpp"
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

TEST_CASE("a video is waited for until it can be used") {
    Emulator emulator({.polls_until_done = 3});
    const Client client(emulator.client_options());
    const File video = client.files.upload(Bytes(std::string("v")), {.mime_type = "video/mp4"});
    CHECK(video.state == FileState::processing);
    CHECK_THROWS_WITH(client.models.generate_content("gemini-x", {video, "look"}),
                      ContainsSubstring("not in an ACTIVE state"));
    CHECK(client.files.wait_active(video, {.poll_interval = 1ms}).state == FileState::active);
    client.models.generate_content("gemini-x", {video, "look"});

    const File another = client.files.upload(Bytes(std::string("v")), {.mime_type = "video/mp4"});
    try {
        static_cast<void>(client.files.wait_active(another, {.timeout = 1ms, .poll_interval = 1ms}));
        static_cast<void>(client.files.wait_active(another, {.timeout = 1ms, .poll_interval = 1ms}));
    } catch (const genai::TransportError& problem) {
        CHECK(problem.reason() == genai::TransportError::Reason::timeout);
    }
    genai::stop_source stop;
    stop.request_stop();
    const File third = client.files.upload(Bytes(std::string("v")), {.mime_type = "video/mp4"});
    CHECK_THROWS_AS(client.files.wait_active(third, {.poll_interval = 1h, .stop_token = stop.get_token()}),
                    genai::Cancelled);
    CHECK(wrong([&] { static_cast<void>(client.files.wait_active(third, {.poll_interval = 0ms})); }) ==
          "poll_interval");
    static_cast<void>(
        client.files.wait_active(third, {.timeout = std::chrono::milliseconds::max(), .poll_interval = 1ms}));

    // a look that hangs does not outlast the waiting
    const File fourth = client.files.upload(Bytes(std::string("v")), {.mime_type = "video/mp4"});
    emulator.enqueue(Reply::broken({Fault::Kind::stall, 0}));
    CHECK_THROWS_AS(client.files.wait_active(fourth, {.timeout = 50ms, .poll_interval = 1ms}),
                    genai::TransportError);
    emulator.clear();
    emulator.enqueue(Reply::broken({Fault::Kind::stall, 0}));
    genai::stop_source later;
    const support::JoinedThread stopper([&] {
        while (emulator.requests().empty()) std::this_thread::yield();
        later.request_stop();
    });
    CHECK_THROWS_AS(client.files.wait_active(fourth, {.poll_interval = 1ms, .stop_token = later.get_token()}),
                    genai::Cancelled);

    emulator.enqueue(
        Reply::json(R"({"name":"files/x","state":"FAILED","error":{"code":3,"message":"not a video"}})"));
    CHECK_THROWS_WITH(client.files.wait_active("files/x"), ContainsSubstring("not a video"));
}

TEST_CASE("polling survives transient failures") {
    Emulator emulator({.polls_until_done = 1});
    const Client client(support::hurried(emulator.client_options()));
    const File video = client.files.upload(Bytes(std::string("v")), {.mime_type = "video/mp4"});
    emulator.enqueue(Reply::broken({}));  // the first look
    for (int i = 0; i < 3; ++i) emulator.enqueue(Reply::error(503, "UNAVAILABLE", "busy"));
    emulator.enqueue(Reply::broken({Fault::Kind::reset, 0}));
    CHECK(client.files.wait_active(video, {.poll_interval = 1ms}).state == FileState::active);
}

TEST_CASE("polling as a state machine: waits grow, time ends, failures are counted") {
    genai::testing::ManualClock clock;
    using genai::detail::Polling;
    const auto wait = [](const Polling::Step& step) {
        return step.wait ? step.span : std::chrono::milliseconds(-1);
    };
    SECTION("asking and waiting take turns") {
        Polling polling(clock, {.poll_interval = 100ms}, {}, "it", true);
        CHECK_FALSE(polling.next().wait);
        polling.came();
        CHECK(wait(polling.next()) == 100ms);
        CHECK_FALSE(polling.next().wait);
        CHECK(wait(polling.next()) == 151ms);
    }
    SECTION("where there is an answer already, it waits first") {
        Polling polling(clock, {.poll_interval = 100ms}, {}, "it", false);
        CHECK(wait(polling.next()) == 100ms);
    }
    SECTION("the time that is left limits waits and calls, and then ends it") {
        Polling polling(clock, {.timeout = 1s, .poll_interval = 400ms}, {.timeout = 10s}, "it", true);
        CHECK(polling.next().options.timeout == 1s);
        clock.advance(700ms);
        CHECK(wait(polling.next()) == 300ms);
        clock.advance(300ms);
        CHECK_THROWS_AS(polling.next(), genai::TransportError);
    }
    SECTION("five failures that may pass in a row are no end, six are") {
        Polling polling(clock, {}, {}, "it", true);
        const genai::TransportError refused(genai::TransportError::Phase::connect,
                                            genai::TransportError::Reason::refused, "nobody");
        for (int i = 0; i < 5; ++i) CHECK(polling.failed(refused));
        polling.came();
        for (int i = 0; i < 5; ++i) CHECK(polling.failed(refused));
        CHECK_FALSE(polling.failed(refused));
        CHECK_FALSE(polling.failed(genai::Error("another")));
    }
}
