// A router over clients whose transports are scripted: who is called, when, and what comes out.

#include <atomic>
#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/limits.hpp>
#include <genai/openai.hpp>
#include <genai/router.hpp>
#include <genai/testing/manual_clock.hpp>
#include <genai/testing/scripted_transport.hpp>
#include <genai/tools.hpp>

#include "routed.hpp"

using namespace genai;
using namespace std::chrono_literals;
using namespace routed;
using testing::ManualClock;

namespace {

GenerateContentResponse blocked() {
    return {.prompt_feedback = GenerateContentResponsePromptFeedback{.block_reason = BlockedReason::safety}};
}

std::vector<std::string> names(const std::vector<RouterEvent>& events) {
    std::vector<std::string> made;
    for (const RouterEvent& event : events)
        made.push_back(std::string(to_string(event.kind)) +
                       (event.deployment.empty() ? "" : ' ' + event.deployment));
    return made;
}

}  // namespace

TEST_CASE("a router is used like a client: each of its methods names a group") {
    const auto a =
        service("a", {ScriptedTransport::text("hello"), ScriptedTransport::text("stream"),
                      ScriptedTransport::text("chat"), ScriptedTransport::json(R"({"totalTokens":4})"),
                      ScriptedTransport::json(R"({"embeddings":[{"values":[1]}]})"),
                      ScriptedTransport::text("in OpenAI's shapes")});
    const Router router({.deployments = {deployment("g", "a", a)}});
    CHECK(ask(router) == "hello");
    std::string streamed;
    for (const auto& chunk : router.models.generate_content_stream("g", "x")) streamed += chunk.text();
    CHECK(streamed == "stream");
    CHECK(router.chats.create("g").send_message("x").text() == "chat");
    CHECK(router.models.count_tokens("g", "x").total_tokens == 4);
    CHECK(router.models.embed_content("g", "x").embeddings.size() == 1);
    const openai::Client ai(router);
    CHECK(ai.chat.completions.create({.model = "g", .messages = {{.role = "user", .content = "x"}}})
              .choices.front()
              .message.content == "in OpenAI's shapes");
    for (const std::string& url : a->urls) CHECK(url.find("/models/model-a:") != std::string::npos);
    const Client<>& as_client = router;
    CHECK(as_client.models.generate_content("g", "x").text() == "a");
}

TEST_CASE("functions are called between deployments: each round may go to another") {
    const auto call = ScriptedTransport::json(
        R"({"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{}}}],"role":"model"},"finishReason":"STOP"}]})");
    const auto a = service("a", {call, down});
    const auto b = service("b");
    const Router router({.deployments = {deployment("g", "a", a), deployment("g", "b", b)},
                         .strategy = RouterStrategy::in_order});
    const auto answer = router.models.generate_content(
        "g", "x", {.tools = {tool("f", "does", [] { return std::string("done"); })}});
    CHECK(answer.text() == "b");
    CHECK((a->calls == 2 && b->calls == 1));
}

TEST_CASE("what contradicts itself is refused when a router is made") {
    const auto a = service("a");
    const auto refused_for = [](RouterOptions options) -> std::string {
        try {
            const Router router(std::move(options));
        } catch (const InvalidArgument& problem) {
            return problem.parameter();
        }
        return "nothing";
    };
    const auto with = [&](auto change) {
        RouterOptions options{.deployments = {deployment("g", "a", a), deployment("h", "b", a)}};
        change(options);
        return refused_for(std::move(options));
    };
    CHECK(refused_for({}) == "deployments");
    CHECK(with([](RouterOptions&) {}) == "nothing");
    CHECK(with([](auto& o) { o.deployments[1].client.reset(); }) == "deployments/1/client");
    CHECK(with([](auto& o) { o.deployments[1].group = ""; }) == "deployments/1/group");
    CHECK(with([](auto& o) { o.deployments[1].group = "*-*"; }) == "deployments/1/group");
    CHECK(with([](auto& o) { o.deployments[1].model = "*"; }) == "deployments/1/model");
    CHECK(with([](auto& o) { o.deployments[1].model = "a b"; }) == "deployments/1/model");
    CHECK(with([](auto& o) { o.deployments[1].id = "a"; }) == "deployments/1/id");
    CHECK(with([](auto& o) { o.deployments[0].weight = -1; }) == "deployments/0/weight");
    CHECK(with([](auto& o) { o.deployments[0].weight = std::numeric_limits<double>::quiet_NaN(); }) ==
          "deployments/0/weight");
    CHECK(with([](auto& o) { o.deployments[0].rpm = 0; }) == "deployments/0/rpm");
    CHECK(with([](auto& o) { o.deployments[0].tpm = -5; }) == "deployments/0/tpm");
    CHECK(with([](auto& o) { o.deployments[0].max_parallel_requests = 0; }) ==
          "deployments/0/max_parallel_requests");
    CHECK(with([](auto& o) { o.deployments[0].cooldown = -1ms; }) == "deployments/0/cooldown");
    CHECK(with([](auto& o) { o.fallbacks = {{"g", {"x"}}}; }) == "fallbacks/g");
    CHECK(with([](auto& o) { o.fallbacks = {{"x", {"g"}}}; }) == "fallbacks");
    CHECK(with([](auto& o) { o.fallbacks = {{"g", {"g"}}}; }) == "fallbacks/g");
    CHECK(with([](auto& o) { o.fallbacks = {{"g", {"h"}}, {"h", {"g"}}}; }) == "fallbacks/g");
    CHECK(with([](auto& o) {
              o.context_window_fallbacks = {{"g", {"h"}}, {"h", {"g"}}};
          }) == "context_window_fallbacks/g");
    CHECK(with([](auto& o) { o.content_policy_fallbacks = {{"g", {"x"}}}; }) == "content_policy_fallbacks/g");
    CHECK(with([](auto& o) { o.default_fallbacks = {"x"}; }) == "default_fallbacks");
    CHECK(with([](auto& o) { o.aliases = {{"g", "h"}}; }) == "aliases/g");
    CHECK(with([](auto& o) { o.aliases = {{"x", "y"}}; }) == "aliases/x");
    CHECK(with([](auto& o) { o.cooldown = -1ms; }) == "cooldown");
    CHECK(with([](auto& o) { o.allowed_failures = -1; }) == "allowed_failures");
    CHECK(with([](auto& o) { o.retries_for = {{FailureKind::rate_limit, -1}}; }) == "retries_for/rate_limit");
    CHECK(with([](auto& o) { o.http_options.retry.attempts = 0; }) == "http_options.retry.attempts");
}

