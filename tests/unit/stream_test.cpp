// What a stream is to the loop that reads it, whatever fills it: chunks come from a scripted transport.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <genai/genai.hpp>

using genai::Client;
using genai::GenerateContentResponse;
using genai::InvalidArgument;
using Chunks = genai::Stream<GenerateContentResponse>;
using namespace std::chrono_literals;

static_assert(std::input_iterator<Chunks::iterator>);
static_assert(std::ranges::input_range<Chunks>);
static_assert(std::is_nothrow_move_constructible_v<Chunks> && !std::is_copy_constructible_v<Chunks>);

namespace {

/// Sends numbered chunks: `to` of them, or without end; calls `between` before each.
class Counting {
public:
    explicit Counting(int to, std::function<void(int, const genai::http::Request&)> between = {},
                      std::size_t padding = 0)
        : to_(to), between_(std::move(between)), padding_(padding, 'x') {}

    void send(const genai::http::Request& request, genai::http::Sink& sink) {
        if (sink.head({.status = 200}) == genai::http::Flow::more) send_chunks(request, sink);
        ended = true;
    }

    std::atomic<int> made{0};
    std::atomic<bool> ended{false};

private:
    void send_chunks(const genai::http::Request& request, genai::http::Sink& sink) {
        for (int i = 0; i < to_; ++i) {
            if (between_) between_(i, request);
            const std::string last = i + 1 == to_ ? R"(,"finishReason":"STOP")" : "";
            if (sink.data(R"(data: {"candidates":[{"content":{"parts":[{"text":")" + std::to_string(i) +
                          padding_ + R"("}]})" + last + "}]}\n\n") == genai::http::Flow::stop)
                return;
            ++made;
        }
    }

    int to_;
    std::function<void(int, const genai::http::Request&)> between_;
    std::string padding_;
};

struct Service {
    explicit Service(int to, std::function<void(int, const genai::http::Request&)> between = {},
                     std::size_t padding = 0)
        : transport(std::make_shared<Counting>(to, std::move(between), padding)) {}

    Chunks stream(genai::HttpOptions options = {}) const {
        return client().models.generate_content_stream("m", "x", {.http_options = std::move(options)});
    }
    Client<> client() const { return Client<>({.api_key = "k"}, transport); }

    std::shared_ptr<Counting> transport;
};

/// Waits for another thread, and says whether what was waited for came.
bool comes(const auto& what) {
    for (int i = 0; i < 2000 && !what(); ++i) std::this_thread::sleep_for(1ms);
    return what();
}

}  // namespace

TEST_CASE("a stream gives every chunk once, in order") {
    std::vector<std::string> seen;
    for (const auto& chunk : Service(1000).stream()) seen.push_back(chunk.text());
    REQUIRE(seen.size() == 1000);
    for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i] == std::to_string(i));
}

