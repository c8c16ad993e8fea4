#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/core/call.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/generation/conversation.hpp>
#include <genai/generation/join_chunks.hpp>
#include <genai/generation/response_validation.hpp>
#include <genai/functions/rounds.hpp>
#include <genai/generation/chunk_sink.hpp>
#include <genai/stream.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/generate_content.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A generation as a whole, as a state machine: a request, and more of them where functions are called in
/// between.
class Generation {
public:
    /// What to do.
    struct Step {
        enum class Kind {
            ask,             ///< make `call`; give what comes to `take`, and tell `came` when all is there
            call_functions,  ///< call the functions of `jobs` by `calling`; tell `called`
            deliver,         ///< the functions' answers are there, a chunk of a stream
            finished,        ///< all was said
        };
        Kind kind{Kind::finished};
        Call call{};
        std::vector<FunctionJob>* jobs{};
        const AutomaticFunctionCallingConfig* calling{};
    };

    /// What is generated, and how it is asked for.
    struct Request {
        std::string_view operation{};  ///< a literal
        ResourceName model{};
        std::string_view verb{};  ///< with its colon; a literal
        bool keep_turns{false};   ///< whether `new_turns` is wanted
    };

    /// Throws InvalidArgument.
    Generation(Request request, const std::vector<Content>& contents, const GenerateContentConfig& config);

    /// What to do now.
    Step next();
    /// A response, or a chunk of one.
    void take(const GenerateContentResponse& response) {
        if (request_.keep_turns || rounds_ || validation_) turn_.take(response);
        if (validation_) validation_->take(response);
    }
    /// The response is whole. Throws ValidationError.
    void came();
    /// The functions were called.
    void called();

    /// Whether all was said.
    bool finished() const noexcept { return state_ == State::finished; }
    /// The answers to the last calls of functions, as a chunk of a stream.
    GenerateContentResponse answers() const { return rounds_->answers(); }
    /// Puts into the last response what its member of that name says, where functions may be called.
    void add_history(GenerateContentResponse& response) const {
        if (rounds_) response.automatic_function_calling_history = rounds_->history();
    }
    /// Puts it into the error that ended the generation.
    void add_history(Error& problem) const {
        if (rounds_) CallHistory::set(problem, rounds_->history());
    }
    /// What was said behind the input: the model's turn, before it those of calls and their answers.
    std::vector<Content> new_turns();

private:
    enum class State { asking, calling, delivering, finished };

    Request request_;
    std::optional<Call> first_;  // the first request's, which needs no copy of the contents
    std::optional<FunctionRounds> rounds_;
    std::optional<ResponseValidation> validation_;
    State state_{State::asking};
    ModelTurnBuilder turn_{};
    std::vector<FunctionJob> jobs_{};
};

/// Drives a generation on this thread and gives the last response.
GenerateContentResponse generate(Caller& caller, Generation& generation);

/// Drives a generation on this thread and gives its chunks to `deliver` as they come, as long as that says
/// so. `exchange` is the first request's. Whether it came to its end.
bool generate_stream(Caller& caller, Generation& generation, std::shared_ptr<Exchange> exchange,
                     const ChunkSink::OnChunk& deliver);
/// The same, from its first request on.
bool generate_stream(Caller& caller, Generation& generation, const ChunkSink::OnChunk& deliver);

/// The chunks as a stream; `on_end` is called in the reader's thread when it has come to the end in good
/// order.
Stream<GenerateContentResponse> generation_stream(std::shared_ptr<Caller> caller,
                                                  std::shared_ptr<Generation> generation,
                                                  std::function<void()> on_end = {});

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <genai/core/event_stream.hpp>
#include <genai/mapping/generation_request.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE Generation::Generation(Request request, const std::vector<Content>& contents,
                                    const GenerateContentConfig& config)
    : request_(std::move(request)),
      first_(generation_call(request_.operation, request_.model, request_.verb, contents, config)),
      rounds_(FunctionRounds::begin(contents, config)),
      validation_(ResponseValidation::of(config)) {}

