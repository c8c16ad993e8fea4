#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/functions/call.hpp>
#include <genai/functions/names.hpp>
#include <genai/functions/tools_for_request.hpp>
#include <genai/error.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/tool.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A call that the model has made of a function, and what answers it.
struct FunctionJob {
    const FunctionCall* call{};        ///< in the model's turn
    const FunctionHandler* handler{};  ///< null where the answer is there already
    FunctionResponse answer{};
    std::exception_ptr failure{};  ///< of memory alone: what functions throw is an answer
};

/// The rounds of a generation in which functions are called for the model: what was said so far, and what the
/// next request says. Decides, and calls nothing itself.
class FunctionRounds {
public:
    /// Nothing where no tool has a handler, or none is to be called. Throws InvalidArgument for a config that
    /// cannot be meant.
    static std::optional<FunctionRounds> begin(const std::vector<Content>& input,
                                               const GenerateContentConfig& config);

    /// The calls of the model's turn, to be made by `call_functions` while the turn stays; none when the
    /// generation is at its end: there are none, or one of a function that the program answers for itself, or
    /// no request is left.
    std::vector<FunctionJob> next(const Content& turn) const;
    /// The calls were made: adds the turn and the answers, after which the next request is in place.
    void came(const Content& turn, std::vector<FunctionJob>& jobs);

    /// The input, and behind it turns of calls and of answers.
    const std::vector<Content>& contents() const noexcept { return contents_; }
    /// The config of the next request.
    const GenerateContentConfig& config() const noexcept { return config_; }
    /// What was said behind the input.
    std::vector<Content> new_turns() const { return {contents_.begin() + input_, contents_.end()}; }
    /// What the response's member of that name says.
    std::vector<Content> history() const;
    /// The answers to the last calls, as a chunk of the stream.
    GenerateContentResponse answers() const;

private:
    FunctionRounds(const std::vector<Content>& input, const GenerateContentConfig& config);

    bool has_no_handler(const FunctionCall& call) const;
    bool is_allowed(const FunctionCall& call) const;
    std::string why_not(const FunctionCall& call) const;
    void reset_tool_choice();

    std::vector<Content> contents_;
    GenerateContentConfig config_;
    std::ptrdiff_t input_;
    std::int32_t requests_left_;
};

/// Makes the calls, some at the same time where the config allows it, and its hooks are called before and
/// after. Throws Cancelled, and what a hook throws.
void call_functions(std::vector<FunctionJob>& jobs, const AutomaticFunctionCallingConfig& config,
                    const stop_token& stop);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <utility>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE std::optional<FunctionRounds> FunctionRounds::begin(const std::vector<Content>& input,
                                                                 const GenerateContentConfig& config) {
    const AutomaticFunctionCallingConfig& calling = config.automatic_function_calling;
    if (calling.disable || calling.maximum_remote_calls.value_or(10) <= 0) return std::nullopt;
    if (!has_handlers(config.tools)) return std::nullopt;
    return FunctionRounds(input, config);
}

GENAI_INLINE FunctionRounds::FunctionRounds(const std::vector<Content>& input,
                                            const GenerateContentConfig& config)
    : contents_(input),
      config_(config),
      input_(static_cast<std::ptrdiff_t>(input.size())),
      requests_left_(config.automatic_function_calling.maximum_remote_calls.value_or(10) - 1) {
    if (config.automatic_function_calling.maximum_parallel_calls.value_or(1) < 1)
        throw InvalidArgument("config.automatic_function_calling.maximum_parallel_calls",
                              "must be at least 1");
    std::vector<std::string> names;
    for (const Tool& tool : config.tools) {
        for (const FunctionDeclaration& one : tool.function_declarations) {
            const std::string name = one.name.value_or("");
            if (std::find(names.begin(), names.end(), name) != names.end())
                throw InvalidArgument("config.tools", "declare two functions named " + name);
            names.push_back(name);
        }
        for (const auto& [name, handler] : tool.handlers)
            if (!handler)
                throw InvalidArgument("config.tools",
                                      "have no handler for " + name + ", but a place for one");
    }
}

