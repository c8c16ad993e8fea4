// The record of each call.

#include <chrono>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/call_log.hpp>
#include <genai/cost.hpp>
#include <genai/genai.hpp>
#include <genai/openai.hpp>
#include <genai/router.hpp>
#include <genai/testing/manual_clock.hpp>

#include "routed.hpp"

using namespace genai;
using namespace std::chrono_literals;
using namespace routed;
using testing::ManualClock;

namespace {

struct Logged {
    explicit Logged(bool content = false) {
        log = std::make_shared<CallLog>(
            CallLogOptions{.write = [this](const Json& record) { records.push_back(record); },
                           .content = content,
                           .clock = clock});
    }
    ClientOptions options() const { return {.api_key = "secret-key-123", .hooks = log, .clock = clock}; }

    std::shared_ptr<ManualClock> clock{
        std::make_shared<ManualClock>(std::chrono::sys_days(std::chrono::year(2026) / 11 / 28))};
    std::vector<Json> records{};
    std::shared_ptr<CallLog> log{};
};

const std::string answered =
    R"({"candidates":[{"content":{"parts":[{"text":"Paris."}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":100,"thoughtsTokenCount":20,"totalTokenCount":1120},"modelVersion":"gemini-2.5-flash-001","responseId":"r-1"})";

}  // namespace

TEST_CASE("a call's record has LiteLLM's names") {
    Logged logged;
    const ScriptedTransport script{[&](const http::Request& request, http::Sink& sink) {
        logged.clock->advance(250ms);
        ScriptedTransport::json(answered)(request, sink);
    }};
    const Client client(logged.options(), script);
    static_cast<void>(client.models.generate_content(
        "gemini-2.5-flash", "Where is it?",
        {.http_options = {.tags = {{"team", "red"}}, .end_user = "u1"}, .temperature = 0.5}));
    REQUIRE(logged.records.size() == 1);
    const Json& one = logged.records[0];
    CHECK(one["id"] == "r-1");
    CHECK(one["call_type"] == "generate_content");
    CHECK(one["status"] == "success");
    CHECK(one["model"] == "gemini-2.5-flash");
    CHECK(one["api_base"] == "https://generativelanguage.googleapis.com/v1beta");
    CHECK(one["custom_llm_provider"] == "gemini");
    CHECK(one["prompt_tokens"] == 1000);
    CHECK(one["completion_tokens"] == 120);
    CHECK(one["total_tokens"] == 1120);
    CHECK(one["response_cost"] == 0.0006);  // 1000 at $0.30, 120 at $2.50 a million
    CHECK(one["cost_breakdown"]["input_cost"] == 0.0003);
    CHECK(one["response_time"] == 0.25);
    CHECK(std::abs(one["endTime"].get<double>() - one["startTime"].get<double>() - 0.25) < 1e-3);
    CHECK(one["model_parameters"] == Json{{"temperature", 0.5}});
    CHECK(one["request_tags"] == Json::array({"team:red"}));
    CHECK(one["end_user"] == "u1");
    CHECK(one["messages"].is_null());
    CHECK(one["response"].is_null());
    CHECK(one["trace_id"].get<std::string>().size() == 36);
    CHECK(one.dump().find("Where is it?") == std::string::npos);
}

TEST_CASE("a failed call says what it failed with; an unknown price is left out") {
    Logged logged;
    const ScriptedTransport script{
        ScriptedTransport::error(429, "RESOURCE_EXHAUSTED"),
        ScriptedTransport::error(429, "RESOURCE_EXHAUSTED"), ScriptedTransport::json(answered),
        ScriptedTransport::fails(TransportError::Phase::connect, TransportError::Reason::certificate)};
    auto options = logged.options();
    options.http_options.retry.attempts = 2;
    const Client client(options, script);
    CHECK_THROWS_AS(client.models.generate_content("m", "x"), RateLimitError);
    static_cast<void>(client.models.generate_content("m", "x"));
    CHECK_THROWS_AS(client.models.generate_content("m", "x"), TransportError);
    REQUIRE(logged.records.size() == 3);
    const Json& failed = logged.records[0];
    CHECK(failed["status"] == "failure");
    CHECK(failed["attempts"] == 2);
    CHECK(failed["error_str"] == "429 RESOURCE_EXHAUSTED");
    CHECK(failed["error_information"]["error_code"] == "429");
    CHECK(failed["error_information"]["error_rate_limit_category"] == "vendor_rate_limit");
    CHECK_FALSE(failed.contains("response_cost"));
    CHECK_FALSE(logged.records[1].contains("response_cost"));  // there is no price for "m"
    CHECK(logged.records[1]["prompt_tokens"] == 1000);
    CHECK(logged.records[2]["error_information"]["error_code"] == "TransportError");
}