GENAI_INLINE Generation::Step Generation::next() {
    switch (state_) {
        case State::asking: {
            if (!first_)
                return {.kind = Step::Kind::ask,
                        .call = generation_call(request_.operation, request_.model, request_.verb,
                                                rounds_->contents(), rounds_->config())};
            Call call = std::move(*first_);
            first_.reset();
            return {.kind = Step::Kind::ask, .call = std::move(call)};
        }
        case State::calling:
            return {.kind = Step::Kind::call_functions,
                    .jobs = &jobs_,
                    .calling = &rounds_->config().automatic_function_calling};
        case State::delivering: state_ = State::asking; return {.kind = Step::Kind::deliver};
        case State::finished: break;
    }
    return {};
}

GENAI_INLINE void Generation::came() {
    if (rounds_) jobs_ = rounds_->next(turn_.content());
    state_ = jobs_.empty() ? State::finished : State::calling;
    if (jobs_.empty() && validation_) validation_->validate(turn_.content());
}

GENAI_INLINE void Generation::called() {
    rounds_->came(turn_.content(), jobs_);
    jobs_.clear();
    turn_ = ModelTurnBuilder();
    state_ = State::delivering;
}

GENAI_INLINE std::vector<Content> Generation::new_turns() {
    std::vector<Content> turns;
    if (rounds_) turns = rounds_->new_turns();
    turns.push_back(std::move(turn_).content());
    return turns;
}

GENAI_INLINE GenerateContentResponse generate(Caller& caller, Generation& generation) try {
    for (stop_token stop;;) {
        Generation::Step step = generation.next();
        if (step.kind == Generation::Step::Kind::call_functions) {
            call_functions(*step.jobs, *step.calling, stop);
            generation.called();
        }
        if (step.kind != Generation::Step::Kind::ask) continue;
        const auto exchange = caller.begin(std::move(step.call));
        stop = exchange->context().stop_token;
        WholeResponseSink sink;
        caller.run(*exchange, sink);
        GenerateContentResponse response = sink.take();
        generation.take(response);
        generation.came();
        if (!generation.finished()) continue;
        generation.add_history(response);
        return response;
    }
} catch (Error& problem) {
    generation.add_history(problem);
    throw;
}

GENAI_INLINE bool generate_stream(Caller& caller, Generation& generation, std::shared_ptr<Exchange> exchange,
                                  const ChunkSink::OnChunk& deliver) try {
    const stop_token stop = exchange->context().stop_token;
    for (bool wanted = true;;) {
        ChunkSink sink(
            [&](GenerateContentResponse&& chunk, std::size_t bytes) {
                generation.take(chunk);
                return wanted = deliver(std::move(chunk), bytes);
            },
            exchange->options().require_finish_reason.value_or(true));
        caller.run(*exchange, sink);
        if (!wanted) return false;
        generation.came();
        for (exchange.reset(); !exchange;) {
            Generation::Step step = generation.next();
            if (step.kind == Generation::Step::Kind::finished) return true;
            if (step.kind == Generation::Step::Kind::call_functions) {
                call_functions(*step.jobs, *step.calling, stop);
                generation.called();
            } else if (step.kind == Generation::Step::Kind::deliver) {
                if (!deliver(generation.answers(), 0)) return false;
            } else {
                step.call.options.stop_token = stop;
                exchange = caller.begin(std::move(step.call));
            }
        }
    }
} catch (Error& problem) {
    generation.add_history(problem);
    throw;
}

GENAI_INLINE bool generate_stream(Caller& caller, Generation& generation, const ChunkSink::OnChunk& deliver) {
    Generation::Step first = generation.next();
    return generate_stream(caller, generation, caller.begin(std::move(first.call)), deliver);
}

GENAI_INLINE Stream<GenerateContentResponse> generation_stream(std::shared_ptr<Caller> caller,
                                                               std::shared_ptr<Generation> generation,
                                                               std::function<void()> on_end) {
    Generation::Step first = generation->next();
    return worker_stream<GenerateContentResponse>(
        std::move(caller), std::move(first.call),
        [generation = std::move(generation)](Caller& through, const std::shared_ptr<Exchange>& exchange,
                                             const ChunkSink::OnChunk& deliver) {
            generate_stream(through, *generation, exchange, deliver);
        },
        std::move(on_end));
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
