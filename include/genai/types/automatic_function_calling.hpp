#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/types/content.hpp>
#include <genai/values/json.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// Answers the calls of a function. The token is triggered when the call of the API it belongs to is
/// cancelled. What it throws is told to the model as an error. `genai::tool` makes one of a C++ function.
struct FunctionHandler : std::function<FunctionResponse(const FunctionCall&, const stop_token&)> {
    /// A callable `FunctionResponse(const FunctionCall&, const stop_token&)`, or nothing.
    using function::function;

    /// The same for a function that goes on elsewhere: begins a call, and gives what waits for its answer. It
    /// is used where several calls of a turn may be made at the same time; `genai::tool` sets it for
    /// functions that give a `genai::Task` or a `std::future`.
    std::function<std::function<FunctionResponse()>(const FunctionCall&, const stop_token&)> begin{};
};

/// Asked before a function is called: gives the answer that the model gets in place of the call, such as
/// `Json{{"error", "the user said no"}}`, or std::nullopt to let the call be made. Not of a callable that
/// returns bool, which would answer every call.
struct BeforeFunctionCall : std::function<std::optional<Json>(const FunctionCall&)> {
    /// Lets every call be made.
    BeforeFunctionCall() noexcept = default;
    /// The same.
    BeforeFunctionCall(std::nullptr_t) noexcept {}
    /// A callable `std::optional<Json>(const FunctionCall&)`.
    template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, BeforeFunctionCall> &&
             std::invocable<F&, const FunctionCall&>) BeforeFunctionCall(F&& callable)
        : function(std::forward<F>(callable)) {
        static_assert(!std::same_as<std::invoke_result_t<F&, const FunctionCall&>, bool>,
                      "genai: `before` gives the answer in place of the call, or std::nullopt to let it be "
                      "made; true or false would be the answer");
    }
};

/// How the functions that tools have handlers for are called for the model: request, calls, their answers,
/// request again, until it calls none. Not sent. https://ai.google.dev/gemini-api/docs/function-calling
struct AutomaticFunctionCallingConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag disable{};                                    ///< true leaves the calls to the program
    /// Most requests a generation makes; 10 when unset, none are repeated at 0. The last one's answer is
    /// given as it is, its calls unmade. Each request has the config's time limits for itself.
    std::optional<std::int32_t> maximum_remote_calls{};
    Flag ignore_call_history{};  ///< true leaves `automatic_function_calling_history` empty, in errors too
    /// How many calls of one turn are made at the same time; 1 when unset. Each has a thread, unless its
    /// function gives a `genai::Task` or a `std::future`.
    std::optional<std::int32_t> maximum_parallel_calls{};
    /// Asked before each call, in order, before any of the turn is made. What it throws ends the generation.
    BeforeFunctionCall before{};
    /// Shown each answer, in order, when all of the turn are there; may change it. What it throws ends the
    /// generation.
    std::function<void(const FunctionCall&, FunctionResponse&)> after{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("disable", self.disable);
        visit("maximumRemoteCalls", self.maximum_remote_calls);
        visit("ignoreCallHistory", self.ignore_call_history);
    }
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <memory>
#include <utility>
#include <vector>

#include <genai/error.hpp>

namespace genai::inline GENAI_ABI {

GENAI_INLINE std::vector<Content> Error::automatic_function_calling_history() const {
    return history_ ? *history_ : std::vector<Content>();
}

GENAI_INLINE void detail::CallHistory::set(Error& error, std::vector<Content> history) {
    if (!history.empty()) error.history_ = std::make_shared<const std::vector<Content>>(std::move(history));
}

}  // namespace genai::inline GENAI_ABI

#endif
