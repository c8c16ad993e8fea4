// Rate limits that a program keeps itself.

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/limits.hpp>
#include <genai/limits/pacific_day.hpp>
#include <genai/testing/manual_clock.hpp>
#include <genai/testing/scripted_transport.hpp>

using namespace genai;
using namespace std::chrono_literals;
using testing::ManualClock;
using testing::ScriptedTransport;
using Reply = ScriptedTransport::Reply;
using std::chrono::milliseconds;

namespace {

const auto noon = std::chrono::sys_days(std::chrono::year(2026) / 11 / 28) + 20h;  // in California

Reply answer(int prompt) {
    return ScriptedTransport::json(
        R"({"candidates":[{"content":{"parts":[{"text":"\"usageMetadata\" {"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":)" +
        std::to_string(prompt) + R"(,"candidatesTokenCount":1000,"totalTokenCount":)" +
        std::to_string(prompt + 1000) + R"(},"modelVersion":"m}"})");
}

/// A refusal as the service words it.
Reply quota(const std::string& id, const std::string& value, const std::string& delay) {
    return ScriptedTransport::json(
        R"({"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[)"
        R"({"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaMetric":"x","quotaId":")" +
            id + R"(","quotaDimensions":{"model":"m"},"quotaValue":")" + value +
            R"("}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":")" + delay + R"("}]}})",
        429);
}

struct Limited {
    explicit Limited(RateLimiterOptions options, std::vector<Reply> replies = {}) {
        options.clock = clock;
        limiter = std::make_shared<RateLimiter>(std::move(options));
        for (int i = 0; i < 200; ++i) replies.push_back(answer(100));
        script = std::make_unique<ScriptedTransport>(std::move(replies));
        client = std::make_unique<Client<>>(
            ClientOptions{.api_key = "k", .http_options = {.retry = {.attempts = 1}}, .clock = clock},
            RateLimitedTransport(limiter, *script));
    }
    void ask(const std::string& model = "gemini-2.5-flash", HttpOptions http = {}) const {
        static_cast<void>(client->models.generate_content(model, "Hello", {.http_options = std::move(http)}));
    }
    std::size_t sent() const { return script->requests().size(); }

    std::shared_ptr<ManualClock> clock{std::make_shared<ManualClock>(noon)};
    std::shared_ptr<RateLimiter> limiter{};
    std::unique_ptr<ScriptedTransport> script{};
    std::unique_ptr<Client<>> client{};
};

}  // namespace

TEST_CASE("calls beyond a minute's requests wait for the next minute, each model for itself") {
    const Limited limited({.limits = {.rpm = 3}, .models = {{"gemini-2.5-pro", {.rpm = 1}}}});
    for (int i = 0; i < 3; ++i) limited.ask();
    limited.ask("gemini-2.5-pro");
    CHECK(limited.clock->waits().empty());
    limited.ask();
    REQUIRE(limited.clock->waits().size() == 1);
    CHECK((limited.clock->waits()[0] >= 60s && limited.clock->waits()[0] <= 61s));
    CHECK(limited.sent() == 5);
}

TEST_CASE("in no minute are there more requests than the limit") {
    const Limited limited({.limits = {.rpm = 10}});
    std::vector<std::chrono::steady_clock::time_point> times;
    for (int i = 0; i < 100; ++i) {
        limited.ask();
        times.push_back(limited.clock->now());
        limited.clock->advance(milliseconds(137 * (i % 11)));
    }
    for (std::size_t i = 10; i < times.size(); ++i) CHECK(times[i] - times[i - 10] >= 60s);
}

TEST_CASE("tokens of prompts count: by an estimate before, by the response's usage after") {
    const Limited limited({.limits = {.tpm = 1000}}, {answer(990), answer(5)});
    limited.ask();
    limited.ask();  // an estimate of a few tokens fits beside 990
    CHECK(limited.clock->waits().empty());
    static_cast<void>(
        limited.client->models.generate_content("gemini-2.5-flash", std::string(200, 'x') + " a b c d"));
    CHECK(limited.clock->waits().size() == 1);
    CHECK(limited.sent() == 3);
}

TEST_CASE("a limiter that does not wait refuses before anything is sent") {
    const Limited limited({.limits = {.rpm = 1}, .wait = false});
    limited.ask();
    try {
        limited.ask();
        FAIL();
    } catch (const LimitExceeded& problem) {
        CHECK(problem.kind() == ErrorKind::limit_exceeded);
        CHECK((*problem.retry_after() >= 60s && *problem.retry_after() <= 61s));
        CHECK(std::string(problem.what()).find("rpm 1") != std::string::npos);
    }
    CHECK(limited.sent() == 1);
    CHECK(limited.clock->waits().empty());
}

