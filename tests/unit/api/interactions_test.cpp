#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "clients.hpp"

using namespace genai::interactions;
using Catch::Matchers::ContainsSubstring;
using genai::Client;
using genai::InvalidArgument;
using genai::Json;
using genai::StreamInterrupted;
using genai::testing::Emulator;
using genai::testing::Fault;
using genai::testing::Reply;

namespace {

const std::string flash = "gemini-2.5-flash";

struct Service {
    Emulator emulator{};
    Client<> client{support::once(emulator.client_options())};
    Json last_body() const { return Json::parse(emulator.requests().back().body); }
};

/// What a stream says, and where each event can be resumed from.
struct Heard {
    std::string text{};
    std::vector<std::string> ids{};
    std::string interaction{};
    bool completed{false};

    void take(const InteractionSseEvent& event) {
        if (const auto* created = event.get_if<InteractionCreatedEvent>())
            interaction = created->interaction->id;
        if (const auto* delta = event.get_if<StepDelta>()) {
            ids.push_back(*delta->event_id);
            if (const auto* more = delta->delta.get_if<TextDelta>()) text += more->text.value_or("");
        }
        completed = completed || event.is<InteractionCompletedEvent>();
    }
};

Heard hear(genai::Stream<InteractionSseEvent> stream) {
    Heard heard;
    for (const auto& event : stream) heard.take(event);
    return heard;
}

}  // namespace

TEST_CASE("an interaction is answered, remembered, gone on from, and forgotten") {
    Service service;
    const auto& interactions = service.client.interactions;
    const Interaction first =
        interactions.create({.input = "hello there", .model = flash, .system_instruction = "be kind"});
    CHECK(first.status == InteractionStatus::completed);
    CHECK_THAT(first.output_text(), ContainsSubstring("hello there") && ContainsSubstring("be kind"));
    CHECK(*first.usage->total_tokens > 0);
    CHECK(service.emulator.requests().back().path == "/v1beta/interactions");
    CHECK(service.last_body() ==
          Json{{"input", "hello there"}, {"model", flash}, {"system_instruction", "be kind"}});
    const Interaction second =
        interactions.create({.input = std::vector<Content>{TextContent{.text = "again"}},
                             .model = flash,
                             .previous_interaction_id = first.id});
    CHECK_THAT(second.output_text(), ContainsSubstring("turn 2"));
    CHECK(interactions.get(first.id).output_text() == first.output_text());
    CHECK(interactions.get(first.id, {.include_input = true}).input == InteractionsInput("hello there"));
    interactions.delete_(first.id);
    CHECK_THROWS_AS(interactions.get(first.id), genai::ClientError);
    CHECK_THROWS_AS(interactions.create({.input = "x", .model = flash, .previous_interaction_id = first.id}),
                    genai::ClientError);
}

TEST_CASE("agents work in the background and can be stopped") {
    Service service;
    const auto& interactions = service.client.interactions;
    const Interaction begun = interactions.create(
        {.agent = AgentOption::deep_research_preview_04_2026,
         .agent_config = DeepResearchAgentConfig{.thinking_summaries = ThinkingSummaries::auto_},
         .background = true,
         .input = "dig"});
    CHECK(begun.status == InteractionStatus::in_progress);
    CHECK(service.last_body()["agent_config"] ==
          Json{{"thinking_summaries", "auto"}, {"type", "deep-research"}});
    CHECK(interactions.get(begun.id).status == InteractionStatus::in_progress);
    CHECK(interactions.get(begun.id).status == InteractionStatus::completed);
    const Interaction other =
        interactions.create({.agent = "some-agent", .background = true, .input = "dig"});
    CHECK(interactions.cancel(other.id).status == InteractionStatus::cancelled);
    CHECK(service.emulator.requests().back().path == "/v1beta/interactions/" + other.id + "/cancel");
}

TEST_CASE("events come typed, and a stream that broke goes on behind the last one") {
    Service service;
    const auto& interactions = service.client.interactions;
    const Heard whole = hear(interactions.create_stream({.input = "a long story please", .model = flash}));
    CHECK(whole.completed);
    CHECK_THAT(whole.text, ContainsSubstring("a long story please"));
    CHECK(service.last_body()["stream"] == true);
    CHECK(service.emulator.requests().back().headers.get("accept") == "text/event-stream");

    const Heard rest = hear(interactions.get_stream(whole.interaction, {.last_event_id = whole.ids[0]}));
    CHECK(rest.completed);
    CHECK(rest.ids == std::vector<std::string>(whole.ids.begin() + 1, whole.ids.end()));

    service.emulator.enqueue(Reply::broken({Fault::Kind::close, 1000}));
    Heard broken;
    const auto listen = [&] {
        interactions.create_stream({.input = "a long story please", .model = flash}, {},
                                   [&](const InteractionSseEvent& event) { broken.take(event); });
    };
    CHECK_THROWS_AS(listen(), genai::Error);
    CHECK(!broken.completed);
    REQUIRE(!broken.interaction.empty());
    interactions.get_stream(broken.interaction,
                            {.last_event_id = broken.ids.empty() ? "event-1" : broken.ids.back()},
                            [&](const InteractionSseEvent& event) { broken.take(event); });
    CHECK(broken.completed);
    CHECK(broken.text == whole.text);
}

