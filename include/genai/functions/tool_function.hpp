#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/functions/arguments.hpp>
#include <genai/functions/call.hpp>
#include <genai/functions/names.hpp>
#include <genai/schema_of.hpp>
#include <genai/types/content.hpp>
#include <genai/types/automatic_function_calling.hpp>
#include <genai/types/tool.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI {

/// A parameter of a function that is a tool: its name, and what the model is told of it beside its type.
struct Parameter {
    /// A name that says all.
    template <std::convertible_to<std::string_view> T>
    Parameter(const T& parameter) : name(std::string_view(parameter)) {}
    /// A name, and what it means.
    template <std::convertible_to<std::string_view> T>
    Parameter(std::string parameter, const T& meaning)
        : name(std::move(parameter)), description(std::string_view(meaning)) {}
    /// A name, and bounds too: `{"count", {.description = "How many", .minimum = 1}}`.
    Parameter(std::string parameter, Note note)
        : name(std::move(parameter)), description(note.description), bounds(std::move(note)) {}

    std::string name{};         ///< as the model gives it
    std::string description{};  ///< what it means
    Note bounds{};  ///< what arguments are validated against; patterns and formats are for the model alone
};

namespace detail {

/// The parameters of a function or of a call operator.
template <class R, class... A>
std::type_identity<void(A...)> parameters_of(R (*)(A...));
template <class C, class R, class... A>
std::type_identity<void(A...)> parameters_of(R (C::*)(A...));
template <class C, class R, class... A>
std::type_identity<void(A...)> parameters_of(R (C::*)(A...) const);
template <class C, class R, class... A>
std::type_identity<void(A...)> parameters_of(R (C::*)(A...) &);
template <class C, class R, class... A>
std::type_identity<void(A...)> parameters_of(R (C::*)(A...) const&);

template <class F>
concept FunctionPointer = requires(F function) {
    parameters_of(function);
};
/// A class with one call operator, which is no template.
template <class F>
concept FunctionObject = requires {
    parameters_of(&F::operator());
};

/// The parameters of an `F`, where they can be seen.
template <class F>
struct Signature {};
template <FunctionPointer F>
struct Signature<F> {
    using Parameters = decltype(parameters_of(std::declval<F>()));
};
template <FunctionObject F>
struct Signature<F> {
    using Parameters = decltype(parameters_of(&F::operator()));
};

/// What an argument is kept as until the call.
template <class A>
using Kept = std::conditional_t<std::same_as<std::remove_cvref_t<A>, std::string_view>, std::string,
                                std::remove_cvref_t<A>>;

template <class A>
inline constexpr bool is_described = !std::same_as<Kept<A>, stop_token>;

/// How many parameters the model sees.
template <class... A>
inline constexpr std::size_t described = (static_cast<std::size_t>(is_described<A>) + ... + 0);

/// The arguments of a call. A std::tuple of them would be a hundred functions to compile for each tool.
template <std::size_t I, class T>
struct Argument {
    T value{};
};
template <class Indices, class... T>
struct Arguments;
template <std::size_t... I, class... T>
struct Arguments<std::index_sequence<I...>, T...> : Argument<I, T>... {};

/// Gives a kept argument to the function that takes an `A`.
template <class A>
decltype(auto) pass(Kept<A>& kept) {
    if constexpr (std::same_as<std::remove_cvref_t<A>, std::string_view>) return std::string_view(kept);
    else
        return static_cast<std::conditional_t<std::is_lvalue_reference_v<A>, const Kept<A>&, Kept<A>&&>>(
            kept);
}

/// What is waited for: a std::future, a genai::Task.
template <class T>
concept Awaited = requires(T& value) {
    value.wait();
    value.get();
};

/// What a function gave, as the answer to the call.
template <class R>
FunctionResponse response_of(R&& result) {
    using Value = std::remove_cvref_t<R>;
    if constexpr (std::same_as<Value, FunctionResponse>) return std::forward<R>(result);
    else if constexpr (std::same_as<Value, Json>) return response_with(std::forward<R>(result));
    else if constexpr (std::is_pointer_v<Value> && std::convertible_to<const Value&, std::string_view>)
        return result == nullptr ? response_with(nullptr) : response_with_text(result);
    else if constexpr (std::convertible_to<const Value&, std::string_view>)
        return response_with_text(std::string_view(result));
    else if constexpr (wire::Nullable<Value>)
        return result ? response_of(*std::forward<R>(result)) : response_with(nullptr);
    else return response_with_value(wire::type_of<Value>, &result);
}

/// Calls a function, and makes what it gave the answer.
template <class F, class... A>
FunctionResponse respond(F&& function, A&&... arguments) {
    if constexpr (std::is_void_v<std::invoke_result_t<F&, A...>>) {
        function(std::forward<A>(arguments)...);
        return response_with(nullptr);
    } else {
        return response_of(function(std::forward<A>(arguments)...));
    }
}

/// A call of a function that goes on elsewhere: what it gave is waited for, cancelled with the call where it
/// can be, and the arguments, which it may refer to, live until then.
template <class Arguments, Awaited R>
class AwaitedCall {
public:
    AwaitedCall() = default;
    AwaitedCall(const AwaitedCall&) = delete;
    AwaitedCall& operator=(const AwaitedCall&) = delete;
    ~AwaitedCall() {
        if (taken_ || !result_) return;
        cancel();
        result_->wait();
    }

