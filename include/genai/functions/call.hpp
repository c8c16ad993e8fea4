#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/functions/names.hpp>
#include <genai/types/content.hpp>
#include <genai/types/automatic_function_calling.hpp>
#include <genai/types/tool.hpp>
#include <genai/wire/type.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What answers for a function; null when nothing does.
const FunctionHandler* find_handler(const std::vector<Tool>& tools, std::string_view name);

/// The answer to a call that went wrong, for the model to read.
FunctionResponse failed_call(const FunctionCall& call, const std::string& problem);

/// The answer to a call of what is not there.
FunctionResponse unknown_function(const std::vector<Tool>& tools, const FunctionCall& call);

/// Makes a call; what the handler throws is in the answer.
FunctionResponse answer_call(const FunctionHandler& handler, const FunctionCall& call,
                             const stop_token& stop);

/// A call that was begun: what waits for its answer.
using BegunCall = std::function<FunctionResponse()>;
/// Begins a call of a function that goes on elsewhere; what the handler throws is thrown by what waits.
BegunCall begin_call(const FunctionHandler& handler, const FunctionCall& call, const stop_token& stop);
/// Waits for its answer; what the function throws is in it.
FunctionResponse finish_call(const BegunCall& begun, const FunctionCall& call, const stop_token& stop);

/// A function's result as the object that a response is: objects as they are, anything else as its `result`.
Json result_object(Json result);

/// The answer that gives a function's result.
FunctionResponse response_with(Json result);
/// The same for a text.
FunctionResponse response_with_text(std::string_view result);
/// The same for the value at `value`. Throws InvalidArgument where JSON cannot say it.
FunctionResponse response_with_value(const wire::Type& type, const void* value);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <exception>
#include <utility>

#include <genai/ambient_stop.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/utf8.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE const FunctionHandler* find_handler(const std::vector<Tool>& tools, std::string_view name) {
    for (const std::string_view one : {name, plain_function_name(name)})
        for (const Tool& tool : tools)
            if (const FunctionHandler* const found = tool.handlers.find(one)) return found;
    return nullptr;
}

GENAI_INLINE FunctionResponse failed_call(const FunctionCall& call, const std::string& problem) {
    return {
        .id = call.id,
        .name = call.name,
        .response = Json{{"error", wire::is_utf8(problem)
                                       ? problem
                                       : "the function failed, and said why in bytes that are not text"}}};
}

GENAI_INLINE FunctionResponse unknown_function(const std::vector<Tool>& tools, const FunctionCall& call) {
    std::string names;
    for (const Tool& tool : tools)
        for (const auto& [name, handler] : tool.handlers) names += (names.empty() ? "" : ", ") + name;
    return failed_call(
        call, "there is no function " + call.name.value_or("without a name") + "; there are: " + names);
}

GENAI_INLINE FunctionResponse answer_call(const FunctionHandler& handler, const FunctionCall& call,
                                          const stop_token& stop) {
    return finish_call([&] { return handler(call, stop); }, call, stop);
}

GENAI_INLINE BegunCall begin_call(const FunctionHandler& handler, const FunctionCall& call,
                                  const stop_token& stop) {
    const AmbientStop scope(stop);  // what the function calls is cancelled with its call
    try {
        return handler.begin(call, stop);
    } catch (...) {
        return [error = std::current_exception()]() -> FunctionResponse { std::rethrow_exception(error); };
    }
}

GENAI_INLINE FunctionResponse finish_call(const BegunCall& begun, const FunctionCall& call,
                                          const stop_token& stop) {
    const AmbientStop scope(stop);
    try {
        FunctionResponse answer = begun();
        if (answer.response && !answer.response->is_object())
            answer.response = result_object(std::move(*answer.response));
        if (!answer.id) answer.id = call.id;
        if (!answer.name) answer.name = call.name;
        FunctionResponse looked_at = answer;
        for (FunctionResponsePart& part : looked_at.parts)
            if (part.inline_data) part.inline_data->data.reset();  // bytes can always be sent
        constexpr unsigned levels_around = 8;                      // of the request
        static_cast<void>(encode(
            looked_at,
            wire::default_max_depth - levels_around));  // what cannot be sent is the function's failure
        return answer;
    } catch (const std::exception& problem) {
        return failed_call(call, problem.what());
    } catch (...) {
        return failed_call(call, "the function failed and did not say why");
    }
}

GENAI_INLINE Json result_object(Json result) {
    if (result.is_object()) return result;
    Json object = Json::object();
    object["result"] = std::move(result);
    return object;
}

GENAI_INLINE FunctionResponse response_with(Json result) {
    return {.response = result_object(std::move(result))};
}
GENAI_INLINE FunctionResponse response_with_text(std::string_view result) {
    return response_with(std::string(result));
}
GENAI_INLINE FunctionResponse response_with_value(const wire::Type& type, const void* value) {
    return response_with(decode<Json>(wire::write_document(type, value)));
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
