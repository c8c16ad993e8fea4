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
