#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/core/decode_response.hpp>
#include <genai/core/response_sink.hpp>
#include <genai/generation/content_filter.hpp>
#include <genai/generation/join_chunks.hpp>
#include <genai/types/generate_content.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Decodes a stream's chunks and delivers them; knows whether the model came to an end.
class ChunkSink final : public EventSink {
public:
    /// Takes a chunk of that many bytes; false when no more are wanted.
    using OnChunk = std::function<bool(GenerateContentResponse&&, std::size_t bytes)>;

    ChunkSink(OnChunk on_chunk, bool require_finish_reason)
        : on_chunk_(std::move(on_chunk)), require_finish_reason_(require_finish_reason) {}

    std::shared_ptr<const GenerateContentResponseUsageMetadata> usage() const override { return usage_; }
    GENAI_INLINE void describe(AttemptEvent& event,
                               std::chrono::steady_clock::time_point begun) const override;
    bool filtered() const override { return held_; }
    /// Throws StreamInterrupted for a stream that ended too early.
    GENAI_INLINE void complete() override;

private:
    void restart() override {
        EventSink::restart();
        held_ = stopped_ = false;
        usage_.reset();
        noted_ = {};
        first_chunk_.reset();
        events_.clear();
    }
    GENAI_INLINE bool event(std::string_view text) override;
    bool take(GenerateContentResponse&& chunk, std::size_t bytes);
    void note(const GenerateContentResponse& chunk);
    void raise_if_error(std::string_view text) const;

    OnChunk on_chunk_;
    bool require_finish_reason_;
    std::size_t count_{0};
    std::shared_ptr<const GenerateContentResponseUsageMetadata> usage_{};
    AttemptEvent noted_{};  // what the chunks say of themselves
    std::optional<std::chrono::steady_clock::time_point> first_chunk_{};
    std::string events_{};       // where all of it is told
    std::uint64_t begun_{0};     // candidates that have begun, by index
    std::uint64_t finished_{0};  // and those that said why they ended
    bool refused_{false};        // the prompt was
    bool stopped_{false};        // no more chunks are wanted
    bool held_{false};           // as a filter stopped it at once
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <genai/error.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE void ChunkSink::complete() {
    if (!stopped_) EventSink::complete();
    if (stopped_ || !require_finish_reason_ || refused_ || (begun_ != 0 && (begun_ & ~finished_) == 0))
        return;
    if (const std::string rest = stray(); !rest.empty()) raise_if_error(rest);
    throw StreamInterrupted("the stream ended after " + std::to_string(count_) +
                            " chunks without a finish reason: the answer is not complete");
}

GENAI_INLINE bool ChunkSink::event(std::string_view text) {
    if (keeps_content()) events_.append("data: ").append(text).append("\n\n");
    return take(decode<GenerateContentResponse>(text), text.size());
}

GENAI_INLINE bool ChunkSink::take(GenerateContentResponse&& chunk, std::size_t bytes) {
    if (chunk.candidates.empty() && !chunk.extra.empty()) raise_if_error(encode(chunk));
    if (count_ == 0 && holds_filtered() && stopped_by_filter(chunk)) {
        if (chunk.usage_metadata) usage_ = usage_of(chunk);
        held_ = stopped_ = true;
        return false;
    }
    note(chunk);
    if (count_++ == 0) chunk.sdk_http_response = http_response(response_head());
    mark_delivered();
    stopped_ = !on_chunk_(std::move(chunk), bytes);
    return !stopped_;
}

GENAI_INLINE void ChunkSink::note(const GenerateContentResponse& chunk) {
    for (const Candidate& candidate : chunk.candidates) {
        const auto bit = std::uint64_t{1} << (static_cast<std::uint32_t>(candidate.index.value_or(0)) & 63U);
        begun_ |= bit;
        if (candidate.finish_reason) finished_ |= bit;
    }
    refused_ = refused_ || (chunk.prompt_feedback && chunk.prompt_feedback->block_reason);
    if (!observed()) return;
    if (!first_chunk_) first_chunk_ = clock().now();
    if (chunk.usage_metadata) usage_ = usage_of(chunk);  // each counts from the beginning
    AttemptEvent said;
    describe_response(said, chunk);
    if (noted_.searches < said.searches) noted_.searches = said.searches;
    noted_.maps = noted_.maps || said.maps;
    if (!said.response_id.empty()) noted_.response_id = std::move(said.response_id);
    if (!said.model_version.empty()) noted_.model_version = std::move(said.model_version);
    for (const Candidate& candidate : chunk.candidates) {
        const auto index = static_cast<std::size_t>(candidate.index.value_or(0)) & 63U;
        if (noted_.finish_reasons.size() <= index) noted_.finish_reasons.resize(index + 1);
        if (candidate.finish_reason) noted_.finish_reasons[index] = candidate.finish_reason.text();
    }
}

GENAI_INLINE void ChunkSink::describe(AttemptEvent& event,
                                      std::chrono::steady_clock::time_point begun) const {
    event.usage = usage_;
    event.searches = noted_.searches;
    event.maps = noted_.maps;
    event.response_id = noted_.response_id;
    event.model_version = noted_.model_version;
    event.finish_reasons = noted_.finish_reasons;
    if (first_chunk_)
        event.first_chunk = std::chrono::duration_cast<std::chrono::microseconds>(*first_chunk_ - begun);
    if (!events_.empty())
        event.response =
            std::make_shared<const std::string>(encode(join_chunks(events_, [](std::string_view) {})));
}

GENAI_INLINE void ChunkSink::raise_if_error(std::string_view text) const {
    bool error = false;
    try {
        error = is_error(decode<Json>(text));
    } catch (const DecodeError&) {
        return;
    }
    if (error) refuse(std::string(text));
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
