#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether a part holds nothing: some servers end a response with one.
bool is_empty(const Part& part);

/// A model's turn as it comes together from an answer or its chunks: those without parts, and parts that hold
/// nothing, add nothing; text goes on where text was, and a function's call that came in pieces is whole.
class ModelTurnBuilder {
public:
    /// Adds what the first candidate says.
    template <class Response>
    void take(const Response& response) {
        for (const Candidate& candidate : response.candidates) {
            if (candidate.index.value_or(0) != 0 || !candidate.content) continue;
            if (candidate.content->role) content_.role = candidate.content->role;
            if (content_.extra.empty()) content_.extra = candidate.content->extra;
            for (const Part& part : candidate.content->parts) add(part, chunks_ != 0);
        }
        ++chunks_;
    }

    /// All of it.
    const Content& content() const& noexcept { return content_; }
    Content content() && { return std::move(content_); }

private:
    /// Parts of one answer stand as they came; those of the next chunk may go on from its last.
    void add(const Part& part, bool later);

    Content content_{.role = "model"};
    std::size_t chunks_{0};
};

/// The turns of a chat.
class Conversation {
public:
    Conversation() = default;
    /// Begins with what was said before. Throws InvalidArgument for roles other than `user` and `model`.
    explicit Conversation(std::vector<Content> history);

    /// Every turn.
    const std::vector<Content>& whole() const noexcept { return turns_; }

    /// The turns without parts that hold nothing, and without those that got no answer: where the model said
    /// nothing its run goes, and the user's message before it, with calls and their answers.
    std::vector<Content> curated() const;

    /// Calls `use` with the curated turns and the message behind them; they are copied only where some are
    /// left out.
    template <class Use>
    auto with(const Content& message, Use&& use) {
        const bool all = std::all_of(turns_.begin(), turns_.end(),
                                     [](const Content& turn) { return turn.role == "user" || whole(turn); });
        std::vector<Content> some;
        if (!all) some = curated();
        std::vector<Content>& sent = all ? turns_ : some;
        sent.push_back(message);
        struct Restore {
            std::vector<Content>& turns;
            ~Restore() { turns.pop_back(); }
        };
        const Restore restore{sent};
        return use(std::as_const(sent));
    }

    /// Adds the message and what was said behind it.
    void record(Content message, std::vector<Content> answers);

private:
    /// Takes the user's last message off, and calls that were made for it with their answers.
    static void drop_exchange(std::vector<Content>& turns);
    /// Whether the turn says something.
    static bool sound(const Content& turn);
    /// Whether it can be sent as it is: it says something in every part.
    static bool whole(const Content& turn);

    std::vector<Content> turns_{};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <genai/generation/join_parts.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE bool is_empty(const Part& part) {
    Part nothing;
    nothing.thought = part.thought;
    if (part == nothing) return true;
    nothing.text = "";
    return part == nothing;
}

GENAI_INLINE void ModelTurnBuilder::add(const Part& part, bool later) {
    if (!is_empty(part)) join_part(content_.parts, part, later);
}

GENAI_INLINE Conversation::Conversation(std::vector<Content> history) : turns_(std::move(history)) {
    for (std::size_t i = 0; i < turns_.size(); ++i)
        if (const std::string role = turns_[i].role.value_or(""); role != "user" && role != "model")
            throw InvalidArgument("history[" + std::to_string(i) + "].role", "must be user or model");
}

GENAI_INLINE std::vector<Content> Conversation::curated() const {
    std::vector<Content> kept;
    for (std::size_t i = 0; i < turns_.size();) {
        if (turns_[i].role == "user") {
            kept.push_back(turns_[i++]);
            continue;
        }
        const std::size_t begin = i;
        bool sound_run = false;
        for (; i < turns_.size() && turns_[i].role != "user"; ++i) sound_run = sound_run || sound(turns_[i]);
        if (!sound_run) drop_exchange(kept);
        for (std::size_t at = begin; sound_run && at < i; ++at) {
            if (!sound(turns_[at])) continue;
            kept.push_back(turns_[at]);
            std::erase_if(kept.back().parts, is_empty);
        }
    }
    return kept;
}

GENAI_INLINE void Conversation::drop_exchange(std::vector<Content>& turns) {
    const auto answers_calls = [](const Content& turn) {
        return std::any_of(turn.parts.begin(), turn.parts.end(),
                           [](const Part& part) { return bool(part.function_response); });
    };
    while (!turns.empty() && answers_calls(turns.back())) {
        turns.pop_back();
        while (!turns.empty() && turns.back().role == "model") turns.pop_back();
    }
    if (!turns.empty()) turns.pop_back();
}

GENAI_INLINE void Conversation::record(Content message, std::vector<Content> answers) {
    if (!message.role) message.role = "user";
    turns_.reserve(turns_.size() + 1 + answers.size());  // all or none
    turns_.push_back(std::move(message));
    for (Content& answer : answers) turns_.push_back(std::move(answer));
}

GENAI_INLINE bool Conversation::sound(const Content& turn) {
    return !std::all_of(turn.parts.begin(), turn.parts.end(), is_empty);
}

GENAI_INLINE bool Conversation::whole(const Content& turn) {
    return !turn.parts.empty() && std::none_of(turn.parts.begin(), turn.parts.end(), is_empty);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
