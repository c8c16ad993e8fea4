// Adaptive's extensions of the protocol.

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/adaptive.hpp>
#include <genai/genai.hpp>
#include <genai/openai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/scripted_transport.hpp>

#include "environment.hpp"

using namespace genai;
using testing::ScriptedTransport;

TEST_CASE("what the gateway is asked for travels in the body") {
    const ScriptedTransport script{ScriptedTransport::text("a"), ScriptedTransport::text("b")};
    const Client client(adaptive::client_options("key"), script);
    static_cast<void>(client.models.generate_content(
        adaptive::automatic, "x",
        {.temperature = 0.3,
         .extra = adaptive::Options{
             .provider_configs = {{"anthropic",
                                   {.base_url = "https://own",
                                    .headers = {{"X-A", "1"}},
                                    .extra = Json{{"temperature", 0.7}}}}},
             .model_router = {{.cost_optimization = true,
                               .cost_bias = 0.2,
                               .models = {"openai:gpt-5-mini", Json{{"provider", "anthropic"}}},
                               .fallback_models = {"a", "b"}}},
             .semantic_cache = {{.enabled = true, .similarity_threshold = 0.95}},
             .prompt_cache = {{.enabled = true, .ttl = 3600}},
             .fallback = {{.enabled = true, .mode = adaptive::FallbackMode::race, .max_retries = 3}}}}));
    const auto sent = script.requests()[0];
    CHECK(sent.url == "https://www.llmadaptive.uk/api/v1beta/models/adaptive:generateContent");
    CHECK(sent.headers.get("Authorization") == "Bearer key");
    const Json body = Json::parse(sent.body);
    CHECK(body["provider_configs"]["anthropic"] ==
          Json{{"base_url", "https://own"}, {"headers", {{"X-A", "1"}}}, {"temperature", 0.7}});
    CHECK(body["model_router"] ==
          Json{{"cost_optimization", true},
               {"cost_bias", 0.2},
               {"models", Json::array({"openai:gpt-5-mini", Json{{"provider", "anthropic"}}})},
               {"fallback_models", {"a", "b"}}});
    CHECK(body["semantic_cache"] == Json{{"enabled", true}, {"similarity_threshold", 0.95}});
    CHECK(body["prompt_cache"] == Json{{"enabled", true}, {"ttl", 3600}});
    CHECK(body["fallback"] == Json{{"enabled", true}, {"mode", "race"}, {"max_retries", 3}});
    CHECK(body["generationConfig"] == Json{{"temperature", 0.3}});
    static_cast<void>(client.models.generate_content("anthropic:claude-sonnet-4-5", "x"));
    CHECK(script.requests()[1].url.ends_with("/models/anthropic:claude-sonnet-4-5:generateContent"));
}

TEST_CASE("what it says of itself is read from a response, whole or streamed, in either API's shape") {
    const auto said = [](const std::string& usage, const std::string& more) {
        return R"({"candidates":[{"content":{"parts":[{"text":"x"}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1)" +
               usage + "}" + more + "}";
    };
    const ScriptedTransport script{
        ScriptedTransport::json(said(R"(,"cacheTier":"semantic_similar")", R"(,"provider":"anthropic")")),
        ScriptedTransport::json(said(R"(,"cache_tier":"prompt_response")", "")),
        ScriptedTransport::json(said("", R"(,"cache_tier":"some_new_tier")")),
        ScriptedTransport::json("data: " + said(R"(,"cacheTier":"semantic_exact")", R"(,"provider":"groq")") +
                                "\n\n")};
    const Client client({.api_key = "k"}, script);
    const auto first = client.models.generate_content("m", "x");
    CHECK(adaptive::provider(first) == "anthropic");
    CHECK(adaptive::cache_tier(first) == adaptive::CacheTier::semantic_similar);
    const auto second = client.models.generate_content("m", "x");
    CHECK(adaptive::provider(second).empty());
    CHECK(adaptive::cache_tier(second) == adaptive::CacheTier::prompt_response);
    CHECK(adaptive::cache_tier(client.models.generate_content("m", "x")).text() == "some_new_tier");
    for (const auto& chunk : client.models.generate_content_stream("m", "x")) {
        CHECK(adaptive::provider(chunk) == "groq");
        CHECK(adaptive::cache_tier(chunk) == adaptive::CacheTier::semantic_exact);
    }
    CHECK_FALSE(adaptive::cache_tier(GenerateContentResponse{}));
    const auto completion = decode<openai::ChatCompletion>(
        R"({"choices":[],"provider":"openai","usage":{"prompt_tokens":1,"cache_tier":"semantic_exact"}})");
    CHECK(adaptive::provider(completion) == "openai");
    CHECK(adaptive::cache_tier(completion) == adaptive::CacheTier::semantic_exact);
}

