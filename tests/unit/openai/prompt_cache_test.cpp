// Prompts kept in explicit caches, by marks in OpenAI's shapes and by hand.

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/openai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/manual_clock.hpp>
#include <genai/testing/scripted_transport.hpp>
#include <genai/tools.hpp>

#include "clients.hpp"
#include "joined_thread.hpp"

using namespace genai;
using namespace std::chrono_literals;
using genai::testing::ScriptedTransport;

namespace {

const std::string model = "gemini-2.5-flash";

std::string long_text() {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "The quick brown fox jumps over the lazy dog. ";
    return text;
}

/// How many requests of a method and a path came.
template <class Requests>
int count(const Requests& requests, std::string_view method, std::string_view part) {
    int found = 0;
    for (const auto& request : requests)
        if (request.method == method && request.url.find(part) != std::string::npos) ++found;
    return found;
}

/// A service that has caches: some requests fail as the test says.
class Service {
public:
    void send(const http::Request& request, http::Sink& sink) {
        const std::lock_guard lock(mutex_);
        const bool cache = request.url.find("cachedContents") != std::string::npos;
        const bool made = cache && request.method == "POST";
        if (made) {
            ++created;
            std::this_thread::sleep_for(20ms);  // others come meanwhile
            if (at_creation) at_creation();
            if (fail_creation) return error(sink, 400);
            return answer(
                sink,
                R"({"name":"cachedContents/c)" + std::to_string(created) +
                    R"(","expireTime":"2099-01-01T00:00:00Z","usageMetadata":{"totalTokenCount":5000}})");
        }
        if (cache) {
            ++listed;
            return answer(sink, "{}");
        }
        used.push_back(std::string(request.body.in_memory().value_or("")));
        const bool has_cache = used.back().find("cachedContents/") != std::string::npos;
        if (has_cache && gone > 0) {
            --gone;
            return error(sink, 403);
        }
        answer(sink, R"({"candidates":[{"content":{"parts":[{"text":"OK"}]},"finishReason":"STOP"}],)"
                     R"("usageMetadata":{"promptTokenCount":5008,"cachedContentTokenCount":5000,)"
                     R"("candidatesTokenCount":1,"totalTokenCount":5009}})");
    }

    int created{0};
    int listed{0};
    int gone{0};
    bool fail_creation{false};
    std::function<void()> at_creation{};
    std::vector<std::string> used{};

private:
    static void answer(http::Sink& sink, const std::string& body) {
        http::deliver(sink, {.status = 200, .headers = {{"Content-Type", "application/json"}}}, body);
    }
    static void error(http::Sink& sink, int status) {
        http::deliver(sink, {.status = status},
                      R"({"error":{"code":)" + std::to_string(status) + R"(,"message":"no","status":"X"}})");
    }

    std::mutex mutex_{};
};

struct Program {
    std::shared_ptr<Service> service = std::make_shared<Service>();
    std::shared_ptr<testing::ManualClock> clock = std::make_shared<testing::ManualClock>();
    Client<> client{
        ClientOptions{.api_key = "key", .http_options = {.retry = {.attempts = 1}}, .clock = clock}, service};
};

openai::CompletionCreateParams marked(std::string question) {
    return {.model = model,
            .messages = {{.role = "system",
                          .content = {{.type = "text",
                                       .text = long_text(),
                                       .cache_control = openai::CacheControl{.type = "ephemeral"}}}},
                         {.role = "user", .content = std::move(question)}}};
}

}  // namespace

TEST_CASE("many threads that mark the same prompt make one cache") {
    Program program;
    const openai::Client<> ai(program.client);
    std::atomic<int> written{0};
    {
        std::vector<support::JoinedThread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&ai, &written, i] {
                const auto completion = ai.chat.completions.create(marked("Question " + std::to_string(i)));
                if (completion.usage->cache_creation_input_tokens) ++written;
            });
    }
    CHECK(program.service->created == 1);
    CHECK(program.service->listed == 1);
    CHECK(written == 1);  // told to the call that it was written for
    CHECK(program.service->used.size() == 8);
    for (const std::string& body : program.service->used) {
        CHECK(Json::parse(body)["cachedContent"] == "cachedContents/c1");
        CHECK(body.size() < 300);
    }
}

TEST_CASE("a cache that is gone at its use is made anew, once, in streams too") {
    Program program;
    const openai::Client<> ai(program.client);
    CHECK(ai.chat.completions.create(marked("One")).choices[0].message.content == "OK");
    program.service->gone = 1;
    CHECK(ai.chat.completions.create(marked("Two")).choices[0].message.content == "OK");
    CHECK(program.service->created == 2);

    program.service->gone = 1;
    std::string text;
    for (const auto& chunk : ai.chat.completions.create_stream(marked("Three")))
        text += chunk.choices.at(0).delta.content.value_or("");
    CHECK(text == "OK");
    CHECK(program.service->created == 3);

    program.service->gone = 2;
    CHECK_THROWS_AS(ai.chat.completions.create(marked("Four")), PermissionDeniedError);
}

