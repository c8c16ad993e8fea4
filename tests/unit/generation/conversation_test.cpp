// How turns come together from chunks, and which are sent again.

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "talk.hpp"

using namespace genai;
using namespace support;
using genai::testing::Reply;

TEST_CASE(
    "text that comes in chunks is one part; thoughts, signatures and unknown parts stay apart and as they "
    "are") {
    Talk talk;
    talk.emulator.enqueue(Reply::stream(
        {chunk(R"({"text":"I think","thought":true})"), chunk(R"({"text":" more","thought":true})"),
         chunk(R"({"text":"Hel"})"), chunk(R"({"text":"lo"})"), R"({"usageMetadata":{"totalTokenCount":3}})",
         R"({"candidates":[{"content":{"role":"model"}}]})", chunk(R"({"text":" you"})"),
         chunk(R"({"functionCall":{"name":"f","args":{"x":1.0},"id":"c1"},"thoughtSignature":"c2ln"})"),
         chunk(R"({"hologram":{"depth":1.50}})"),
         chunk(R"({"text":"","thoughtSignature":"ZW5k"})", R"(,"finishReason":"STOP")")}));
    drain(talk.chat.send_message_stream("hi"));
    const Content model = talk.chat.history().at(1);
    CHECK(
        encode(model) ==
        R"({"parts":[{"text":"I think more","thought":true},{"text":"Hello you"},{"functionCall":{"args":{"x":1.0},"id":"c1","name":"f"},"thoughtSignature":"c2ln"},)"
        R"({"hologram":{"depth":1.50}},{"text":"","thoughtSignature":"ZW5k"}],"role":"model"})");
    talk.emulator.enqueue(Reply::text("fine"));
    talk.chat.send_message("next");
    CHECK(talk.last_contents()[1]["parts"].size() == 5);
}

TEST_CASE("parts of a whole answer stay as they came") {
    Talk talk;
    talk.emulator.enqueue(Reply::json(chunk(R"({"text":"a"},{"text":"b"})", R"(,"finishReason":"STOP")")));
    talk.chat.send_message("hi");
    CHECK(talk.chat.history().at(1).parts.size() == 2);
}

TEST_CASE("a turn that got no answer is in the history, and not in what is sent") {
    Talk talk;
    talk.chat.send_message("one");
    talk.emulator.enqueue(Reply::json(R"({"promptFeedback":{"blockReason":"SAFETY"}})"));
    talk.chat.send_message("blocked");
    talk.emulator.enqueue(Reply::json(R"({"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]})"));
    talk.chat.send_message("broken");
    talk.chat.send_message("two");
    CHECK(talk.chat.history().size() == 8);
    CHECK(talk.chat.history()[3] == Content{.role = "model"});
    REQUIRE(talk.last_contents().size() == 3);
    CHECK(talk.last_contents()[0]["parts"][0]["text"] == "one");
    CHECK(talk.last_contents()[2]["parts"][0]["text"] == "two");
    CHECK(talk.chat.history(true).size() == 4);
}

TEST_CASE("a part that holds nothing erases no history") {
    for (const char* nothing : {"{}", R"({"text":null})", R"({"text":""})", R"({"thought":true})"}) {
        INFO(nothing);
        Talk talk;
        talk.emulator.enqueue(
            Reply::stream({chunk(R"({"text":"Hello"})"), chunk(nothing, R"(,"finishReason":"STOP")")}));
        drain(talk.chat.send_message_stream("hi"));
        talk.emulator.enqueue(Reply::text("fine"));
        talk.chat.send_message("next");
        REQUIRE(talk.last_contents().size() == 3);
        CHECK(talk.last_contents()[1]["parts"] == Json::parse(R"([{"text":"Hello"}])"));
    }
    // in a history that is given too, and never with an answer to a call that is not there
    Talk talk;
    std::vector<Content> history = decode<std::vector<Content>>(
        R"([{"role":"user","parts":[{"text":"weather?"}]},
            {"role":"model","parts":[{"functionCall":{"name":"f","args":{}}},{}]},
            {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"result":1}}}]},
            {"role":"model","parts":[{"text":"fine"},{"text":""}]}])");
    Chat chat = talk.client.chats.create("gemini-2.5-flash", {.history = history});
    talk.emulator.enqueue(Reply::text("fine"));
    chat.send_message("next");
    const Json sent = talk.last_contents();
    REQUIRE(sent.size() == 5);
    CHECK(sent[1]["parts"].size() == 1);
    CHECK(sent[3]["parts"].size() == 1);
    // a run that says nothing goes with its calls and their answers
    history.back() = Content{.parts = {Part{}}, .role = "model"};
    Chat other = talk.client.chats.create("gemini-2.5-flash", {.history = history});
    talk.emulator.enqueue(Reply::text("fine"));
    other.send_message("next");
    CHECK(talk.last_contents().size() == 1);
}