    /// What the function is called with, before it is.
    Arguments arguments{};

    /// The function was called.
    void began(R&& result, const stop_token& stop) {
        result_.emplace(std::move(result));
        cancel_.emplace(stop, [this] { cancel(); });
    }
    /// Waits for the answer, once.
    FunctionResponse response() {
        taken_ = true;
        return respond([this]() -> decltype(auto) { return result_->get(); });
    }

private:
    void cancel() {
        if constexpr (requires(R & result) { result.cancel(); }) result_->cancel();
    }

    std::optional<R> result_{};
    bool taken_{false};
    std::optional<stop_callback<std::function<void()>>> cancel_{};
};

/// What answers calls that are begun, and go on elsewhere.
FunctionHandler asynchronous_handler(std::function<BegunCall(const FunctionCall&, const stop_token&)> begin);

/// What answers calls by a function of the arguments as they came, and of a stop token.
template <class F>
FunctionHandler json_handler(F function) {
    using Result = std::remove_cvref_t<std::invoke_result_t<F&, const Json&, const stop_token&>>;
    if constexpr (Awaited<Result>) {
        return asynchronous_handler([function](const FunctionCall& call, const stop_token& stop) {
            const auto begun = std::make_shared<AwaitedCall<Json, Result>>();
            begun->arguments = call.args.value_or(Json::object());
            begun->began(function(begun->arguments, stop), stop);
            return [begun] { return begun->response(); };
        });
    } else {
        return [function](const FunctionCall& call, const stop_token& stop) {
            return respond(function, call.args.value_or(Json::object()), stop);
        };
    }
}

/// Refuses a name that the service would refuse. Throws InvalidArgument.
void check_function_name(const std::string& name);

/// Parameters as members of a struct: what their schema is made of and their arguments are read by.
class ParameterTable {
public:
    explicit ParameterTable(std::span<const Parameter> parameters);
    ParameterTable(const ParameterTable&) = delete;
    ParameterTable& operator=(const ParameterTable&) = delete;

    /// Takes in the arguments in order; `defaults` must live as long as this.
    template <std::size_t... I, class... T>
    const wire::StructTable& collect(const Arguments<std::index_sequence<I...>, T...>& defaults) {
        table_.defaults = &defaults;
        wire::FieldCollector collector(table_, &defaults, sizeof(defaults));
        (add(collector, static_cast<const Argument<I, T>&>(defaults).value), ...);
        collector.finish();
        return table_;
    }

private:
    template <class T>
    void add(wire::FieldCollector& collector, const T& argument) {
        if constexpr (is_described<T>) {
            const Parameter& parameter = parameters_[next_++];
            collector.add_member(parameter.name, argument, parameter.bounds);
        }
    }

