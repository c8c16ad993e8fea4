// Tasks: on threads of a pool, as callbacks, and as coroutines; their results, their errors, their end.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/async.hpp>
#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "clients.hpp"

using namespace genai;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using genai::testing::Emulator;
using genai::testing::Reply;

namespace {

const std::string flash = "gemini-2.5-flash";

/// A loop of the program's own: work is queued from any thread and run where the test says.
class Loop {
public:
    Executor executor() {
        return [this](std::function<void()> work) {
            const std::lock_guard lock(mutex_);
            work_.push_back(std::move(work));
            came_.notify_one();
        };
    }
    /// Runs work until the condition holds.
    template <class Condition>
    void run_until(Condition condition) {
        while (!condition()) {
            std::unique_lock lock(mutex_);
            if (!came_.wait_for(lock, 10s, [this] { return !work_.empty(); }))
                throw std::runtime_error("no work came");
            const auto work = std::move(work_.front());
            work_.pop_front();
            lock.unlock();
            work();
        }
    }

private:
    std::mutex mutex_{};
    std::condition_variable came_{};
    std::deque<std::function<void()>> work_{};
};

/// What holds work until a test lets it go on.
class Gate {
public:
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return open_; });
    }

private:
    std::mutex mutex_{};
    std::condition_variable changed_{};
    bool open_{false};
};

Task<std::string> ask(Client<> client, std::string question) {
    const auto answer = co_await async([&] { return client.models.generate_content(flash, question); });
    co_return answer.text();
}

Task<int> number(int value) { co_return value; }
Task<int> failing() {
    throw std::domain_error("no number");
    co_return 0;
}

}  // namespace

TEST_CASE("a task does a call elsewhere, is polled, and gives the answer or throws what the call threw") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    auto task = async([client] { return client.models.generate_content(flash, "Hello"); });
    while (!task.ready()) task.wait_for(16ms);
    CHECK_THAT(task.get().text(), ContainsSubstring("Hello"));
    CHECK_THROWS_AS(task.get(), InvalidArgument);
    emulator.enqueue(Reply::error(404, "NOT_FOUND", "nothing"));
    auto refused = async([client] { return client.models.generate_content(flash, "Hello"); });
    CHECK_THROWS_AS(refused.get(), NotFoundError);
    CHECK_NOTHROW(async([] {}).get());
    CHECK(async([] { return std::make_unique<int>(5); }).get() != nullptr);
    auto moved = async([] { return 1; });
    auto other = std::move(moved);
    CHECK_THROWS_AS(moved.get(), InvalidArgument);
    CHECK(other.result().value() == 1);
}

TEST_CASE("a callback is called by the executor, once, with the value or the error") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    Loop loop;
    const auto here = std::this_thread::get_id();
    std::string said;
    async([client] {
        return client.models.generate_content(flash, "Hello");
    }).then(loop.executor(), [&](Result<GenerateContentResponse> result) {
        CHECK(std::this_thread::get_id() == here);
        said = result ? result->text() : result.message();
    });
    loop.run_until([&] { return !said.empty(); });
    CHECK_THAT(said, ContainsSubstring("Hello"));
    std::string failed;
    async([]() -> int { throw std::domain_error("broken"); }).then(loop.executor(), [&](Result<int> result) {
        failed = result.message();
    });
    loop.run_until([&] { return !failed.empty(); });
    CHECK(failed == "broken");
    std::atomic<int> inline_calls{0};
    auto done = async([] { return 1; });
    done.wait();
    done.then([&](Result<int> result) { inline_calls += *result; });
    CHECK(inline_calls == 1);
    CHECK_THROWS_AS(done.then([](Result<int>) {}), InvalidArgument);
}

