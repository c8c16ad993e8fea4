#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <genai/attempt_event.hpp>
#include <genai/config.hpp>
#include <genai/core/decode_response.hpp>
#include <genai/generation/charged_use.hpp>
#include <genai/generation/content_filter.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether a text is server-sent events.
inline bool is_event_stream(std::string_view text) {
    for (const std::string_view begin : {"data:", "event:", "id:", ":"})
        if (text.starts_with(begin)) return true;
    return false;
}

/// The whole response of a stream's events; `inspect` sees each before it is read. Throws DecodeError.
GenerateContentResponse join_chunks(std::string_view events,
                                    const std::function<void(std::string_view)>& inspect);

/// Writes into an event what a response, or a chunk of one, says of itself.
void describe_response(AttemptEvent& event, const GenerateContentResponse& response);

/// Decodes a whole response; of events too, which some servers answer a call with that asked for no stream.
class WholeResponseSink final : public ValueSink<GenerateContentResponse> {
public:
    WholeResponseSink() : ValueSink(false) {}

    void describe(AttemptEvent& event, std::chrono::steady_clock::time_point /*begun*/) const override {
        event.usage = usage();
        if (!value_) return;
        describe_response(event, *value_);
        if (keeps_content()) event.response = std::make_shared<const std::string>(encode(*value_));
    }
    bool filtered() const override { return value_ && stopped_by_filter(*value_); }

private:
    void read() override {
        if (!is_event_stream(text())) return ValueSink::read();
        value_ = join_chunks(text(), [this](std::string_view event) {
            if (is_error_text(event)) refuse(std::string(event));
        });
        value_->sdk_http_response = http_response(response_head());
    }
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>
#include <utility>
#include <vector>

#include <genai/generation/join_parts.hpp>
#include <genai/http/sse.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE void describe_response(AttemptEvent& event, const GenerateContentResponse& response) {
    const GroundingUse grounding = grounding_use(response.candidates);
    event.searches = grounding.searches;
    event.maps = grounding.maps;
    event.response_id = response.response_id.value_or("");
    event.model_version = response.model_version.value_or("");
    for (const Candidate& candidate : response.candidates)
        event.finish_reasons.push_back(candidate.finish_reason.text());
}

/// Adds a chunk's candidate to what has come of it before.
GENAI_INLINE void join_candidate(Candidate& whole, const Candidate& chunk) {
    std::vector<Part> parts = whole.content ? std::move(whole.content->parts) : std::vector<Part>();
    wire::read_document(encode(chunk), wire::type_of<Candidate>, &whole);
    if (!chunk.content) {
        if (whole.content) whole.content->parts = std::move(parts);
        return;
    }
    for (const Part& part : chunk.content->parts) join_part(parts, part, true);
    whole.content->parts = std::move(parts);
}

GENAI_INLINE GenerateContentResponse join_chunks(std::string_view events,
                                                 const std::function<void(std::string_view)>& inspect) {
    GenerateContentResponse whole;
    const auto add = [&](std::string_view text) {
        inspect(text);
        std::vector<Candidate> candidates = std::exchange(whole.candidates, {});
        wire::read_document(text, wire::type_of<GenerateContentResponse>, &whole);
        std::swap(candidates, whole.candidates);
        for (Candidate& chunk : candidates) {
            const auto found = std::find_if(
                whole.candidates.begin(), whole.candidates.end(),
                [&](const Candidate& one) { return one.index.value_or(0) == chunk.index.value_or(0); });
            if (found == whole.candidates.end()) whole.candidates.push_back(std::move(chunk));
            else join_candidate(*found, chunk);
        }
        return true;
    };
    http::SseParser parser;
    const auto is_json = [](std::string_view data) { return data.starts_with('{'); };
    parser.feed(events, [&](const http::SseEvent& event) { return !is_json(event.data) || add(event.data); });
    if (const std::string last = parser.pending(); is_json(last)) add(last);
    return whole;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