TEST_CASE("content is in a record where it is wanted, base64 cut and secrets out") {
    Logged logged(true);
    const auto chunk = [](const std::string& text, const std::string& more) {
        return decode<GenerateContentResponse>(R"({"candidates":[{"content":{"parts":[{"text":")" + text +
                                               R"("}],"role":"model"})" + more + R"(}],"responseId":"r-2"})");
    };
    const ScriptedTransport script{
        ScriptedTransport::json(answered),
        ScriptedTransport::stream<GenerateContentResponse>(
            {chunk("Pa", ""), chunk("ris, secret-key-123.", R"(,"finishReason":"STOP")")})};
    const Client client(logged.options(), script);
    const Content image{.parts = {Part::from_bytes(std::string(300, 'x'), "image/png"),
                                  Part::from_text("my key is secret-key-123")}};
    static_cast<void>(client.models.generate_content("m", image, {.system_instruction = "be brief"}));
    for (const auto& one : client.models.generate_content_stream("m", "x")) static_cast<void>(one);
    REQUIRE(logged.records.size() == 2);
    const std::string text = logged.records[0].dump() + logged.records[1].dump();
    CHECK(text.find("secret-key-123") == std::string::npos);
    const Json& parts = logged.records[0]["messages"]["contents"][0]["parts"];
    CHECK(parts[0]["inlineData"]["data"] ==
          "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4... (400 characters)");
    CHECK(parts[1]["text"].get<std::string>().starts_with("my key is ["));
    CHECK(logged.records[0]["messages"]["systemInstruction"]["parts"][0]["text"] == "be brief");
    CHECK(logged.records[0]["response"]["candidates"][0]["content"]["parts"][0]["text"] == "Paris.");
    CHECK(logged.records[1]["stream"] == true);
    const Json& streamed = logged.records[1]["response"]["candidates"][0];
    CHECK(streamed["content"]["parts"][0]["text"].get<std::string>().starts_with("Paris, ["));
    CHECK(streamed["finishReason"] == "STOP");
}

TEST_CASE("a router's calls have one record each, with group and deployment") {
    Logged logged;
    const auto a = service("a", {down});
    const Router router({.deployments = {deployment("g", "a", a), deployment("g", "b", service("b"))},
                         .strategy = RouterStrategy::in_order,
                         .clock = logged.clock,
                         .hooks = logged.log});
    CHECK(ask(router) == "b");
    const openai::Client ai(router);
    static_cast<void>(
        ai.chat.completions.create({.model = "g", .messages = {{.role = "user", .content = "x"}}}));
    REQUIRE(logged.records.size() == 2);
    CHECK(logged.records[0]["attempts"] == 2);
    CHECK(logged.records[0]["model_group"] == "g");
    CHECK(logged.records[0]["model_id"] == "b");
    CHECK(logged.records[0]["model"] == "model-b");
    CHECK(logged.records[1]["call_type"] == "completion");
}

TEST_CASE("a log without a place to write is refused; one that throws breaks nothing") {
    CHECK_THROWS_AS(CallLog({}), InvalidArgument);
    const auto log = std::make_shared<CallLog>(CallLogOptions{.write = [](const Json&) { throw 1; }});
    const Client client({.api_key = "k", .hooks = log}, ScriptedTransport{ScriptedTransport::text("x")});
    CHECK(client.models.generate_content("m", "x").text() == "x");
}

