#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/transport.hpp>

namespace genai::inline GENAI_ABI::testing {

/// What came of one check of a transport.
struct TransportCheck {
    std::string name{};     ///< what the transport must do
    std::string problem{};  ///< what it did instead; empty where it does
};

namespace conformance {

/// Gathers a response, and notes what a transport must not do to a sink.
class GatheringSink final : public http::Sink {
public:
    /// Says stop at the head, or behind that many bytes of the body.
    explicit GatheringSink(std::optional<std::size_t> stop_at = {}, bool throws = false)
        : stop_at_(stop_at), throws_(throws) {}

    http::Flow head(const http::ResponseHead& head) override {
        if (heads_++ != 0) misuse_ = "head was called twice";
        head_ = head;
        return flow();
    }
    http::Flow data(std::string_view piece) override {
        if (heads_ == 0) misuse_ = "data came before the head";
        if (stopped_) misuse_ = "data came after the sink had said stop";
        body_ += piece;
        return flow();
    }

    int status() const noexcept { return head_.status; }
    const http::Headers& headers() const noexcept { return head_.headers; }
    const std::string& body() const noexcept { return body_; }
    const std::string& misuse() const noexcept { return misuse_; }

private:
    http::Flow flow() {
        if (!stop_at_ || body_.size() < *stop_at_) return http::Flow::more;
        if (throws_) throw std::out_of_range("the sink's own");
        stopped_ = true;
        return http::Flow::stop;
    }

    std::optional<std::size_t> stop_at_;
    bool throws_;
    http::ResponseHead head_{};
    std::string body_{};
    std::string misuse_{};
    int heads_{0};
    bool stopped_{false};
};

/// The checks, each against a server of its own.
class Suite {
public:
    explicit Suite(std::function<AnyTransport()> make) : make_(std::move(make)) {}

    std::vector<TransportCheck> run() {
        responses();
        bodies();
        sinks();
        failures();
        time_limits();
        cancellation();
        threads();
        return std::move(results_);
    }

private:
    using Milliseconds = std::chrono::milliseconds;

    static http::Request post(const std::string& url, std::string body = "{}") {
        return {.method = "POST",
                .url = url + "/path?a=1&b=2",
                .headers = {{"X-One", "1"}},
                .body = http::Body::text(std::move(body)),
                .timeouts = patient()};
    }
    static http::Timeouts patient() { return {.total = std::chrono::seconds(30)}; }

    /// Runs one check: `body` returns the problem, or throws what is one.
    template <class Body>
    void expect_that(std::string name, Body&& body) {
        TransportCheck result{.name = std::move(name)};
        try {
            result.problem = body();
        } catch (const std::exception& thrown) {
            result.problem = std::string("threw: ") + thrown.what();
        }
        results_.push_back(std::move(result));
    }

    /// What a request to a server comes to, in a few words.
    std::string outcome(const http::Request& request, std::optional<std::size_t> stop_at = {},
                        bool throws = false) {
        GatheringSink sink(stop_at, throws);
        AnyTransport transport = make_();
        std::string said;
        try {
            transport.send(request, sink);
            said = std::to_string(sink.status()) + ' ' +
                   (sink.body().size() > 100 ? std::to_string(sink.body().size()) + " bytes" : sink.body());
        } catch (const TransportError& error) {
            said = "TransportError " + std::string(to_string(error.phase())) + ", " +
                   std::string(to_string(error.reason()));
        } catch (const Cancelled&) {
            said = "Cancelled";
        } catch (const std::exception& other) {
            said = std::string("threw ") + other.what();
        }
        return sink.misuse().empty() ? said : sink.misuse();
    }

    static std::string expect(const std::string& found, const std::string& wanted) {
        return found == wanted ? "" : "wanted: " + wanted + "; found: " + found;
    }
    static std::string begins(const std::string& found, const std::string& wanted) {
        return found.starts_with(wanted) ? "" : "wanted: " + wanted + "...; found: " + found;
    }

    void expect_answer(const std::string& name, const RawReply& reply, const std::string& wanted) {
        LoopbackServer server([&reply](const ReceivedRequest&) { return reply; });
        expect_that(name, [&] { return expect(outcome(post(server.url())), wanted); });
    }

