#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/functions/tool_function.hpp>
#include <genai/types/content.hpp>
#include <genai/types/tool.hpp>

namespace genai::inline GENAI_ABI {

/// Makes a function of yours something the model can call: `genai::tool("get_weather", "Current weather in a
/// city",
/// {"city", "unit"}, get_weather)`, with a name for each parameter, or with a description too: `{{"city",
/// "Its English name"}}`.
///
/// The parameters' types describe them, as for schema_of; std::optional ones may be missing. A
/// std::stop_token among them needs no name: it is triggered when the call is cancelled. A result with
/// `fields`, a Json object and a FunctionResponse are the answer as they are; anything else is its `result`.
/// A std::future and a genai::Task are waited for. Wrong arguments and exceptions become an answer that the
/// model can read. The function may be called from several threads where `maximum_parallel_calls` says so,
/// and lives as long as copies of the tool. Throws InvalidArgument for a name that is missing or there twice.
/// https://ai.google.dev/gemini-api/docs/function-calling
template <std::size_t N, class F>
Tool tool(std::string name, std::string description, const Parameter (&parameters)[N], F&& function) {
    return detail::tool_of<N>(std::move(name), std::move(description), parameters, std::forward<F>(function));
}
/// The same for a function without parameters, or with one struct whose `fields` name the arguments and say
/// of them what there is to say.
template <class F>
Tool tool(std::string name, std::string description, F&& function) {
    return detail::tool_of<0>(std::move(name), std::move(description), {}, std::forward<F>(function));
}

/// The same for a method and the object it is called on: an object, which is copied, a pointer, a
/// std::shared_ptr, a std::ref.
template <std::size_t N, class R, class C, class... A, class Object>
Tool tool(std::string name, std::string description, const Parameter (&parameters)[N], R (C::*method)(A...),
          Object&& object) {
    return tool(std::move(name), std::move(description), parameters,
                detail::bound_method(method, std::forward<Object>(object), std::type_identity<R(A...)>()));
}
/// See above.
template <std::size_t N, class R, class C, class... A, class Object>
Tool tool(std::string name, std::string description, const Parameter (&parameters)[N],
          R (C::*method)(A...) const, Object&& object) {
    return tool(std::move(name), std::move(description), parameters,
                detail::bound_method(method, std::forward<Object>(object), std::type_identity<R(A...)>()));
}
/// See above.
template <class R, class C, class... A, class Object>
Tool tool(std::string name, std::string description, R (C::*method)(A...), Object&& object) {
    return tool(std::move(name), std::move(description),
                detail::bound_method(method, std::forward<Object>(object), std::type_identity<R(A...)>()));
}
/// See above.
template <class R, class C, class... A, class Object>
Tool tool(std::string name, std::string description, R (C::*method)(A...) const, Object&& object) {
    return tool(std::move(name), std::move(description),
                detail::bound_method(method, std::forward<Object>(object), std::type_identity<R(A...)>()));
}

/// Makes a tool of a declaration of yours and what answers for it: `function(const Json& args)`, or with a
/// std::stop_token behind. The arguments come as the model gave them, unchecked, an object. Throws
/// InvalidArgument for a missing name.
template <class F>
requires std::invocable<F&, const Json&> || std::invocable<F&, const Json&, const stop_token&> Tool
tool(FunctionDeclaration declaration, F&& function) {
    const std::string name = declaration.name.value_or("");
    detail::check_function_name(name);
    Tool made{.function_declarations = {std::move(declaration)}};
    auto invoke = [shared = std::make_shared<std::decay_t<F>>(std::forward<F>(function))](
                      const Json& args, [[maybe_unused]] const stop_token& stop) -> decltype(auto) {
        if constexpr (std::invocable<F&, const Json&, const stop_token&>)
            return std::invoke(*shared, args, stop);
        else return std::invoke(*shared, args);
    };
    made.handlers.set(name, detail::json_handler(std::move(invoke)));
    return made;
}

/// Makes one call by hand, where automatic function calling is off or a call came by another way. Never
/// throws for what the model did: an unknown function, wrong arguments and what the function throws are told
/// in the answer.
FunctionResponse call_function(const std::vector<Tool>& tools, const FunctionCall& call,
                               const stop_token& stop = {});

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI {

GENAI_INLINE FunctionResponse call_function(const std::vector<Tool>& tools, const FunctionCall& call,
                                            const stop_token& stop) {
    const FunctionHandler* const handler = detail::find_handler(tools, call.name.value_or(""));
    return handler == nullptr ? detail::unknown_function(tools, call)
                              : detail::answer_call(*handler, call, stop);
}

}  // namespace genai::inline GENAI_ABI

#endif
