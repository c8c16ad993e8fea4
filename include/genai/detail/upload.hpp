#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/core.hpp>
#include <genai/detail/mime_types.hpp>
#include <genai/detail/pause.hpp>
#include <genai/upload_source.hpp>

namespace genai::inline v0::detail {

/// Called with the bytes sent so far and, where known, in all.
using Progress = std::function<void(std::uint64_t, std::optional<std::uint64_t>)>;

/// The media type of an upload: as told, else by the file's name. Throws InvalidArgument.
std::string upload_mime_type(const std::optional<std::string>& told, const std::string& file_name);

/// Cuts a source into parts and can give each of them again: one that is read once keeps its current part.
class UploadParts {
public:
    UploadParts(UploadSource::Opened source, std::size_t part_size, const Progress& progress)
        : source_(std::move(source)), part_size_(part_size), progress_(progress) {}

    /// One part.
    struct Part {
        http::Body body{};
        std::uint64_t size{};
        bool last{};
    };

    /// The part that begins at `offset`, which lies in the part given before or right behind it.
    Part at(std::uint64_t offset);

    /// All there is, where known.
    std::optional<std::uint64_t> total() const noexcept { return source_.size; }

    /// Tells how far it has come.
    void report(std::uint64_t sent) const {
        if (progress_) progress_(sent, source_.size);
    }

private:
    http::Body body(std::uint64_t offset, std::uint64_t size, http::Body::Source read) const;

    /// Drops what lies before `offset` and reads on until the window is full.
    void load(std::uint64_t offset);

    UploadSource::Opened source_;
    std::size_t part_size_;
    const Progress& progress_;
    std::unique_ptr<char[]> window_{};  // a part and one byte more, to know whether the part is the last
    std::size_t filled_{0};
    std::uint64_t begin_{0};  // where the window stands in the whole
    bool ended_{false};
};

/// The resumable upload of the Google APIs: a start, parts of 8 MiB, and after a part that broke off a question for how
/// far the server has come. https://ai.google.dev/api/files#method:-media.upload
template <http::Transport T>
class Uploader {
public:
    explicit Uploader(Core<T>& core) : core_(core) {}

    /// Uploads the source; `start` is the call that announces it. Gives the last answer's text.
    std::string run(Call start, UploadSource::Opened source, const std::string& mime_type, const Progress& progress) {
        options_ = start.options;
        deadline_ = Deadline(clock(), options_.timeout);
        file_name_ = header_safe(source.file_name);
        begin(start, source.size, mime_type);

        UploadParts parts(std::move(source), part_size(), progress);
        Attempts attempts(options_.retry, clock(), deadline_);
        std::uint64_t offset = 0;
        std::uint64_t furthest = 0;  // that the server has ever had
        const auto reach = [&](std::uint64_t place) {
            offset = place;
            if (offset <= furthest) return;
            furthest = offset;
            attempts.restart();
        };
        for (;;) {
            const UploadParts::Part part = parts.at(offset);
            try {
                const std::string status = send(part, offset);
                if (status == "final") return std::move(answer_.text);
                if (status == "active" && part.size != 0) {
                    reach(offset + part.size);
                    continue;
                }
                if (status != "active" && !status.empty()) throw Error("the server gave the upload up: its status is '" + Secrets(core_.protocol().key()).blot(status) + "'");
                throw TransportError(Phase::wait, Reason::closed, "the server has all bytes and does not end the upload");
            } catch (Error& problem) {
                const auto wait = attempts.next(problem, true);  // what has arrived is asked, not sent twice
                if (!wait) {
                    attempts.tell(problem);
                    throw;
                }
                pause(clock(), *wait, options_.stop_token);
            }
            const std::optional<std::uint64_t> reached = ask_offset();
            if (!reached) return std::move(answer_.text);
            if (*reached > offset + part.size) throw Error("the upload broke off, and the server claims more bytes than were sent");
            reach(*reached);
            parts.report(offset);
        }
    }

private:
    struct Answer {
        http::ResponseHead head{};
        std::string text{};
    };

