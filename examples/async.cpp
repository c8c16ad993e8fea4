// Calls that do not block: a task that a loop polls, a callback in the loop's thread, coroutines, an awaited
// stream.
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <iostream>
#include <mutex>
#include <string>

#include <genai/async.hpp>

#include "connect.hpp"

namespace {

/// The loop of a game or of a window: work comes from any thread, and is done in this one.
class MainLoop {
public:
    genai::Executor executor() {
        return [this](std::function<void()> work) {
            const std::lock_guard lock(mutex_);
            work_.push_back(std::move(work));
            came_.notify_one();
        };
    }
    void run_until(const bool& over) {
        while (!over) {
            std::unique_lock lock(mutex_);
            came_.wait_for(lock, std::chrono::milliseconds(16), [this] { return !work_.empty(); });
            while (!work_.empty()) {
                const auto work = std::move(work_.front());
                work_.pop_front();
                lock.unlock();
                work();
                lock.lock();
            }
        }
    }

private:
    std::mutex mutex_{};
    std::condition_variable came_{};
    std::deque<std::function<void()>> work_{};
};

genai::Task<std::string> ask(genai::Client<> client, std::string question) {
    const auto answer =
        co_await genai::async([&] { return client.models.generate_content(examples::model, question); });
    co_return answer.text();
}

genai::Task<void> talk(genai::Client<> client, genai::Executor in_loop) {
    auto [first, second] = co_await genai::when_all(ask(client, "Name a bird."), ask(client, "Name a fish."));
    std::cout << first << '\n' << second << '\n';
    auto stream = genai::async_stream(
        [client] { return client.models.generate_content_stream(examples::model, "And now longer"); },
        std::move(in_loop));
    while (auto chunk = co_await stream.next()) std::cout << chunk->text() << std::flush;
    std::cout << '\n';
}

}  // namespace

int main() {
    const examples::Connection connection;
    const genai::Client client(connection.options());
    MainLoop loop;

    auto task = genai::async([client] { return client.models.generate_content(examples::model, "Hello"); });
    while (!task.wait_for(std::chrono::milliseconds(16))) std::cout << '.' << std::flush;  // a frame is drawn
    const auto greeting = task.result();
    std::cout << (greeting ? greeting->text() : greeting.message()) << '\n';

    bool over = false;
    genai::async([client] {
        return client.models.generate_content(examples::model, "Hello again");
    }).then(loop.executor(), [&](genai::Result<genai::GenerateContentResponse> result) {
        std::cout << (result ? result->text() : result.message()) << '\n';
        over = true;
    });
    loop.run_until(over);

    over = false;
    talk(client, loop.executor()).then(loop.executor(), [&](genai::Result<void> result) {
        std::cout << result.message();
        over = true;
    });
    loop.run_until(over);
}