TEST_CASE("the key goes into any of its four places") {
    const std::vector<std::pair<ApiKeyPlacement, std::string>> places{
        {ApiKeyPlacement::bearer, "Authorization"},
        {ApiKeyPlacement::x_goog_api_key, "x-goog-api-key"},
        {ApiKeyPlacement::x_api_key, "X-API-Key"},
        {ApiKeyPlacement::api_key, "api-key"}};
    for (const auto& [place, header] : places) {
        const ScriptedTransport script{ScriptedTransport::text("x")};
        const Client client(adaptive::client_options("key", place), script);
        static_cast<void>(client.models.generate_content("m", "x"));
        CHECK(script.requests()[0].headers.get(header).ends_with("key"));
    }
    CHECK_THROWS_AS(adaptive::client_options("key", ApiKeyPlacement::query), InvalidArgument);
    const support::Environment none("ADAPTIVE_API_KEY", nullptr);
    CHECK_THROWS_AS(adaptive::client_options(), InvalidArgument);
    const support::Environment set("ADAPTIVE_API_KEY", "from-environment");
    CHECK(adaptive::client_options().api_key == "from-environment");
}

TEST_CASE("its errors are the API's") {
    const auto raised = [](int status, const std::string& name) {
        const ScriptedTransport script{ScriptedTransport::error(status, name, "said so")};
        const Client client({.api_key = "k", .http_options = {.retry = {.attempts = 1}}}, script);
        try {
            static_cast<void>(client.models.generate_content("m", "x"));
        } catch (const ApiError& error) {
            CHECK(error.status() == name);
            CHECK(error.message() == "said so");
            return error.kind();
        }
        return ErrorKind::other;
    };
    CHECK(raised(400, "INVALID_ARGUMENT") == ErrorKind::bad_request);
    CHECK(raised(401, "UNAUTHENTICATED") == ErrorKind::authentication);
    CHECK(raised(429, "RESOURCE_EXHAUSTED") == ErrorKind::rate_limit);
    CHECK(raised(500, "INTERNAL") == ErrorKind::internal_server);
}

TEST_CASE("what cannot be meant is refused before anything is sent") {
    const auto refused = [](const adaptive::Options& options) -> std::string {
        try {
            static_cast<void>(Extra(options));
        } catch (const InvalidArgument& problem) {
            return problem.parameter();
        }
        return "";
    };
    CHECK(refused({.model_router = {{.cost_bias = 1.5}}}) == "model_router/cost_bias");
    CHECK(refused({.semantic_cache = {{.similarity_threshold = -1}}}) ==
          "semantic_cache/similarity_threshold");
    CHECK(refused({.prompt_cache = {{.ttl = -1}}}) == "prompt_cache/ttl");
    CHECK(refused({.fallback = {{.max_retries = -1}}}) == "fallback/max_retries");
    CHECK(refused({}).empty());
    CHECK(Extra(adaptive::Options{}).empty());
}

TEST_CASE("a server gets them over HTTP as they are") {
    testing::Emulator gateway({.api_key = "k", .strict = false});
    const Client client({.api_key = "k", .http_options = {.base_url = gateway.url()}});
    const auto made = client.models.generate_content(
        "gemini-2.5-flash", "hello", {.extra = adaptive::Options{.prompt_cache = {{.enabled = true}}}});
    CHECK_FALSE(made.text().empty());
    CHECK(gateway.requests().back().body.find("\"prompt_cache\":{\"enabled\":true}") != std::string::npos);
}