TEST_CASE("a name that stands for nothing is refused before anything is sent, and says what there is") {
    const auto a = service("a");
    const Router router({.deployments = {deployment("fast", "a", a), deployment("good", "b", a)}});
    try {
        static_cast<void>(ask(router, "other"));
        FAIL();
    } catch (const InvalidArgument& problem) {
        CHECK(problem.parameter() == "model");
        CHECK(std::string(problem.what()).find("fast, good") != std::string::npos);
    }
    CHECK_THROWS_AS(router.models.generate_content_stream("other", "x"), InvalidArgument);
    CHECK_THROWS_AS(router.with({.fallbacks = {{"other"}}}), InvalidArgument);
    CHECK(a->calls == 0);
}

TEST_CASE("aliases, ids and wildcards stand for groups; the closest pattern counts") {
    const auto a = service("a");
    const auto b = service("b");
    const auto c = service("c");
    const Router router({.deployments = {{.group = "*", .client = client(a), .model = "*", .id = "any"},
                                         {.group = "gemini-*", .client = client(b), .model = "google-*"},
                                         {.group = "gemini-x", .client = client(c), .model = "x"}},
                         .aliases = {{"best", "gemini-x"}}});
    CHECK(ask(router, "llama") == "a");
    CHECK(ask(router, "gemini-2.5-flash") == "b");
    CHECK(ask(router, "gemini-x") == "c");
    CHECK(ask(router, "best") == "c");
    CHECK(a->urls.back().find("/models/llama:") != std::string::npos);
    CHECK(b->urls.back().find("/models/google-2.5-flash:") != std::string::npos);
    CHECK(router.status()[1].id == "gemini-*/google-*");
    CHECK(ask(router, "gemini-x/x") == "c");  // the id that was made for it
}

TEST_CASE("a failed attempt is made again elsewhere at once, at the same deployment after a wait") {
    const auto clock = std::make_shared<ManualClock>();
    SECTION("elsewhere") {
        const auto a = service("a", {down});
        const Router router({.deployments = {deployment("g", "a", a), deployment("g", "b", service("b"))},
                             .strategy = RouterStrategy::in_order,
                             .clock = clock});
        CHECK(ask(router) == "b");
        CHECK(clock->waits().empty());
    }
    SECTION("at the same") {
        const auto a = service("a", {down, down});
        const Router router({.deployments = {deployment("g", "a", a)}, .clock = clock});
        CHECK(ask(router) == "a");
        REQUIRE(clock->waits().size() == 2);
        CHECK((clock->waits()[0] >= 500ms && clock->waits()[0] <= 1s));
        CHECK((clock->waits()[1] >= 1s && clock->waits()[1] <= 2s));
    }
    SECTION("as long as there are retries") {
        const auto a = service("a", {down, down, down, down});
        const Router router({.deployments = {deployment("g", "a", a)}, .clock = clock});
        CHECK_THROWS_AS(ask(router), ServiceUnavailableError);
        CHECK(a->calls == 3);
        CHECK_THROWS_AS(
            router.models.generate_content("g", "x", {.http_options = {.retry = {.attempts = 1}}}),
            ServiceUnavailableError);
        CHECK(a->calls == 4);
    }
    SECTION("as the server asks, but not beyond max_delay") {
        const auto a = service("a", {ScriptedTransport::json("{}", 429, {{"Retry-After", "3"}})});
        const Router router({.deployments = {deployment("g", "a", a)}, .clock = clock});
        CHECK(ask(router) == "a");
        CHECK(clock->waits() == std::vector{std::chrono::milliseconds(3000)});
        const auto b = service("b", {ScriptedTransport::json("{}", 429, {{"Retry-After", "300"}})});
        const Router other({.deployments = {deployment("g", "b", b)}, .clock = clock});
        CHECK_THROWS_AS(ask(other), RateLimitError);
        CHECK(b->calls == 1);
    }
}

TEST_CASE("what is made again depends on what went wrong") {
    const auto clock = std::make_shared<ManualClock>();
    SECTION("never a request that is wrong") {
        const auto a = service("a", {wrong});
        const auto b = service("b");
        const Router router({.deployments = {deployment("g", "a", a), deployment("g", "b", b)},
                             .strategy = RouterStrategy::in_order,
                             .clock = clock});
        CHECK_THROWS_AS(ask(router), BadRequestError);
        CHECK(b->calls == 0);
    }
    SECTION("by the kind of the first failure") {
        const auto a = service("a", {busy, busy, busy, busy});
        const Router router({.deployments = {deployment("g", "a", a)},
                             .retries_for = {{FailureKind::rate_limit, 4}, {FailureKind::server_error, 0}},
                             .clock = clock});
        CHECK(ask(router) == "a");
        CHECK(a->calls == 5);
        const auto b = service("b", {down});
        const Router other({.deployments = {deployment("g", "b", b)},
                            .retries_for = {{FailureKind::server_error, 0}},
                            .clock = clock});
        CHECK_THROWS_AS(ask(other), ServiceUnavailableError);
    }
}

