// Tasks and pools in a process that was forked.

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include <genai/async.hpp>
#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "forked.hpp"

using namespace genai;
using namespace std::chrono_literals;
using genai::testing::Emulator;
using genai::testing::Reply;
using support::in_child;

TEST_CASE("a pool in a forked process has no work and makes threads of its own") {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    SKIP("a fork may copy a lock of the sanitizer's allocator that another thread holds");
#endif
    Emulator emulator;
    const Client client(emulator.client_options());
    std::optional<ThreadPool> pool(std::in_place);
    static_cast<void>(async([&] { return client.models.generate_content("gemini-2.5-flash", "1"); }).get());
    emulator.enqueue(Reply::late(300ms));
    auto running = async([&] { return client.models.generate_content("gemini-2.5-flash", "2").text(); },
                         {.pool = &*pool});
    while (emulator.requests().size() < 2) std::this_thread::sleep_for(1ms);

    CHECK(in_child([&] {
              ::alarm(20);                         // a hang is a failure
              if (pool->threads() == 0) return 1;  // as in the parent, until it is used
              const auto call = [&] {
                  return client.models.generate_content("gemini-2.5-flash", "3").text();
              };
              if (async(call).get().empty()) return 2;
              if (async(call, {.pool = &*pool}).get().empty()) return 3;
              if (pool->threads() != 1) return 4;
              pool.reset();
              return 0;
          }) == 0);
    CHECK(in_child([&] {
              ::alarm(20);
              pool.reset();  // with the parent's work in it
              return 0;
          }) == 0);
    CHECK_FALSE(running.get().empty());
}
