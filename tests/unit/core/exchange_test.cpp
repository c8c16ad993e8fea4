// The blocking driver of a call, over an exchange of the test's own.

#include <chrono>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/core/exchange.hpp>
#include <genai/genai.hpp>
#include <genai/testing/manual_clock.hpp>
#include <genai/testing/scripted_transport.hpp>

using namespace genai;
using detail::Exchange;
using Kind = detail::Exchange::Step::Kind;
using testing::ScriptedTransport;
using namespace std::chrono_literals;

namespace {

/// Does the steps it is given, and notes what came of them.
class Steps final : public Exchange {
public:
    explicit Steps(std::vector<Step> steps) : steps_(std::move(steps)) {}

    Step next() override { return steps_[at_++]; }
    void came(const Outcome& outcome) override {
        std::string note = outcome.error ? "failed" : "fine";
        if (outcome.response != nullptr)
            note += ' ' + std::to_string(outcome.response->response_head().status);
        noted.push_back(note);
    }
    const CallContext& context() const noexcept override { return context_; }
    const HttpOptions& options() const noexcept override { return options_; }
    detail::Observation observation() const noexcept override { return detail::Observation::none; }
    Clock& clock() const noexcept override { return *manual; }

    std::shared_ptr<testing::ManualClock> manual = std::make_shared<testing::ManualClock>();
    std::vector<std::string> noted{};

private:
    std::vector<Step> steps_;
    std::size_t at_{0};
    CallContext context_{};
    HttpOptions options_{};
};

}  // namespace

TEST_CASE("the driver sends, waits by the clock, and says what came") {
    AnyTransport transport(ScriptedTransport{
        ScriptedTransport::error(503, "UNAVAILABLE"),
        ScriptedTransport::fails(TransportError::Phase::connect, TransportError::Reason::refused),
        ScriptedTransport::json("{}")});
    const auto erased = transport.erased();
    http::Request request{.url = "http://h"};
    const Exchange::Step send{.kind = Kind::send, .request = &request, .transport = erased.get()};
    Steps steps({send, {.kind = Kind::wait, .span = 3s}, send, send, {}});
    detail::TextSink sink;
    detail::drive(steps, sink);
    CHECK(steps.noted == std::vector<std::string>{"failed 503", "failed 0", "fine 200"});
    CHECK(steps.manual->waits() == std::vector<std::chrono::milliseconds>{3s});
    CHECK(sink.text() == "{}");
}

TEST_CASE("the driver throws what the call ends with") {
    Steps steps({{.error = std::make_exception_ptr(std::runtime_error("the end"))}});
    detail::TextSink sink;
    CHECK_THROWS_AS(detail::drive(steps, sink), std::runtime_error);
}