TEST_CASE("the clients of a router make one attempt each: there is one loop that retries") {
    const auto a = service("a", {down, down, down, down, down, down});
    const Client<> patient({.api_key = "k", .http_options = {.retry = {.attempts = 10}}}, a);
    const Router router({.deployments = {{.group = "g", .client = patient, .model = "m"}},
                         .http_options = {.retry = {.attempts = 2}},
                         .clock = std::make_shared<ManualClock>()});
    CHECK_THROWS_AS(ask(router), ServiceUnavailableError);
    CHECK(a->calls == 2);
}

TEST_CASE("groups are called instead of others, by what went wrong") {
    const auto too_long = ScriptedTransport::error(
        400, "INVALID_ARGUMENT",
        "The input token count (9) exceeds the maximum number of tokens allowed (8).");
    const auto a = service("a");
    const auto router = [&](Reply reply) {
        const auto failing = service("never", {std::move(reply)});
        return Router(
            {.deployments = {deployment("g", "g", failing), deployment("general", "a", service("general")),
                             deployment("long", "b", service("long")),
                             deployment("policy", "c", service("policy"))},
             .fallbacks = {{"g", {"general"}}},
             .context_window_fallbacks = {{"g", {"long"}}},
             .content_policy_fallbacks = {{"g", {"policy"}}},
             .http_options = {.retry = {.attempts = 1}},
             .clock = std::make_shared<ManualClock>()});
    };
    CHECK(ask(router(down)) == "general");
    CHECK(ask(router(wrong)) == "general");
    CHECK(ask(router(refused)) == "general");
    CHECK(ask(router(too_long)) == "long");
    CHECK(ask(router(ScriptedTransport::error(400, "INVALID_ARGUMENT", "violates our content policy"))) ==
          "policy");
    CHECK(ask(router(ScriptedTransport::value(blocked()))) == "policy");
    CHECK(ask(router(ScriptedTransport::json("<html>a proxy's page</html>"))) == "general");
    const auto streamed = [](const Router& over) {
        std::string text;
        for (const auto& chunk : over.models.generate_content_stream("g", "x"))
            text += chunk.candidates.empty() ? "(blocked)" : chunk.text();
        return text;
    };
    CHECK(streamed(router(down)) == "general");
    CHECK(streamed(router(ScriptedTransport::stream({blocked()}))) == "policy");
    CHECK(streamed(router(ScriptedTransport::stream({blocked()}))
                       .with({.content_policy_fallbacks = std::vector<std::string>()})) == "(blocked)");
}

TEST_CASE("the last group's blocked answer is the answer") {
    const auto a = service("a", {ScriptedTransport::value(blocked())});
    const auto b = service("b", {ScriptedTransport::value(blocked())});
    const Router router(
        {.deployments = {deployment("g", "a", a), deployment("h", "b", b)}, .default_fallbacks = {"h"}});
    CHECK(router.models.generate_content("g", "x").prompt_feedback->block_reason == BlockedReason::safety);
    CHECK((a->calls == 1 && b->calls == 1));
}

TEST_CASE("when all fail, the error is the last one's and names every deployment and what it said") {
    const auto a = service("a", {down});
    const auto b = service("b", {busy});
    const auto c = service("c", {refused});
    const Router router(
        {.deployments = {deployment("g", "a", a), deployment("h", "b", b), deployment("i", "c", c)},
         .fallbacks = {{"g", {"h"}}, {"h", {"i"}}},
         .http_options = {.retry = {.attempts = 1}}});
    try {
        static_cast<void>(ask(router));
        FAIL();
    } catch (const TransportError& problem) {
        CHECK(problem.attempt_errors() == std::vector<std::string>{"a: 503 UNAVAILABLE: overloaded",
                                                                   "b: 429 RESOURCE_EXHAUSTED: slow down",
                                                                   "c: connect: refused"});
        CHECK(std::string(problem.what()).find("a: 503 UNAVAILABLE: overloaded, b: 429") !=
              std::string::npos);
    }
}

TEST_CASE("a deployment that failed is not called until it has cooled down, and then by one call at a time") {
    const auto clock = std::make_shared<ManualClock>();
    const auto a = service("a", {busy, busy});
    const auto b = service("b");
    std::vector<RouterEvent> events;
    const Router router({.deployments = {deployment("g", "a", a), deployment("g", "b", b)},
                         .strategy = RouterStrategy::in_order,
                         .clock = clock,
                         .on_event = [&](const RouterEvent& event) { events.push_back(event); }});
    CHECK(ask(router) == "b");
    CHECK(names(events) ==
          std::vector<std::string>{"chosen a", "failed a", "cooldown a", "retry", "chosen b", "succeeded b"});
    CHECK(events[2].wait == 5s);
    CHECK(events[2].failure == FailureKind::rate_limit);
    CHECK(router.status()[0].cooling == 5s);
    CHECK(ask(router) == "b");
    CHECK(a->calls == 1);
    clock->advance(5s);
    CHECK(ask(router) == "b");  // tried out, and failed: it cools down again
    CHECK(a->calls == 2);
    CHECK(router.status()[0].cooling == 5s);
    clock->advance(5s);
    events.clear();
    CHECK(ask(router) == "a");
    CHECK(names(events) == std::vector<std::string>{"chosen a", "recovered a", "succeeded a"});
    CHECK(ask(router) == "a");
}

