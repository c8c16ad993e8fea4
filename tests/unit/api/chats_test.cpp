#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "talk.hpp"

using namespace genai;
using namespace support;
using Catch::Matchers::ContainsSubstring;
using genai::testing::Emulator;
using genai::testing::Fault;
using genai::testing::Reply;

TEST_CASE("a chat sends what was said before, and keeps what is answered") {
    Talk talk;
    CHECK_THAT(talk.chat.send_message("What is C++?").text(), ContainsSubstring("turn 1"));
    std::string text;
    for (const auto& part : talk.chat.send_message_stream("Its key features?")) text += part.text();
    CHECK_THAT(text, ContainsSubstring("turn 2"));
    talk.chat.send_message_stream("More?", {}, [](const GenerateContentResponse&) {});
    const auto history = talk.chat.history();
    REQUIRE(history.size() == 6);
    CHECK(history[0] == Content{.parts = {Part::from_text("What is C++?")}, .role = "user"});
    CHECK(history[3] == Content{.parts = {Part::from_text(text)}, .role = "model"});
    CHECK(talk.last_contents().size() == 5);
    CHECK(talk.chat.history(true) == history);
}

TEST_CASE("a chat takes every form of message") {
    Talk talk;
    const File file{.name = "files/1", .mime_type = "text/plain", .uri = "https://x/files/1"};
    talk.chat.send_message({"look", Part::from_bytes(Bytes(std::string("x")), "image/png"), file});
    CHECK(talk.chat.history()[0].parts.size() == 3);
    talk.chat.send_message(Part::from_text("part"));
    talk.chat.send_message(std::vector<Part>{Part::from_text("a"), Part::from_text("b")});
    talk.emulator.enqueue(Reply::function_call("f", Json::object()));
    talk.chat.send_message("call it");
    talk.chat.send_message(Content{.parts = {Part::from_function_response("f", {{"result", 1}})}});
    CHECK(talk.chat.history()[8].role == "user");
    CHECK(talk.chat.history().size() == 10);
    CHECK_THROWS_AS(talk.chat.send_message(Message()), InvalidArgument);
    CHECK_THROWS_AS(talk.chat.send_message(std::vector<Part>{}), InvalidArgument);
}

TEST_CASE("a chat has a config, which a message may replace, and a history it begins with") {
    Talk talk;
    auto chat = talk.client.chats.create("gemini-2.5-flash",
                                         {.system_instruction = "be brief",
                                          .history = {{.parts = {Part::from_text("before")}, .role = "user"},
                                                      {.parts = {Part::from_text("yes")}, .role = "model"}}});
    CHECK_THAT(chat.send_message("now").text(), ContainsSubstring("turn 2") && ContainsSubstring("be brief"));
    CHECK_THAT(chat.send_message("again", {.system_instruction = "be long"}).text(),
               ContainsSubstring("be long"));
    CHECK_THAT(chat.send_message("once more").text(), ContainsSubstring("be brief"));
    CHECK_THROWS_AS(
        talk.client.chats.create("m", {.history = {{.parts = {Part::from_text("x")}, .role = "system"}}}),
        InvalidArgument);
    CHECK_THROWS_AS(talk.client.chats.create("m", {.history = {{.parts = {Part::from_text("x")}}}}),
                    InvalidArgument);
    CHECK_THROWS_AS(talk.client.chats.create(""), InvalidArgument);
    CHECK_THROWS_AS(chat.send_message("x", {.history = {{.parts = {Part::from_text("x")}, .role = "user"}}}),
                    InvalidArgument);
}

TEST_CASE("a config's history is sent before the contents, of one call too") {
    Talk talk;
    const auto answer = talk.client.models.generate_content(
        "gemini-2.5-flash", "now",
        {.history = {{.parts = {Part::from_text("before")}, .role = "user"},
                     {.parts = {Part::from_text("yes")}, .role = "model"}}});
    CHECK_THAT(answer.text(), ContainsSubstring("turn 2"));
}

TEST_CASE("a chat that was moved from is the same chat") {
    Talk talk;
    genai::Chat moved = std::move(talk.chat);
    static_cast<void>(moved.send_message("one"));
    static_cast<void>(talk.chat.send_message("two"));
    CHECK(moved.history().size() == 4);
}

TEST_CASE("a turn that fails or is left leaves no trace") {
    Talk talk;
    talk.chat.send_message("one");
    const auto before = talk.chat.history();
    SECTION("an error") {
        talk.emulator.enqueue(Reply::error(503, "UNAVAILABLE", "busy"));
        CHECK_THROWS_AS(talk.chat.send_message("two"), ServerError);
    }
    SECTION("a broken connection") {
        talk.emulator.enqueue(Reply::broken({Fault::Kind::close, 400}));
        CHECK_THROWS_AS(drain(talk.chat.send_message_stream("two")), Error);
    }
    SECTION("a stream without an end") {
        talk.emulator.enqueue(Reply::stream({chunk(R"({"text":"half"})")}));
        CHECK_THROWS_AS(drain(talk.chat.send_message_stream("two")), StreamInterrupted);
    }
    SECTION("a stream that is left") {
        for (const auto& part : talk.chat.send_message_stream("two")) {
            static_cast<void>(part);
            break;
        }
    }
    SECTION("a stream that is never looked at") { static_cast<void>(talk.chat.send_message_stream("two")); }
    SECTION("a callback that says no") {
        talk.chat.send_message_stream("two", {}, [](const GenerateContentResponse&) { return false; });
    }
    SECTION("a callback that throws") {
        CHECK_THROWS_AS(
            talk.chat.send_message_stream("two", {}, [](const GenerateContentResponse&) { throw 1; }), int);
    }
    SECTION("a cancelled one") {
        genai::stop_source stop;
        stop.request_stop();
        CHECK_THROWS_AS(talk.chat.send_message("two", {.http_options = {.stop_token = stop.get_token()}}),
                        Cancelled);
    }
    CHECK(talk.chat.history() == before);
    CHECK_THAT(talk.chat.send_message("three").text(), ContainsSubstring("turn 2"));
}

TEST_CASE("messages do not overtake a stream that is not at its end") {
    Talk talk;
    {
        auto stream = talk.chat.send_message_stream("one");
        CHECK_THROWS_AS(talk.chat.send_message("two"), InvalidArgument);
        for (const auto& part : stream) static_cast<void>(part);
        talk.chat.send_message("two");  // though the variable is still there
    }
    CHECK(talk.chat.history().size() == 4);
    talk.emulator.enqueue(Reply::stream({chunk(R"({"text":"half"})")}));
    auto failing = talk.chat.send_message_stream("three");
    CHECK_THROWS_AS(
        [&] {
            for (const auto& part : failing) static_cast<void>(part);
        }(),
        StreamInterrupted);
    talk.chat.send_message("three");
    CHECK(talk.chat.history().size() == 6);
}

TEST_CASE("a chat and its stream outlive the client and the variable; copies are the same conversation") {
    Emulator emulator;
    auto chat = [&] {
        const Client client(emulator.client_options());
        return client.chats.create("gemini-2.5-flash");
    }();
    auto copy = chat;
    auto stream = [&] {
        auto moved = std::move(chat);
        return moved.send_message_stream("one");
    }();
    std::string text;
    for (const auto& part : stream) text += part.text();
    CHECK_THAT(text, ContainsSubstring("turn 1"));
    CHECK(copy.history().size() == 2);
}
