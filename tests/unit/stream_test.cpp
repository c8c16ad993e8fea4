#include <atomic>
#include <chrono>
#include <iterator>
#include <ranges>
#include <stdexcept>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::Stream;

static_assert(std::input_iterator<Stream<int>::iterator>);
static_assert(std::ranges::input_range<Stream<int>>);
static_assert(std::is_move_constructible_v<Stream<int>> && !std::is_copy_constructible_v<Stream<int>>);

namespace {
Stream<int> counting(int to) {
    return Stream<int>([to](std::stop_token, const auto& emit) {
        for (int i = 0; i < to; ++i)
            if (!emit(int(i))) return;
    });
}
}  // namespace

TEST_CASE("a stream gives every item once, in order") {
    std::vector<int> seen;
    for (const int item : counting(1000)) seen.push_back(item);
    REQUIRE(seen.size() == 1000);
    for (int i = 0; i < 1000; ++i) CHECK(seen[static_cast<std::size_t>(i)] == i);
    for (const int item : counting(0)) FAIL(item);
}

TEST_CASE("a stream does not run ahead of its reader without end") {
    std::atomic<int> made{0};
    Stream<int> stream([&made](std::stop_token, const auto& emit) {
        for (int i = 0; i < 100'000; ++i) {
            if (!emit(int(i))) return;
            ++made;
        }
    });
    auto at = stream.begin();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(made < 1000);
    CHECK(*at == 0);
}

TEST_CASE("leaving the loop ends the producer") {
    std::atomic<bool> ended{false};
    {
        Stream<int> stream([&ended](std::stop_token stop, const auto& emit) {
            while (emit(1) && !stop.stop_requested()) {
            }
            ended = true;
        });
        for (const int item : stream) {
            CHECK(item == 1);
            break;
        }
    }
    CHECK(ended);
}

TEST_CASE("what the producer throws comes where the next item would") {
    Stream<int> stream([](std::stop_token, const auto& emit) {
        emit(1);
        throw std::runtime_error("broken");
    });
    std::vector<int> seen;
    CHECK_THROWS_AS([&] { for (const int item : stream) seen.push_back(item); }(), std::runtime_error);
    CHECK(seen == std::vector<int>{1});
}

TEST_CASE("an outer token stops the producer") {
    std::stop_source source;
    Stream<int> stream(
        [](std::stop_token stop, const auto& emit) {
            emit(1);
            while (!stop.stop_requested()) std::this_thread::yield();
            throw genai::Cancelled();
        },
        source.get_token());
    auto at = stream.begin();
    CHECK(*at == 1);
    source.request_stop();
    CHECK_THROWS_AS(++at, genai::Cancelled);
}

TEST_CASE("a stream can be moved while it runs") {
    Stream<int> first = counting(10);
    auto at = first.begin();
    CHECK(*at == 0);
    Stream<int> second = std::move(first);
    int sum = 0;
    for (const int item : second) sum += item;
    CHECK(sum == 45);
}
