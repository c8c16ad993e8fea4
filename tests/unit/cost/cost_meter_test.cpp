// What calls cost in sum, and budgets that refuse them.

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/cost.hpp>
#include <genai/genai.hpp>
#include <genai/router.hpp>
#include <genai/testing/manual_clock.hpp>
#include <genai/testing/scripted_transport.hpp>

using namespace genai;
using namespace std::chrono_literals;
using testing::ManualClock;
using testing::ScriptedTransport;
using Reply = ScriptedTransport::Reply;

namespace {

const auto date = std::chrono::sys_days(std::chrono::year(2026) / 11 / 28);

/// An answer that used so much.
Reply answer(int prompt, int output, const std::string& more = "", http::Headers headers = {}) {
    return ScriptedTransport::json(
        R"({"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP")" + more +
            R"(}],"usageMetadata":{"promptTokenCount":)" + std::to_string(prompt) +
            R"(,"candidatesTokenCount":)" + std::to_string(output) + R"(,"totalTokenCount":)" +
            std::to_string(prompt + output) + "}}",
        200, std::move(headers));
}

/// What a prompt and an answer of gemini-2.5-flash cost.
Dollars flash(int prompt, int output) {
    GenerateContentResponseUsageMetadata usage;
    usage.prompt_token_count = prompt;
    usage.candidates_token_count = output;
    return cost_of("gemini-2.5-flash", usage, date)->total();
}

struct Metered {
    explicit Metered(CostMeterOptions options, std::vector<Reply> replies)
        : meter([&] {
              options.clock = clock;
              return std::make_shared<CostMeter>(std::move(options));
          }()),
          script(std::move(replies)),
          client({.api_key = "k", .hooks = meter, .clock = clock}, script) {}

    void ask(const std::string& model = "gemini-2.5-flash", HttpOptions http = {}, int most = 10) const {
        static_cast<void>(client.models.generate_content(
            model, "Hello", {.http_options = std::move(http), .max_output_tokens = most}));
    }

    std::shared_ptr<ManualClock> clock{std::make_shared<ManualClock>(date)};
    std::shared_ptr<CostMeter> meter;
    ScriptedTransport script;
    Client<> client;
};

}  // namespace

TEST_CASE("a meter sums up by model, end user and tag") {
    const Metered metered({}, {answer(1000, 100), answer(2000, 200), answer(3000, 300)});
    metered.ask("gemini-2.5-flash", {.tags = {{"team", "red"}}, .end_user = "u1"});
    metered.ask("gemini-2.5-flash", {.tags = {{"team", "blue"}, {"job", "night"}}, .end_user = "u1"});
    metered.ask("gemini-2.5-pro");
    const Spending total = metered.meter->total();
    CHECK(total.attempts == 3);
    CHECK(total.failed == 0);
    CHECK(total.prompt_tokens == 6000);
    CHECK(total.output_tokens == 600);
    const auto models = metered.meter->by_model();
    CHECK(models.at("gemini-2.5-flash").cost.total() == flash(1000, 100) + flash(2000, 200));
    CHECK(models.at("gemini-2.5-pro").attempts == 1);
    CHECK(total.cost.total() ==
          models.at("gemini-2.5-flash").cost.total() + models.at("gemini-2.5-pro").cost.total());
    CHECK(metered.meter->by_end_user().at("u1").cost.total() == flash(1000, 100) + flash(2000, 200));
    CHECK(metered.meter->by_tag().at("team:red").cost.total() == flash(1000, 100));
    CHECK(metered.meter->by_tag().at("job:night").cost.total() == flash(2000, 200));
    metered.meter->reset();
    CHECK(metered.meter->total() == Spending{});
}

TEST_CASE("cached tokens, thoughts, searches and tiers are counted as they are charged") {
    const Metered metered(
        {},
        {ScriptedTransport::json(
             R"({"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1290,"cachedContentTokenCount":1024,"candidatesTokenCount":100,"thoughtsTokenCount":60,"totalTokenCount":1450}})"),
         answer(100, 10, R"(,"groundingMetadata":{"webSearchQueries":["a"]})"),
         answer(1000, 100, "", {{"x-gemini-service-tier", "flex"}}), answer(5, 5)});
    metered.ask("gemini-2.5-pro");
    CHECK(metered.meter->total().cost.total().text() == "0.0020605");
    CHECK(metered.meter->total().cached_tokens == 1024);
    CHECK(metered.meter->total().output_tokens == 160);
    metered.ask();
    CHECK(metered.meter->by_model().at("gemini-2.5-flash").cost.tools > Dollars());
    metered.meter->reset();
    metered.ask();
    CHECK(metered.meter->total().cost.total() < flash(1000, 100));
    metered.ask("llama");
    CHECK(metered.meter->total().unpriced == 1);
    CHECK(metered.meter->by_model().at("llama").cost.total() == Dollars());
}