    std::vector<Parameter> parameters_;
    std::size_t next_{0};
    wire::StructTable table_{};
};

/// What answers the calls of a tool.
class ToolBase {
public:
    explicit ToolBase(std::span<const Parameter> parameters) : parameters_(parameters) {}
    ToolBase(const ToolBase&) = delete;
    ToolBase& operator=(const ToolBase&) = delete;
    virtual ~ToolBase() = default;
    /// What the arguments are read by.
    const wire::StructTable& table() const noexcept { return *table_; }
    /// Makes a call. Throws InvalidArgument for arguments that are not its own, and what the function throws.
    virtual FunctionResponse answer(const FunctionCall& call, const stop_token& stop) = 0;
    /// Whether the function goes on elsewhere when it returns.
    virtual bool is_asynchronous() const noexcept { return false; }
    /// Begins a call of such a function. Throws as `answer` does.
    virtual BegunCall begin(const FunctionCall&, const stop_token&) { return {}; }

protected:
    ParameterTable parameters_;
    const wire::StructTable* table_{nullptr};
};

/// A tool of one function.
Tool function_tool(std::string name, std::string description, std::shared_ptr<ToolBase> function);

/// A function with the parameters that its calls are read by.
template <class F, bool named, class Indices, class... A>
class ToolFunction;
template <class F, bool named, std::size_t... I, class... A>
class ToolFunction<F, named, std::index_sequence<I...>, A...> final : public ToolBase {
    static_assert(((!std::is_lvalue_reference_v<A> || std::is_const_v<std::remove_reference_t<A>>)&&...),
                  "genai: a tool's function cannot take a reference that it may change; take a value or a "
                  "const reference");
    static_assert(named || described<A...> == 0 ||
                      (described<A...> == 1 && ((!is_described<A> || wire::Struct<Kept<A>>)&&...)),
                  "genai: the parameters have no names; write genai::tool(name, description, {\"first\", "
                  "\"second\"}, function), or take one struct with `fields`");

public:
    ToolFunction(F function, std::span<const Parameter> parameters)
        : ToolBase(parameters), function_(std::move(function)) {
        if constexpr (one_struct) (use_struct<Kept<A>>(), ...);
        else table_ = &parameters_.collect(defaults_);
    }

    FunctionResponse answer(const FunctionCall& call, const stop_token& stop) override {
        if constexpr (asynchronous) {
            return begin(call, stop)();
        } else {
            Kinds arguments{};
            read(arguments, call, stop);
            return respond(function_, pass<A>(static_cast<Argument<I, Kept<A>>&>(arguments).value)...);
        }
    }
    bool is_asynchronous() const noexcept override { return asynchronous; }
    BegunCall begin([[maybe_unused]] const FunctionCall& call,
                    [[maybe_unused]] const stop_token& stop) override {
        if constexpr (asynchronous) {
            const auto begun = std::make_shared<AwaitedCall<Kinds, Result>>();
            read(begun->arguments, call, stop);
            begun->began(function_(pass<A>(static_cast<Argument<I, Kept<A>>&>(begun->arguments).value)...),
                         stop);
            return [begun] { return begun->response(); };
        } else {
            return {};
        }
    }

private:
    using Kinds = Arguments<std::index_sequence<I...>, Kept<A>...>;
    using Result = std::remove_cvref_t<std::invoke_result_t<F&, A...>>;
    static constexpr bool one_struct = !named && described<A...> == 1;
    static constexpr bool asynchronous = Awaited<Result>;

    void read(Kinds& arguments, const FunctionCall& call, const stop_token& stop) {
        void* into = &arguments;
        (prepare(static_cast<Argument<I, Kept<A>>&>(arguments).value, stop, into), ...);
        read_arguments(*table_, call, into);
    }

    template <class T>
    void use_struct() {
        if constexpr (is_described<T>) table_ = &wire::struct_table<T>();
    }

    /// Sets an argument that is a stop token; an only struct is what a call is read into.
    template <class T>
    static void prepare(T& argument, [[maybe_unused]] const stop_token& stop, [[maybe_unused]] void*& into) {
        if constexpr (!is_described<T>) argument = stop;
        else if constexpr (one_struct) into = &argument;
    }

