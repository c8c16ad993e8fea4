#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <istream>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>
#include <genai/values/number_cast.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/values/bytes.hpp>

namespace genai::inline GENAI_ABI {

/// A contiguous range of one-byte elements.
template <class R>
concept ByteRange =
    !std::same_as<std::remove_cvref_t<R>, Bytes> && !std::is_array_v<std::remove_reference_t<R>> &&
    requires(const std::remove_cvref_t<R>& range) {
    requires sizeof(*std::data(range)) == 1;
    { std::size(range) } -> std::convertible_to<std::size_t>;
};

/// What can be uploaded: a file by its path, bytes, or whatever a reader gives. Only a part of it is in
/// memory at a time.
class UploadSource {
public:
    /// Fills the buffer with what comes next; 0 only at the end. What it throws ends the upload.
    using ReadCallback = std::function<std::size_t(std::span<char>)>;

    /// The file at a path: a string, a literal, a std::filesystem::path. Opened when the upload begins; must
    /// not change while it lasts.
    template <class Path>
    requires std::convertible_to<const Path&, std::filesystem::path> UploadSource(const Path& path)
        : path_(checked(path)) {}

    /// Bytes that the source keeps.
    UploadSource(Bytes bytes) {
        auto owned = std::make_shared<const Bytes>(std::move(bytes));
        body_ = http::Body(owned->view(), owned);
    }

    /// A contiguous range of bytes, such as a vector or a span: moved into the source when it is a temporary
    /// that owns them, else copied. Not a string: that is a path.
    template <ByteRange R>
    requires(!std::convertible_to<const std::remove_cvref_t<R>&, std::filesystem::path>)
        UploadSource(R&& range) {
        if constexpr (std::is_lvalue_reference_v<R> || std::ranges::borrowed_range<R>) {
            *this = UploadSource(Bytes(range));
        } else {
            auto owned = std::make_shared<const std::remove_cvref_t<R>>(std::forward<R>(range));
            body_ = http::Body(chars(std::data(*owned), std::size(*owned)), owned);
        }
    }

    /// Bytes that stay where they are, without a copy: they must outlive the upload.
    static UploadSource view(std::span<const std::byte> bytes) {
        UploadSource source;
        source.body_ = http::Body(chars(bytes.data(), bytes.size()), nullptr);
        return source;
    }
    /// The same for characters.
    static UploadSource view(std::string_view bytes) { return view(std::as_bytes(std::span(bytes))); }

    /// What a reader gives, from where it stands to its end. `size` is all of it, where known.
    static UploadSource from_reader(ReadCallback read, std::optional<std::uint64_t> size = std::nullopt) {
        UploadSource source;
        source.read_ = std::move(read);
        source.size_ = size;
        return source;
    }

    /// What a stream gives, from where it stands to its end. It must outlive the upload.
    static UploadSource from_stream(std::istream& stream, std::optional<std::uint64_t> size = std::nullopt) {
        return from_reader(
            [&stream](std::span<char> buffer) {
                stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
                if (stream.bad()) throw Error("the stream failed while it was read");
                return static_cast<std::size_t>(stream.gcount());
            },
            size);
    }

    /// A source that is ready to be read: from any place when it has a body, else once from its beginning.
    struct Opened {
        std::optional<http::Body> body{};
        ReadCallback read{};
        std::optional<std::uint64_t> size{};
        std::string file_name{};  ///< without its folders; empty for what is no file
    };

    /// Opens it. Throws InvalidArgument that names `parameter` for a file that is missing or cannot be read.
    Opened open(const std::string& parameter) const {
        if (read_) return {.read = read_, .size = size_};
        if (body_.present()) return {.body = body_, .size = body_.size()};
        return open_file(parameter);
    }

    /// The file's name without its folders; empty for what is no file.
    std::string file_name() const;

private:
    UploadSource() = default;

    static std::string_view chars(const void* data, std::size_t size) noexcept {
        return {static_cast<const char*>(data), size};
    }
    /// Refuses a null `const char*`.
    template <class Path>
    static const Path& checked(const Path& path) {
        if constexpr (std::is_pointer_v<Path>) {
            if (path == nullptr) throw InvalidArgument("file", "the path is null");
        }
        return path;
    }

    Opened open_file(const std::string& parameter) const;

    std::filesystem::path path_{};
    http::Body body_{};
    ReadCallback read_{};
    std::optional<std::uint64_t> size_{};
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI {

namespace detail {

/// Reads what comes next.
GENAI_INLINE std::size_t pull(std::istream& file, std::span<char> buffer) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    return static_cast<std::size_t>(file.gcount());
}

/// A path as messages have it.
GENAI_INLINE std::string shown(const std::filesystem::path& path) {
    const auto text = path.u8string();
    return '\'' + std::string(text.begin(), text.end()) + '\'';
}

}  // namespace detail

GENAI_INLINE std::string UploadSource::file_name() const {
    const auto name = path_.filename().u8string();
    return {name.begin(), name.end()};
}

GENAI_INLINE UploadSource::Opened UploadSource::open_file(const std::string& parameter) const {
    std::error_code problem;
    const auto kind = std::filesystem::status(path_, problem).type();
    if (kind == std::filesystem::file_type::not_found)
        throw InvalidArgument(parameter, "there is no file " + detail::shown(path_));
    if (kind == std::filesystem::file_type::directory)
        throw InvalidArgument(parameter, detail::shown(path_) + " is a folder");
    auto file = std::make_shared<std::ifstream>(path_, std::ios::binary);
    if (!*file) throw InvalidArgument(parameter, detail::shown(path_) + " cannot be opened");
    Opened opened{.file_name = file_name()};
    const bool regular = kind == std::filesystem::file_type::regular;
    if (regular) opened.size = detail::number_cast<std::uint64_t>(std::filesystem::file_size(path_, problem));
    if (problem)
        throw InvalidArgument(parameter, detail::shown(path_) + " cannot be read: " + problem.message());
    const bool more = regular && file->peek() != std::ifstream::traits_type::eof();
    file->clear();
    // a pipe, or a file of the kernel's that says it is empty: to be read once, of unknown length
    if (!regular || (*opened.size == 0 && more)) {
        opened.size.reset();
        opened.read = [file](std::span<char> buffer) { return detail::pull(*file, buffer); };
        return opened;
    }
    if (*opened.size != 0 && !more)
        throw InvalidArgument(parameter, detail::shown(path_) + " cannot be read");
    opened.body = http::Body(opened.size, [file, path = detail::shown(path_), size = *opened.size](
                                              std::uint64_t offset, std::span<char> buffer) {
        file->clear();
        file->seekg(static_cast<std::streamoff>(offset));
        const std::size_t count = detail::pull(*file, buffer);
        if (count < buffer.size() && offset + count < size)
            throw Error(path + " became shorter while it was uploaded");
        return count;
    });
    return opened;
}

}  // namespace genai::inline GENAI_ABI

#endif
