#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/values/number_cast.hpp>
#include <genai/clock.hpp>
#include <genai/core/call.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/retry.hpp>
#include <genai/core/upload_parts.hpp>
#include <genai/http/message.hpp>
#include <genai/http/redaction.hpp>
#include <genai/upload_source.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The resumable upload of the Google APIs as a state machine: a start, parts of 8 MiB, and after a part that
/// broke off a question for how far the server has come. https://ai.google.dev/api/files#method:-media.upload
class ResumableUpload {
public:
    /// What to do.
    struct Step {
        /// Send: tell `came` or `failed` afterwards.
        enum class Kind {
            send,      ///< make `call`
            wait,      ///< wait for `span`, or until the call is cancelled
            finished,  ///< the upload is done, and `text` the server's last word
        };
        Kind kind{Kind::finished};
        Call call{};
        std::chrono::milliseconds span{};
        std::string text{};
    };

    /// `start` is the call that announces the source, its options those over the client's.
    ResumableUpload(Clock& clock, Call start, UploadSource::Opened source, std::string mime_type,
                    Progress progress);

    ResumableUpload(const ResumableUpload&) = delete;
    ResumableUpload& operator=(const ResumableUpload&) = delete;
    ~ResumableUpload() = default;

    /// What to do now. Throws Error for a source that cannot go back to what the server wants again,
    /// TransportError with TransportError::Reason::timeout when time is up.
    Step next();
    /// What a call gave. Throws Error where the server does not keep to the protocol.
    void came(const http::ResponseHead& head, std::string_view text, const http::Redactor& secrets);
    /// What a call threw. Throws it again where it is the upload's end.
    void failed(const std::exception_ptr& error);

private:
    enum class State { starting, uploading, waiting, asking, finished };

    void came_start(const http::ResponseHead& head);
    void came_part(const http::ResponseHead& head, const http::Redactor& secrets);
    void came_offset(const http::ResponseHead& head);
    void finish(std::uint64_t sent, bool all);
    void reach(std::uint64_t offset);
    Call start_call() const;
    Call follow_up(std::string_view command) const;
    Call within_deadline(Call call);

    Call start_;
    UploadSource::Opened source_;
    std::string mime_type_;
    Progress progress_;
    std::string file_name_;
    Deadline deadline_;
    Retries retries_;
    State state_{State::starting};
    std::string target_{};
    std::optional<UploadParts> parts_{};
    UploadParts::Part part_{};
    std::uint64_t offset_{0};
    std::uint64_t furthest_{0};  // that the server has ever had
    std::chrono::milliseconds wait_{};
    std::string text_{};
};

/// Uploads a source on this thread; `start` is the call that announces it. Gives the server's last word.
std::string upload(Caller& caller, Call start, UploadSource::Opened source, std::string mime_type,
                   Progress progress);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <charconv>

#include <genai/core/backoff.hpp>
#include <genai/core/upload_address.hpp>
#include <genai/error.hpp>
#include <genai/http/header_rules.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/codec.hpp>
#include <genai/http/url.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Header values are ASCII without control characters; of other names the rest is percent-encoded.
GENAI_INLINE std::string header_safe(const std::string& name) {
    std::string safe;
    for (const char c : name) {
        if (static_cast<unsigned char>(c) >= ' ' && c != 0x7F && static_cast<unsigned char>(c) < 0x80 &&
            c != '%')
            safe += c;
        else safe += http::percent_encode({&c, 1}, {});
    }
    while (safe.starts_with(' ')) safe.erase(0, 1);
    while (safe.ends_with(' ')) safe.pop_back();
    return safe;
}

/// A header that is a number; nothing where it is none.
GENAI_INLINE std::optional<std::uint64_t> number_header(const http::ResponseHead& head,
                                                        std::string_view name) {
    const auto text = head.headers.get(name);
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                       : std::nullopt;
}