TEST_CASE("while a deployment is tried out, others are called; it is called all the same where it is alone") {
    const auto clock = std::make_shared<ManualClock>();
    const Router* router = nullptr;
    std::vector<std::string> within;
    const auto a = std::make_shared<Service>([&](int call) -> Reply {
        if (call == 0) return busy;
        return [&, call](const http::Request& request, http::Sink& sink) {
            if (call == 1) within.push_back(ask(*router));  // another call, meanwhile
            ScriptedTransport::text("a")(request, sink);
        };
    });
    const Router two({.deployments = {deployment("g", "a", a), deployment("g", "b", service("b"))},
                      .strategy = RouterStrategy::in_order,
                      .clock = clock});
    router = &two;
    CHECK(ask(two) == "b");
    clock->advance(5s);
    CHECK(ask(two) == "a");
    CHECK(within == std::vector<std::string>{"b"});
}

TEST_CASE("which failures lead to a cooldown") {
    const auto cools = [](const std::vector<Reply>& replies, RouterOptions options) {
        const auto a = service("a", replies);
        options.deployments = {deployment("g", "a", a), deployment("g", "b", service("b"))};
        options.strategy = RouterStrategy::in_order;
        options.clock = std::make_shared<ManualClock>();
        const Router router(std::move(options));
        for (std::size_t i = 0; i < replies.size(); ++i) try {
                static_cast<void>(ask(router));
            } catch (const Error&) {
            }
        return router.status()[0].cooling;
    };
    CHECK(cools({busy}, {}) == 5s);
    CHECK(cools({ScriptedTransport::json("{}", 429, {{"Retry-After", "20"}})}, {}) == 20s);
    CHECK(cools({ScriptedTransport::error(401, "UNAUTHENTICATED")}, {}) == 5s);
    CHECK(cools({ScriptedTransport::error(404, "NOT_FOUND")}, {}) == 5s);
    CHECK(cools({ScriptedTransport::error(403, "PERMISSION_DENIED")}, {}) == 0s);
    CHECK(cools({wrong, wrong, wrong, wrong, wrong, wrong}, {.allowed_failures = 0}) == 0s);
    CHECK(cools({down}, {}) == 0s);
    CHECK(cools({down, down, down, down}, {}) == 0s);
    CHECK(cools({down, down, down, down, down}, {}) == 5s);
    CHECK(cools({refused, refused, refused, refused, refused}, {.cooldown = 7s}) == 7s);
    CHECK(cools({down}, {.allowed_failures = 0}) == 5s);
    CHECK(cools({down}, {.allowed_failures = 1}) == 0s);
    CHECK(cools({busy}, {.allowed_failures = 1}) == 0s);
    CHECK(cools({busy}, {.allowed_failures = 3, .allowed_failures_for = {{FailureKind::rate_limit, 0}}}) ==
          5s);
    CHECK(cools({busy}, {.cooldown = 0s}) == 0s);
}

TEST_CASE("no deployment may be called: the error says which, why, and for how long") {
    const auto clock = std::make_shared<ManualClock>();
    const auto a = service("a", {ScriptedTransport::error(401, "UNAUTHENTICATED")});
    const Router router({.deployments = {deployment("g", "a", a)}, .clock = clock});
    CHECK_THROWS_AS(ask(router), AuthenticationError);
    clock->advance(2s);
    try {
        static_cast<void>(ask(router));
        FAIL();
    } catch (const NoDeploymentError& problem) {
        CHECK(problem.kind() == ErrorKind::no_deployment);
        CHECK(problem.retry_after() == 3s);
        CHECK(std::string(problem.what()).find("a cools down for 3000 ms") != std::string::npos);
    }
    CHECK(a->calls == 1);
    bool reached_loop = false;
    try {
        auto stream = router.models.generate_content_stream("g", "x");
        reached_loop = true;  // as any failure but that of an argument, it comes from the loop
        for (const auto& chunk : stream) static_cast<void>(chunk);
        FAIL();
    } catch (const NoDeploymentError&) {
        CHECK(reached_loop);
    }
}

TEST_CASE("deployments of a higher order are called when lower ones are not left") {
    const auto clock = std::make_shared<ManualClock>();
    const auto a = service("a", {busy});
    const auto b = service("b", {down});
    auto second = deployment("g", "b", b);
    second.order = 2;
    auto third = deployment("g", "c", service("c"));
    third.order = 3;
    const Router router({.deployments = {third, second, deployment("g", "a", a)},
                         .http_options = {.retry = {.attempts = 1}},
                         .clock = clock});
    CHECK(ask(router) == "c");
    CHECK((a->calls == 1 && b->calls == 1));
    CHECK(ask(router) == "b");  // a cools down
    clock->advance(5s);
    CHECK(ask(router) == "a");
}

TEST_CASE("a stream fails over before its first chunk only") {
    const auto chunk = GenerateContentResponse{
        .candidates = {{.content = Content{.parts = {Part::from_text("begun ")}, .role = "model"}}}};
    const auto broken = ScriptedTransport::breaks_off("data: " + encode(chunk) + "\n\n");
    const auto a = service("a", {broken, down});
    const auto b = service("b");
    const Router router({.deployments = {deployment("g", "a", a), deployment("g", "b", b)},
                         .strategy = RouterStrategy::in_order});
    std::string text;
    CHECK_THROWS_AS(
        [&] {
            for (const auto& one : router.models.generate_content_stream("g", "x")) text += one.text();
        }(),
        TransportError);
    CHECK(text == "begun ");
    CHECK(b->calls == 0);
    text.clear();
    for (const auto& one : router.models.generate_content_stream("g", "x")) text += one.text();
    CHECK(text == "b");
    for (const auto& status : router.status()) CHECK(status.in_flight == 0);
}

TEST_CASE("a stream that is given up frees its deployment") {
    const auto a = service("a");
    const Router router({.deployments = {deployment("g", "a", a)}});
    { const auto stream = router.models.generate_content_stream("g", "x"); }
    CHECK(router.status()[0].in_flight == 0);
}

