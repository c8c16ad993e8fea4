#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/error.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Writes a file whole or not at all: under a name of its own beside it until `commit`, after which it is in
/// its place. Destroyed before, it leaves what was there.
class ReplaceFile {
public:
    /// Throws InvalidArgument that names `parameter` for a folder and for what cannot be written to.
    ReplaceFile(std::filesystem::path to, const std::string& parameter);
    ReplaceFile(const ReplaceFile&) = delete;
    ReplaceFile& operator=(const ReplaceFile&) = delete;
    ~ReplaceFile();

    /// Adds to it. Throws Error when the disk takes no more.
    void write(std::string_view piece);
    /// Puts it in its place. Throws Error when that cannot be done.
    void commit();

private:
    void require_good() const;

    std::filesystem::path to_;
    std::filesystem::path part_;
    std::ofstream file_{};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <random>
#include <system_error>
#include <utility>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE ReplaceFile::ReplaceFile(std::filesystem::path to, const std::string& parameter)
    : to_(std::move(to)), part_(to_) {
    std::error_code problem;
    if (!to_.has_filename() || std::filesystem::is_directory(to_, problem))
        throw InvalidArgument(parameter, "names a folder, not a file");
    std::random_device random;  // never the same name twice
    part_ += '.' + std::to_string(random()) + std::to_string(random()) + ".part";
    file_.open(part_, std::ios::binary | std::ios::trunc);
    if (!file_) throw InvalidArgument(parameter, "cannot be written to");
}

GENAI_INLINE ReplaceFile::~ReplaceFile() {
    if (part_.empty()) return;
    file_.close();
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
}

GENAI_INLINE void ReplaceFile::require_good() const {
    if (!file_) throw Error("the file could not be written: is the disk full?");
}

GENAI_INLINE void ReplaceFile::write(std::string_view piece) {
    file_.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    require_good();
}

GENAI_INLINE void ReplaceFile::commit() {
    file_.close();
    require_good();
    std::error_code problem;
    std::filesystem::rename(part_, to_, problem);
    if (problem) throw Error("the file could not be put in its place: " + problem.message());
    part_.clear();
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
