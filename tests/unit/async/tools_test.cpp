// Functions of tools that go on elsewhere: tasks and futures.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <future>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/async.hpp>
#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/tools.hpp>

#include "clients.hpp"

using namespace genai;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using genai::testing::Emulator;
using genai::testing::Reply;

namespace {

const std::string flash = "gemini-2.5-flash";

Task<std::string> ask(Client<> client, std::string question) {
    const auto answer = co_await async([&] { return client.models.generate_content(flash, question); });
    co_return answer.text();
}

/// Where coroutines wait for so many of them; the last lets all go on.
class Meeting {
public:
    explicit Meeting(std::size_t size) : size_(size) {}

    auto arrive() {
        struct Awaiter {
            Meeting& meeting;
            bool await_ready() const noexcept { return false; }
            bool await_suspend(std::coroutine_handle<> handle) {
                std::unique_lock lock(meeting.mutex_);
                if (meeting.waiting_.size() + 1 < meeting.size_) {
                    meeting.waiting_.push_back(handle);
                    return true;
                }
                const auto others = std::exchange(meeting.waiting_, {});
                lock.unlock();
                for (const auto& other : others) other.resume();
                return false;
            }
            void await_resume() const noexcept {}
        };
        return Awaiter{*this};
    }

private:
    std::size_t size_;
    std::mutex mutex_{};
    std::vector<std::coroutine_handle<>> waiting_{};
};

/// A turn of so many calls of the same function.
Reply calls(const std::string& function, std::size_t count) {
    std::vector<FunctionCall> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back({.args = Json{{"city", "city " + std::to_string(i)}}, .name = function});
    return Reply::function_calls(std::move(all));
}

GenerateContentConfig at_once(std::vector<Tool> tools, std::int32_t count) {
    return {.tools = std::move(tools), .automatic_function_calling = {.maximum_parallel_calls = count}};
}

}  // namespace

TEST_CASE("a tool may give a task or a future, which is waited for, and cancelled with the call") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    const Tool by_task = tool("weather", "d", {"city"}, [](const std::string& city) -> Task<std::string> {
        co_await async([] {});
        co_return "sunny in " + city;
    });
    const Tool by_future = tool("traffic", "d", {"city"}, [](const std::string& city) {
        return std::async(std::launch::async, [city] { return "jams in " + city; });
    });
    CHECK_THAT(client.models.generate_content(flash, "weather in Rome", {.tools = {by_task}}).text(),
               ContainsSubstring("sunny in Rome"));
    CHECK_THAT(client.models.generate_content(flash, "traffic in Rome", {.tools = {by_future}}).text(),
               ContainsSubstring("jams in Rome"));
    const Tool failing_tool = tool("weather", "d", {"city"}, [](const std::string&) -> Task<void> {
        throw std::domain_error("no weather");
        co_return;
    });
    CHECK_THAT(client.models.generate_content(flash, "weather in Rome", {.tools = {failing_tool}}).text(),
               ContainsSubstring("no weather"));

    Emulator slow;  // which the tool calls
    slow.enqueue(Reply::late(60s));
    const Client inner(support::once(slow.client_options()));
    const Tool asks =
        tool("weather", "d", {"city"}, [&](const std::string& city) { return ask(inner, city); });
    auto task =
        async([&] { return client.models.generate_content(flash, "weather in Rome", {.tools = {asks}}); });
    while (slow.requests().empty()) std::this_thread::sleep_for(1ms);
    task.cancel();
    CHECK_THROWS_AS(task.get(), Cancelled);
}

TEST_CASE("functions of tools that call the library are cancelled with the call they belong to") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    Emulator slow;
    slow.enqueue(Reply::late(60s));
    const Client inner(support::once(slow.client_options()));
    const Tool asks = tool("weather", "d", {"city"}, [&](const std::string& city) {
        return inner.models.generate_content(flash, city).text();
    });
    auto task =
        async([&] { return client.models.generate_content(flash, "weather in Rome", {.tools = {asks}}); });
    while (slow.requests().empty()) std::this_thread::sleep_for(1ms);
    task.cancel();
    CHECK_THROWS_AS(task.get(), Cancelled);
}