TEST_CASE("the call's timeout and its stop token hold over all deployments") {
    const auto clock = std::make_shared<ManualClock>();
    const Reply late = [clock](const http::Request& request, http::Sink&) {
        clock->advance(*request.timeouts.total);
        throw TimeoutError(TransportError::Phase::wait, "too slow");
    };
    SECTION("an attempt's own time limit leads to another deployment") {
        const auto a = service("a", {late});
        auto first = deployment("g", "a", a);
        first.http_options.timeout = 2s;
        const auto b = service("b");
        const Router router({.deployments = {first, deployment("g", "b", b)},
                             .strategy = RouterStrategy::in_order,
                             .clock = clock});
        CHECK(router.models.generate_content("g", "x", {.http_options = {.timeout = 10s}}).text() == "b");
        CHECK(a->timeouts.front() == 2s);
        CHECK(b->timeouts.front() == 8s);
    }
    SECTION("the call's own ends it") {
        const auto a = service("a", {late, late});
        const auto b = service("b");
        const Router router({.deployments = {deployment("g", "a", a), deployment("g", "b", b)},
                             .strategy = RouterStrategy::in_order,
                             .http_options = {.timeout = 3s},
                             .clock = clock});
        CHECK_THROWS_AS(ask(router), TimeoutError);
        CHECK(b->calls == 0);
        CHECK(router.status()[0].failures == 0);  // it is not the deployment's fault
    }
    SECTION("a wait does not begin that would end too late") {
        const auto a = service("a", {ScriptedTransport::json("{}", 503, {{"Retry-After", "5"}})});
        const Router router(
            {.deployments = {deployment("g", "a", a)}, .http_options = {.timeout = 3s}, .clock = clock});
        CHECK_THROWS_AS(ask(router), ServiceUnavailableError);
        CHECK(clock->waits().empty());
    }
    SECTION("cancelled") {
        stop_source stop;
        const auto a = service("a", {[&stop](const http::Request&, http::Sink&) {
                                   stop.request_stop();
                                   throw Cancelled();
                               }});
        const auto b = service("b");
        const Router router({.deployments = {deployment("g", "a", a), deployment("g", "b", b)},
                             .strategy = RouterStrategy::in_order,
                             .clock = clock});
        CHECK_THROWS_AS(
            router.models.generate_content("g", "x", {.http_options = {.stop_token = stop.get_token()}}),
            Cancelled);
        CHECK_THROWS_AS(
            router.models.generate_content("g", "x", {.http_options = {.stop_token = stop.get_token()}}),
            Cancelled);
        CHECK((a->calls == 1 && b->calls == 0));
    }
}

TEST_CASE("deployments are called up to their limits; a call waits for the next minute where it may") {
    const auto clock = std::make_shared<ManualClock>();
    const auto a = service("a");
    auto first = deployment("g", "a", a);
    first.rpm = 2;
    SECTION("others are called") {
        const Router router({.deployments = {first, deployment("g", "b", service("b"))},
                             .strategy = RouterStrategy::in_order,
                             .clock = clock});
        CHECK((ask(router) == "a" && ask(router) == "a" && ask(router) == "b"));
        clock->advance(61s);
        CHECK(ask(router) == "a");
    }
    SECTION("another group is called") {
        const Router router({.deployments = {first, deployment("h", "b", service("b"))},
                             .fallbacks = {{"g", {"h"}}},
                             .clock = clock});
        CHECK((ask(router) == "a" && ask(router) == "a" && ask(router) == "b"));
    }
    SECTION("it waits, where max_delay allows so long a wait") {
        const Router router(
            {.deployments = {first}, .http_options = {.retry = {.max_delay = 90s}}, .clock = clock});
        CHECK((ask(router) == "a" && ask(router) == "a" && ask(router) == "a"));
        CHECK(clock->waits() == std::vector<std::chrono::milliseconds>{61s});
    }
    SECTION("it is refused otherwise") {
        const Router router(
            {.deployments = {first}, .http_options = {.retry = {.attempts = 1}}, .clock = clock});
        CHECK((ask(router) == "a" && ask(router) == "a"));
        try {
            static_cast<void>(ask(router));
            FAIL();
        } catch (const NoDeploymentError& problem) {
            CHECK(problem.retry_after() == 61s);
        }
    }
    SECTION("tokens count, by the response's usage") {
        const auto reply = ScriptedTransport::json(
            R"({"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"totalTokenCount":900}})");
        auto counted = deployment("g", "c", service("c", {reply, reply, reply}));
        counted.tpm = 1000;
        const Router router({.deployments = {counted, deployment("g", "b", service("b"))},
                             .strategy = RouterStrategy::in_order,
                             .clock = clock});
        CHECK(router.models.generate_content("g", "x").usage_metadata->total_token_count == 900);
        CHECK(router.status()[0].tokens == 900);
        CHECK(router.models.generate_content("g", std::string(600, 'x')).text() == "b");
    }
}

TEST_CASE("a limit that a deployment's client keeps leads elsewhere; one of the router's own ends the call") {
    const auto limited = [](const std::shared_ptr<Service>& over) {
        const auto limiter =
            std::make_shared<RateLimiter>(RateLimiterOptions{.limits = {.rpm = 1}, .wait = false});
        return Client({.api_key = "k"}, RateLimitedTransport(limiter, over));
    };
    const auto a = service("a");
    auto first = deployment("g", "a", a);
    first.client = limited(a);
    auto second = deployment("g", "b", service("b"));
    second.client = limited(service("b"));
    struct Refusing final : CallHooks {
        void before_attempt(const CallContext&, AttemptInfo&) override {
            if (refuse) throw LimitExceeded("budget", "used up", {});
        }
        bool refuse{false};
    };
    const auto hooks = std::make_shared<Refusing>();
    const Router router(
        {.deployments = {first, second}, .strategy = RouterStrategy::in_order, .hooks = hooks});
    CHECK(ask(router) == "a");
    CHECK(ask(router) == "b");
    CHECK_THROWS_AS(ask(router), LimitExceeded);
    hooks->refuse = true;
    try {
        static_cast<void>(ask(router));
        FAIL();
    } catch (const LimitExceeded& problem) {
        CHECK(problem.attempt_errors().size() == 1);
    }
}

