#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>

#include <genai/config.hpp>
#include <genai/call_hooks.hpp>
#include <genai/core/backend.hpp>
#include <genai/core/call.hpp>
#include <genai/core/exchange.hpp>
#include <genai/core/retry.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The attempts of a call at one backend: sent again, after a wait, where that may help.
class Attempts final : public Exchange {
public:
    /// Where the attempts go; must outlive them.
    struct Target {
        const ClientOptions& client;
        const Backend& backend;
        http::ErasedTransport& transport;
    };

    /// The call's options are those over the client's, `id` counts the client's calls. Throws
    /// InvalidArgument.
    Attempts(Call&& call, std::uint64_t id, const Target& target);

    GENAI_INLINE Step next() override;
    GENAI_INLINE void came(const Outcome& outcome) override;
    const CallContext& context() const noexcept override { return context_; }
    const HttpOptions& options() const noexcept override { return call_.options; }
    GENAI_INLINE Observation observation() const noexcept override;
    Clock& clock() const noexcept override { return *target_.client.clock; }

private:
    bool observed() const noexcept {
        return target_.client.on_attempt || target_.client.hooks || call_.hooks != nullptr;
    }
    enum class State { begun, signing, signed_, sending, failed, waited, finished };

    void begin_again();
    void begin_attempt();
    void begin_sending();
    void fail(const Outcome& outcome);
    std::exception_ptr as_thrown(const Error& problem, const Outcome& outcome) const;
    void finish(std::exception_ptr error, const std::string& short_error, const std::string& error_type = {});
    void report(const Outcome& outcome, const Error* problem,
                std::optional<std::chrono::milliseconds> retry_delay);

