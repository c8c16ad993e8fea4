// Stop tokens, the standard library's or, where it has none, the library's own: the same words, the same
// effect.

#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::stop_callback;
using genai::stop_source;
using genai::stop_token;

#if defined(__cpp_lib_jthread)
static_assert(std::is_same_v<stop_token, std::stop_token>);
#endif

TEST_CASE("a stop is requested once, and every token tells of it") {
    const stop_token none;
    CHECK_FALSE(none.stop_possible());
    CHECK_FALSE(none.stop_requested());
    stop_source source;
    const stop_source same = source;
    const stop_token token = source.get_token();
    CHECK(token.stop_possible());
    CHECK(token == same.get_token());
    CHECK(source == same);
    CHECK(token != none);
    CHECK_FALSE(token.stop_requested());
    CHECK(source.request_stop());
    CHECK_FALSE(source.request_stop());
    CHECK_FALSE(stop_source(same).request_stop());
    CHECK(token.stop_requested());
    CHECK(same.stop_requested());
}

TEST_CASE("without a source no stop is possible, unless it was requested") {
    std::optional<stop_source> source(std::in_place);
    const stop_token token = source->get_token();
    const stop_source copy = *source;
    source.reset();
    CHECK(token.stop_possible());
    {
        const stop_source moved = std::move(const_cast<stop_source&>(copy));
        CHECK(moved.stop_possible());
    }
    CHECK_FALSE(token.stop_possible());
    stop_source other;
    const stop_token stopped = other.get_token();
    other.request_stop();
    other = stop_source();
    CHECK(stopped.stop_possible());
    CHECK_FALSE(other.stop_requested());
}

TEST_CASE("a callback runs when the stop is requested, or at once; not when it was removed") {
    stop_source source;
    int ran = 0;
    {
        const stop_callback early(source.get_token(), [&] { ran += 100; });
    }
    const stop_callback one(source.get_token(), [&] { ran += 1; });
    std::optional<stop_callback<std::function<void()>>> removes_itself;
    removes_itself.emplace(source.get_token(), std::function<void()>([&] {
                               ran += 10;
                               removes_itself.reset();
                           }));
    CHECK(ran == 0);
    source.request_stop();
    CHECK(ran == 11);
    const stop_callback late(source.get_token(), [&] { ran += 1000; });
    CHECK(ran == 1011);
    const stop_callback never(stop_token(), [&] { ran = -1; });
    CHECK(ran == 1011);
}

TEST_CASE("a callback that another thread runs has run when it is removed") {
    for (int i = 0; i < 200; ++i) {
        stop_source source;
        std::atomic<bool> begun{false};
        std::atomic<bool> ended{false};
        std::thread stopper;
        {
            const stop_callback slow(source.get_token(), [&] {
                begun = true;
                std::this_thread::yield();
                ended = true;
            });
            stopper = std::thread([&] { source.request_stop(); });
            if (i % 2 == 0)
                while (!begun) std::this_thread::yield();
        }
        CHECK(ended == begun);
        stopper.join();
    }
}

TEST_CASE("of many threads that request a stop one does") {
    stop_source source;
    std::atomic<int> first{0};
    std::atomic<int> ran{0};
    const stop_callback counted(source.get_token(), [&] { ++ran; });
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            if (source.request_stop()) ++first;
        });
    for (std::thread& one : threads) one.join();
    CHECK(first == 1);
    CHECK(ran == 1);
}