TEST_CASE("a stream does not run ahead of its reader without end, by count or by bytes") {
    const bool large = GENERATE(false, true);
    const std::size_t size = large ? std::size_t{1} << 20U : 0;
    Service service(1000'000, {}, size);
    Chunks stream = service.stream();
    CHECK((*stream.begin()).text().starts_with("0"));
    std::this_thread::sleep_for(large ? 300ms : 50ms);
    CHECK(service.transport->made < (large ? 40 : 1000));
}

TEST_CASE("leaving the loop ends the request") {
    Service service(100'000'000);
    for (const auto& chunk : service.stream()) {
        CHECK(chunk.text() == "0");
        break;
    }
    CHECK(service.transport->ended);
}

TEST_CASE("a chunk is waited for when it is looked at, not before") {
    std::atomic<bool> go{false};
    Service service(10, [&go](int i, const genai::http::Request& request) {
        while (i == 2 && !go && !request.stop.stop_requested()) std::this_thread::yield();
    });
    SECTION("a view of two chunks needs no third") {
        std::vector<std::string> seen;
        for (const auto& chunk : service.stream() | std::views::take(2)) seen.push_back(chunk.text());
        CHECK(seen == std::vector<std::string>{"0", "1"});
        CHECK(service.transport->made == 2);
    }
    SECTION("a step of the iterator waits for nothing") {
        Chunks stream = service.stream();
        auto at = stream.begin();
        ++at;
        ++at;
        CHECK(service.transport->made <= 2);
        go = true;
        CHECK((*at).text() == "2");
    }
}

TEST_CASE("a stream is walked once") {
    Chunks stream = Service(5).stream();
    for (const auto& chunk : stream) {
        static_cast<void>(chunk);
        break;
    }
    CHECK_THROWS_AS(stream.begin(), InvalidArgument);
    CHECK(stream.next()->text() == "0");  // the loop was left while it stood on it
    CHECK(stream.next()->text() == "1");
}

TEST_CASE("what the request throws comes where the next chunk would") {
    const Service service(3, [](int i, const genai::http::Request&) {
        if (i == 1) throw std::runtime_error("broken");
    });
    std::vector<std::string> seen;
    CHECK_THROWS_AS(
        [&] {
            for (const auto& chunk : service.stream()) seen.push_back(chunk.text());
        }(),
        std::runtime_error);
    CHECK(seen == std::vector<std::string>{"0"});
}

TEST_CASE("a stream's request ends by its own cancel and by the call's token") {
    Service service(10, [](int i, const genai::http::Request& request) {
        while (i == 1 && !request.stop.stop_requested()) std::this_thread::yield();
        if (i == 1) throw genai::Cancelled();
    });
    genai::stop_source source;
    Chunks stream = service.stream({.stop_token = source.get_token()});
    auto at = stream.begin();
    CHECK((*at).text() == "0");
    SECTION("the token") { source.request_stop(); }
    SECTION("cancel") { stream.cancel(); }
    ++at;
    CHECK_THROWS_AS(at == stream.end(), genai::Cancelled);
}

TEST_CASE("a stream can be moved while it is walked; one that was moved from says so") {
    Chunks first = Service(10).stream();
    auto at = first.begin();
    CHECK((*at).text() == "0");
    Chunks second = std::move(first);
    int count = 0;
    for (; at != second.end(); ++at) ++count;
    CHECK(count == 10);
    CHECK_THROWS_AS(first.begin(), InvalidArgument);
    CHECK_THROWS_AS(first.next(), InvalidArgument);
    CHECK_THROWS_AS(first.done(), InvalidArgument);
}

TEST_CASE("chunks can be taken one by one, waiting or not") {
    std::atomic<bool> go{false};
    Service service(2, [&go](int, const genai::http::Request&) {
        while (!go) std::this_thread::yield();
    });
    Chunks stream = service.stream();
    CHECK_FALSE(stream.try_next());
    CHECK_FALSE(stream.next_for(1ms));
    CHECK_FALSE(stream.done());
    go = true;
    CHECK(stream.next()->text() == "0");
    CHECK(stream.next_for((std::chrono::hours::max)())->text() == "1");
    CHECK_FALSE(stream.next());
    CHECK(stream.done());
    CHECK_FALSE(stream.try_next());
}

TEST_CASE("an event loop is notified when a chunk is ready") {
    std::atomic<int> told{0};
    std::atomic<int> allowed{0};
    Service service(2, [&allowed](int i, const genai::http::Request&) {
        while (allowed <= i) std::this_thread::yield();
    });
    Chunks stream = service.stream();
    stream.on_ready([&told] { ++told; });
    CHECK(told == 0);
    allowed = 1;
    CHECK(comes([&] { return told == 1; }));
    CHECK(stream.try_next()->text() == "0");
    allowed = 2;
    CHECK(comes([&] { return told >= 2; }));
    CHECK(stream.next()->text() == "1");
    CHECK(comes([&] { return told >= 3; }));  // the end
    CHECK_FALSE(stream.try_next());
    CHECK(stream.done());
    int late = 0;
    stream.on_ready([&late] { ++late; });
    CHECK(late == 1);
}

TEST_CASE("a stream may be destroyed by the hook that is told of its chunks, on the stream's own thread") {
    Service service(1000'000);
    for (int i = 0; i < 20; ++i) {
        auto stream = std::make_shared<std::optional<Chunks>>(service.stream());
        std::atomic<bool> gone{false};
        (*stream)->on_ready([stream, &gone] {
            stream->reset();
            gone = true;
        });
        CHECK(comes([&] { return gone.load(); }));
        CHECK(comes([&] { return stream.use_count() == 1; }));
    }
}

TEST_CASE("a program's own thread is notified of chunks by its executor, and takes them there") {
    const Service service(3);
    Chunks stream = service.stream();
    std::mutex mutex;
    std::vector<std::function<void()>> queue;
    std::string text;
    stream.on_ready(
        [&](std::function<void()> work) {
            const std::lock_guard lock(mutex);
            queue.push_back(std::move(work));
        },
        [&] {
            while (auto chunk = stream.try_next()) text += chunk->text();
        });
    CHECK(comes([&] {
        std::vector<std::function<void()>> work;
        {
            const std::lock_guard lock(mutex);
            work.swap(queue);
        }
        for (const auto& one : work) one();
        return stream.done();
    }));
    CHECK(text == "012");

    Chunks other = Service(1).stream();
    other.on_ready([](const std::function<void()>&) { throw 5; }, [] { FAIL("is called"); });
    CHECK(other.next()->text() == "0");
    std::atomic<int> inline_calls{0};
    other.on_ready([](const std::function<void()>& work) { work(); }, [&] { ++inline_calls; });
    CHECK(comes([&] { return inline_calls > 0; }));
}

TEST_CASE("an invalid streaming call throws before there is a stream") {
    CHECK_THROWS_AS(static_cast<void>(Service(1).client().models.generate_content_stream("", "x")),
                    InvalidArgument);
}