TEST_CASE("no more calls are under way at once than a deployment takes") {
    const auto clock = std::make_shared<ManualClock>();
    const Router* router = nullptr;
    std::vector<std::string> within;
    const auto a = std::make_shared<Service>([&](int call) -> Reply {
        return [&, call](const http::Request& request, http::Sink& sink) {
            if (call == 0) within.push_back(ask(*router));
            ScriptedTransport::text("a")(request, sink);
        };
    });
    auto narrow = deployment("g", "a", a);
    narrow.max_parallel_requests = 1;
    const Router two({.deployments = {narrow, deployment("g", "b", service("b"))},
                      .strategy = RouterStrategy::in_order,
                      .clock = clock});
    router = &two;
    CHECK(ask(two) == "a");
    CHECK(within == std::vector<std::string>{"b"});
    CHECK(ask(two) == "a");
}

TEST_CASE("deployments that do not take the prompt are passed over where that is checked") {
    const auto a = service("a");
    auto narrow = deployment("g", "a", a);
    narrow.max_input_tokens = 5;
    const auto image = Content{
        .parts = {Part::from_bytes(std::string("\x89PNG"), "image/png"), Part::from_text("what is it?")}};
    SECTION("another of the group is called") {
        const Router router({.deployments = {narrow, deployment("g", "b", service("b"))},
                             .strategy = RouterStrategy::in_order,
                             .pre_call_checks = true});
        CHECK(ask(router) == "a");
        CHECK(router.models.generate_content("g", "What is the capital of France?").text() == "b");
    }
    SECTION("another group is called") {
        const Router router({.deployments = {narrow, deployment("h", "b", service("b"))},
                             .context_window_fallbacks = {{"g", {"h"}}},
                             .pre_call_checks = true});
        CHECK(router.models.generate_content("g", "What is the capital of France?").text() == "b");
    }
    SECTION("it is refused where there is no other") {
        const Router router({.deployments = {narrow}, .pre_call_checks = true});
        CHECK_THROWS_AS(router.models.generate_content("g", "What is the capital of France?"),
                        InvalidArgument);
        CHECK(a->calls == 0);
    }
    SECTION("by media") {
        auto texts = deployment("g", "c", service("c"));
        texts.modalities = std::vector<std::string>{"audio"};
        const Router router({.deployments = {texts, deployment("g", "b", service("b"))},
                             .strategy = RouterStrategy::in_order,
                             .pre_call_checks = true});
        CHECK(ask(router) == "c");
        CHECK(router.models.generate_content("g", image).text() == "b");
    }
}

TEST_CASE("a call can have fallbacks of its own") {
    const auto a = service("a", {down, down, down});
    const Router router({.deployments = {deployment("g", "a", a), deployment("h", "b", service("b")),
                                         deployment("i", "c", service("c"))},
                         .fallbacks = {{"*", {"h"}}},
                         .http_options = {.retry = {.attempts = 1}}});
    CHECK(ask(router) == "b");
    CHECK(ask(router.with({.fallbacks = {{"i"}}})) == "c");
    CHECK_THROWS_AS(ask(router.with({.fallbacks = std::vector<std::string>()})), ServiceUnavailableError);
    CHECK(router.status()[0].failures == 3);  // they share their deployments
}

TEST_CASE("hooks of a router see one call over all deployments, those of clients their attempts") {
    struct Log final : CallHooks {
        explicit Log(std::string name) : who(std::move(name)) {}
        void before_attempt(const CallContext& context, AttemptInfo& info) override {
            lines.push_back(who + " before " + std::to_string(context.id) + '/' +
                            std::to_string(info.attempt) + ' ' + context.group + ' ' + context.deployment +
                            ' ' + context.model);
            info.headers.set("x-" + who, "1");
            CHECK(info.body->size() == info.request_bytes);
        }
        void after_attempt(const CallContext& context, const AttemptEvent& event) noexcept override {
            lines.push_back(who + " after " + std::to_string(event.call_id) + '/' +
                            std::to_string(event.attempt) + ' ' + context.deployment + ' ' + event.error);
        }
        void after_call(const CallContext& context, const CallEvent& event) noexcept override {
            lines.push_back(who + " end " + std::to_string(context.id) + ' ' +
                            std::to_string(event.attempts) + ' ' + event.error);
        }
        std::string who;
        std::vector<std::string> lines{};
    };
    const auto of_router = std::make_shared<Log>("router");
    const auto of_client = std::make_shared<Log>("client");
    const auto a = service("a", {down});
    auto first = deployment("g", "a", a);
    first.client = Client({.api_key = "k", .hooks = of_client}, a);
    const Router router({.deployments = {first, deployment("g", "b", service("b"))},
                         .strategy = RouterStrategy::in_order,
                         .hooks = of_router});
    CHECK(ask(router) == "b");
    CHECK(of_router->lines == std::vector<std::string>{
                                  "router before 1/1 g a model-a", "router after 1/1 a 503 UNAVAILABLE",
                                  "router before 1/2 g b model-b", "router after 1/2 b ", "router end 1 2 "});
    CHECK(of_client->lines == std::vector<std::string>{"client before 1/1   model-a",
                                                       "client after 1/1  503 UNAVAILABLE",
                                                       "client end 1 1 503 UNAVAILABLE"});
}