GENAI_INLINE std::vector<FunctionJob> FunctionRounds::next(const Content& turn) const {
    std::vector<FunctionJob> jobs;
    for (const Part& part : turn.parts)
        if (part.function_call) jobs.push_back({.call = &*part.function_call});
    if (requests_left_ == 0 || std::any_of(jobs.begin(), jobs.end(), [this](const FunctionJob& job) {
            return has_no_handler(*job.call);
        }))
        return {};
    for (FunctionJob& job : jobs) {
        job.handler = find_handler(config_.tools, job.call->name.value_or(""));
        if (job.handler == nullptr) job.answer = unknown_function(config_.tools, *job.call);
        else if (const std::string why = why_not(*job.call); !why.empty()) {
            job.handler = nullptr;
            job.answer = failed_call(*job.call, why);
        }
    }
    return jobs;
}

GENAI_INLINE void FunctionRounds::came(const Content& turn, std::vector<FunctionJob>& jobs) {
    Content answers{.role = "user"};
    for (FunctionJob& job : jobs) {
        Part part;
        part.function_response = std::move(job.answer);
        answers.parts.push_back(std::move(part));
    }
    contents_.push_back(turn);
    for (Part& part : contents_.back().parts) {
        if (!part.function_call) continue;
        FunctionCall& call = *part.function_call;
        if (call.name.value_or("").empty()) call.name = "unnamed";  // the service refuses one without a name
        call.partial_args.clear();
        call.will_continue = Flag();
    }
    for (Part& part : answers.parts)
        if (part.function_response->name.value_or("").empty()) part.function_response->name = "unnamed";
    contents_.push_back(std::move(answers));
    --requests_left_;
    reset_tool_choice();
}

GENAI_INLINE std::vector<Content> FunctionRounds::history() const {
    const bool begun = contents_.size() > static_cast<std::size_t>(input_);
    if (!begun || config_.automatic_function_calling.ignore_call_history) return {};
    return contents_;
}

GENAI_INLINE GenerateContentResponse FunctionRounds::answers() const {
    return {.candidates = {{.content = contents_.back()}}, .automatic_function_calling_history = history()};
}

/// Whether the config lets the model call a function.
GENAI_INLINE bool FunctionRounds::is_allowed(const FunctionCall& call) const {
    if (!config_.tool_config || !config_.tool_config->function_calling_config) return true;
    const auto& allowed = config_.tool_config->function_calling_config->allowed_function_names;
    const std::string called = call.name.value_or("");
    const std::string_view name = plain_function_name(called);
    return allowed.empty() || std::find(allowed.begin(), allowed.end(), name) != allowed.end();
}

/// Why a call of a function that is there is not made; empty when it is.
GENAI_INLINE std::string FunctionRounds::why_not(const FunctionCall& call) const {
    if (!is_allowed(call)) return "this function may not be called now";
    if (call.will_continue || !call.partial_args.empty()) return "the arguments did not come whole";
    return {};
}

/// Whether a call is of a function that is declared and has no handler.
GENAI_INLINE bool FunctionRounds::has_no_handler(const FunctionCall& call) const {
    const std::string name = call.name.value_or("");
    return find_handler(config_.tools, name) == nullptr &&
           std::any_of(config_.tools.begin(), config_.tools.end(), [&](const Tool& tool) {
               const auto& declared = tool.function_declarations;
               return std::any_of(declared.begin(), declared.end(),
                                  [&](const FunctionDeclaration& one) { return one.name == name; });
           });
}

/// Makes a job's call, by whatever gives its answer.
template <class Answer>
void fill(FunctionJob& job, const Answer& answer) noexcept {
    try {
        job.answer = answer();
    } catch (...) {
        job.failure = std::current_exception();
    }
}

/// Makes calls one after the other, some at the same time in threads.
GENAI_INLINE void run_in_threads(const std::vector<FunctionJob*>& jobs, std::size_t at_once,
                                 const stop_token& stop) {
    std::atomic<std::size_t> taken{0};
    const auto work = [&]() noexcept {
        for (std::size_t i = taken++; i < jobs.size() && !stop.stop_requested(); i = taken++)
            fill(*jobs[i], [&] { return answer_call(*jobs[i]->handler, *jobs[i]->call, stop); });
    };
    std::vector<std::thread> others;
    others.reserve(jobs.size());
    try {
        while (others.size() + 1 < (std::min)(at_once, jobs.size())) others.emplace_back(work);
    } catch (const std::system_error&) {  // no more threads to be had: those there are do the work
    }
    work();
    for (std::thread& other : others) other.join();
}

