#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

namespace support {

/// The size of an upload's parts.
inline constexpr std::size_t part = std::size_t{8} << 20U;

/// A folder of the test's own.
struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() /
                                 ("genai-files-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    Folder() { std::filesystem::create_directories(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path write(const std::string& name, const std::string& text) const {
        const std::filesystem::path file = path / std::u8string(name.begin(), name.end());
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }
    static std::string read(const std::filesystem::path& from) {
        std::ifstream file(from, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

inline std::string pattern(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>((i * 31 + i / 251) & 255U);
    return text;
}

/// What went out in parts, put together again, and the commands in order.
struct Sent {
    std::string bytes{};
    std::vector<std::string> commands{};
};
inline Sent sent(const genai::testing::Emulator& emulator) {
    Sent all;
    for (const auto& request : emulator.requests()) {
        const std::string command(request.headers.get("x-goog-upload-command"));
        if (command.empty()) continue;
        all.commands.push_back(command);
        if (!command.starts_with("upload")) continue;
        const auto offset = std::stoull(std::string(request.headers.get("x-goog-upload-offset")));
        all.bytes.resize((std::max<std::size_t>)(all.bytes.size(), offset + request.body.size()));
        std::copy(request.body.begin(), request.body.end(),
                  all.bytes.begin() + static_cast<std::ptrdiff_t>(offset));
    }
    return all;
}

}  // namespace support
