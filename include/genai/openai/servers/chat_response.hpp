#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/quirks.hpp>
#include <genai/openai/servers/tag_scanner.hpp>
#include <genai/openai/servers/tool_calls.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// One choice of a completion on its way to a candidate.
class ChoiceReader {
public:
    explicit ChoiceReader(const Dialect& dialect) : dialect_(&dialect), tags_(dialect.think_tags) {}

    /// What a choice of a chunk, or of a whole completion, adds to the candidate.
    Tree take(const Tree& choice);
    /// Takes text where nothing else can be meant; false where `take` must see the choice.
    bool take_text(std::string_view text);
    /// What is left when all has come: calls that were held, and `finish` where no reason was given.
    Tree end(std::string_view finish);
    /// Whether a finish reason came.
    bool finished() const noexcept { return finished_; }
    /// The name of a call that has begun and is not whole.
    std::string open_call() const { return calls_.open(); }

private:
    void add_text(Tree& parts, std::string_view text, bool thought);
    void take_thoughts(const Tree& message, Tree& parts);
    void take_content(const Tree& message, Tree& parts);
    void take_media(const Tree& message, Tree& parts);
    void take_details(const Tree& message);
    void give_calls(Tree& parts, bool at_end);
    void finish(std::string_view reason, Tree& candidate, Tree& parts);
    Tree grounding(const Tree& annotations) const;

    const Dialect* dialect_;
    TagScanner tags_;
    ToolCalls calls_{};
    std::string text_{};  // all of it, which annotations point into
    std::string refusal_{};
    Tree details_ = Tree::array();
    bool finished_{false};
};

/// Makes responses of the API of a chat completion, or of the chunks of one.
class CompletionReader {
public:
    explicit CompletionReader(const Dialect& dialect) : dialect_(&dialect) {}

    /// The response for a whole completion. Throws DecodeError for what is none.
    Tree whole(const Tree& completion);
    /// The response for a chunk; null where it says nothing. Throws DecodeError for what is none.
    Tree take(const Tree& chunk);
    /// The response for an event that adds text and nothing else, as JSON text; empty where `take` must see
    /// it.
    std::string take_text(std::string_view event);
    /// What is left at the end of the stream; null where nothing is. `done` says that `[DONE]` came.
    Tree end(bool done);
    /// The name of a call that the stream's end cut; empty where there is none.
    std::string open_call() const;

private:
    Tree response(const Tree& completion);
    Tree with_about(Tree response) const;

    const Dialect* dialect_;
    std::map<std::int64_t, ChoiceReader> choices_{};
    std::string id_{};
    std::string model_{};
    std::string about_{};  // both as members of a response
    bool begun_{false};
};

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>
#include <utility>

#include <genai/error.hpp>
#include <genai/openai/servers/media.hpp>
#include <genai/openai/servers/text_chunk.hpp>
#include <genai/openai/servers/usage.hpp>
#include <genai/wire/base64.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// A finish reason in the API's words; empty for one it has no word for.
GENAI_INLINE std::string_view finish_reason_of(std::string_view word) {
    using Words = std::pair<std::string_view, std::string_view>;
    static constexpr Words words[] = {{"stop", "STOP"},
                                      {"tool_calls", "STOP"},
                                      {"function_call", "STOP"},
                                      {"eos", "STOP"},
                                      {"end_turn", "STOP"},
                                      {"stop_sequence", "STOP"},
                                      {"eos_token", "STOP"},
                                      {"complete", "STOP"},
                                      {"tool_use", "STOP"},
                                      {"length", "MAX_TOKENS"},
                                      {"max_tokens", "MAX_TOKENS"},
                                      {"model_length", "MAX_TOKENS"},
                                      {"content_filter", "SAFETY"},
                                      {"safety", "SAFETY"},
                                      {"refusal", "SAFETY"},
                                      {"recitation", "RECITATION"}};
    for (const auto& [theirs, ours] : words)
        if (word == theirs) return ours;
    const bool own = word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string_view::npos;
    return own ? word : std::string_view();
}

/// Members without a place of their own in the API's shape.
GENAI_INLINE void keep_others(const Tree& from, std::string_view known, Tree& kept) {
    if (!from.is_object()) return;
    for (const auto& [key, value] : from.items())
        if (!value.is_null() && !is_one_of(key, known)) kept[key] = value;
}

GENAI_INLINE void ChoiceReader::add_text(Tree& parts, std::string_view text, bool thought) {
    if (text.empty()) return;
    Tree part{{"text", std::string(text)}};
    if (thought) part["thought"] = true;
    else text_ += text;
    parts.push_back(std::move(part));
}