    static constexpr std::size_t usual_part = std::size_t{8} << 20U;

    /// Header values are ASCII without control characters; of other names the rest is percent-encoded.
    static std::string header_safe(const std::string& name) {
        std::string safe;
        for (const char c : name) {
            if (static_cast<unsigned char>(c) >= ' ' && c != 0x7F && static_cast<unsigned char>(c) < 0x80 && c != '%') safe += c;
            else safe += http::percent_encode({&c, 1}, {});
        }
        while (safe.starts_with(' ')) safe.erase(0, 1);
        while (safe.ends_with(' ')) safe.pop_back();
        return safe;
    }

    /// An address with its escapes put back, as far as they can be told: cpp-httplib takes them out of every header, and
    /// reads a `+` in a query as a blank.
    static std::string escaped(std::string_view url) {
        std::string whole;
        bool query = false;
        for (const char c : url) {
            query = query || c == '?';
            const auto byte = static_cast<unsigned char>(c);
            if (byte > ' ' && byte < 0x7F && c != '"' && c != '<' && c != '>' && !(query && c == '+')) whole += c;
            else whole += http::percent_encode({&c, 1}, {});
        }
        return whole;
    }

    void begin(Call& start, const std::optional<std::uint64_t>& size, const std::string& mime_type) {
        start.upload = true;
        start.repeatable = true;  // a start that nothing follows comes to nothing
        start.headers.set("X-Goog-Upload-Protocol", "resumable");
        start.headers.set("X-Goog-Upload-Command", "start");
        if (size) start.headers.set("X-Goog-Upload-Header-Content-Length", std::to_string(*size));
        start.headers.set("X-Goog-Upload-Header-Content-Type", header_safe(mime_type));
        if (!file_name_.empty()) start.headers.set("X-Goog-Upload-File-Name", file_name_);
        exchange(start);
        const std::string url(answer_.head.headers.get("x-goog-upload-url"));
        if (url.empty()) throw Error("the server does not take uploads here: its answer has no X-Goog-Upload-URL");
        try {
            target_ = http::parse_url(escaped(url), "x-goog-upload-url").target;
        } catch (const InvalidArgument&) {
            throw Error("the server gave no usable address to upload to");
        }
    }

    /// The size of the parts: 8 MiB, or the next multiple of what the server can take.
    std::size_t part_size() const {
        const std::uint64_t grain = number("x-goog-upload-chunk-granularity").value_or(1);
        if (grain <= 1 || grain > (std::uint64_t{64} << 20U)) return usual_part;
        return static_cast<std::size_t>((usual_part + grain - 1) / grain * grain);
    }

    std::string send(const UploadParts::Part& part, std::uint64_t offset) {
        Call call = follow_up(part.last ? "upload, finalize" : "upload");
        call.headers.set("X-Goog-Upload-Offset", std::to_string(offset));
        call.media = part.body;
        call.once = true;  // who knows how much of it has arrived: that is asked
        exchange(call);
        return std::string(answer_.head.headers.get("x-goog-upload-status"));
    }

    /// How far the server has come; nothing when it has all, and `answer_` is its last word.
    std::optional<std::uint64_t> ask_offset() {
        Call call = follow_up("query");
        call.media = http::Body::text("");
        call.repeatable = true;
        exchange(call);
        const auto status = answer_.head.headers.get("x-goog-upload-status");
        if (status == "final" && answer_.text.find('{') != std::string::npos) return std::nullopt;
        const auto received = number("x-goog-upload-size-received");
        if (status != "active" || !received) throw Error("the upload broke off, and the server cannot say how far it has come");
        return received;
    }

    Clock& clock() const { return core_.protocol().clock(); }