    Call call_;
    Target target_;
    CallContext context_{};
    Json extra_body_{};                              // what the transport merges
    std::chrono::steady_clock::time_point begun_{};  // these two only where somebody is told of them
    Deadline deadline_;
    Retries retries_;
    http::Request request_{};
    State state_{State::begun};
    int sent_{0};
    std::chrono::steady_clock::time_point attempt_begun_{};
    std::chrono::milliseconds wait_{};
    std::exception_ptr error_{};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <string>
#include <utility>

#include <genai/core/merge_options.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE Attempts::Attempts(Call&& call, std::uint64_t id, const Target& target)
    : call_(std::move(call)),
      target_(target),
      deadline_(*target.client.clock, call_.options.timeout),
      retries_(call_.options.retry, *target.client.clock, deadline_) {
    target_.backend.validate(call_.options);
    place_tracking(call_.options);
    if (observed()) begun_ = clock().now();
    context_.id = id;
    context_.operation = call_.operation;
    context_.model = call_.resource.model_id();
    context_.tags = call_.options.tags;
    context_.end_user = call_.options.end_user.value_or("");
    context_.deadline = deadline_.end();
    context_.stop_token = call_.options.stop_token;
    context_.secrets = target_.backend.secrets();
    context_.secrets.add_headers(call_.options.headers);
    if (call_.options.extra_body && target_.transport.merges_extra_body()) {
        extra_body_ = std::move(*call_.options.extra_body);
        call_.options.extra_body.reset();
        context_.extra_body = &extra_body_;
    }
    request_ = target_.backend.request(call_, call_.resource, call_.options);
}

GENAI_INLINE Observation Attempts::observation() const noexcept {
    for (const CallHooks* const hooks : {target_.client.hooks.get(), call_.hooks})
        if (hooks != nullptr && hooks->wants_content()) return Observation::content;
    return observed() ? Observation::facts : Observation::none;
}

GENAI_INLINE Exchange::Step Attempts::next() {
    switch (state_) {
        case State::failed: state_ = State::waited; return {.kind = Step::Kind::wait, .span = wait_};
        case State::waited:
            if (context_.stop_token.stop_requested()) {
                const Cancelled cancelled;
                finish(std::make_exception_ptr(cancelled), in_short(cancelled), error_type(cancelled));
                return {.kind = Step::Kind::finished, .error = error_};
            }
            begin_again();
            if (state_ == State::finished) return {.kind = Step::Kind::finished, .error = error_};
            return next();
        case State::begun:
            begin_attempt();
            if (state_ == State::finished) return {.kind = Step::Kind::finished, .error = error_};
            if (call_.leaves()) {
                state_ = State::signed_;
                return next();
            }
            [[fallthrough]];
        case State::signing:
            return {.kind = Step::Kind::sign, .backend = &target_.backend, .request = &request_};
        case State::signed_:
            begin_sending();
            if (state_ == State::finished) return {.kind = Step::Kind::finished, .error = error_};
            [[fallthrough]];
        case State::sending:
            return {.kind = Step::Kind::send, .request = &request_, .transport = &target_.transport};
        case State::finished: break;
    }
    return {.kind = Step::Kind::finished, .error = error_};
}

/// Makes the request anew.
GENAI_INLINE void Attempts::begin_again() {
    try {
        request_ = target_.backend.request(call_, call_.resource, call_.options);
        state_ = State::begun;
    } catch (...) {
        finish(std::current_exception(), "no request could be made");
    }
}

/// Gives the request what is left of the call's time, of which hooks and signing took some.
GENAI_INLINE void Attempts::begin_sending() {
    state_ = State::sending;
    if (observed()) attempt_begun_ = clock().now();
    request_.timeouts.total = deadline_.left();
    if (!request_.timeouts.total || request_.timeouts.total->count() > 0) return;
    const TimeoutError late(TransportError::Phase::send,
                            "the call's time was up before its request could be sent");
    finish(std::make_exception_ptr(late), in_short(late), error_type(late));
}

GENAI_INLINE void Attempts::begin_attempt() {
    state_ = State::signing;
    request_.context = &context_;
    if (!target_.client.hooks && call_.hooks == nullptr) return;
    AttemptInfo info{.attempt = sent_ + 1,
                     .method = request_.method,
                     .url = http::public_url(request_.url),
                     .request_bytes = request_.body.size(),
                     .body = &request_.body};
    try {
        for (CallHooks* const hooks : {call_.hooks, target_.client.hooks.get()})
            if (hooks != nullptr) hooks->before_attempt(context_, info);
        context_.secrets.add_headers(info.headers);
        for (const auto& [name, value] : info.headers) {
            http::check_header_field("hooks", name, value);
            if (!call_.leaves()) request_.headers.set(name, value);
        }
    } catch (...) {
        finish(std::current_exception(), "refused by a hook");
    }
}

GENAI_INLINE void Attempts::came(const Outcome& outcome) {
    if (state_ == State::signing) {
        if (outcome.error) return finish(outcome.error, "not signed");
        state_ = State::signed_;
        return;
    }
    ++sent_;
    if (outcome.error) return fail(outcome);
    report(outcome, nullptr, {});
    finish(nullptr, {});
}

GENAI_INLINE void Attempts::fail(const Outcome& outcome) {
    const bool open =
        !(outcome.response != nullptr && outcome.response->delivered()) && !call_.no_transparent_resend;
    try {
        std::rethrow_exception(outcome.error);
    } catch (Error& problem) {
        retries_.record(problem);
        const auto wait = open ? retries_.next(problem, request_.idempotent) : std::nullopt;
        report(outcome, &problem, wait);
        if (wait) {
            wait_ = *wait;
            state_ = State::failed;
            return;
        }
        retries_.annotate(problem);
        finish(as_thrown(problem, outcome), in_short(problem), error_type(problem));
    } catch (...) {
        finish(outcome.error, "an exception");
    }
}

/// The error that the call ends with: without secrets, of the class for its kind, and with a word on a
/// response that was no JSON at all.
GENAI_INLINE std::exception_ptr Attempts::as_thrown(const Error& problem, const Outcome& outcome) const {
    if (problem.kind() == ErrorKind::decode) {
        const auto* misread = static_cast<const DecodeError*>(&problem);
        std::string context;
        if (misread->pointer().empty() && outcome.response != nullptr)
            context = describe_response(http::public_url(request_.url), outcome.response->response_head(),
                                        outcome.response->gathered());
        return std::make_exception_ptr(redacted(*misread, context_.secrets, context));
    }
    if (problem.kind() == ErrorKind::timeout)
        return std::make_exception_ptr(TimeoutError(static_cast<const TransportError&>(problem)));
    return std::current_exception();
}

GENAI_INLINE void Attempts::finish(std::exception_ptr error, const std::string& short_error,
                                   const std::string& error_type) {
    error_ = std::move(error);
    state_ = State::finished;
    if (!target_.client.hooks && call_.hooks == nullptr) return;
    const auto span = std::chrono::duration_cast<std::chrono::microseconds>(clock().now() - begun_);
    for (CallHooks* const hooks : {target_.client.hooks.get(), call_.hooks})
        if (hooks != nullptr)
            hooks->after_call(context_, {.attempts = sent_,
                                         .duration = span,
                                         .error = short_error,
                                         .error_type = error_type.empty() && error_ ? "_OTHER" : error_type});
}

GENAI_INLINE void Attempts::report(const Outcome& outcome, const Error* problem,
                                   std::optional<std::chrono::milliseconds> retry_delay) {
    if (!observed()) return;
    using std::chrono::duration_cast;
    using std::chrono::microseconds;
    AttemptEvent event{.call_id = context_.id,
                       .operation = std::string(context_.operation),
                       .model = context_.model,
                       .method = request_.method,
                       .url = http::public_url(request_.url),
                       .attempt = sent_,
                       .bytes_sent = request_.body.size().value_or(0),
                       .duration = duration_cast<microseconds>(clock().now() - attempt_begun_),
                       .error = problem == nullptr ? std::string() : in_short(*problem),
                       .error_type = problem == nullptr ? std::string() : error_type(*problem),
                       .retry_delay = retry_delay};
    if (outcome.response != nullptr) {
        const ResponseSink& response = *outcome.response;
        if (response.first_byte()) {
            event.status = response.response_head().status;
            event.request_id =
                context_.secrets.redact(std::string(request_id(response.response_head().headers)));
            event.first_byte = duration_cast<microseconds>(*response.first_byte() - attempt_begun_);
        }
        event.bytes_received = response.received();
        response.describe(event, attempt_begun_);
        event.service_tier = response.response_head().headers.get("x-gemini-service-tier");
    }
    for (CallHooks* const hooks : {target_.client.hooks.get(), call_.hooks})
        if (hooks != nullptr) hooks->after_attempt(context_, event);
    if (!target_.client.on_attempt) return;
    try {
        target_.client.on_attempt(event);
    } catch (...) {  // a log must not break what it logs
    }
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