TEST_CASE("what is about no model, or is asked for later by a name, stays with one client") {
    const auto a = service("a", {ScriptedTransport::json(R"({"files":[{"name":"files/1"}]})")});
    const auto b =
        service("b", {ScriptedTransport::json(R"({"name":"models/model-b/operations/1"})"),
                      ScriptedTransport::json(R"({"name":"models/model-b/operations/1","done":true})"),
                      ScriptedTransport::json(R"({"name":"models/model-b"})"),
                      ScriptedTransport::json(R"({"name":"models/model-b"})")});
    const Router router({.deployments = {deployment("g", "a", a), deployment("video", "b", b),
                                         deployment("video", "c", service("c"))},
                         .strategy = RouterStrategy::in_order});
    CHECK(router.files.list().to_vector().size() == 1);
    const auto begun = router.models.generate_videos("video", "a cat");
    CHECK(begun.name == "models/model-b/operations/1");
    CHECK(bool(router.operations.get(begun).done));
    CHECK(router.models.get("video").name == "models/model-b");
    CHECK(router.models.get("model-b").name == "models/model-b");
    CHECK((a->calls == 1 && b->calls == 4));
}

TEST_CASE("a router outlives its copies, and its streams outlive it") {
    const auto a = service("a");
    std::optional<Router> router(RouterOptions{.deployments = {deployment("g", "a", a)}});
    const Router copy = *router;
    auto stream = router->models.generate_content_stream("g", "x");
    router.reset();
    CHECK(ask(copy) == "a");
    for (const auto& chunk : stream) CHECK(chunk.text() == "a");
    CHECK(copy.status()[0].in_flight == 0);
}

TEST_CASE("calls of many threads keep to the limits, and leave nothing behind") {
    const auto counted = [](int delay_us, std::atomic<int>& now, std::atomic<int>& most) {
        struct Counting {
            void send(const http::Request& request, http::Sink& sink) {
                const int here = ++*now;
                for (int seen = *most; here > seen && !most->compare_exchange_weak(seen, here);) {
                }
                std::this_thread::sleep_for(std::chrono::microseconds(delay));
                --*now;
                const bool fails = ++calls % 7 == 0;
                (fails ? down : ScriptedTransport::text("ok"))(request, sink);
            }
            int delay;
            std::atomic<int>* now;
            std::atomic<int>* most;
            std::atomic<int> calls{0};
        };
        return std::make_shared<Counting>(delay_us, &now, &most);
    };
    std::atomic<int> now_a{0};
    std::atomic<int> most_a{0};
    std::atomic<int> now_b{0};
    std::atomic<int> most_b{0};
    const auto made = [&](const std::string& id, std::atomic<int>& now, std::atomic<int>& most) {
        return Deployment{.group = "g",
                          .client = Client({.api_key = "k"}, counted(100, now, most)),
                          .model = "m",
                          .id = id,
                          .max_parallel_requests = 3};
    };
    const Router router({.deployments = {made("a", now_a, most_a), made("b", now_b, most_b)},
                         .strategy = RouterStrategy::least_busy,
                         .cooldown = 0s,
                         .http_options = {.retry = {.attempts = 8, .initial_delay = 1ms}}});
    std::atomic<int> answered{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 12; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) answered += ask(router) == "ok" ? 1 : 0;
        });
    for (auto& thread : threads) thread.join();
    CHECK(answered == 600);
    CHECK((most_a <= 3 && most_b <= 3));
    for (const auto& status : router.status()) CHECK(status.in_flight == 0);
}

TEST_CASE("raw requests are routed, measured and fail over like others") {
    const std::string body =
        R"({"candidates":[{"content":{"parts":[{"text":"hi"}]},"finishReason":"STOP"}],"usageMetadata":{"totalTokenCount":70}})";
    const auto a =
        service("a", {down, ScriptedTransport::json(body), ScriptedTransport::json("data: " + body + "\n\n"),
                      ScriptedTransport::value(blocked())});
    auto first = deployment("g", "a", a);
    first.tpm = 1000;
    const Router router({.deployments = {first, deployment("h", "b", service("b"))},
                         .content_policy_fallbacks = {{"g", {"h"}}},
                         .clock = std::make_shared<ManualClock>()});
    const Json prompt{{"contents", {{{"parts", {{{"text", "x"}}}}}}}};
    CHECK(router.request("POST", "models/g:generateContent", prompt)["usageMetadata"]["totalTokenCount"] ==
          70);
    CHECK(a->urls.back().find("/models/model-a:generateContent") != std::string::npos);
    CHECK(router.status()[0].tokens == 70);
    int events = 0;
    for (const Json& event : router.request_stream("POST", "models/g:streamGenerateContent", prompt))
        events += event.contains("candidates") ? 1 : 0;
    CHECK(events == 1);
    CHECK(a->urls.back().find(":streamGenerateContent?alt=sse") != std::string::npos);
    CHECK(router.status()[0].tokens == 140);
    const Json other = router.request("POST", "/models/g:generateContent?key=1", prompt);
    CHECK(other["candidates"][0]["content"]["parts"][0]["text"] == "b");
    CHECK_THROWS_AS(router.request("POST", "models/nothing:generateContent", prompt), InvalidArgument);
}

TEST_CASE("while a deployment is tried out its limits hold") {
    const auto clock = std::make_shared<ManualClock>();
    const Router* router = nullptr;
    int refused_within = 0;
    const auto a = std::make_shared<Service>([&](int call) -> Reply {
        if (call == 0) return ScriptedTransport::error(401, "UNAUTHENTICATED");
        return [&](const http::Request& request, http::Sink& sink) {
            try {
                static_cast<void>(
                    router->models.generate_content("g", "x", {.http_options = {.timeout = 1ms}}));
            } catch (const Error&) {
                ++refused_within;
            }
            ScriptedTransport::text("a")(request, sink);
        };
    });
    auto narrow = deployment("g", "a", a);
    narrow.max_parallel_requests = 1;
    const Router alone({.deployments = {narrow}, .clock = clock});
    router = &alone;
    CHECK_THROWS_AS(ask(alone), AuthenticationError);
    clock->advance(10s);
    CHECK(ask(alone) == "a");
    CHECK(refused_within == 1);
    CHECK(a->calls == 2);
}