/// The size of the parts: 8 MiB, or the next multiple of what the server can take.
GENAI_INLINE std::size_t upload_part_size(const http::ResponseHead& head) {
    constexpr std::size_t usual = std::size_t{8} << 20U;
    const std::uint64_t grain = number_header(head, "x-goog-upload-chunk-granularity").value_or(1);
    if (grain <= 1 || grain > (std::uint64_t{64} << 20U)) return usual;
    return detail::number_cast<std::size_t>((usual + grain - 1) / grain * grain);
}

GENAI_INLINE ResumableUpload::ResumableUpload(Clock& clock, Call start, UploadSource::Opened source,
                                              std::string mime_type, Progress progress)
    : start_(std::move(start)),
      source_(std::move(source)),
      mime_type_(std::move(mime_type)),
      progress_(std::move(progress)),
      file_name_(header_safe(source_.file_name)),
      deadline_(clock, start_.options.timeout),
      retries_(start_.options.retry, clock, deadline_) {}

GENAI_INLINE ResumableUpload::Step ResumableUpload::next() {
    switch (state_) {
        case State::starting: return {.kind = Step::Kind::send, .call = within_deadline(start_call())};
        case State::uploading: {
            part_ = parts_->at(offset_);
            Call call = follow_up(part_.last ? "upload, finalize" : "upload");
            call.headers.set("X-Goog-Upload-Offset", std::to_string(offset_));
            call.media = part_.body;
            call.no_transparent_resend = true;  // who knows how much of it has arrived: that is asked
            return {.kind = Step::Kind::send, .call = within_deadline(std::move(call))};
        }
        case State::waiting: state_ = State::asking; return {.kind = Step::Kind::wait, .span = wait_};
        case State::asking: {
            Call call = follow_up("query");
            call.media = http::Body::text("");
            call.idempotent = true;
            return {.kind = Step::Kind::send, .call = within_deadline(std::move(call))};
        }
        case State::finished: break;
    }
    return {.kind = Step::Kind::finished, .text = std::move(text_)};
}

GENAI_INLINE Call ResumableUpload::start_call() const {
    Call call = start_;
    call.upload = true;
    call.idempotent = true;  // a start that nothing follows comes to nothing
    call.headers.set("X-Goog-Upload-Protocol", "resumable");
    call.headers.set("X-Goog-Upload-Command", "start");
    if (source_.size) call.headers.set("X-Goog-Upload-Header-Content-Length", std::to_string(*source_.size));
    call.headers.set("X-Goog-Upload-Header-Content-Type", header_safe(mime_type_));
    if (!file_name_.empty()) call.headers.set("X-Goog-Upload-File-Name", file_name_);
    return call;
}

GENAI_INLINE Call ResumableUpload::follow_up(std::string_view command) const {
    Call call{.operation = start_.operation, .options = start_.options, .upload_target = target_};
    call.options.extra_body.reset();
    call.headers.set("X-Goog-Upload-Command", command);
    if (!file_name_.empty()) call.headers.set("X-Goog-Upload-File-Name", file_name_);
    return call;
}

GENAI_INLINE Call ResumableUpload::within_deadline(Call call) {
    call.options.timeout = deadline_.left();
    if (call.options.timeout && call.options.timeout->count() == 0) {
        TimeoutError problem(TransportError::Phase::send, "the upload was not done in its time");
        if (state_ == State::uploading) retries_.record(problem);  // it counts as the part's attempt
        retries_.annotate(problem);
        throw problem;
    }
    return call;
}

GENAI_INLINE void ResumableUpload::came(const http::ResponseHead& head, std::string_view text,
                                        const http::Redactor& secrets) {
    text_ = text;
    switch (state_) {
        case State::starting: return came_start(head);
        case State::uploading: return came_part(head, secrets);
        default: return came_offset(head);
    }
}

GENAI_INLINE void ResumableUpload::came_start(const http::ResponseHead& head) {
    auto told = head.headers.get("x-goog-upload-url");
    if (told.empty()) told = head.headers.get("location");
    if (told.empty())
        throw Error("the server does not take uploads here: its answer has no X-Goog-Upload-URL");
    target_ = upload_target(told, start_.options);
    parts_.emplace(std::move(source_), upload_part_size(head), progress_);
    state_ = State::uploading;
}

