#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/attempt_event.hpp>
#include <genai/call_context.hpp>
#include <genai/http/message.hpp>

namespace genai::inline GENAI_ABI {

/// An attempt about to be made.
struct AttemptInfo {
    int attempt{1};                                ///< which of the call's, counted from 1
    std::string method{};                          ///< of the request
    std::string url{};                             ///< without what is secret in its query
    std::optional<std::uint64_t> request_bytes{};  ///< of its body, where the length is known
    const http::Body* body{};                      ///< the request's, to be read during the call of the hook
    http::Headers headers{};  ///< to be added to the request, such as `traceparent`; empty at first
};

/// A call that is over.
struct CallEvent {
    int attempts{};                        ///< requests made
    std::chrono::microseconds duration{};  ///< from the call's begin to its end, waits included
    std::string error{};                   ///< what it failed with in a few words; empty when it succeeded
    std::string error_type{};              ///< its kind; see AttemptEvent
};

/// Told of a client's calls: budgets, rate limiters, tracing and metrics are written as one. Set in
/// `ClientOptions::hooks`. Calls may be made from many threads at once, and so are these.
class CallHooks {
public:
    CallHooks() = default;
    CallHooks(const CallHooks&) = delete;
    CallHooks& operator=(const CallHooks&) = delete;
    virtual ~CallHooks() = default;

    /// Before each attempt, from the thread that makes it. What it throws ends the call before the request is
    /// sent, and is what the call throws.
    virtual void before_attempt(const CallContext& /*context*/, AttemptInfo& /*info*/) {}
    /// After each attempt.
    virtual void after_attempt(const CallContext& /*context*/, const AttemptEvent& /*event*/) noexcept {}
    /// Whether `AttemptEvent::response` is to be filled in, which takes memory and time.
    virtual bool wants_content() const noexcept { return false; }
    /// When the call is over.
    virtual void after_call(const CallContext& /*context*/, const CallEvent& /*event*/) noexcept {}
};

/// Several hooks as one: `.hooks = std::make_shared<genai::CallHooksList>(genai::CallHooksList::List{meter,
/// log, traces})`. They are told in this order; where one refuses a call, those behind it are not asked.
class CallHooksList final : public CallHooks {
public:
    using List = std::vector<std::shared_ptr<CallHooks>>;

    /// Null ones are left out.
    explicit CallHooksList(List hooks) : hooks_(std::move(hooks)) { std::erase(hooks_, nullptr); }

    void before_attempt(const CallContext& context, AttemptInfo& info) override {
        for (const auto& one : hooks_) one->before_attempt(context, info);
    }
    void after_attempt(const CallContext& context, const AttemptEvent& event) noexcept override {
        for (const auto& one : hooks_) one->after_attempt(context, event);
    }
    bool wants_content() const noexcept override {
        for (const auto& one : hooks_)
            if (one->wants_content()) return true;
        return false;
    }
    void after_call(const CallContext& context, const CallEvent& event) noexcept override {
        for (const auto& one : hooks_) one->after_call(context, event);
    }

private:
    List hooks_;
};

}  // namespace genai::inline GENAI_ABI