TEST_CASE("cancelling a task ends the call in it, whatever it does, and work that has not begun") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    emulator.enqueue(Reply::late(60s));
    auto slow = async([client] { return client.models.generate_content(flash, "slow"); });
    while (emulator.requests().empty()) std::this_thread::sleep_for(1ms);
    slow.cancel();
    slow.cancel();
    CHECK_THROWS_AS(slow.get(), Cancelled);

    emulator.enqueue(Reply::late(60s));
    auto streamed = async([client] {
        std::string text;
        for (const auto& chunk : client.models.generate_content_stream(flash, "slow")) text += chunk.text();
        return text;
    });
    while (emulator.requests().size() < 2) std::this_thread::sleep_for(1ms);
    streamed.cancel();
    CHECK_THROWS_AS(streamed.get(), Cancelled);

    auto waiting = async([client] {
        return client.operations.wait(client.models.generate_videos("veo-3.1-generate-preview", "a cat"),
                                      {.poll_interval = 60s});
    });
    while (emulator.requests().size() < 3) std::this_thread::sleep_for(1ms);
    waiting.cancel();
    CHECK_THROWS_AS(waiting.get(), Cancelled);

    emulator.enqueue(Reply::late(60s));
    const std::size_t before = emulator.requests().size();
    auto upload = async(
        [client] { return client.files.upload(Bytes(std::string("words")), {.mime_type = "text/plain"}); });
    while (emulator.requests().size() == before) std::this_thread::sleep_for(1ms);
    upload.cancel();
    CHECK_THROWS_AS(upload.get(), Cancelled);

    ThreadPool pool({.max_threads = 1});
    Gate gate;
    auto first = async([&] { gate.pass(); }, {.pool = &pool});
    bool begun = false;
    auto second = async([&] { begun = true; }, {.pool = &pool});
    second.cancel();
    CHECK_THROWS_AS(second.get(), Cancelled);
    gate.open();
    first.get();
    CHECK(!begun);
}

TEST_CASE("a call with a stop token of its own goes by that one") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    genai::stop_source own;
    emulator.enqueue(Reply::late(200ms));
    auto task = async([client, token = own.get_token()] {
        return client.models.generate_content(flash, "mine", {.http_options = {.stop_token = token}});
    });
    while (emulator.requests().empty()) std::this_thread::sleep_for(1ms);
    task.cancel();
    CHECK_THAT(task.get().text(), ContainsSubstring("mine"));
}

TEST_CASE("destroying a task cancels its work and does not wait; detached work goes on") {
    auto alive = std::make_shared<int>(1);
    std::weak_ptr<int> watched = alive;
    const auto gate = std::make_shared<Gate>();
    const auto begun = std::make_shared<std::atomic<bool>>(false);
    const auto cancelled = std::make_shared<std::atomic<bool>>(false);
    {
        auto task = async([gate, begun, cancelled, alive = std::move(alive)] {
            *begun = true;
            gate->pass();
            *cancelled = detail::ambient_stop_token().stop_requested();
        });
        while (!*begun) std::this_thread::sleep_for(1ms);
    }
    CHECK(!watched.expired());
    gate->open();
    while (!watched.expired()) std::this_thread::sleep_for(1ms);
    CHECK(*cancelled);
    const auto done = std::make_shared<std::atomic<bool>>(false);
    {
        auto task = async([done] {
            std::this_thread::sleep_for(5ms);
            *done = !detail::ambient_stop_token().stop_requested();
        });
        task.detach();
    }
    for (int i = 0; i < 5000 && !*done; ++i) std::this_thread::sleep_for(1ms);
    CHECK(*done);
}

TEST_CASE("coroutines await tasks, one after the other and together") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    CHECK_THAT(ask(client, "Hello").get(), ContainsSubstring("Hello"));
    auto both = [](Client<> through) -> Task<std::string> {
        auto [a, b] = co_await when_all(ask(through, "first"), ask(through, "second"));
        co_return a + b;
    }(client);
    CHECK_THAT(both.get(), ContainsSubstring("first") && ContainsSubstring("second"));
    CHECK(when_all(number(1), async([] {}), number(2)).get() == std::tuple(1, std::monostate(), 2));
    std::vector<Task<int>> many;
    for (int i = 0; i < 20; ++i) many.push_back(i % 2 == 0 ? number(i) : async([i] { return i; }));
    const std::vector<int> all = when_all(std::move(many)).get();
    CHECK((all.size() == 20 && all[19] == 19));
    CHECK_THROWS_AS(failing().get(), std::domain_error);
    CHECK_THROWS_AS(when_all(number(1), failing()).get(), std::domain_error);
}

