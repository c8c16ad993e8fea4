// A call's attempts as a state machine: no transport, no clock that runs, no thread.

#include <chrono>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/core/attempts.hpp>
#include <genai/genai.hpp>
#include <genai/testing/manual_clock.hpp>

using namespace genai;
using detail::Attempts;
using detail::Exchange;
using Kind = detail::Exchange::Step::Kind;
using namespace std::chrono_literals;

namespace {

/// A transport that must not be used.
struct NoTransport final : http::ErasedTransport {
    void send(const http::Request&, http::Sink&) override {
        throw std::logic_error("the state machine sends nothing");
    }
    bool can_start() const noexcept override { return false; }
    void start(const http::Request&, std::shared_ptr<http::Sink>, http::Done) override {}
    bool can_open_socket() const noexcept override { return false; }
    std::unique_ptr<http::WebSocket> open_socket(const http::Request&) override { return nullptr; }
};

/// Notes what it is told.
struct Hooks final : CallHooks {
    void before_attempt(const CallContext& context, AttemptInfo& info) override {
        log.push_back("before " + std::to_string(context.id) + ' ' + std::string(context.operation) + ' ' +
                      context.model + ' ' + std::to_string(info.attempt));
        if (clock) clock->advance(takes);
        if (refuse) throw std::runtime_error("over budget");
        if (inject) info.headers.set("X-Trace", "1\r\nX-Evil: 2");
        info.headers.set("traceparent", "00-1");
        info.headers.set("Authorization", "Bearer from-the-hook");
    }
    void after_attempt(const CallContext&, const AttemptEvent& event) noexcept override {
        log.push_back("after " + std::to_string(event.attempt) + ' ' + event.error);
    }
    void after_call(const CallContext&, const CallEvent& event) noexcept override {
        log.push_back("call " + std::to_string(event.attempts) + ' ' + event.error);
    }

    bool refuse{false};
    bool inject{false};
    std::chrono::milliseconds takes{0};
    std::shared_ptr<testing::ManualClock> clock{};
    std::vector<std::string> log{};
};

struct Machine {
    std::shared_ptr<testing::ManualClock> clock = std::make_shared<testing::ManualClock>();
    std::shared_ptr<Hooks> hooks = std::make_shared<Hooks>();
    ClientOptions options{.api_key = "secret-key",
                          .http_options = {.base_url = "http://h", .retry = {.attempts = 3, .jitter = 0}},
                          .hooks = hooks,
                          .clock = clock};
    detail::Backend backend{options};
    NoTransport transport{};

    Attempts begin(HttpOptions call = {}) {
        HttpOptions merged = options.http_options;
        merged.tags = call.tags;
        merged.stop_token = call.stop_token;
        merged.timeout = call.timeout;
        return Attempts({.operation = "models.get",
                         .method = "GET",
                         .resource = detail::ResourceName::model("m"),
                         .options = std::move(merged)},
                        7, {options, backend, transport});
    }
};

template <class E>
Exchange::Outcome failed(E error) {
    return {.error = std::make_exception_ptr(std::move(error))};
}

TransportError refused() {
    return {TransportError::Phase::connect, TransportError::Reason::refused, "nobody"};
}

/// Takes the machine to where a request is to be sent, and gives it.
const http::Request& sending(Attempts& attempts) {
    auto step = attempts.next();
    REQUIRE(step.kind == Kind::sign);
    step.backend->sign(*step.request);
    attempts.came({});
    step = attempts.next();
    REQUIRE(step.kind == Kind::send);
    return *step.request;
}

}  // namespace

TEST_CASE("a call signs, sends, and is finished") {
    Machine machine;
    Attempts attempts = machine.begin();
    const http::Request& request = sending(attempts);
    CHECK(request.url == "http://h/v1beta/models/m");
    CHECK(request.headers.get("x-goog-api-key") == "secret-key");
    CHECK(request.headers.get("traceparent") == "00-1");
    CHECK(request.idempotent);
    REQUIRE(request.context != nullptr);
    CHECK(request.context->operation == "models.get");
    CHECK(request.context->secrets.redact("a secret-key b from-the-hook") == "a [key] b [key]");
    attempts.came({});
    const auto step = attempts.next();
    REQUIRE(step.kind == Kind::finished);
    CHECK(step.error == nullptr);
    CHECK(machine.hooks->log == std::vector<std::string>{"before 7 models.get m 1", "after 1 ", "call 1 "});
}