    void responses() {
        expect_answer("a response with a length arrives whole", {.pieces = {"hel", "lo"}}, "200 hello");
        expect_answer("a chunked response arrives without its framing",
                      {.pieces = {"a", "bc", std::string(100'000, 'd')}, .chunked = true},
                      "200 100003 bytes");
        expect_answer("a response that the connection's end delimits arrives whole",
                      {.verbatim = "HTTP/1.1 200 OK\r\n\r\nto the end"}, "200 to the end");
        expect_answer("a 204 has no body", {.status = 204}, "204 ");
        expect_answer("a 4xx is a response, not an error", {.status = 404, .pieces = {"no"}}, "404 no");
        expect_answer("a 5xx is a response, not an error", {.status = 503, .pieces = {"later"}}, "503 later");
        LoopbackServer elsewhere([this](const ReceivedRequest&) {
            ++followed_;
            return RawReply{};
        });
        expect_answer("a redirect is a response, and not followed",
                      {.status = 307, .headers = {{"Location", elsewhere.url()}}, .pieces = {"there"}},
                      "307 there");
        expect_that("a redirect's target gets nothing",
                    [this] { return followed_ == 0 ? "" : "it was asked"; });
        LoopbackServer headers([](const ReceivedRequest&) {
            return RawReply{
                .headers = {{"X-Request-Id", "r 1"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}};
        });
        expect_that("the response's headers arrive, repeated ones too", [&] {
            GatheringSink sink;
            make_().send(post(headers.url()), sink);
            const auto cookies =
                std::count_if(sink.headers().begin(), sink.headers().end(),
                              [](const auto& field) { return http::same_name(field.first, "set-cookie"); });
            return expect(std::string(sink.headers().get("x-request-id")) + ' ' + std::to_string(cookies),
                          "r 1 2");
        });
    }

    /// Answers with what it got: method, target, the body's size, a header.
    static RawReply echo(const ReceivedRequest& request) {
        return {.pieces = {request.method + ' ' + request.target + ' ' + std::to_string(request.body.size()) +
                           ' ' + std::string(request.headers.get("x-one"))}};
    }
    static http::Request put(const std::string& url, http::Body body) {
        return {.method = "PUT", .url = url + "/x", .body = std::move(body), .timeouts = patient()};
    }

    void bodies() {
        LoopbackServer server(echo);
        const std::string url = server.url();
        expect_that("method, path, query and headers go out as they are",
                    [&] { return expect(outcome(post(url)), "200 POST /path?a=1&b=2 2 1"); });
        expect_that("a GET has no body", [&] {
            return expect(outcome({.method = "GET", .url = url + "/x", .timeouts = patient()}),
                          "200 GET /x 0 ");
        });
        expect_that("an empty body is one",
                    [&] { return expect(outcome(put(url, http::Body::text(""))), "200 PUT /x 0 "); });
        expect_that("a large body goes out whole", [&] {
            return expect(outcome(put(url, http::Body::text(std::string(5'000'000, 'x')))),
                          "200 PUT /x 5000000 ");
        });
        expect_that("the transport can be used after a failure", [&] {
            AnyTransport transport = make_();
            GatheringSink first, second(std::size_t{0}), third;
            transport.send(post(url), first);
            transport.send(post(url), second);
            transport.send(post(url), third);
            return expect(third.body(), first.body());
        });
        sources(url);
    }

    void sources(const std::string& url) {
        const auto source = [](std::uint64_t size) {
            return [size](std::uint64_t offset, std::span<char> buffer) {
                const auto count = static_cast<std::size_t>(
                    (std::min<std::uint64_t>)(buffer.size(), size - (std::min)(offset, size)));
                std::fill_n(buffer.begin(), count, 'a');
                return count;
            };
        };
        expect_that("a body is read from its source", [&] {
            return expect(outcome(put(url, {3'000'000, source(3'000'000)})), "200 PUT /x 3000000 ");
        });
        expect_that("a body of unknown size is sent chunked", [&] {
            return expect(outcome(put(url, {std::nullopt, source(1'000'000)})), "200 PUT /x 1000000 ");
        });
        expect_that("what a body's source throws is let through", [&] {
            const http::Body::ReadCallback broken = [](std::uint64_t, std::span<char>) -> std::size_t {
                throw std::out_of_range("the source's own");
            };
            return expect(outcome(put(url, {100, broken})), "threw the source's own");
        });
    }

    void sinks() {
        LoopbackServer server([](const ReceivedRequest&) {
            return RawReply{.pieces = std::vector<std::string>(50, std::string(1000, 'x')),
                            .chunked = true,
                            .piece_delay = Milliseconds(1)};
        });
        expect_that("a sink that stops at the head ends the exchange in good order",
                    [&] { return begins(outcome(post(server.url()), 0), "200 "); });
        expect_that("a sink that stops in the body ends the exchange in good order",
                    [&] { return begins(outcome(post(server.url()), 2000), "200 "); });
        expect_that("what a sink throws is let through",
                    [&] { return expect(outcome(post(server.url()), 1000, true), "threw the sink's own"); });
    }

    void failures() {
        std::string closed;
        {
            const LoopbackServer gone([](const ReceivedRequest&) { return RawReply{}; });
            closed = gone.url();
        }
        expect_that("a refused connection is a TransportError of connect",
                    [&] { return begins(outcome(post(closed)), "TransportError connect"); });
        expect_that("a name that does not resolve is a TransportError of resolve", [&] {
            return begins(outcome(post("http://no-such-host.invalid")), "TransportError resolve");
        });
        for (const char* broken :
             {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"}) {
            LoopbackServer server([broken](const ReceivedRequest&) { return RawReply{.verbatim = broken}; });
            expect_that(
                "a response that breaks off is a TransportError: " + std::string(broken).substr(0, 30),
                [&] { return begins(outcome(post(server.url())), "TransportError"); });
        }
        for (const auto kind : {Fault::Kind::reset, Fault::Kind::close}) {
            LoopbackServer server([kind](const ReceivedRequest&) {
                return RawReply{.pieces = {std::string(10'000, 'x')}, .fault = {kind, 5'000}};
            });
            expect_that(kind == Fault::Kind::reset ? "a reset in the body is a TransportError of body"
                                                   : "a close in the body is a TransportError of body",
                        [&] { return begins(outcome(post(server.url())), "TransportError body"); });
        }
        std::atomic<int> seen{0};
        LoopbackServer once([&seen](const ReceivedRequest&) {
            ++seen;
            return RawReply{.verbatim = ""};
        });
        expect_that("a request that reached the server is not sent again by the transport", [&] {
            static_cast<void>(outcome(post(once.url())));
            return expect(std::to_string(seen), "1");
        });
    }

    void time_limits() {
        LoopbackServer slow([](const ReceivedRequest& request) {
            if (request.body == "late") return RawReply{.delay = std::chrono::seconds(10)};
            if (request.body == "drip")
                return RawReply{.pieces = std::vector<std::string>(1000, "x"),
                                .chunked = true,
                                .piece_delay = Milliseconds(20)};
            return RawReply{
                .pieces = {"begun", "and stalled"}, .chunked = true, .fault = {Fault::Kind::stall, 60}};
        });
        const auto limited = [&](const char* body, http::Timeouts limits) {
            http::Request request = post(slow.url(), body);
            request.timeouts = limits;
            return outcome(request);
        };
        expect_that("first_byte limits the wait for the head", [&] {
            return expect(limited("late", {.first_byte = Milliseconds(250)}), "TransportError wait, timeout");
        });
        expect_that("idle limits the wait for the next piece", [&] {
            return expect(limited("stall", {.idle = Milliseconds(250)}), "TransportError body, timeout");
        });
        expect_that("total limits the whole", [&] {
            return expect(limited("drip", {.total = Milliseconds(400), .idle = std::chrono::seconds(10)}),
                          "TransportError body, timeout");
        });
    }

    void cancellation() {
        LoopbackServer slow([](const ReceivedRequest& request) {
            if (request.body == "late") return RawReply{.delay = std::chrono::seconds(10)};
            return RawReply{
                .pieces = {"begun", "and stalled"}, .chunked = true, .fault = {Fault::Kind::stall, 60}};
        });
        const auto stopped = [&](const char* body, Milliseconds after) {
            stop_source source;
            http::Request request = post(slow.url(), body);
            request.stop = source.get_token();
            if (after.count() == 0) source.request_stop();
            std::thread stopper([&source, after] {
                std::this_thread::sleep_for(after);
                source.request_stop();
            });
            const std::string said = outcome(request);
            stopper.join();
            return expect(said, "Cancelled");
        };
        expect_that("a token triggered before the request is sent is Cancelled",
                    [&] { return stopped("late", Milliseconds(0)); });
        expect_that("a token ends the wait for the head", [&] { return stopped("late", Milliseconds(30)); });
        expect_that("a token ends the wait for the body", [&] { return stopped("stall", Milliseconds(30)); });
    }

    void threads() {
        LoopbackServer echo(
            [](const ReceivedRequest& request) { return RawReply{.pieces = {request.body}}; });
        expect_that("many threads use one transport, and each gets its own response", [&] {
            AnyTransport transport = make_();
            std::atomic<int> good{0};
            std::vector<std::thread> callers;
            for (int i = 0; i < 8; ++i)
                callers.emplace_back([&, i] {
                    for (int round = 0; round < 10; ++round) {
                        const std::string body = std::to_string(i) + '.' + std::to_string(round);
                        GatheringSink sink;
                        try {
                            transport.send(post(echo.url(), body), sink);
                        } catch (const std::exception&) {
                            return;
                        }
                        good += sink.body() == body ? 1 : 0;
                    }
                });
            for (std::thread& caller : callers) caller.join();
            return expect(std::to_string(good), "80");
        });
    }

    std::function<AnyTransport()> make_;
    std::vector<TransportCheck> results_{};
    std::atomic<int> followed_{0};
};

}  // namespace conformance

/// Checks a transport against the contract of http::Transport, over HTTP on the loopback interface; needs no
/// test framework. `make` gives a transport to use, fresh or shared. Takes a few seconds. Each check's
/// `problem` should be empty: `for (const auto& [name, problem] : check_transport([] { return MyTransport();
/// })) CHECK(problem == "");`
template <class Make>
std::vector<TransportCheck> check_transport(Make make) {
    return conformance::Suite([make = std::move(make)]() -> AnyTransport { return make(); }).run();
}

}  // namespace genai::inline GENAI_ABI::testing
