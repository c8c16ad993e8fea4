// Uploads and downloads 1 GiB over loopback and holds this process's peak memory against a limit.
//
//   big_transfer [mebibytes]
//
// The server is another process, so that what it takes does not count.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <span>
#include <string>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

namespace {

using genai::testing::RawReply;
using genai::testing::ReceivedRequest;

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
constexpr long most_kib = 48 * 1024;

/// Takes an upload without keeping it, and gives `size` bytes to whoever asks.
class Endless {
public:
    explicit Endless(std::uint64_t size) : size_(size) {}

    RawReply operator()(const ReceivedRequest& request) {
        const auto command = request.headers.get("x-goog-upload-command");
        if (command == "start") received_ = 0;
        if (command == "start")
            return {.headers = {{"X-Goog-Upload-URL", "http://127.0.0.1/part"},
                                {"X-Goog-Upload-Status", "active"}}};
        if (command.empty()) return {.pieces = {std::string(mebibyte, 'd')}, .repeat = size_ / mebibyte};
        received_ += request.body.size();
        if (command == "upload") return {.headers = {{"X-Goog-Upload-Status", "active"}}};
        return {
            .headers = {{"X-Goog-Upload-Status", "final"}},
            .pieces = {R"({"file":{"name":"files/1","sizeBytes":")" + std::to_string(received_) + "\"}}"}};
    }

private:
    std::uint64_t size_;
    std::uint64_t received_{0};
};

/// Serves until its parent closes the pipe.
[[noreturn]] void serve(std::uint64_t size, int tell, int wait) {
    {
        const genai::testing::LoopbackServer server{Endless(size)};
        const std::string url = server.url();
        if (::write(tell, url.data(), url.size()) < 0) std::_Exit(1);
        ::close(tell);
        char byte = 0;
        while (::read(wait, &byte, 1) > 0) {
        }
    }
    std::_Exit(0);
}

long peak_kib() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

int failures = 0;
void expect(bool holds, const char* what) {
    if (holds) return;
    ++failures;
    std::cerr << "FAILED: " << what << '\n';
}

/// Uploads and downloads a file of that size, and says what memory it took.
void transfer(const genai::Client<>& client, const std::filesystem::path& file, std::uint64_t size) {
    std::cout << "peak before: " << peak_kib() << " KiB\n";

    std::ofstream(file, std::ios::binary).flush();
    std::filesystem::resize_file(file, size);  // a hole: as long as any file, and nothing on the disk
    expect(client.files.upload(file, {.mime_type = "application/octet-stream"}).size_bytes ==
               static_cast<std::int64_t>(size),
           "all of the file arrived");
    std::cout << "peak after uploading a file of " << size / mebibyte << " MiB: " << peak_kib() << " KiB\n";

    std::uint64_t given = 0;
    const auto reader = [&](std::span<char> out) {
        const auto count = static_cast<std::size_t>((std::min<std::uint64_t>)(out.size(), size - given));
        given += count;
        return count;
    };
    expect(client.files.upload(genai::UploadSource::from_reader(reader), {.mime_type = "video/mp4"})
                   .size_bytes == static_cast<std::int64_t>(size),
           "all that was read arrived");
    std::cout << "peak after uploading as much from a reader of unknown length: " << peak_kib() << " KiB\n";

    std::uint64_t came = 0;
    client.files.download("files/1", [&came](std::string_view piece) { came += piece.size(); });
    expect(came == size, "all came down");
    client.files.download("files/1", file);
    expect(std::filesystem::file_size(file) == size, "all came into the file");
    std::cout << "peak after downloading it to a callback and to a file: " << peak_kib() << " KiB\n";
}

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t size = (argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1024) * mebibyte;
    int address[2];
    int life[2];
    if (::pipe(address) != 0 || ::pipe(life) != 0) return 2;
    const pid_t server = ::fork();
    if (server == 0) {
        ::close(address[0]);
        ::close(life[1]);
        serve(size, address[1], life[0]);
    }
    ::close(address[1]);
    ::close(life[0]);
    std::string url(100, '\0');
    const auto length = ::read(address[0], url.data(), url.size());
    url.resize(length > 0 ? static_cast<std::size_t>(length) : 0);

    const auto folder = std::filesystem::temp_directory_path() / ("genai-big-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const auto file = folder / "big.bin";
    try {
        const genai::Client client({.api_key = "k", .http_options = {.base_url = url}, .proxy = ""});
        transfer(client, file, size);
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        ++failures;
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    ::close(life[1]);
    ::waitpid(server, nullptr, 0);
    expect(peak_kib() <= most_kib, "no more than 48 MiB of memory were needed");
    return failures == 0 ? 0 : 1;
}