TEST_CASE("a stream that ends before its interaction does is interrupted; errors are events") {
    Service service;
    const auto& interactions = service.client.interactions;
    const CreateModelInteraction request{.input = "x", .model = flash};
    service.emulator.enqueue(Reply::stream(
        {R"({"event_type":"interaction.created","interaction":{"id":"1","status":"in_progress"}})"}));
    CHECK_THROWS_AS(hear(interactions.create_stream(request)), StreamInterrupted);
    service.emulator.enqueue(Reply::stream(
        {R"({"event_type":"interaction.created","interaction":{"id":"1","status":"in_progress"}})"}));
    hear(interactions.create_stream(request, {.http_options = {.require_finish_reason = false}}));
    service.emulator.enqueue(
        Reply::stream({R"({"event_type":"error","error":{"code":"overloaded","message":"busy"}})"}));
    bool told = false;
    interactions.create_stream(request, {}, [&](const InteractionSseEvent& event) {
        const auto* error = event.get_if<ErrorEvent>();
        told = error != nullptr && error->error->message == "busy";
    });
    CHECK(told);
    service.emulator.enqueue(Reply::stream(
        {R"({"event_type":"interaction.status_update","interaction_id":"1","status":"requires_action"})"}));
    hear(interactions.create_stream(request));
    service.emulator.enqueue(
        Reply::stream({R"({"error":{"code":503,"message":"down","status":"UNAVAILABLE"}})"}));
    CHECK_THROWS_AS(hear(interactions.create_stream(request)), genai::ServerError);
    service.emulator.enqueue(Reply::stream(
        {R"({"event_type":"something.new","x":1})",
         R"({"event_type":"interaction.completed","interaction":{"id":"1","status":"completed"}})"}));
    int events = 0;
    for (const auto& event : interactions.create_stream(request))
        events += event.unknown() != nullptr ? 10 : 1;
    CHECK(events == 11);
    int seen = 0;
    interactions.create_stream(request, {}, [&](const InteractionSseEvent&) { return ++seen < 2; });
    CHECK(seen == 2);
}

TEST_CASE("a function is called for, and its result taken") {
    Service service;
    const auto& interactions = service.client.interactions;
    const Json schema{{"type", "object"}, {"properties", {{"city", {{"type", "string"}}}}}};
    const Interaction asked =
        interactions.create({.input = "the weather",
                             .model = flash,
                             .tools = {Function{.name = "weather", .parameters = schema}}});
    CHECK(asked.status == InteractionStatus::requires_action);
    const auto* call = asked.steps.back().get_if<FunctionCallStep>();
    REQUIRE(call != nullptr);
    CHECK(call->name == "weather");
    CHECK(call->arguments->contains("city"));
    const Interaction answered =
        interactions.create({.input = std::vector<Step>{FunctionResultStep{
                                 .call_id = call->id, .name = call->name, .result = Json{{"sun", true}}}},
                             .model = flash,
                             .previous_interaction_id = asked.id});
    CHECK_THAT(answered.output_text(), ContainsSubstring("sun"));
    std::string arguments;
    for (const auto& event : interactions.create_stream({.input = "the weather",
                             .model = flash,
                             .tools = {Function{.name = "weather", .parameters = schema}}}))
        if (const auto* delta = event.get_if<StepDelta>())
            if (const auto* more = delta->delta.get_if<ArgumentsDelta>())
                arguments += more->arguments.value_or("");
    CHECK(Json::parse(arguments).contains("city"));
}

TEST_CASE("an invalid interaction is refused before anything is sent") {
    Service service;
    const auto& interactions = service.client.interactions;
    CHECK_THROWS_AS(interactions.create(CreateModelInteraction{.input = "x"}), InvalidArgument);
    CHECK_THROWS_AS(interactions.create(CreateAgentInteraction{.input = "x"}), InvalidArgument);
    CHECK_THROWS_AS(interactions.create({.model = flash}), InvalidArgument);
    CHECK_THROWS_AS(interactions.get(""), InvalidArgument);
    CHECK_THROWS_AS(interactions.get("a/../b"), InvalidArgument);
    CHECK_THROWS_AS(interactions.get("files/x"), InvalidArgument);
    CHECK_THROWS_AS(interactions.get("1", {.last_event_id = "2"}), InvalidArgument);
    CHECK(service.emulator.requests().empty());
}
