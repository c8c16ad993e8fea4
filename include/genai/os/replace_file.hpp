#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/error.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Writes a file whole or not at all: under a name of its own beside it until `commit`, after which it is in
/// its place with the permissions of what was there. Destroyed before, it leaves what was there. Where a link
/// leads is written, and the link stays; a device or a pipe is written to as it is.
class FileReplacement {
public:
    /// Throws InvalidArgument that names `parameter` for a folder and for what cannot be written to.
    FileReplacement(std::filesystem::path to, const std::string& parameter);
    FileReplacement(const FileReplacement&) = delete;
    FileReplacement& operator=(const FileReplacement&) = delete;
    ~FileReplacement();

    /// Adds to it. Throws Error when the disk takes no more.
    void write(std::string_view piece);
    /// Puts it in its place. Throws Error when that cannot be done.
    void commit();

private:
    void require_good() const;

    std::filesystem::path to_;
    std::filesystem::path part_{};  // empty for what is written to as it is
    std::filesystem::perms kept_{std::filesystem::perms::unknown};
    std::ofstream file_{};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <system_error>
#include <utility>

#include <genai/os/random.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Where links lead, to a file that need not be there yet.
GENAI_INLINE std::filesystem::path behind_links(std::filesystem::path path) {
    std::error_code problem;
    for (int links = 0; links < 40 && std::filesystem::is_symlink(path, problem); ++links) {
        const auto next = std::filesystem::read_symlink(path, problem);
        path = next.is_absolute() ? next : path.parent_path() / next;
    }
    return path;
}

GENAI_INLINE FileReplacement::FileReplacement(std::filesystem::path to, const std::string& parameter)
    : to_(behind_links(std::move(to))) {
    std::error_code problem;
    const auto status = std::filesystem::status(to_, problem);
    if (!to_.has_filename() || status.type() == std::filesystem::file_type::directory)
        throw InvalidArgument(parameter, "names a folder, not a file");
    const bool exists = std::filesystem::exists(status);
    if (exists) kept_ = status.permissions();
    if (exists && status.type() != std::filesystem::file_type::regular) {
        file_.open(to_, std::ios::binary | std::ios::out);
    } else {
        const std::string unique = std::to_string(random_number()) + std::to_string(random_number());
        part_ = to_.parent_path() / (".genai-" + unique + ".part");  // short: the file's own name may be long
        file_.open(part_, std::ios::binary | std::ios::trunc);
    }
    if (!file_) throw InvalidArgument(parameter, "cannot be written to");
}

GENAI_INLINE FileReplacement::~FileReplacement() {
    if (part_.empty()) return;
    file_.close();
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
}

GENAI_INLINE void FileReplacement::require_good() const {
    if (!file_) throw Error("the file could not be written: is the disk full?");
}

GENAI_INLINE void FileReplacement::write(std::string_view piece) {
    file_.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    require_good();
}

GENAI_INLINE void FileReplacement::commit() {
    file_.close();
    require_good();
    if (part_.empty()) return;
    std::error_code problem;
    if (kept_ != std::filesystem::perms::unknown) std::filesystem::permissions(part_, kept_, problem);
    std::filesystem::rename(part_, to_, problem);
    if (problem) throw Error("the file could not be put in its place: " + problem.message());
    part_.clear();
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