TEST_CASE("a cache that cannot be made fails no call, and is not tried again at once") {
    Program program;
    program.service->fail_creation = true;
    const openai::Client<> ai(program.client);
    for (int i = 0; i < 3; ++i)
        CHECK(ai.chat.completions.create(marked("Hello")).choices[0].message.content == "OK");
    CHECK(program.service->created == 1);
    CHECK(program.service->used.back().size() > 20'000);
    program.clock->advance(2min);
    program.service->fail_creation = false;
    static_cast<void>(ai.chat.completions.create(marked("Hello")));
    CHECK(program.service->created == 2);
    CHECK(program.service->used.back().size() < 300);
}

TEST_CASE("an exception that is not the library's leaves nothing behind") {
    Program program;
    program.service->at_creation = [] { throw std::runtime_error("out of order"); };
    const openai::Client<> ai(program.client);
    CHECK_THROWS_AS(ai.chat.completions.create(marked("One")), std::runtime_error);
    program.service->at_creation = nullptr;
    CHECK(ai.chat.completions.create(marked("Two")).choices[0].message.content == "OK");
    CHECK(Json::parse(program.service->used.back())["cachedContent"] == "cachedContents/c2");
}

TEST_CASE("a call that waits for another's cache can be cancelled") {
    Program program;
    std::promise<void> reached;
    std::promise<void> go_on;
    program.service->at_creation = [&] {
        reached.set_value();
        go_on.get_future().wait();
    };
    const openai::Client<> ai(program.client);
    const support::JoinedThread leader([&] { ai.chat.completions.create(marked("One")); });
    reached.get_future().wait();
    stop_source stop;
    std::promise<void> cancelled;
    const support::JoinedThread other([&] {
        try {
            ai.chat.completions.create(marked("Two"), {.http_options = {.stop_token = stop.get_token()}});
        } catch (const Cancelled&) {
            cancelled.set_value();
        }
    });
    stop.request_stop();
    CHECK(cancelled.get_future().wait_for(10s) == std::future_status::ready);
    go_on.set_value();
}

TEST_CASE("turns before the marked ones are not moved behind them") {
    Program program;
    const openai::Client<> ai(program.client);
    auto params = marked("Last");
    params.messages[0] = {.role = "user", .content = "First"};
    params.messages[1] = {.role = "user",
                          .content = {{.type = "text",
                                       .text = long_text(),
                                       .cache_control = openai::CacheControl{.type = "ephemeral"}}}};
    params.messages.push_back({.role = "user", .content = "Last"});
    static_cast<void>(ai.chat.completions.create(params));
    CHECK(program.service->created == 0);
    CHECK(Json::parse(program.service->used.at(0))["contents"][0]["parts"][0]["text"] == "First");
}

TEST_CASE("a cache of one server is not used at another") {
    Program program;
    const openai::Client<> ai(program.client);
    static_cast<void>(ai.chat.completions.create(marked("One")));
    static_cast<void>(
        ai.chat.completions.create(marked("Two"), {.http_options = {.base_url = "http://other.example"}}));
    static_cast<void>(
        ai.chat.completions.create(marked("Three"), {.http_options = {.headers = {{"x-tenant", "b"}}}}));
    CHECK(program.service->created == 3);
}

TEST_CASE("what is wrong with a marked request is pointed at") {
    Program program;
    const openai::Client<> ai(program.client);
    auto params = marked("Hello");
    params.messages.push_back({.role = "nobody", .content = "?"});
    CHECK_THROWS_WITH(ai.chat.completions.create(params),
                      Catch::Matchers::ContainsSubstring("/messages/2/role"));
    CHECK(program.service->created == 0);
}

TEST_CASE("what is too short for the model's caches is sent as it is") {
    Program program;
    const PromptCache cache(program.client);
    CHECK_FALSE(cache.find_or_create(model, {.contents = "Short."}).has_value());
    CHECK_FALSE(cache.find_or_create("gemini-3.1-pro-preview", {.contents = long_text().substr(0, 9000)}));
    CHECK(cache.find_or_create(model, {.contents = long_text().substr(0, 9000)}).has_value());
    CHECK(program.service->created == 1);
}

TEST_CASE("prompts in the library's own types are cached too, with functions that are called") {
    Program program;
    const PromptCache cache(program.client);
    const GenerateContentConfig config{.system_instruction = long_text(),
                                       .tools = {tool("f", "Does it.", [] { return 1; })}};
    CHECK(cache
              .generate_content(model,
                                {Content{.parts = {Part::from_text("One")}, .role = "user"},
                                 Content{.parts = {Part::from_text("Two")}, .role = "user"}},
                                config, {.contents = 1, .ttl = 300s})
              .text() == "OK");
    const Json body = Json::parse(program.service->used.at(0));
    CHECK(body["contents"].size() == 1);
    CHECK_FALSE(body.contains("systemInstruction"));
    CHECK_FALSE(body.contains("tools"));
    const CachedPrompt prompt = cache.apply(model, "Hello", config, {});
    CHECK(prompt.config.cached_content.has_value());
    CHECK(prompt.created_tokens == 5000);
    CHECK_THROWS_AS(cache.apply(model, "Hello", {.cached_content = "cachedContents/mine"}, {}),
                    InvalidArgument);
}

TEST_CASE("a cache of another program is found by what it holds") {
    testing::Emulator emulator;
    const auto ask = [&emulator] {
        const Client<> client(emulator.client_options());
        return openai::Client<>(client).chat.completions.create(marked("Hello"));
    };
    const auto first = ask();
    const auto second = ask();
    CHECK(first.choices[0].message.content.text() == second.choices[0].message.content.text());
    CHECK(first.usage->cache_creation_input_tokens.value_or(0) > 0);
    CHECK_FALSE(second.usage->cache_creation_input_tokens.has_value());
    CHECK(second.usage->prompt_tokens_details->cached_tokens.value_or(0) > 0);
    int created = 0;
    for (const auto& request : emulator.requests())
        if (request.method == "POST" && request.path.find("cachedContents") != std::string::npos) ++created;
    CHECK(created == 1);
}