GENAI_INLINE void ChoiceReader::take_thoughts(const Tree& message, Tree& parts) {
    for (const char* name : {"reasoning_content", "reasoning"})
        if (const auto text = text_at(message, name); !text.empty()) return add_text(parts, text, true);
    for (const Tree& detail : list_at(message, "reasoning_details"))
        for (const char* name : {"text", "summary"}) add_text(parts, text_at(detail, name), true);
}

GENAI_INLINE void ChoiceReader::take_content(const Tree& message, Tree& parts) {
    const Tree* const content = find(message, "content");
    if (content == nullptr) return;
    const Tree* const google = find(message, "extra_content", "google");
    const bool marked = google != nullptr && is_set(*google, "thought");
    const auto give = [&](std::string_view text, bool thought) { add_text(parts, text, thought || marked); };
    if (content->is_string()) return tags_.take(content->get_ref<const std::string&>(), give);
    if (!content->is_array()) return;
    for (const Tree& part : *content) {
        const auto type = text_at(part, "type");
        if (type == "thinking") {
            add_text(parts, text_at(part, "thinking"), true);
            for (const Tree& thought : list_at(part, "thinking"))
                add_text(parts, text_at(thought, "text"), true);
        } else if (type == "image_url") {
            parts.push_back(part_of_url(text_at(value_at(part, "image_url"), "url")));
        } else if (type == "refusal") {
            refusal_ += text_at(part, "refusal");
        } else {
            give(text_at(part, "text"), false);
        }
    }
}

GENAI_INLINE void ChoiceReader::take_media(const Tree& message, Tree& parts) {
    for (const Tree& image : list_at(message, "images"))
        if (const Tree* const url = find(image, "image_url"))
            parts.push_back(part_of_url(text_at(*url, "url")));
    const Tree* const audio = find(message, "audio");
    if (audio == nullptr) return;
    add_text(parts, text_at(*audio, "transcript"), false);
    if (const auto data = text_at(*audio, "data"); !data.empty())
        parts.push_back({{"inlineData", {{"mimeType", "audio/wav"}, {"data", std::string(data)}}}});
}

/// Keeps what OpenRouter wants back whole; pieces of the same type and index are one.
GENAI_INLINE void ChoiceReader::take_details(const Tree& message) {
    if (!dialect_->details) return;
    for (const Tree& detail : list_at(message, "reasoning_details")) {
        const auto same = std::find_if(details_.begin(), details_.end(), [&](const Tree& one) {
            return text_at(one, "type") == text_at(detail, "type") && find(detail, "index") != nullptr &&
                   find(one, "index") != nullptr && one["index"] == detail["index"];
        });
        if (same == details_.end()) {
            details_.push_back(detail);
            continue;
        }
        for (const auto& [key, value] : detail.items()) {
            Tree& place = (*same)[key];
            const bool joined = key == "text" || key == "summary" || key == "data";
            if (joined && place.is_string() && value.is_string())
                place = place.get<std::string>() + value.get<std::string>();
            else if (place.is_null()) place = value;
        }
    }
}

GENAI_INLINE void ChoiceReader::give_calls(Tree& parts, bool at_end) {
    for (Tree& part : calls_.whole(at_end)) {
        if (!details_.empty() && !part.contains("thoughtSignature"))
            part["thoughtSignature"] = wire::to_base64(write_tree(std::exchange(details_, Tree::array())));
        parts.push_back(std::move(part));
    }
    if (!at_end || details_.empty()) return;
    if (parts.empty()) parts.push_back({{"text", ""}});
    parts.back()["thoughtSignature"] = wire::to_base64(write_tree(std::exchange(details_, Tree::array())));
}

GENAI_INLINE void ChoiceReader::finish(std::string_view reason, Tree& candidate, Tree& parts) {
    finished_ = true;
    tags_.end([&](std::string_view text, bool thought) { add_text(parts, text, thought); });
    give_calls(parts, true);
    std::string finish(finish_reason_of(reason));
    std::string message = finish.empty() ? "finish_reason: " + std::string(reason) : std::string();
    if (finish.empty()) finish = "OTHER";
    if (!refusal_.empty()) {
        finish = "SAFETY";
        message = refusal_;
    }
    if (!calls_.broken().empty()) {
        if (finish != "MAX_TOKENS") finish = "MALFORMED_FUNCTION_CALL";
        message = calls_.broken();
    }
    candidate["finishReason"] = std::move(finish);
    if (!message.empty()) candidate["finishMessage"] = std::move(message);
}