TEST_CASE("a transient failure is retried after its delay, signed anew") {
    Machine machine;
    Attempts attempts = machine.begin();
    for (const auto wait : {1000ms, 2000ms}) {
        CHECK(sending(attempts).headers.get("x-goog-api-key") == "secret-key");
        attempts.came(failed(refused()));
        const auto step = attempts.next();
        REQUIRE(step.kind == Kind::wait);
        CHECK(step.span == wait);
    }
    sending(attempts);
    attempts.came(failed(refused()));
    const auto step = attempts.next();
    REQUIRE(step.kind == Kind::finished);
    try {
        std::rethrow_exception(step.error);
    } catch (const TransportError& error) {
        CHECK(error.attempts() == 3);
        CHECK(error.attempt_errors() == std::vector<std::string>(3, "connect: refused"));
    }
    CHECK(machine.hooks->log.back() == "call 3 connect: refused");
    CHECK(machine.clock->waits().empty());  // it is the driver that waits
}

TEST_CASE("a permanent failure or a foreign exception ends the call at once") {
    Machine machine;
    Attempts attempts = machine.begin();
    sending(attempts);
    SECTION("a certificate") {
        attempts.came(
            failed(TransportError(TransportError::Phase::tls, TransportError::Reason::certificate, "no")));
    }
    SECTION("a callback's exception") { attempts.came(failed(std::runtime_error("mine"))); }
    SECTION("a cancellation") { attempts.came(failed(Cancelled())); }
    CHECK(attempts.next().error != nullptr);
}

TEST_CASE("a cancellation during the wait ends the call") {
    Machine machine;
    genai::stop_source stop;
    Attempts attempts = machine.begin({.stop_token = stop.get_token()});
    sending(attempts);
    attempts.came(failed(refused()));
    REQUIRE(attempts.next().kind == Kind::wait);
    stop.request_stop();
    CHECK_THROWS_AS(std::rethrow_exception(attempts.next().error), Cancelled);
}

TEST_CASE("no retry waits beyond the call's deadline, and later attempts have what is left") {
    Machine machine;
    Attempts attempts = machine.begin({.timeout = 2500ms});
    CHECK(attempts.context().deadline == machine.clock->now() + 2500ms);
    CHECK(sending(attempts).timeouts.total == 2500ms);
    attempts.came(failed(refused()));
    machine.clock->advance(attempts.next().span);
    CHECK(sending(attempts).timeouts.total == 1500ms);
    attempts.came(failed(refused()));  // 2 s more would be too late
    CHECK(attempts.next().kind == Kind::finished);
}

TEST_CASE("a hook can refuse an attempt before it is sent, and signing can fail") {
    Machine machine;
    SECTION("the hook") {
        machine.hooks->refuse = true;
        Attempts attempts = machine.begin();
        const auto step = attempts.next();
        REQUIRE(step.kind == Kind::finished);
        CHECK_THROWS_AS(std::rethrow_exception(step.error), std::runtime_error);
        CHECK(machine.hooks->log.back() == "call 0 refused by a hook");
    }
    SECTION("the hook takes all the time there is") {
        machine.hooks->takes = 3s;
        machine.hooks->clock = machine.clock;
        Attempts attempts = machine.begin({.timeout = 2s});
        static_cast<void>(attempts.next());
        attempts.came({});
        CHECK_THROWS_AS(std::rethrow_exception(attempts.next().error), TransportError);
    }
    SECTION("a header that would break out") {
        machine.hooks->inject = true;
        Attempts attempts = machine.begin();
        CHECK_THROWS_AS(std::rethrow_exception(attempts.next().error), InvalidArgument);
    }
    SECTION("the signing") {
        Attempts attempts = machine.begin();
        static_cast<void>(attempts.next());
        attempts.came(failed(std::runtime_error("no token")));
        CHECK_THROWS_AS(std::rethrow_exception(attempts.next().error), std::runtime_error);
    }
}

TEST_CASE("an error that repeats a key does so without it") {
    Machine machine;
    Attempts attempts = machine.begin();
    sending(attempts);
    attempts.came(failed(DecodeError("/secret-key", "secret-key is no number")));
    try {
        std::rethrow_exception(attempts.next().error);
    } catch (const DecodeError& error) {
        CHECK(std::string(error.what()).find("secret-key") == std::string::npos);
    }
}