TEST_CASE("no call waits beyond its deadline, beyond max_wait, or when it is cancelled") {
    const Limited limited({.limits = {.rpm = 1}, .max_wait = 90s});
    limited.ask();
    CHECK_THROWS_AS(limited.ask("gemini-2.5-flash", {.timeout = 30s}), LimitExceeded);
    CHECK(limited.clock->waits().empty());
    limited.ask("gemini-2.5-flash", {.timeout = 80s});
    CHECK(limited.script->requests().back().timeouts.total <= 20s);  // what is left of it
    const Limited patient({.limits = {.rpm = 1}, .max_wait = 10s});
    patient.ask();
    CHECK_THROWS_AS(patient.ask(), LimitExceeded);
    stop_source stop;
    const Limited cancelled({.limits = {.rpm = 1}});
    cancelled.ask();
    cancelled.clock->on_sleep([&] { stop.request_stop(); });
    CHECK_THROWS_AS(cancelled.ask("gemini-2.5-flash", {.stop_token = stop.get_token()}), Cancelled);
    CHECK(cancelled.sent() == 1);
}

TEST_CASE("a day's requests begin anew at midnight in California") {
    const Limited limited({.limits = {.rpd = 2}});
    limited.ask();
    limited.ask();
    try {
        limited.ask();
        FAIL();
    } catch (const LimitExceeded& problem) {
        CHECK(problem.retry_after() == 12h);
    }
    limited.clock->advance(12h);
    limited.ask();
    CHECK(limited.sent() == 3);
}

TEST_CASE("California's midnights, over the days when clocks are changed") {
    using namespace std::chrono;
    const auto at = [](int month, unsigned day, int hour) {
        return sys_days(year(2026) / month / static_cast<int>(day)) + hours(hour);
    };
    CHECK(detail::pacific_midnight(at(1, 15, 12)) == at(1, 15, 8));
    CHECK(detail::pacific_midnight(at(1, 15, 7)) == at(1, 14, 8));
    CHECK(detail::pacific_midnight(at(7, 15, 12)) == at(7, 15, 7));
    CHECK(detail::pacific_midnight(at(3, 8, 9)) == at(3, 8, 8));       // before the change
    CHECK(detail::pacific_midnight(at(3, 8, 20)) == at(3, 8, 8));      // behind it
    CHECK(detail::next_pacific_midnight(at(3, 8, 9)) == at(3, 9, 7));  // a day of 23 hours
    CHECK(detail::pacific_midnight(at(11, 1, 8)) == at(11, 1, 7));
    CHECK(detail::pacific_midnight(at(11, 1, 20)) == at(11, 1, 7));
    CHECK(detail::next_pacific_midnight(at(11, 1, 8)) == at(11, 2, 8));  // and one of 25
}

TEST_CASE("what a project spends in ten minutes has a limit") {
    const Limited limited({.spend_limit = Dollars::nearest(0.005), .max_wait = 20min},
                          {answer(0), answer(0), answer(0)});  // $0.0025 each
    limited.ask();
    limited.ask();
    CHECK(limited.clock->waits().empty());
    limited.ask();
    REQUIRE(limited.clock->waits().size() == 1);
    CHECK(limited.clock->waits()[0] >= 600s);
}

TEST_CASE("a 429 teaches the limits that it names, and how long to keep back") {
    std::vector<std::string> learned;
    const Limited limited(
        {.limits = {.rpm = 100},
         .on_learned =
             [&](const std::string& model, const RateLimits& limits) {
                 learned.push_back(model + ' ' + std::to_string(limits.rpm.value_or(0)) + ' ' +
                                   std::to_string(limits.tpm.value_or(0)) + ' ' +
                                   std::to_string(limits.rpd.value_or(0)));
             }},
        {quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "5", "17s"), answer(1), answer(1),
         answer(1), answer(1), quota("GenerateContentInputTokensPerModelPerMinute-FreeTier", "250000", "1s"),
         quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "20", "9s")});
    CHECK_THROWS_AS(limited.ask(), RateLimitError);
    CHECK(limited.limiter->limits("gemini-2.5-flash").rpm == 5);
    CHECK(limited.limiter->limits("gemini-2.5-pro").rpm == 100);
    limited.ask();
    CHECK(limited.clock->waits() == std::vector<milliseconds>{17s});
    for (int i = 0; i < 3; ++i) limited.ask();
    CHECK(limited.clock->waits().size() == 1);
    CHECK_THROWS_AS(limited.ask(), RateLimitError);
    CHECK(limited.limiter->limits("gemini-2.5-flash").tpm == 250000);
    CHECK_THROWS_AS(limited.ask(), RateLimitError);
    CHECK(limited.limiter->limits("gemini-2.5-flash").rpd == 20);
    CHECK_THROWS_AS(limited.ask(), LimitExceeded);  // the day is used up, whatever was counted here
    CHECK(learned == std::vector<std::string>{"gemini-2.5-flash 5 0 0", "gemini-2.5-flash 5 250000 0",
                                              "gemini-2.5-flash 5 250000 20"});
}