TEST_CASE("tags and end user reach a LiteLLM proxy where that is asked for") {
    const ScriptedTransport script{ScriptedTransport::text("1"), ScriptedTransport::text("2"),
                                   ScriptedTransport::text("3"), ScriptedTransport::text("4")};
    const Client client(
        {.api_key = "k", .http_options = {.tags = {{"team", "red"}, {"night", ""}}, .end_user = "u1"}},
        script);
    const auto ask_with = [&](HttpOptions http) {
        static_cast<void>(client.models.generate_content("m", "x", {.http_options = std::move(http)}));
        return script.requests().back();
    };
    const auto plain = ask_with({});
    CHECK(plain.headers.find("x-litellm-tags") == nullptr);
    CHECK(plain.body.find("u1") == std::string::npos);
    const auto headers = ask_with({.tracking = TrackingPlacement::litellm_headers});
    CHECK(headers.headers.get("x-litellm-tags") == "team:red,night");
    CHECK(headers.headers.get("x-litellm-end-user-id") == "u1");
    const auto body = Json::parse(
        ask_with({.extra_body = Json{{"a", 1}}, .tracking = TrackingPlacement::litellm_body}).body);
    CHECK(body["tags"] == Json::array({"team:red", "night"}));
    CHECK(body["user"] == "u1");
    CHECK(body["a"] == 1);
    CHECK_THROWS_AS(ask_with({.tags = {{"a", "b,c"}}, .tracking = TrackingPlacement::litellm_headers}),
                    InvalidArgument);
    CHECK_THROWS_AS(ask_with({.end_user = "a\nb", .tracking = TrackingPlacement::litellm_headers}),
                    InvalidArgument);
    CHECK_THROWS_AS(ask_with({.tracking = TrackingPlacement("else")}), InvalidArgument);
    CHECK(script.requests().size() == 3);
}

TEST_CASE("no prompt is in a record without content, whatever the request is") {
    Logged logged;
    const ScriptedTransport script{
        ScriptedTransport::json(R"({"totalTokens":4})"), ScriptedTransport::json(R"({"name":"batches/b"})"),
        ScriptedTransport::json(R"({"embeddings":[{"values":[1]}]})"), ScriptedTransport::json("{}")};
    const Client client(logged.options(), script);
    static_cast<void>(client.models.count_tokens("m", "PRIVATE", {.system_instruction = "PRIVATE"}));
    static_cast<void>(client.batches.create("m", {{.contents = "PRIVATE"}}));
    static_cast<void>(client.models.embed_content("m", "PRIVATE"));
    static_cast<void>(client.request("POST", "models/m:generateContent",
                                     {{"generationConfig", nullptr}, {"system_instruction", "PRIVATE"}}));
    REQUIRE(logged.records.size() == 4);
    for (const Json& one : logged.records) CHECK(one.dump().find("PRIVATE") == std::string::npos);
}

TEST_CASE("counts are no secrets, and a refused call has a record too") {
    Logged logged;
    const auto a =
        service("a", {ScriptedTransport::json(answered), ScriptedTransport::error(401, "UNAUTHENTICATED")});
    const auto spare = std::make_shared<CostMeter>();
    const Router router(
        {.deployments = {deployment("g", "a", a)},
         .clock = logged.clock,
         .hooks = std::make_shared<CallHooksList>(CallHooksList::List{spare, nullptr, logged.log})});
    static_cast<void>(router.models.generate_content("g", "x", {.max_output_tokens = 7}));
    CHECK(logged.records[0]["model_parameters"]["maxOutputTokens"] == 7);
    CHECK(logged.records[0]["metadata"]["usage_object"]["promptTokenCount"] == 1000);
    CHECK_THROWS_AS(ask(router), AuthenticationError);
    CHECK_THROWS_AS(ask(router), NoDeploymentError);
    REQUIRE(logged.records.size() == 3);
    CHECK(logged.records[2]["status"] == "failure");
    CHECK(logged.records[2]["attempts"] == 0);
    CHECK(spare->total().attempts == 2);
}