TEST_CASE("failed attempts count, with what they said they used; streams count once") {
    const auto chunk = [](const std::string& more, int output) {
        return decode<GenerateContentResponse>(
            R"({"candidates":[{"content":{"parts":[{"text":"x"}]})" + more +
            R"(}],"usageMetadata":{"promptTokenCount":100,"candidatesTokenCount":)" + std::to_string(output) +
            R"(,"totalTokenCount":)" + std::to_string(100 + output) + "}}");
    };
    const Metered metered({}, {ScriptedTransport::error(503, "UNAVAILABLE"), answer(100, 10),
                               ScriptedTransport::stream<GenerateContentResponse>(
                                   {chunk("", 5), chunk("", 9), chunk(R"(,"finishReason":"STOP")", 12)}),
                               ScriptedTransport::breaks_off("data: " + encode(chunk("", 7)) + "\n\n")});
    metered.ask();
    CHECK(metered.meter->total().attempts == 2);
    CHECK(metered.meter->total().failed == 1);
    CHECK(metered.meter->total().cost.total() == flash(100, 10));
    for (const auto& one : metered.client.models.generate_content_stream("gemini-2.5-flash", "x"))
        static_cast<void>(one);
    CHECK(metered.meter->total().cost.total() == flash(100, 10) + flash(100, 12));
    CHECK_THROWS_AS(
        [&] {
            for (const auto& one : metered.client.models.generate_content_stream("gemini-2.5-flash", "x"))
                static_cast<void>(one);
        }(),
        TransportError);
    CHECK(metered.meter->total().cost.total() == flash(100, 10) + flash(100, 12) + flash(100, 7));
    CHECK(metered.meter->total().failed == 2);
}

TEST_CASE("embeddings are counted by their prompts") {
    const Metered metered(
        {}, {ScriptedTransport::json(
                R"({"embeddings":[{"values":[1]}],"usageMetadata":{"promptTokenCount":1000}})")});
    static_cast<void>(metered.client.models.embed_content("gemini-embedding-001", "x"));
    CHECK(metered.meter->total().prompt_tokens == 1000);
    CHECK(metered.meter->total().cost.input.text() == "0.00015");
}

TEST_CASE("a budget refuses a call that does not fit before it is sent") {
    // a call of at most 1,000 tokens is expected to cost a little more than those
    const Dollars most = flash(0, 1000) + flash(0, 1000) + flash(100, 0);
    Metered metered({.budget = Budget{.max_budget = most, .period = 1h}},
                    {answer(10, 1000), answer(10, 990), answer(10, 1), answer(10, 1)});
    CHECK(metered.meter->left() == most);
    metered.ask("gemini-2.5-flash", {}, 1000);
    metered.ask("gemini-2.5-flash", {}, 1000);
    try {
        metered.ask("gemini-2.5-flash", {}, 1000);
        FAIL();
    } catch (const LimitExceeded& problem) {
        CHECK(problem.kind() == ErrorKind::limit_exceeded);
        CHECK(problem.retry_after() == 1h);
        CHECK(std::string(problem.what()).starts_with("max_budget: $"));
    }
    CHECK(metered.script.requests().size() == 2);
    CHECK(metered.meter->left() == most - flash(10, 1000) - flash(10, 990));  // nothing stays reserved
    metered.clock->advance(1h);
    metered.ask("gemini-2.5-flash", {}, 1000);  // the period is over
    CHECK(metered.meter->total().attempts == 3);
}

TEST_CASE("budgets are by model, end user and tag too") {
    const Budget none{.max_budget = Dollars()};
    const Budget small{.max_budget = flash(100, 100)};
    CostMeterOptions options{.model_budgets = {{"gemini-2.5-pro", none}},
                             .end_user_budgets = {{"vip", {.max_budget = Dollars::nearest(1)}}},
                             .budget_of_each_end_user = small,
                             .tag_budgets = {{"team:red", none}}};
    const Metered metered(std::move(options),
                          {answer(100, 90), answer(100, 90), answer(100, 90), answer(1, 1)});
    const auto refused = [&](const std::string& model, HttpOptions http) -> std::string {
        try {
            metered.ask(model, std::move(http));
        } catch (const LimitExceeded& problem) {
            const std::string what = problem.what();
            return what.substr(0, what.find(": $"));
        }
        return "";
    };
    CHECK(refused("gemini-2.5-pro", {}) == "max_budget of model 'gemini-2.5-pro'");
    CHECK(refused("gemini-2.5-flash", {.tags = {{"team", "red"}}}) == "max_budget of tag 'team:red'");
    CHECK(refused("gemini-2.5-flash", {.tags = {{"team", "blue"}}, .end_user = "u1"}).empty());
    CHECK(refused("gemini-2.5-flash", {.end_user = "u1"}) == "max_budget of end user 'u1'");
    CHECK(refused("gemini-2.5-flash", {.end_user = "u2"}).empty());
    CHECK(refused("gemini-2.5-flash", {.end_user = "vip"}).empty());
    CHECK(refused("gemini-2.5-flash", {}).empty());
}

TEST_CASE("a budget that contradicts itself is refused") {
    CHECK_THROWS_AS(CostMeter({.budget = Budget{.max_budget = Dollars::nearest(-1)}}), InvalidArgument);
    CHECK_THROWS_AS(CostMeter({.budget = Budget{.period = 0s}}), InvalidArgument);
    CHECK_THROWS_AS(CostMeter({.assumed_output_tokens = -1}), InvalidArgument);
}

