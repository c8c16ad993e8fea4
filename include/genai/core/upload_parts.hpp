#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include <genai/config.hpp>
#include <genai/values/number_cast.hpp>
#include <genai/values/mime_types.hpp>
#include <genai/http/message.hpp>
#include <genai/upload_source.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Called with the bytes sent so far and, where known, in all.
using Progress = std::function<void(std::uint64_t, std::optional<std::uint64_t>)>;

/// The media type of an upload: as told, else by the file's name. Throws InvalidArgument.
GENAI_LAZY std::string upload_mime_type(const std::optional<std::string>& told, const std::string& file_name);

/// Cuts a source into parts and can give each of them again: one that is read once keeps its current part.
class UploadParts {
public:
    UploadParts(UploadSource::Opened source, std::size_t part_size, Progress progress)
        : source_(std::move(source)), part_size_(part_size), progress_(std::move(progress)) {}

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
    http::Body body(std::uint64_t offset, std::uint64_t size, http::Body::ReadCallback read) const;

    /// Drops what lies before `offset` and reads on until the window is full.
    void load(std::uint64_t offset);

    UploadSource::Opened source_;
    std::size_t part_size_;
    Progress progress_;
    std::unique_ptr<char[]> window_{};  // a part and one byte more, to know whether the part is the last
    std::size_t filled_{0};
    std::uint64_t begin_{0};  // where the window stands in the whole
    bool ended_{false};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>
#include <cstring>

#include <genai/error.hpp>
#include <genai/http/header_rules.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_LAZY_BODY GENAI_INLINE std::string upload_mime_type(const std::optional<std::string>& told,
                                                          const std::string& file_name) {
    if (told && !told->empty()) {
        http::check_header_value("config.mime_type", *told);
        return *told;
    }
    const std::string_view type = mime_type_of(file_name);
    if (type.empty())
        throw InvalidArgument("config.mime_type",
                              file_name.empty()
                                  ? "must be given: only a file's name can tell it"
                                  : "must be given: the name '" + file_name + "' does not tell it");
    return std::string(type);
}

GENAI_INLINE UploadParts::Part UploadParts::at(std::uint64_t offset) {
    if (source_.body) {
        const std::uint64_t left = *source_.size - offset;
        const std::uint64_t size = (std::min)(left, detail::number_cast<std::uint64_t>(part_size_));
        return {
            body(offset, size,
                 [this](std::uint64_t place, std::span<char> out) { return source_.body->read(place, out); }),
            size, size == left};
    }
    if (offset < begin_ || offset > begin_ + filled_)
        throw Error(
            "the upload broke off, and the server wants bytes again that were read from a source that cannot "
            "go back");
    if (!ended_) load(offset);
    const std::uint64_t size =
        (std::min)(begin_ + filled_ - offset, detail::number_cast<std::uint64_t>(part_size_));
    return {body(offset, size,
                 [this](std::uint64_t place, std::span<char> out) {
                     const std::size_t from = detail::number_cast<std::size_t>(place - begin_);
                     const std::size_t count = (std::min)(out.size(), filled_ - from);
                     std::memcpy(out.data(), window_.get() + from, count);
                     return count;
                 }),
            size, ended_};
}

GENAI_INLINE http::Body UploadParts::body(std::uint64_t offset, std::uint64_t size,
                                          http::Body::ReadCallback read) const {
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
    const auto dropped = detail::number_cast<std::size_t>(offset - begin_);
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

}  // namespace genai::inline GENAI_ABI::detail

#endif
