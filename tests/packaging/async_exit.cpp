// A program that ends while tasks run, are queued and are awaited, with a client that is static: it ends at
// once.

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <genai/async.hpp>
#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

namespace {

using Emulator = genai::testing::Emulator;

std::vector<genai::Task<std::string>>& kept() {  // destroyed last of all
    static std::vector<genai::Task<std::string>> tasks;
    return tasks;
}

Emulator& emulator() {
    static Emulator made;
    return made;
}

genai::Client<>& client() {
    static genai::Client<> made(emulator().client_options());
    return made;
}

std::string call() { return client().models.generate_content("gemini-2.5-flash", "Hello").text(); }

genai::Task<std::string> awaits() { co_return co_await genai::async(call); }

/// Uses the pool when most of what is static is gone.
struct Late {
    ~Late() {
        auto task = genai::async([] { return std::string("too late"); });
        if (task.result()) std::_Exit(2);  // the pool is at its end
    }
};

}  // namespace

int main() {
    static_cast<void>(kept());
    static const Late late;
    static_cast<void>(client());
    if (genai::async(call).get().empty()) return 1;

    static genai::ThreadPool one({.max_threads = 1});
    for (int i = 0; i < 20; ++i) emulator().enqueue(genai::testing::Reply::late(std::chrono::seconds(60)));
    for (int i = 0; i < 4; ++i) {
        kept().push_back(genai::async(call));
        kept().push_back(genai::async(call, {.pool = &one}));
        kept().push_back(awaits());
        auto detached = awaits();
        detached.detach();
    }
    static auto stream = genai::async_stream(
        [] { return client().models.generate_content_stream("gemini-2.5-flash", "Hello"); });
    static auto next = stream.next();
    while (emulator().requests().size() < 4) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return 0;
}