TEST_CASE("calls that go together do not go beyond a budget together") {
    struct Slow {
        void send(const http::Request& request, http::Sink& sink) const {
            std::this_thread::sleep_for(2ms);
            answer(10, 100)(request, sink);
        }
    };
    const Dollars most = flash(10, 100) * 10;
    const auto meter = std::make_shared<CostMeter>(CostMeterOptions{.budget = Budget{.max_budget = most}});
    const Client client({.api_key = "k", .hooks = meter}, Slow{});
    std::vector<std::thread> threads;
    std::atomic<int> refused{0};
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 5; ++i) try {
                    static_cast<void>(client.models.generate_content("gemini-2.5-flash", "Hello there",
                                                                     {.max_output_tokens = 100}));
                } catch (const LimitExceeded&) {
                    ++refused;
                }
        });
    for (auto& thread : threads) thread.join();
    CHECK(meter->total().cost.total() <= most);
    CHECK(meter->total().attempts + refused == 40);
    CHECK(meter->total().attempts >= 8);
}

TEST_CASE("a router's meter counts by the deployments' models, and its budget ends the call") {
    const auto clock = std::make_shared<ManualClock>(date);
    const auto meter = std::make_shared<CostMeter>(
        CostMeterOptions{.model_budgets = {{"gemini-2.5-pro", {.max_budget = Dollars()}}}, .clock = clock});
    const ScriptedTransport flash_script{ScriptedTransport::error(503, "UNAVAILABLE"), answer(100, 10)};
    const ScriptedTransport lite_script{answer(1000, 10)};
    const Router router(
        {.deployments =
             {{.group = "g", .client = Client({.api_key = "k"}, flash_script), .model = "gemini-2.5-flash"},
              {.group = "g",
               .client = Client({.api_key = "k"}, lite_script),
               .model = "gemini-2.5-flash-lite"},
              {.group = "pro", .client = Client({.api_key = "k"}, lite_script), .model = "gemini-2.5-pro"}},
         .strategy = RouterStrategy::in_order,
         .clock = clock,
         .hooks = meter});
    static_cast<void>(router.models.generate_content("g", "x"));
    CHECK(meter->by_model().at("gemini-2.5-flash").failed == 1);
    CHECK(meter->by_model().at("gemini-2.5-flash-lite").prompt_tokens == 1000);
    CHECK_THROWS_AS(router.models.generate_content("pro", "x"), LimitExceeded);
    CHECK(lite_script.requests().size() == 1);
}

TEST_CASE("what costs nothing neither changes the estimate nor is refused") {
    std::vector<Reply> replies{answer(10, 1000)};
    for (int i = 0; i < 20; ++i) replies.push_back(ScriptedTransport::json(R"({"totalTokens":4})"));
    const Metered metered({.budget = Budget{.max_budget = flash(10, 1000) + flash(0, 900)}},
                          std::move(replies));
    metered.ask("gemini-2.5-flash", {}, 1000);
    for (int i = 0; i < 20; ++i)
        CHECK(metered.client.models.count_tokens("gemini-2.5-flash", "x").total_tokens == 4);
    CHECK_THROWS_AS(metered.ask("gemini-2.5-flash", {}, 1000),
                    LimitExceeded);  // it may be as long as the first
}

TEST_CASE("what an attempt reserved that was refused behind the meter is given back") {
    const auto clock = std::make_shared<ManualClock>(date);
    const auto meter = std::make_shared<CostMeter>(
        CostMeterOptions{.budget = Budget{.max_budget = flash(100, 1000), .period = 1h}, .clock = clock});
    struct Refusing final : CallHooks {
        void before_attempt(const CallContext&, AttemptInfo&) override {
            throw LimitExceeded("own", "limit", {});
        }
    };
    const ScriptedTransport script{answer(10, 1000)};
    const Router router(
        {.deployments = {{.group = "g",
                          .client = Client({.api_key = "k", .hooks = std::make_shared<Refusing>()}, script),
                          .model = "gemini-2.5-flash"},
                         {.group = "g",
                          .client = Client({.api_key = "k"}, script),
                          .model = "gemini-2.5-flash"}},
         .strategy = RouterStrategy::in_order,
         .clock = clock,
         .hooks = meter});
    CHECK(router.models.generate_content("g", "x", {.max_output_tokens = 1000}).text() == "x");
    CHECK(meter->left() == flash(100, 1000) - flash(10, 1000));
    clock->advance(2h);
    CHECK(meter->left() == flash(100, 1000));  // the next period
}

TEST_CASE("counts that no server means do not overflow") {
    const Metered metered(
        {},
        {ScriptedTransport::json(
             R"({"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9223372036854775807,"candidatesTokenCount":9223372036854775807,"thoughtsTokenCount":-9223372036854775808,"totalTokenCount":1,"cachedContentTokenCount":-5}})"),
         answer(1, 1)});
    metered.ask();
    metered.ask();
    CHECK(metered.meter->total().prompt_tokens == 1'000'000'000'001);
    CHECK(metered.meter->total().cost.total() > Dollars());
}