    Call follow_up(std::string_view command) const {
        Call call{.options = options_, .target = target_};
        call.options.extra_body.reset();
        call.headers.set("X-Goog-Upload-Command", command);
        if (!file_name_.empty()) call.headers.set("X-Goog-Upload-File-Name", file_name_);
        return call;
    }

    void exchange(Call& call) {
        call.options.timeout = deadline_.left();
        if (call.options.timeout && call.options.timeout->count() == 0) throw TransportError(Phase::send, Reason::timeout, "the upload was not done in its time");
        answer_ = core_.ask(call, [](std::string_view text, const http::ResponseHead& head) { return Answer{head, std::string(text)}; });
    }

    std::optional<std::uint64_t> number(std::string_view header) const {
        const auto text = answer_.head.headers.get(header);
        std::uint64_t value = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        return problem == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value) : std::nullopt;
    }

    Core<T>& core_;
    HttpOptions options_{};
    Deadline deadline_{clock(), std::nullopt};
    std::string file_name_{};
    std::string target_{};
    Answer answer_{};
};

}  // namespace genai::inline v0::detail

#if GENAI_BODIES

namespace genai::inline v0::detail {

GENAI_INLINE std::string upload_mime_type(const std::optional<std::string>& told, const std::string& file_name) {
    if (told && !told->empty()) return *told;
    const std::string_view type = mime_type_of(file_name);
    if (type.empty()) throw InvalidArgument("config.mime_type", file_name.empty() ? "must be given: only a file's name can tell it" : "must be given: the name '" + file_name + "' does not tell it");
    return std::string(type);
}

GENAI_INLINE UploadParts::Part UploadParts::at(std::uint64_t offset) {
    if (source_.body) {
        const std::uint64_t left = *source_.size - offset;
        const std::uint64_t size = (std::min)(left, static_cast<std::uint64_t>(part_size_));
        return {body(offset, size, [this](std::uint64_t place, std::span<char> out) { return source_.body->read(place, out); }), size, size == left};
    }
    if (offset < begin_ || offset > begin_ + filled_)
        throw Error("the upload broke off, and the server wants bytes again that were read from a source that cannot go back");
    if (!ended_) load(offset);
    const std::uint64_t size = (std::min)(begin_ + filled_ - offset, static_cast<std::uint64_t>(part_size_));
    return {body(offset, size, [this](std::uint64_t place, std::span<char> out) {
                const std::size_t from = static_cast<std::size_t>(place - begin_);
                const std::size_t count = (std::min)(out.size(), filled_ - from);
                std::memcpy(out.data(), window_.get() + from, count);
                return count;
            }),
            size, ended_};
}

GENAI_INLINE http::Body UploadParts::body(std::uint64_t offset, std::uint64_t size, http::Body::Source read) const {
    return {size, [this, offset, size, read](std::uint64_t at, std::span<char> out) -> std::size_t {
                const std::uint64_t left = size - (std::min)(at, size);
                out = out.first((std::min)(out.size(), static_cast<std::size_t>(left)));
                if (out.empty()) return 0;
                const std::size_t count = read(offset + at, out);
                report(offset + at + count);
                return count;
            }};
}

GENAI_INLINE void UploadParts::load(std::uint64_t offset) {
    const std::size_t full = part_size_ + 1;
    if (!window_) window_ = std::make_unique_for_overwrite<char[]>(full);
    const auto dropped = static_cast<std::size_t>(offset - begin_);
    filled_ -= dropped;
    std::memmove(window_.get(), window_.get() + dropped, filled_);
    begin_ = offset;
    while (filled_ < full && !ended_) {
        const std::size_t count = source_.read({window_.get() + filled_, full - filled_});
        ended_ = count == 0;
        filled_ += count;
    }
    if (source_.size && (begin_ + filled_ > *source_.size || (ended_ && begin_ + filled_ != *source_.size)))
        throw Error("the reader gave another number of bytes than was announced");
}

}  // namespace genai::inline v0::detail

#endif