TEST_CASE("of several tasks the first counts, and the others are cancelled") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    emulator.enqueue(Reply::late(60s));
    auto slow = ask(client, "slow");
    while (emulator.requests().empty()) std::this_thread::sleep_for(1ms);
    CHECK(std::get<1>(when_any(std::move(slow), number(7)).get()) == 7);
    std::vector<Task<int>> some;
    const auto gate = std::make_shared<Gate>();  // outlives the test in the work that lost
    some.push_back(async([gate] {
        gate->pass();
        return 1;
    }));
    some.push_back(async([] { return 2; }));
    const auto first = when_any(std::move(some)).get();
    CHECK((first.index == 1 && first.value == 2));
    gate->open();
    CHECK_THROWS_AS(when_any(std::vector<Task<int>>()).get(), InvalidArgument);
    CHECK_THROWS_AS(when_any(failing(), number(1)).get(), std::domain_error);
}

TEST_CASE("cancelling a coroutine ends what it awaits, and what it calls on any thread") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    emulator.enqueue(Reply::late(60s));
    auto waiting = ask(client, "slow");
    while (emulator.requests().empty()) std::this_thread::sleep_for(1ms);
    waiting.cancel();
    CHECK_THROWS_AS(waiting.get(), Cancelled);
    emulator.enqueue(Reply::late(60s));
    Gate gate;
    auto outer = [](Client<> through, Gate& held) -> Task<std::string> {
        co_await async([&] { held.pass(); });  // is on a thread of the pool from here on
        co_return through.models.generate_content(flash, "slow").text();
    }(client, gate);
    gate.open();
    while (emulator.requests().size() < 2) std::this_thread::sleep_for(1ms);
    outer.cancel();
    CHECK_THROWS_AS(outer.get(), Cancelled);
    CHECK(detail::current_stop_token == nullptr);
}

TEST_CASE("a coroutine is resumed by the executor it asks for") {
    Loop loop;
    const auto here = std::this_thread::get_id();
    std::thread::id resumed;
    auto task = [](Loop& by, std::thread::id& where) -> Task<int> {
        Gate gate;
        auto work = async([&] {
            gate.pass();
            return 3;
        });
        auto awaited = work.via(by.executor());
        gate.open();
        const int value = co_await std::move(awaited);
        where = std::this_thread::get_id();
        co_return value;
    }(loop, resumed);
    if (!task.ready()) loop.run_until([&] { return task.ready(); });
    CHECK(task.get() == 3);
    CHECK(resumed == here);
}

TEST_CASE("an executor that drops its work, or throws, ends what waits for it") {
    const auto await_by = [](Executor executor) {
        return [](Executor by) -> Task<int> {
            Gate gate;
            auto work = async([&] {
                gate.pass();
                return 3;
            });
            auto awaited = work.via(std::move(by));
            std::thread opener([&] {
                std::this_thread::sleep_for(20ms);
                gate.open();
            });
            opener.detach();
            co_return co_await std::move(awaited);
        }(std::move(executor));
    };
    CHECK_THROWS_AS(await_by([](std::function<void()>) {}).get(), Cancelled);
    CHECK_THROWS_AS(await_by([](std::function<void()>) { throw std::runtime_error("no"); }).get(), Cancelled);
    CHECK(await_by([](const std::function<void()>& work) { work(); }).get() == 3);
    bool called = false;
    auto done = async([] { return 1; });
    done.wait();
    done.then([](std::function<void()>) { throw std::runtime_error("no"); },
              [&](Result<int>) { called = true; });
    CHECK(!called);
}

TEST_CASE("a pool makes threads as they are needed, runs the rest in order, and lets tasks wait for tasks") {
    ThreadPool pool({.max_threads = 2, .keep_alive = 50ms});
    CHECK(pool.threads() == 0);
    std::mutex mutex;
    std::vector<int> order;
    std::vector<Task<void>> tasks;
    for (int i = 0; i < 200; ++i)
        tasks.push_back(async(
            [&, i] {
                const std::lock_guard lock(mutex);
                order.push_back(i);
            },
            {.pool = &pool}));
    for (auto& task : tasks) task.get();
    CHECK(order.size() == 200);
    CHECK(pool.threads() <= 2);
    const auto nested = async(
                            [&] {
                                std::vector<Task<int>> inner;
                                for (int i = 0; i < 10; ++i)
                                    inner.push_back(async([i] { return i; }, {.pool = &pool}));
                                int sum = 0;
                                for (auto& one : inner) sum += one.get();
                                return sum;
                            },
                            {.pool = &pool})
                            .get();
    CHECK(nested == 45);
    for (int i = 0; i < 5000 && pool.threads() != 0; ++i) std::this_thread::sleep_for(1ms);
    CHECK(pool.threads() == 0);
    CHECK_THROWS_AS(ThreadPool({.max_threads = 0}), InvalidArgument);
}

