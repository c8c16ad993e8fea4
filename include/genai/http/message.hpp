#pragma once

#include <algorithm>
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
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/values/number_cast.hpp>
#include <genai/net/timeouts.hpp>

namespace genai::inline GENAI_ABI {
struct CallContext;
}

namespace genai::inline GENAI_ABI::http {

/// Whether two header names are the same (RFC 9110 §5.1: case does not count).
inline bool same_name(std::string_view a, std::string_view b) noexcept {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

/// A text without the blanks and tabs around it (RFC 9110 §5.6.3).
inline std::string_view trim_blanks(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}
/// Calls `use` with each element of a header's comma-separated value that is not empty (RFC 9110 §5.6.1).
template <class Use>
void for_each_element(std::string_view list, Use&& use) {
    while (!list.empty()) {
        const std::string_view one = list.substr(0, list.find(','));
        list.remove_prefix((std::min)(list.size(), one.size() + 1));
        if (const std::string_view element = trim_blanks(one); !element.empty()) use(element);
    }
}

/// Header fields in order, repeated ones included.
class Headers {
public:
    /// Name and value.
    using Field = std::pair<std::string, std::string>;

    Headers() = default;
    Headers(std::initializer_list<Field> fields) : fields_(fields) {}

    /// The first value under `name`, or null.
    const std::string* find(std::string_view name) const noexcept {
        for (const Field& field : fields_)
            if (same_name(field.first, name)) return &field.second;
        return nullptr;
    }
    /// The first value under `name`, or nothing.
    std::string_view get(std::string_view name) const noexcept {
        const std::string* value = find(name);
        return value == nullptr ? std::string_view() : *value;
    }
    /// Adds a field, beside any of the same name.
    void add(std::string_view name, std::string_view value) { fields_.emplace_back(name, value); }
    /// Sets a field, in place of all of the same name.
    void set(std::string_view name, std::string_view value) {
        std::erase_if(fields_, [name](const Field& field) { return same_name(field.first, name); });
        add(name, value);
    }

    /// Adds to the value of the last field, after a blank.
    void append_to_last(std::string_view value) { fields_.back().second.append(" ").append(value); }

    auto begin() const noexcept { return fields_.begin(); }
    auto end() const noexcept { return fields_.end(); }
    /// Number of fields.
    std::size_t size() const noexcept { return fields_.size(); }
    /// All of them.
    const std::vector<Field>& fields() const noexcept { return fields_; }

private:
    std::vector<Field> fields_{};
};

/// A request's body: bytes that are read from a source, from any offset and more than once, so that a request
/// can be repeated and is never held whole unless it is text already. Cheap to copy.
class Body {
public:
    /// Fills the buffer with the bytes from `offset` on; fewer than asked only at the end. May be called
    /// again for an offset it was called for before. What it throws ends the call.
    using ReadCallback = std::function<std::size_t(std::uint64_t offset, std::span<char> buffer)>;

    /// A stretch of a body: text, or bytes that a source makes.
    struct Segment {
        std::string_view text{};
        std::uint64_t size{};
        ReadCallback source{};  ///< null for text
    };

    /// No body.
    Body() = default;
    /// Text, kept alive by `owner`.
    Body(std::string_view text, std::shared_ptr<const void> owner)
        : text_(text), owner_(std::move(owner)), present_(true) {}
    /// `size` bytes of `source`; nothing for a length that is not known before the end.
    Body(std::optional<std::uint64_t> size, ReadCallback source)
        : size_(size), source_(std::move(source)), present_(true) {}

    /// Segments, one behind the other, whose texts `owner` keeps alive.
    Body(std::vector<Segment> segments, std::shared_ptr<const void> owner)
        : owner_(std::move(owner)),
          segments_(std::make_shared<const std::vector<Segment>>(std::move(segments))),
          size_(0),
          source_([all = segments_](std::uint64_t offset, std::span<char> buffer) {
              return read_segments(*all, offset, buffer);
          }),
          present_(true) {
        for (const Segment& one : *segments_) *size_ += one.size;
    }

    /// A text of its own.
    static Body text(std::string text) {
        auto owned = std::make_shared<const std::string>(std::move(text));
        const std::string_view view = *owned;
        return {view, std::move(owned)};
    }

    /// Whether the request has a body at all; an empty one counts.
    bool present() const noexcept { return present_; }
    /// Its length, where known.
    std::optional<std::uint64_t> size() const noexcept {
        return source_ ? size_ : std::optional<std::uint64_t>(text_.size());
    }
    /// All of it, when it lies in memory.
    std::optional<std::string_view> in_memory() const noexcept {
        return source_ ? std::nullopt : std::optional<std::string_view>(text_);
    }
    /// The segments, for who looks into a body without reading what its sources make; empty where it has
    /// none.
    std::span<const Segment> segments() const noexcept {
        return segments_ ? std::span<const Segment>(*segments_) : std::span<const Segment>();
    }
    /// What keeps the segments' texts alive.
    const std::shared_ptr<const void>& owner() const noexcept { return owner_; }
    /// Reads on from `offset`; fewer than asked, and 0, only at the end.
    std::size_t read(std::uint64_t offset, std::span<char> buffer) const {
        if (source_) return source_(offset, buffer);
        if (offset >= text_.size()) return 0;
        const std::size_t count =
            (std::min)(buffer.size(), text_.size() - detail::number_cast<std::size_t>(offset));
        std::memcpy(buffer.data(), text_.data() + offset, count);
        return count;
    }

private:
    static std::size_t read_segments(const std::vector<Segment>& all, std::uint64_t offset,
                                     std::span<char> buffer) {
        const std::size_t wanted = buffer.size();
        for (const Segment& one : all) {
            if (offset >= one.size) {
                offset -= one.size;
                continue;
            }
            const std::span<char> to = buffer.first(detail::number_cast<std::size_t>(
                (std::min)(one.size - offset, std::uint64_t{buffer.size()})));
            if (one.source) one.source(offset, to);
            else std::memcpy(to.data(), one.text.data() + offset, to.size());
            buffer = buffer.subspan(to.size());
            if (buffer.empty()) break;
            offset = 0;
        }
        return wanted - buffer.size();
    }

    std::string_view text_{};
    std::shared_ptr<const void> owner_{};
    std::shared_ptr<const std::vector<Segment>> segments_{};
    std::optional<std::uint64_t> size_{};
    ReadCallback source_{};
    bool present_{false};
};

using net::Timeouts;

/// One request, ready to be sent.
struct Request {
    std::string method{"GET"};
    std::string url{};  ///< absolute, percent-encoded; its query may hold a key: never to be logged whole
    Headers headers{};
    Body body{};
    Timeouts timeouts{};
    stop_token stop{};  ///< ends the exchange with Cancelled
    bool no_transparent_resend{
        false};  ///< whether a transport must not send it again by itself when a kept connection died
    bool idempotent{false};  ///< whether doing it twice has the effect of doing it once
    const CallContext*
        context{};  ///< the call it belongs to, during `send`; null for requests that belong to none
};

/// The response's status line and headers.
struct ResponseHead {
    int status{};
    Headers headers{};
};

/// What a sink says to what it was given. More values may come: compare, do not convert.
enum class Flow {
    more,  ///< go on
    stop,  ///< end the exchange; the transport then returns in good order
};

/// Where a response goes as it comes: first its head, once, then its body piece by piece. A transport calls
/// it from one thread at a time, never again after a `stop`, and lets through what it throws.
class Sink {
public:
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    virtual ~Sink() = default;
    /// Status and headers of the final response: not of a 1xx.
    virtual Flow head(const ResponseHead& head) = 0;
    /// The next piece of the body, without its transfer coding, valid during the call.
    virtual Flow data(std::string_view piece) = 0;
};

/// Gives a sink a response that is in memory whole.
inline Flow deliver(Sink& sink, const ResponseHead& head, std::string_view body) {
    const Flow flow = sink.head(head);
    return flow == Flow::stop || body.empty() ? flow : sink.data(body);
}

}  // namespace genai::inline GENAI_ABI::http