TEST_CASE("calls of functions that give tasks are made at the same time without a thread each") {
    constexpr std::size_t count = 50;
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    Meeting meeting(count);
    std::set<std::thread::id> threads;
    const Tool weather = tool("weather", "d", {"city"}, [&](const std::string& city) -> Task<std::string> {
        threads.insert(std::this_thread::get_id());
        co_await meeting.arrive();
        co_return "sunny in " + city;  // an argument lives until its answer is there
    });
    emulator.enqueue(calls("weather", count));
    const auto answer = client.models.generate_content(flash, "weather?", at_once({weather}, count));
    CHECK(threads.size() == 1);
    const auto& turns = answer.automatic_function_calling_history;
    REQUIRE(turns.size() == 3);
    REQUIRE(turns[2].parts.size() == count);
    for (std::size_t i = 0; i < count; ++i)
        CHECK(turns[2].parts[i].function_response->response->at("result") ==
              "sunny in city " + std::to_string(i));
}

TEST_CASE(
    "no more calls of tasks are made at the same time than the config allows, beside those in threads") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    std::atomic<int> now{0};
    std::atomic<int> most{0};
    const auto enter = [&] {
        const int inside = ++now;
        int seen = most;
        while (seen < inside && !most.compare_exchange_weak(seen, inside)) {
        }
    };
    const Tool by_task = tool("by_task", "d", {"city"}, [&](std::string city) -> Task<std::string> {
        enter();
        co_await async([] { std::this_thread::sleep_for(20ms); });
        --now;
        co_return city;
    });
    const Tool in_thread = tool("in_thread", "d", {"city"}, [&](const std::string& city) {
        enter();
        std::this_thread::sleep_for(20ms);
        --now;
        return city;
    });
    std::vector<FunctionCall> all;
    for (int i = 0; i < 12; ++i)
        all.push_back(
            {.args = Json{{"city", std::to_string(i)}}, .name = i % 2 == 0 ? "by_task" : "in_thread"});
    for (const std::int32_t limit : {1, 2, 4}) {
        most = 0;
        emulator.enqueue(Reply::function_calls(all));
        const auto answer = client.models.generate_content(flash, "?", at_once({by_task, in_thread}, limit));
        CHECK(most <= limit);
        const auto& parts = answer.automatic_function_calling_history.at(2).parts;
        REQUIRE(parts.size() == all.size());
        for (std::size_t i = 0; i < parts.size(); ++i)
            CHECK(parts[i].function_response->response->at("result") == std::to_string(i));
    }
}

TEST_CASE("of calls of tasks at the same time, one that fails is told to the model, and a cancel ends all") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    const Tool picky = tool("weather", "d", {"city"}, [](std::string city) -> Task<std::string> {
        if (city == "city 1") throw std::domain_error("no weather there");
        co_return "sunny";
    });
    emulator.enqueue(calls("weather", 3));
    const auto answer = client.models.generate_content(flash, "?", at_once({picky}, 3));
    const auto& parts = answer.automatic_function_calling_history.at(2).parts;
    CHECK(parts.at(0).function_response->response->at("result") == "sunny");
    CHECK(parts.at(1).function_response->response->at("error") == "no weather there");
    CHECK(parts.at(2).function_response->response->at("result") == "sunny");

    Emulator slow;
    for (int i = 0; i < 8; ++i) slow.enqueue(Reply::late(60s));
    const Client inner(support::once(slow.client_options()));
    const Tool asks = tool("weather", "d", {"city"}, [&](std::string city) { return ask(inner, city); });
    emulator.enqueue(calls("weather", 8));
    auto task = async([&] { return client.models.generate_content(flash, "?", at_once({asks}, 8)); });
    while (slow.requests().size() < 8) std::this_thread::sleep_for(1ms);
    task.cancel();
    CHECK_THROWS_AS(task.get(), Cancelled);
}

TEST_CASE("a function of a declaration of one's own may give a task") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    Meeting meeting(4);
    const Tool weather = tool({.name = "weather"}, [&](const Json& args) -> Task<Json> {
        co_await meeting.arrive();
        co_return Json{{"city", args.at("city")}};
    });
    emulator.enqueue(calls("weather", 4));
    const auto answer = client.models.generate_content(flash, "?", at_once({weather}, 4));
    CHECK(answer.automatic_function_calling_history.at(2).parts.at(3).function_response->response->at(
              "city") == "city 3");
    CHECK(call_function({tool({.name = "f"}, [](const Json&) -> Task<int> { co_return 5; })}, {.name = "f"})
              .response->at("result") == 5);
}