    F function_;
    Kinds defaults_{};
};

/// The tool of a function, by the type of its arguments.
template <class F, bool named, class Arguments>
struct ToolFor;
template <class F, bool named, class... A>
struct ToolFor<F, named, std::type_identity<void(A...)>> {
    using Function = ToolFunction<F, named, std::index_sequence_for<A...>, A...>;
    static constexpr std::size_t parameters = described<A...>;
};

template <std::size_t N, class F>
Tool tool_of(std::string name, std::string description, std::span<const Parameter> parameters, F&& function) {
    using Callable = std::decay_t<F>;
    constexpr bool visible = FunctionPointer<Callable> || FunctionObject<Callable>;
    static_assert(visible,
                  "genai: the function's parameters cannot be seen, as of a generic lambda, an overloaded "
                  "operator() or std::bind; wrap it in a lambda that names their types");
    if constexpr (visible) {
        using Made = ToolFor<Callable, N != 0, typename Signature<Callable>::Parameters>;
        constexpr bool fits = N == 0 || N == Made::parameters;
        static_assert(fits,
                      "genai: the function has more or fewer parameters than names were given; a "
                      "std::stop_token needs none");
        // as a base from the start: a std::make_shared of each is more to compile than the rest of it
        if constexpr (fits)
            return function_tool(std::move(name), std::move(description),
                                 std::shared_ptr<ToolBase>(static_cast<ToolBase*>(
                                     new typename Made::Function(std::forward<F>(function), parameters))));
    }
    return {};
}

/// A method with its object, which may be a pointer of any kind, as a function.
template <class Method, class Object, class R, class... A>
auto bound_method(Method method, Object&& object, std::type_identity<R(A...)>) {
    return [method, object = std::forward<Object>(object)](A... args) mutable -> R {
        return std::invoke(method, object, std::forward<A>(args)...);
    };
}

}  // namespace detail

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <algorithm>

#include <genai/error.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE void check_function_name(const std::string& name) {
    if (name.empty()) throw InvalidArgument("name", "is empty");
    if (!is_function_name(name))
        throw InvalidArgument("name",
                              "is no name of a function: it may hold letters, digits, _ . : and -, begins "
                              "with a letter or _, and has at most 64 characters");
}

GENAI_INLINE FunctionHandler
asynchronous_handler(std::function<BegunCall(const FunctionCall&, const stop_token&)> begin) {
    FunctionHandler handler = [begin](const FunctionCall& call, const stop_token& stop) {
        return begin(call, stop)();
    };
    handler.begin = std::move(begin);
    return handler;
}

GENAI_INLINE ParameterTable::ParameterTable(std::span<const Parameter> parameters)
    : parameters_(parameters.begin(), parameters.end()) {
    for (Parameter& parameter : parameters_) {
        if (parameter.name.empty()) throw InvalidArgument("parameters", "have one without a name");
        const auto same = std::count_if(parameters_.begin(), parameters_.end(),
                                        [&](const Parameter& other) { return other.name == parameter.name; });
        if (same != 1) throw InvalidArgument("parameters", "have two of the name " + parameter.name);
        parameter.bounds.description = parameter.description;
    }
}

GENAI_INLINE Tool function_tool(std::string name, std::string description,
                                std::shared_ptr<ToolBase> function) {
    check_function_name(name);
    FunctionDeclaration declaration{.name = name};
    if (!description.empty()) declaration.description = std::move(description);
    if (const wire::StructTable& parameters = function->table(); !parameters.members().empty())
        declaration.parameters_json_schema = json_schema(parameters);
    Tool tool{.function_declarations = {std::move(declaration)}};
    if (function->is_asynchronous())
        tool.handlers.set(name,
                          asynchronous_handler([function](const FunctionCall& call, const stop_token& stop) {
                              return function->begin(call, stop);
                          }));
    else
        tool.handlers.set(name, [function](const FunctionCall& call, const stop_token& stop) {
            return function->answer(call, stop);
        });
    return tool;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
