#pragma once

#include <chrono>
#include <exception>
#include <variant>

#include <genai/call_context.hpp>
#include <genai/clock.hpp>
#include <genai/core/backend.hpp>
#include <genai/core/response_sink.hpp>
#include <genai/http/message.hpp>
#include <genai/http/transport.hpp>
#include <genai/options.hpp>

namespace genai::inline v0::detail {

/// One call under way, with all its attempts: a state machine without I/O, sleep or thread. `next` says what to do, whoever
/// does it tells `came` what came of it; so the same call can be driven by a blocking loop, an event loop or a test.
class Exchange {
public:
    /// Sign the request, which may take a request of its own for a token. Tell `came`.
    struct Sign {
        const Backend* backend{};
        http::Request* request{};
    };
    /// Send the request, which is signed. Tell `came`.
    struct Send {
        const http::Request* request{};
        http::ErasedTransport* transport{};
    };
    /// Wait that long, or until the call is cancelled, and ask again.
    struct Wait {
        std::chrono::milliseconds span{};
    };
    /// The call is over: with null, or with what it is to throw.
    struct Finished {
        std::exception_ptr error{};
    };
    using Step = std::variant<Sign, Send, Wait, Finished>;

    /// What came of a step.
    struct Outcome {
        std::exception_ptr error{};          ///< null when it went well
        const ResponseSink* response{};      ///< what was received, of a Send
    };

    Exchange() = default;
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    virtual ~Exchange() = default;
    /// What to do now. What it points to stays valid until the next call of `came`.
    virtual Step next() = 0;
    /// To be called once for each Sign and each Send.
    virtual void came(const Outcome& outcome) = 0;
    /// The call's context.
    virtual const CallContext& context() const noexcept = 0;
    /// The call's options over the client's.
    virtual const HttpOptions& options() const noexcept = 0;
    /// Whether somebody is told of the attempts.
    virtual bool observed() const noexcept = 0;
    /// The clock its waits go by.
    virtual Clock& clock() const noexcept = 0;
};

/// Drives a call to its end on the caller's stack: sends, sleeps, and throws what the call is to throw.
void drive(Exchange& exchange, ResponseSink& sink);

}  // namespace genai::inline v0::detail

#if GENAI_BODIES

namespace genai::inline v0::detail {

/// Sends a request and gives the response to the sink. Throws what came of it.
GENAI_INLINE void send(const Exchange::Send& step, ResponseSink& sink) {
    try {
        step.transport->send(*step.request, sink);
    } catch (const TransportError&) {
        sink.check_status();  // an error response that broke off says more than that it broke off
        throw;
    }
    sink.check_status();
    sink.complete();
}

GENAI_INLINE void drive(Exchange& exchange, ResponseSink& sink) {
    for (;;) {
        const Exchange::Step step = exchange.next();
        if (const auto* finished = std::get_if<Exchange::Finished>(&step)) {
            if (finished->error) std::rethrow_exception(finished->error);
            return;
        }
        if (const auto* wait = std::get_if<Exchange::Wait>(&step)) {
            const auto& stop = exchange.context().stop_token;
            if (!stop.stop_requested()) exchange.clock().sleep(wait->span, stop);
            continue;
        }
        Exchange::Outcome outcome;
        try {
            if (const auto* sign = std::get_if<Exchange::Sign>(&step)) {
                sign->backend->sign(*sign->request);
            } else {
                outcome.response = &sink;
                sink.begin(exchange.context(), exchange.clock(), exchange.observed());
                send(std::get<Exchange::Send>(step), sink);
            }
        } catch (...) {
            outcome.error = std::current_exception();
        }
        exchange.came(outcome);
    }
}

}  // namespace genai::inline v0::detail

#endif
