#pragma once

#include <chrono>
#include <exception>

#include <genai/config.hpp>
#include <genai/call_context.hpp>
#include <genai/clock.hpp>
#include <genai/core/backend.hpp>
#include <genai/core/response_sink.hpp>
#include <genai/http/message.hpp>
#include <genai/http/transport.hpp>
#include <genai/http_options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// One call under way, with all its attempts: a state machine without I/O, sleep or thread. `next` says what
/// to do, whoever does it tells `came` what came of it; so the same call can be driven by a blocking loop, an
/// event loop or a test.
class Exchange {
public:
    /// What to do.
    struct Step {
        /// Sign and send: tell `came` afterwards.
        enum class Kind {
            sign,      ///< let `backend` sign `request`, which may take a request of its own for a token
            send,      ///< send `request`, which is signed, over `transport`
            wait,      ///< wait for `span`, or until the call is cancelled, and ask again
            finished,  ///< the call is over: with a null `error`, or with what it is to throw
        };
        Kind kind{Kind::finished};
        const Backend* backend{};
        http::Request* request{};
        http::ErasedTransport* transport{};
        std::chrono::milliseconds span{};
        std::exception_ptr error{};
        bool hold_filtered{};  ///< whether a stream that a content filter stops at once is not delivered
    };

    /// What came of a step.
    struct Outcome {
        std::exception_ptr error{};      ///< null when it went well
        const ResponseSink* response{};  ///< what was received, where it was sent
    };

    Exchange() = default;
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    virtual ~Exchange() = default;
    /// What to do now. What it points to stays valid until the next call of `came`.
    virtual Step next() = 0;
    /// To be called once for each step that signs or sends.
    virtual void came(const Outcome& outcome) = 0;
    /// The call's context.
    virtual const CallContext& context() const noexcept = 0;
    /// The call's options over the client's.
    virtual const HttpOptions& options() const noexcept = 0;
    /// What somebody is told of the attempts.
    virtual Observation observation() const noexcept = 0;
    /// The clock its waits go by.
    virtual Clock& clock() const noexcept = 0;
};

/// Drives a call to its end on the caller's stack: sends, sleeps, and throws what the call is to throw.
void drive(Exchange& exchange, ResponseSink& sink);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

/// Sends a request and gives the response to the sink. Throws what came of it.
GENAI_INLINE void send_request(const Exchange::Step& step, ResponseSink& sink) {
    try {
        step.transport->send(*step.request, sink);
    } catch (const TransportError&) {
        sink.check_status();  // an error response that broke off says more than that it broke off
        throw;
    }
    sink.check_status();
    sink.complete();
}

/// Signs or sends, as the step says.
GENAI_INLINE Exchange::Outcome perform(const Exchange& exchange, const Exchange::Step& step,
                                       ResponseSink& sink) {
    Exchange::Outcome outcome;
    try {
        if (step.kind == Exchange::Step::Kind::sign) {
            step.backend->sign(*step.request);
        } else {
            outcome.response = &sink;
            sink.begin(exchange.context(), exchange.clock(), exchange.options().limits,
                       exchange.observation(), step.request->url, step.hold_filtered);
            send_request(step, sink);
        }
    } catch (...) {
        outcome.error = std::current_exception();
    }
    return outcome;
}

GENAI_INLINE void drive(Exchange& exchange, ResponseSink& sink) {
    for (;;) {
        const Exchange::Step step = exchange.next();
        switch (step.kind) {
            case Exchange::Step::Kind::finished:
                if (step.error) std::rethrow_exception(step.error);
                return;
            case Exchange::Step::Kind::wait:
                if (const auto& stop = exchange.context().stop_token; !stop.stop_requested())
                    exchange.clock().sleep(step.span, stop);
                break;
            case Exchange::Step::Kind::sign:
            case Exchange::Step::Kind::send: exchange.came(perform(exchange, step, sink));
        }
    }
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