TEST_CASE("a pool that is destroyed cancels what it has, and waits for it") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    emulator.enqueue(Reply::late(60s));
    auto pool = std::make_unique<ThreadPool>(ThreadPoolOptions{.max_threads = 1});
    auto running =
        async([client] { return client.models.generate_content(flash, "slow"); }, {.pool = pool.get()});
    auto queued = async([] { return 1; }, {.pool = pool.get()});
    while (emulator.requests().empty()) std::this_thread::sleep_for(1ms);
    pool.reset();
    CHECK(running.ready());
    CHECK_THROWS_AS(running.get(), Cancelled);
    CHECK_THROWS_AS(queued.get(), Cancelled);
}

TEST_CASE("a stream that is awaited gives its chunks and its end, and its errors") {
    Emulator emulator({.chunk_delay = 5ms});
    const Client client(support::once(emulator.client_options()));
    const auto read = [](Client<> through, Executor by) -> Task<std::string> {
        auto stream =
            async_stream([through] { return through.models.generate_content_stream(flash, "one two three"); },
                         std::move(by));
        std::string text;
        while (auto chunk = co_await stream.next()) text += chunk->text();
        co_return text;
    };
    CHECK_THAT(read(client, {}).get(), ContainsSubstring("one two three"));
    Loop loop;
    auto by_loop = read(client, loop.executor());
    loop.run_until([&] { return by_loop.ready(); });
    CHECK_THAT(by_loop.get(), ContainsSubstring("one two three"));
    emulator.enqueue(Reply::error(404, "NOT_FOUND", "nothing"));
    CHECK_THROWS_AS(read(client, {}).get(), NotFoundError);
    emulator.enqueue(Reply::late(60s));
    const std::size_t before = emulator.requests().size();
    auto slow = read(client, {});
    while (emulator.requests().size() == before) std::this_thread::sleep_for(1ms);
    slow.cancel();
    CHECK_THROWS_AS(slow.get(), Cancelled);
}

TEST_CASE("a stream that is awaited twice at once is refused; destroyed while it is awaited, it ends") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    emulator.enqueue(Reply::late(60s));
    auto stream = async_stream([client] { return client.models.generate_content_stream(flash, "slow"); });
    auto next = stream.next();
    CHECK_THROWS_AS(stream.next(), InvalidArgument);
    while (emulator.requests().empty()) std::this_thread::sleep_for(1ms);
    { const auto ended = std::move(stream); }
    CHECK_THROWS_AS(next.get(), Cancelled);
}

TEST_CASE("many streams at once are all read to their end") {
    Emulator emulator({.chunk_delay = 2ms});
    const Client client(support::once(emulator.client_options()));
    const auto read = [](Client<> through, int i) -> Task<bool> {
        const std::string prompt = "number " + std::to_string(i);
        auto stream = async_stream(
            [&through, prompt] { return through.models.generate_content_stream(flash, prompt); });
        std::string text;
        while (auto chunk = co_await stream.next()) text += chunk->text();
        co_return text.find(prompt) != std::string::npos;
    };
    std::vector<Task<bool>> tasks;
    for (int i = 0; i < 100; ++i) tasks.push_back(read(client, i));
    for (const bool whole : when_all(std::move(tasks)).get()) CHECK(whole);
}

TEST_CASE("attempt gives what was thrown in place of a value") {
    CHECK(*attempt([] { return 5; }) == 5);
    const auto failed = attempt([]() -> int { throw InvalidArgument("x", "is wrong"); });
    CHECK(!failed);
    CHECK_THAT(failed.message(), ContainsSubstring("is wrong"));
    CHECK_THROWS_AS(failed.value(), InvalidArgument);
    CHECK(attempt([] {}).has_value());
    CHECK(attempt([] { throw 5; }).message() == "an exception of an unknown type");
    CHECK(attempt([]() -> std::string { throw 5; }).value_or("none") == "none");
}

TEST_CASE("a task may outlive the client it was made with") {
    Emulator emulator;
    emulator.enqueue(Reply::late(200ms));
    auto task = [&] {
        const Client client(emulator.client_options());
        return async([client] { return client.models.generate_content(flash, "Hello").text(); });
    }();
    CHECK_THAT(task.get(), ContainsSubstring("Hello"));
}