/// Where a character of a text begins.
GENAI_INLINE std::size_t byte_of_character(std::string_view text, std::int64_t character) {
    std::size_t at = 0;
    for (std::int64_t i = 0; i < character && at < text.size(); ++i) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    }
    return at;
}

GENAI_INLINE Tree ChoiceReader::grounding(const Tree& annotations) const {
    Tree chunks = Tree::array();
    Tree supports = Tree::array();
    for (const Tree& annotation : annotations) {
        const Tree* const citation = find(annotation, "url_citation");
        if (citation == nullptr) continue;
        const std::string url(text_at(*citation, "url"));
        std::size_t index = 0;
        while (index < chunks.size() && chunks[index]["web"]["uri"] != url) ++index;
        if (index == chunks.size())
            chunks.push_back({{"web", {{"uri", url}, {"title", std::string(text_at(*citation, "title"))}}}});
        const std::size_t begin = byte_of_character(text_, integer_at(*citation, "start_index"));
        const std::size_t end =
            (std::max)(begin, byte_of_character(text_, integer_at(*citation, "end_index")));
        supports.push_back(
            {{"segment",
              {{"startIndex", begin}, {"endIndex", end}, {"text", text_.substr(begin, end - begin)}}},
             {"groundingChunkIndices", Tree::array({index})}});
    }
    if (chunks.empty()) return nullptr;
    return {{"groundingChunks", std::move(chunks)}, {"groundingSupports", std::move(supports)}};
}

/// The log probabilities of tokens.
GENAI_INLINE Tree logprobs_of(const Tree& content) {
    const auto candidate = [](const Tree& token) {
        return Tree{{"token", std::string(text_at(token, "token"))},
                    {"logProbability", value_at(token, "logprob")}};
    };
    Tree chosen = Tree::array();
    Tree top = Tree::array();
    for (const Tree& token : content) {
        chosen.push_back(candidate(token));
        Tree candidates = Tree::array();
        for (const Tree& other : list_at(token, "top_logprobs")) candidates.push_back(candidate(other));
        if (!candidates.empty()) top.push_back({{"candidates", std::move(candidates)}});
    }
    Tree made{{"chosenCandidates", std::move(chosen)}};
    if (!top.empty()) made["topCandidates"] = std::move(top);
    return made;
}

GENAI_INLINE Tree ChoiceReader::take(const Tree& choice) {
    const Tree* const delta = find(choice, "delta");
    const Tree* const whole = find(choice, "message");
    const Tree none = Tree::object();
    const Tree& message = delta != nullptr ? *delta : whole != nullptr ? *whole : none;
    Tree candidate = Tree::object();
    Tree parts = Tree::array();
    take_thoughts(message, parts);
    take_details(message);
    take_content(message, parts);
    take_media(message, parts);
    refusal_ += text_at(message, "refusal");
    if (const Tree* const call = find(message, "function_call")) calls_.take(*call);
    for (const Tree& call : list_at(message, "tool_calls")) calls_.take(call);
    give_calls(parts, false);
    if (const auto reason = text_at(choice, "finish_reason"); !reason.empty() && !finished_)
        finish(reason, candidate, parts);
    if (const Tree* const logprobs = find(choice, "logprobs"))
        if (const Tree& content = list_at(*logprobs, "content"); !content.empty())
            candidate["logprobsResult"] = logprobs_of(content);
    if (Tree made = grounding(list_at(message, "annotations")); !made.is_null())
        candidate["groundingMetadata"] = std::move(made);
    Tree kept = Tree::object();
    keep_others(choice, "index delta message finish_reason logprobs", kept);
    keep_others(message,
                "role content refusal reasoning_content reasoning reasoning_details tool_calls function_call "
                "images audio annotations extra_content provider_specific_fields",
                kept);
    if (!kept.empty()) candidate["openai"] = std::move(kept);
    if (!parts.empty() || whole != nullptr || candidate.contains("finishReason"))
        candidate["content"] = {{"role", "model"}};
    if (!parts.empty()) candidate["content"]["parts"] = std::move(parts);
    return candidate;
}