/// Makes calls of functions that go on elsewhere, so many at the same time.
GENAI_INLINE void run_begun(const std::vector<FunctionJob*>& jobs, std::size_t at_once,
                            const stop_token& stop) {
    std::vector<BegunCall> begun(jobs.size());
    std::size_t next = 0;
    for (std::size_t first = 0; first < jobs.size(); ++first) {
        for (; next < jobs.size() && next - first < at_once && !stop.stop_requested(); ++next)
            begun[next] = begin_call(*jobs[next]->handler, *jobs[next]->call, stop);
        if (first == next) return;  // cancelled before it was begun
        fill(*jobs[first], [&] { return finish_call(begun[first], *jobs[first]->call, stop); });
        begun[first] = nullptr;
    }
}

/// Makes those calls that nothing has answered yet.
GENAI_INLINE void run_handlers(std::vector<FunctionJob>& jobs, std::size_t at_once, const stop_token& stop) {
    std::vector<FunctionJob*> blocking;
    std::vector<FunctionJob*> asynchronous;
    for (FunctionJob& job : jobs) {
        if (job.handler == nullptr) continue;
        const bool goes_on = at_once > 1 && job.handler->begin;
        (goes_on ? asynchronous : blocking).push_back(&job);
    }
    if (asynchronous.empty()) return run_in_threads(blocking, at_once, stop);
    const std::size_t threads = (std::min)(blocking.size(), at_once - 1);
    if (threads == 0) return run_begun(asynchronous, at_once, stop);
    struct Beside {
        std::thread thread{};
        ~Beside() {
            if (thread.joinable()) thread.join();
        }
    } beside;
    try {
        beside.thread = std::thread([&] { run_in_threads(blocking, threads, stop); });
    } catch (const std::system_error&) {  // no thread is to be had
        run_in_threads(blocking, 1, stop);
    }
    run_begun(asynchronous, at_once - threads, stop);
}

GENAI_INLINE void call_functions(std::vector<FunctionJob>& jobs, const AutomaticFunctionCallingConfig& config,
                                 const stop_token& stop) {
    for (FunctionJob& job : jobs) {
        if (job.handler == nullptr || !config.before) continue;
        std::optional<Json> instead = config.before(*job.call);
        if (!instead) continue;
        job.handler = nullptr;
        job.answer = {
            .id = job.call->id, .name = job.call->name, .response = result_object(std::move(*instead))};
    }
    run_handlers(jobs, static_cast<std::size_t>(config.maximum_parallel_calls.value_or(1)), stop);
    for (const FunctionJob& job : jobs)
        if (job.failure) std::rethrow_exception(job.failure);
    if (stop.stop_requested()) throw Cancelled();
    if (!config.after) return;
    for (FunctionJob& job : jobs) config.after(*job.call, job.answer);
}

/// After its first answers the model may speak: one that must call functions would never end. What it may
/// call stays.
GENAI_INLINE void FunctionRounds::reset_tool_choice() {
    if (!config_.tool_config || !config_.tool_config->function_calling_config) return;
    FunctionCallingConfig& calling = *config_.tool_config->function_calling_config;
    if (calling.mode != FunctionCallingConfigMode::any) return;
    calling.mode = FunctionCallingConfigMode::auto_;
    const auto allowed = std::exchange(calling.allowed_function_names, {});
    if (allowed.empty()) return;
    const auto is_allowed = [&](const std::string& name) {
        return std::find(allowed.begin(), allowed.end(), name) != allowed.end();
    };
    for (Tool& tool : config_.tools) {
        std::erase_if(tool.function_declarations,
                      [&](const FunctionDeclaration& one) { return !is_allowed(one.name.value_or("")); });
        Dict<FunctionHandler> kept;
        for (auto& [name, handler] : tool.handlers)
            if (is_allowed(name)) kept.set(name, std::move(handler));
        tool.handlers = std::move(kept);
    }
    std::erase_if(config_.tools,
                  [](const Tool& tool) { return !declares_something(tool) && tool.handlers.empty(); });
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
