#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/core/decode_response.hpp>
#include <genai/core/response_sink.hpp>
#include <genai/generation/charged_use.hpp>
#include <genai/generation/content_filter.hpp>
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
    GroundingUse grounding() const override { return grounding_; }
    bool filtered() const override { return held_; }
    /// Throws StreamInterrupted for a stream that ended too early.
    GENAI_INLINE void complete() override;

private:
    void restart() override {
        EventSink::restart();
        held_ = stopped_ = false;
        usage_.reset();
    }
    GENAI_INLINE bool event(std::string_view text) override;
    bool take(GenerateContentResponse&& chunk, std::size_t bytes);
    void note(const GenerateContentResponse& chunk);
    void raise_if_error(std::string_view text) const;

    OnChunk on_chunk_;
    bool require_finish_reason_;
    std::size_t count_{0};
    std::shared_ptr<const GenerateContentResponseUsageMetadata> usage_{};
    GroundingUse grounding_{};
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
    if (chunk.usage_metadata) usage_ = usage_of(chunk);  // each counts from the beginning
    grounding_.take_newer(grounding_use(chunk.candidates));
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
