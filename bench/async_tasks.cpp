// Tasks: ten thousand calls queued on 64 threads beside the same calls by 64 plain threads, and what it takes
// to cancel a thousand calls that wait for their answers. Prints one JSON object.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include <genai/async.hpp>
#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "cpu_time.hpp"

namespace {

using Emulator = genai::testing::Emulator;
using Clock = std::chrono::steady_clock;

constexpr std::size_t calls = 10'000;
constexpr std::size_t threads = 64;
constexpr std::size_t waiting = 1'000;

double ms_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

struct Run {
    double wall_ms{};
    double cpu_s{};
    std::size_t right{};
};

template <class Work>
Run measure(Work work) {
    const double cpu = cpu_seconds();
    const auto begin = Clock::now();
    const std::size_t right = work();
    return {.wall_ms = ms_since(begin), .cpu_s = cpu_seconds() - cpu, .right = right};
}

std::size_t by_tasks(genai::ThreadPool& pool, const genai::Client<>& client) {
    std::vector<genai::Task<std::string>> tasks;
    tasks.reserve(calls);
    for (std::size_t i = 0; i < calls; ++i)
        tasks.push_back(
            genai::async([&] { return client.models.generate_content("gemini-2.5-flash", "Hi").text(); },
                         {.pool = &pool}));
    std::size_t right = 0;
    for (auto& task : tasks) right += task.result().has_value() ? 1U : 0U;
    return right;
}

std::size_t by_threads(const genai::Client<>& client) {
    std::atomic<std::size_t> begun{0};
    std::atomic<std::size_t> right{0};
    std::vector<std::thread> workers;
    for (std::size_t i = 0; i < threads; ++i)
        workers.emplace_back([&] {
            while (begun++ < calls)
                if (genai::attempt(
                        [&] { return client.models.generate_content("gemini-2.5-flash", "Hi").text(); }))
                    ++right;
        });
    for (std::thread& worker : workers) worker.join();
    return right;
}

struct Cancels {
    double all_ms{};    ///< until every task is over
    double calls_ms{};  ///< of that, in `cancel`
    double cpu_ms{};
    std::size_t cancelled{};
};

Cancels cancel_many() {
    Emulator slow({.latency = std::chrono::minutes(1)});
    const genai::Client client(slow.client_options());
    std::vector<genai::Task<std::string>> tasks;
    for (std::size_t i = 0; i < waiting; ++i)
        tasks.push_back(
            genai::async([&] { return client.models.generate_content("gemini-2.5-flash", "Hi").text(); }));
    while (slow.requests().size() < waiting) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    Cancels result;
    const double cpu = cpu_seconds();
    const auto begin = Clock::now();
    for (const auto& task : tasks) task.cancel();
    result.calls_ms = ms_since(begin);
    for (const auto& task : tasks) task.wait();
    result.all_ms = ms_since(begin);
    result.cpu_ms = (cpu_seconds() - cpu) * 1e3;
    for (auto& task : tasks) {
        try {
            static_cast<void>(task.get());
        } catch (const genai::Cancelled&) {
            ++result.cancelled;
        }
    }
    return result;
}

}  // namespace

int main() {
    const Emulator emulator;
    const genai::Client client(emulator.client_options());
    genai::ThreadPool pool({.max_threads = threads});
    static_cast<void>(by_threads(client));  // connections and threads are there
    const Run plain = measure([&] { return by_threads(client); });
    const Run tasks = measure([&] { return by_tasks(pool, client); });
    const Cancels cancels = cancel_many();
    std::cout << genai::Json{{"tasks", calls},
                             {"right", tasks.right},
                             {"wall_ratio_to_threads", tasks.wall_ms / plain.wall_ms},
                             {"cpu_ratio_to_threads", tasks.cpu_s / plain.cpu_s},
                             {"cancelled", cancels.cancelled},
                             {"cancel_all_ms", cancels.all_ms},
                             {"cancel_calls_ms", cancels.calls_ms},
                             {"cancel_cpu_us_each", cancels.cpu_ms * 1e3 / static_cast<double>(waiting)}}
              << '\n';
}