GENAI_INLINE Tree ChoiceReader::end(std::string_view reason) {
    Tree candidate = Tree::object();
    Tree parts = Tree::array();
    if (finished_) return candidate;
    if (!reason.empty()) {
        finish(reason, candidate, parts);
    } else {  // a whole answer without a word
        tags_.end([&](std::string_view text, bool thought) { add_text(parts, text, thought); });
        give_calls(parts, true);
    }
    if (!parts.empty()) candidate["content"] = {{"role", "model"}, {"parts", std::move(parts)}};
    return candidate;
}

GENAI_INLINE Tree CompletionReader::response(const Tree& completion) {
    if (!completion.is_object() || (!completion.contains("choices") && usage_of(completion).is_null()))
        throw DecodeError({}, "expected a chat completion, with `choices`");
    if (const auto id = text_at(completion, "id"); !id.empty()) id_ = id;
    if (const auto model = text_at(completion, "model"); !model.empty()) model_ = model;
    Tree made = Tree::object();
    Tree candidates = Tree::array();
    std::int64_t position = 0;
    for (const Tree& choice : list_at(completion, "choices")) {
        const std::int64_t index = integer_at(choice, "index", position++);
        Tree candidate = choices_.try_emplace(index, *dialect_).first->second.take(choice);
        if (candidate.empty()) continue;
        candidate["index"] = index;
        candidates.push_back(std::move(candidate));
    }
    if (!candidates.empty()) made["candidates"] = std::move(candidates);
    if (Tree usage = usage_of(completion); !usage.is_null()) made["usageMetadata"] = std::move(usage);
    Tree kept = Tree::object();
    keep_others(
        completion,
        begun_ ? "id object created model choices usage system_fingerprint service_tier provider obfuscation"
               : "id object model choices usage obfuscation",
        kept);
    if (!kept.empty()) made["openai"] = std::move(kept);
    return made;
}

GENAI_INLINE Tree CompletionReader::with_about(Tree response) const {
    if (!id_.empty()) response["responseId"] = id_;
    if (!model_.empty()) response["modelVersion"] = model_;
    return response;
}

GENAI_INLINE Tree CompletionReader::whole(const Tree& completion) {
    Tree made = response(completion);
    for (Tree& candidate : made["candidates"]) {
        Tree rest = choices_.at(candidate["index"].get<std::int64_t>()).end({});
        if (!rest.contains("content")) continue;
        Tree& parts = candidate["content"]["parts"];
        if (parts.is_null()) parts = Tree::array();
        for (Tree& part : rest["content"]["parts"]) parts.push_back(std::move(part));
    }
    if (made["candidates"].is_null()) made.erase("candidates");
    return with_about(std::move(made));
}

GENAI_INLINE Tree CompletionReader::take(const Tree& chunk) {
    Tree made = response(chunk);
    const bool says_nothing = !made.contains("candidates") && !made.contains("usageMetadata");
    if (says_nothing && begun_ && !made.contains("openai")) return nullptr;
    if (!says_nothing) begun_ = true;
    return with_about(std::move(made));
}

GENAI_INLINE bool ChoiceReader::take_text(std::string_view text) {
    if (finished_ || !tags_.over()) return false;
    text_ += text;
    return true;
}

GENAI_INLINE std::string CompletionReader::take_text(std::string_view event) {
    if (!begun_) return {};
    const auto chunk = TextChunk::read(event);
    const TextChoice* const choice = chunk ? chunk->only() : nullptr;
    if (choice == nullptr) return {};
    const auto reader = choices_.find(choice->index);
    if (reader == choices_.end() || !reader->second.take_text(*choice->delta.content)) return {};
    if (about_.empty()) about_ = write_tree(with_about(Tree::object()));
    std::string made = R"({"candidates":[{"content":{"role":"model","parts":[{"text":)";
    made += encode(*choice->delta.content);
    made += R"(}]},"index":)" + std::to_string(choice->index) + "}]";
    made += about_.size() > 2 ? ',' + about_.substr(1) : std::string("}");
    return made;
}

GENAI_INLINE Tree CompletionReader::end(bool done) {
    if (!done) return nullptr;
    Tree candidates = Tree::array();
    if (choices_.empty()) return nullptr;
    for (auto& [index, choice] : choices_) {
        Tree rest = choice.end("stop");
        if (rest.empty()) continue;
        rest["index"] = index;
        candidates.push_back(std::move(rest));
    }
    return candidates.empty() ? Tree() : with_about({{"candidates", std::move(candidates)}});
}

GENAI_INLINE std::string CompletionReader::open_call() const {
    for (const auto& [index, choice] : choices_)
        if (!choice.finished())
            if (std::string name = choice.open_call(); !name.empty()) return name;
    return {};
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