GENAI_INLINE void ResumableUpload::came_part(const http::ResponseHead& head, const http::Redactor& secrets) {
    const std::string status(head.headers.get("x-goog-upload-status"));
    if (status == "final") {
        finish(offset_ + part_.size, part_.last);
    } else if (status == "active" && part_.size != 0) {
        reach(offset_ + part_.size);
    } else if (status != "active" && !status.empty()) {
        throw Error("the server gave the upload up: its status is '" + secrets.redact(status) + "'");
    } else {
        throw TransportError(TransportError::Phase::wait, TransportError::Reason::closed,
                             "the server has all bytes and does not end the upload");
    }
}

GENAI_INLINE void ResumableUpload::came_offset(const http::ResponseHead& head) {
    const auto status = head.headers.get("x-goog-upload-status");
    if (status == "final" && text_.find('{') != std::string::npos)
        return finish(offset_ + part_.size, part_.last);
    const auto received = number_header(head, "x-goog-upload-size-received");
    if (status != "active" || !received)
        throw Error("the upload broke off, and the server cannot say how far it has come");
    if (*received > offset_ + part_.size)
        throw Error("the upload broke off, and the server claims more bytes than were sent");
    reach(*received);
    parts_->report(offset_);
    state_ = State::uploading;
}

/// Holds what the server says of the file against what was sent.
GENAI_INLINE void ResumableUpload::finish(std::uint64_t sent, bool all) {
    state_ = State::finished;
    if (!all) throw Error("the server ended the upload before all bytes were sent");
    std::string size;
    try {
        auto members = decode<Dict<RawJson>>(text_);
        if (const RawJson file = members["file"]; !file.text().empty())
            members = decode<Dict<RawJson>>(file.text());
        size = members["sizeBytes"].text();
    } catch (const DecodeError&) {
        return;  // the call's own reader says what is wrong with it
    }
    std::erase(size, '"');
    if (!size.empty() && size != "null" && size != std::to_string(sent))
        throw Error("the server has " + wire::excerpt(size, 20) + " bytes of the " + std::to_string(sent) +
                    " that were sent");
}

GENAI_INLINE void ResumableUpload::reach(std::uint64_t offset) {
    offset_ = offset;
    if (offset_ <= furthest_) return;
    furthest_ = offset_;
    retries_.restart();
}

GENAI_INLINE void ResumableUpload::failed(const std::exception_ptr& error) {
    if (state_ != State::uploading) std::rethrow_exception(error);
    try {
        std::rethrow_exception(error);
    } catch (Error& problem) {
        retries_.record(problem);
        const auto wait = retries_.next(problem, true);  // what has arrived is asked, not sent twice
        if (!wait) {
            retries_.annotate(problem);
            throw;
        }
        wait_ = *wait;
        state_ = State::waiting;
    }
}

GENAI_INLINE std::string upload(Caller& caller, Call start, UploadSource::Opened source,
                                std::string mime_type, Progress progress) {
    start.options = caller.options(start.options);
    const stop_token stop = start.options.stop_token;
    ResumableUpload upload(caller.clock(), std::move(start), std::move(source), std::move(mime_type),
                           std::move(progress));
    for (;;) {
        ResumableUpload::Step step = upload.next();
        if (step.kind == ResumableUpload::Step::Kind::finished) return std::move(step.text);
        if (step.kind == ResumableUpload::Step::Kind::wait) {
            pause(caller.clock(), step.span, stop);
            continue;
        }
        TextSink sink;
        try {
            const auto exchange = caller.begin(std::move(step.call));
            caller.run(*exchange, sink);
            upload.came(sink.response_head(), sink.text(), exchange->context().secrets);
        } catch (const ApiError&) {
            const http::ResponseHead& head = sink.response_head();
            if (head.status == 200 && head.headers.get("x-goog-upload-status") == "final")
                throw;  // the server ended the upload with an error: there is nothing to go on with
            upload.failed(std::current_exception());
        } catch (...) {
            upload.failed(std::current_exception());
        }
    }
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