TEST_CASE("what was counted for a prompt is corrected where it was counted") {
    const auto clock = std::make_shared<ManualClock>();
    const auto used = [&](const std::string& tokens) -> Reply {
        return [=](const http::Request& request, http::Sink& sink) {
            clock->advance(70s);  // longer than a minute
            ScriptedTransport::json(
                R"({"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"totalTokenCount":)" + tokens +
                "}}")(request, sink);
        };
    };
    auto counted = deployment(
        "g", "a", service("a", {used("10"), used("-9000000000000000000"), used("9000000000000000000")}));
    counted.tpm = 1000;
    const Router router({.deployments = {counted}, .clock = clock});
    for (int i = 0; i < 3; ++i) {
        static_cast<void>(router.models.generate_content("g", std::string(3000, 'x')));
        CHECK(router.status()[0].tokens == 0);
    }
}

TEST_CASE("a later failure does not shorten a cooldown") {
    const auto clock = std::make_shared<ManualClock>();
    const Router* router = nullptr;
    const auto a = std::make_shared<Service>([&](int call) -> Reply {
        if (call == 1) return ScriptedTransport::json("{}", 429, {{"Retry-After", "60"}});
        return [&](const http::Request& request, http::Sink& sink) {
            static_cast<void>(ask(*router));  // meanwhile another call is refused for longer
            busy(request, sink);
        };
    });
    const Router two({.deployments = {deployment("g", "a", a), deployment("g", "b", service("b"))},
                      .strategy = RouterStrategy::in_order,
                      .clock = clock});
    router = &two;
    CHECK(ask(two) == "b");
    CHECK(a->calls == 2);
    CHECK(two.status()[0].cooling == 60s);
}

TEST_CASE("a group that has failed whole is called again once at once, then after waits") {
    const auto clock = std::make_shared<ManualClock>();
    const auto a = service("a", std::vector<Reply>(10, down));
    const auto b = service("b", std::vector<Reply>(10, down));
    const Router router({.deployments = {deployment("g", "a", a), deployment("g", "b", b)},
                         .strategy = RouterStrategy::in_order,
                         .allowed_failures = 100,
                         .http_options = {.retry = {.attempts = 6}},
                         .clock = clock});
    CHECK_THROWS_AS(ask(router), ServiceUnavailableError);
    CHECK(a->calls + b->calls == 6);
    CHECK(clock->waits().size() >= 1);
}

TEST_CASE("where a deployment is not left after a wait, the next order is called") {
    const auto clock = std::make_shared<ManualClock>();
    const Router* router = nullptr;
    const auto a = service("a", {ScriptedTransport::json("{}", 503, {{"Retry-After", "2"}}),
                                 ScriptedTransport::error(401, "UNAUTHENTICATED")});
    auto second = deployment("g", "b", service("b"));
    second.order = 2;
    second.max_parallel_requests = 1;
    const auto alone = deployment("h", "c", service("c"));
    const Router both({.deployments = {deployment("g", "a", a), second, alone},
                       .http_options = {.retry = {.attempts = 3}},
                       .clock = clock});
    router = &both;
    clock->on_sleep([&] {
        if (a->calls == 1) CHECK(ask(*router) == "b");  // its key is withdrawn meanwhile: it cools down
    });
    CHECK(ask(both) == "b");
}

TEST_CASE("an id that is another group's name hides nothing") {
    const auto a = service("a", {down});
    auto named = deployment("pro", "flash", a);
    const Router router({.deployments = {named, deployment("flash", "b", service("b")),
                                         deployment("flash", "c", service("b"))},
                         .fallbacks = {{"pro", {"flash"}}},
                         .http_options = {.retry = {.attempts = 1}}});
    CHECK(ask(router, "pro") == "b");
}

TEST_CASE("a wildcard's model is filled in for work and for checks, and names are checked for all of it") {
    const auto a = service("a", {ScriptedTransport::json(R"({"name":"models/veo-3/operations/1"})")});
    const Router router({.deployments = {{.group = "veo-*", .client = client(a), .model = "veo-*"},
                                         {.group = "gemini-*", .client = client(a), .model = "gemini-*"}},
                         .pre_call_checks = true});
    static_cast<void>(router.models.generate_videos("veo-3", "a cat"));
    CHECK(a->urls.back().find("/models/veo-3:predictLongRunning") != std::string::npos);
    CHECK(router.deployment("gemini-2.5-flash").model == "gemini-2.5-flash");
    std::string long_prompt;
    for (int i = 0; i < 1'100'000; ++i) long_prompt += "word ";
    CHECK_THROWS_AS(router.models.generate_content("gemini-2.5-flash", long_prompt), InvalidArgument);
    CHECK_THROWS_AS(router.models.generate_content("nothing/operations/x", "x"), InvalidArgument);
    CHECK(a->calls == 1);
}

TEST_CASE("a request that did not reach its server goes elsewhere, one that may be done does not") {
    const Json prompt{{"contents", {{{"parts", {{{"text", "x"}}}}}}}};
    const auto b = service("b");
    const auto closed = ScriptedTransport::fails(TransportError::Phase::wait, TransportError::Reason::closed);
    const Router router(
        {.deployments = {deployment("g", "a", service("a", {refused, closed})), deployment("g", "b", b)},
         .strategy = RouterStrategy::in_order});
    static_cast<void>(router.request("POST", "models/g:generateContent", prompt));
    CHECK(b->calls == 1);
    CHECK_THROWS_AS(router.request("POST", "models/g:generateContent", prompt), TransportError);
    CHECK(b->calls == 1);
}