TEST_CASE("a 429 that names nothing, or nonsense, changes nothing") {
    const Limited limited(
        {.limits = {.rpm = 10}},
        {ScriptedTransport::json("<html>", 429), ScriptedTransport::json("[]", 429),
         quota("GenerateRequestsPerMinute", "-3", "x"),
         quota("GenerateRequestsPerMinute", "99999999999999999999", ""),
         ScriptedTransport::json(R"({"error":{"details":[{"violations":[7,{"quotaId":3}]}]}})", 429)});
    for (int i = 0; i < 5; ++i) CHECK_THROWS_AS(limited.ask(), RateLimitError);
    CHECK(limited.limiter->limits("gemini-2.5-flash") == RateLimits{.rpm = 10});
    const Limited deaf({.limits = {.rpm = 10}, .learn = false},
                       {quota("GenerateRequestsPerMinute", "5", "9s")});
    CHECK_THROWS_AS(deaf.ask(), RateLimitError);
    deaf.ask();
    CHECK(deaf.clock->waits().empty());
}

TEST_CASE("counting, looking up and uploading are not limited; streams are") {
    const Limited limited(
        {.limits = {.rpm = 1}, .wait = false},
        {ScriptedTransport::json(R"({"totalTokens":4})"), ScriptedTransport::json(R"({"name":"models/m"})")});
    static_cast<void>(limited.client->models.count_tokens("gemini-2.5-flash", "x"));
    static_cast<void>(limited.client->models.get("gemini-2.5-flash"));
    for (const auto& chunk : limited.client->models.generate_content_stream("gemini-2.5-flash", "x"))
        static_cast<void>(chunk);
    CHECK_THROWS_AS(limited.ask(), LimitExceeded);
}

TEST_CASE("limits that cannot be meant are refused") {
    CHECK_THROWS_AS(RateLimiter({.limits = {.rpm = 0}}), InvalidArgument);
    CHECK_THROWS_AS(RateLimiter({.models = {{"m", {.tpm = -1}}}}), InvalidArgument);
    CHECK_THROWS_AS(RateLimiter({.spend_limit = Dollars()}), InvalidArgument);
    CHECK_THROWS_AS(RateLimitedTransport(nullptr, ScriptedTransport{}), InvalidArgument);
}

TEST_CASE("many threads share a limiter") {
    const auto limiter =
        std::make_shared<RateLimiter>(RateLimiterOptions{.limits = {.rpm = 50}, .wait = false});
    struct Ok {
        void send(const http::Request& request, http::Sink& sink) const { answer(1)(request, sink); }
    };
    const Client client({.api_key = "k"}, RateLimitedTransport(limiter, Ok{}));
    std::atomic<int> answered{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i) try {
                    static_cast<void>(client.models.generate_content("m", "x"));
                    ++answered;
                } catch (const LimitExceeded&) {
                }
        });
    for (auto& thread : threads) thread.join();
    CHECK(answered == 50);
}

TEST_CASE("what was published of limits: a number where sources agree, a range where they do not") {
    const auto flash = published_limits("gemini-2.5-flash", UsageTier::tier_1);
    REQUIRE(flash);
    CHECK(flash->rpm == LimitRange{1000, 1000});
    CHECK(flash->tpm == LimitRange{1'000'000, 4'000'000});
    CHECK(flash->sources.size() == 3);
    CHECK(published_limits("models/gemini-2.5-flash-001", UsageTier::free)->rpd == LimitRange{20, 500});
    CHECK(published_limits("gemini-embedding-001", UsageTier::tier_1)->rpm == LimitRange{3000, 3000});
    CHECK_FALSE(published_limits("gemini-2.5-flash-image", UsageTier::tier_1)->rpm == flash->rpm);
    CHECK_FALSE(published_limits("gemini-3.7-flash", UsageTier::tier_1));
    CHECK(published_spend_limit(UsageTier::tier_2) == Dollars::nearest(50));
    CHECK_FALSE(published_spend_limit(UsageTier::free));
}

TEST_CASE("a response that took longer than a minute corrects nothing that still counts") {
    const Limited limited({.limits = {.tpm = 1000}}, {[&](const http::Request& request, http::Sink& sink) {
                              answer(10)(request, sink);
                          }});
    const auto slow =
        std::make_shared<RateLimiter>(RateLimiterOptions{.limits = {.tpm = 1000}, .clock = limited.clock});
    struct Slow {
        void send(const http::Request& request, http::Sink& sink) const {
            clock->advance(70s);
            answer(10)(request, sink);
        }
        std::shared_ptr<ManualClock> clock;
    };
    const Client client({.api_key = "k", .clock = limited.clock},
                        RateLimitedTransport(slow, Slow{limited.clock}));
    for (int i = 0; i < 5; ++i) {
        static_cast<void>(client.models.generate_content("m", std::string(2500, 'x') + " y"));
        CHECK(limited.clock->waits().empty());  // each begins a minute of its own
    }
}
